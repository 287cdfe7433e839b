"""Rules of the project itself: sizes, layers, docs that say what is true, nothing from elsewhere."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

import homevisit
from homevisit.cli.main import app
from homevisit.course.catalogue import Catalogue
from homevisit.course.questions import public_part

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "homevisit").rglob("*.py"))
SCRIPTS = sorted((ROOT / "homevisit" / "web" / "static").rglob("*.js"))
PAGES = sorted((ROOT / "homevisit" / "web").rglob("*.html")) + sorted(
    (ROOT / "homevisit" / "web").rglob("*.j2")
)


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_module_is_under_300_lines(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) < 300


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_says_in_one_line_what_it_is_for(path):
    first = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()
    assert first
    assert first[0].endswith((".", ":", "?"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_function_is_under_60_lines(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 60, node.name


def test_layers_are_kept():
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_importing_the_package_loads_nothing_heavy():
    heavy = ("nbgrader", "voila", "pandas", "jupytext")
    code = f"import sys, homevisit.cli.main; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", [*SCRIPTS, *PAGES], ids=lambda path: path.name)
def test_page_or_script_names_no_other_host(path):
    found = re.findall(r"https?://[^\s\"'`<>)]+", path.read_text(encoding="utf-8"))
    assert [address for address in found if not address.startswith("http://www.w3.org/")] == []


BRITISH = r"programme|practis|colour|behaviour|favour|neighbour|centre|organis|realis|recognis|learnt|whilst"


@pytest.mark.parametrize("path", [*SCRIPTS, *PAGES], ids=lambda path: path.name)
def test_page_or_script_is_written_in_us_english(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.search(BRITISH, line, re.IGNORECASE)] == []


@pytest.mark.parametrize("info", Catalogue(ROOT).lessons(), ids=lambda info: info.lesson_id)
def test_lesson_text_lists_the_objectives_of_the_syllabus(info):
    source = text(f"source/{info.lesson_id}/{info.lesson_id}.md")
    section = source.split("## What you will be able to do")[1].split("\n+++")[0]
    listed = [" ".join(entry.split()) for entry in re.findall(r"^- (.+(?:\n  .+)*)", section, re.MULTILINE)]
    assert listed == [objective[0].lower() + objective[1:] for objective in info.objectives]


COUNTS = ("eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen")


@pytest.mark.parametrize("lesson_id", [info.lesson_id for info in Catalogue(ROOT).lessons()])
def test_lesson_text_counts_its_questions_rightly(lesson_id):
    told = re.search(r"When all (\w+) questions", text(f"source/{lesson_id}/{lesson_id}.md"))[1]
    assert told == COUNTS[len(Catalogue(ROOT).key(lesson_id).questions) - 8]


@pytest.mark.parametrize("lesson_id", [info.lesson_id for info in Catalogue(ROOT).lessons()])
def test_public_questions_hold_the_public_part_and_nothing_else(lesson_id):
    catalogue = Catalogue(ROOT)
    built = json.loads(text(f"lessons/{lesson_id}/questions.json"))
    key = catalogue.key(lesson_id)
    assert built == {
        "lesson_id": lesson_id,
        "questions": {question_id: public_part(question) for question_id, question in key.questions.items()},
    }


def test_lessons_folder_holds_only_what_a_learner_may_see():
    kinds = {path.suffix for path in (ROOT / "lessons").rglob("*") if path.is_file()}
    assert kinds <= {".ipynb", ".json", ".yml", ".svg", ".png", ".webp", ".mp4", ".webm", ".vtt", ".txt"}


def test_version_is_the_newest_in_the_changelog():
    newest = re.search(r"^## \[(\d+\.\d+\.\d+)\]", text("CHANGELOG.md"), re.MULTILINE)[1]
    assert newest == homevisit.__version__
    assert f'version = "{newest}"' in text("pyproject.toml")


def test_readme_names_the_two_commands_word_for_word():
    lines = text("README.md").splitlines()
    assert "make serve" in lines
    assert "make test" in lines
    assert "make test" in text(".ci/run").splitlines()


def test_readme_names_every_command():
    readme = text("README.md")
    for name, command in get_command(app).commands.items():
        for part in getattr(command, "commands", {"": None}):
            assert f"homevisit {name} {part}".strip() in readme


def test_lock_pins_every_package_with_a_hash_and_names_no_registry():
    lock = text("requirements.lock")
    assert "http" not in re.sub(r"^(httpcore|httpx)\b.*", "", lock, flags=re.MULTILINE)
    assert "--index" not in lock
    entries = [entry for entry in re.split(r"\n(?=\S)", lock) if not entry.startswith("#")]
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)


def test_architecture_page_names_every_layer():
    page = text("docs/architecture.md")
    for layer in ("cli", "web", "widgets", "services", "store", "course", "scoring", "config", "errors"):
        assert f"`{layer}`" in page
