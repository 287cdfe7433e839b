"""The commands for authors, on copies of the real course."""

from __future__ import annotations

import csv
import io

import pytest
from typer.testing import CliRunner

from homevisit.cli.main import app
from tests.services.cohort import copied_course

NEW = "96-some-title"


@pytest.fixture
def course(tmp_path):
    return copied_course(tmp_path / "course")


def run(course, *arguments):
    return CliRunner().invoke(app, ["--course", str(course), *arguments])


def test_new_lesson_is_checked_and_built_as_it_is(course):
    before = (course / "course.yml").read_text(encoding="utf-8")
    made = run(course, "new-lesson", NEW, 'A "title": <b>with</b> [marks] & más')
    assert made.exit_code == 0, made.output
    assert f"Wrote source/{NEW}/{NEW}.md" in made.output
    assert (course / "course.yml").read_text(encoding="utf-8").startswith(before)
    checked = run(course, "check", NEW)
    assert checked.exit_code == 0, checked.output
    assert "No findings." in checked.output
    assert f"{NEW}: " in checked.output
    built = run(course, "build")
    assert built.exit_code == 0, built.output
    assert (course / "lessons" / NEW / f"{NEW}.ipynb").is_file()
    # A list of points stands beside the lessons, and nbgrader takes it for none of them.
    assert not (course / "lessons" / "points.yml").exists()


@pytest.mark.parametrize(
    ("lesson_id", "title", "said"),
    [
        ("04-roles-for-parents", "Title", "there is a lesson 04-roles-for-parents already"),
        ("Six", "Title", "such as 06-some-title"),
        ("06-../x", "Title", "such as 06-some-title"),
        (NEW, "  ", "Write the lesson's title"),
    ],
)
def test_bad_name_is_refused_and_nothing_written(course, lesson_id, title, said):
    before = {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}
    refused = run(course, "new-lesson", lesson_id, title)
    assert refused.exit_code == 2
    assert said in refused.output
    assert {path: path.read_bytes() for path in course.rglob("*") if path.is_file()} == before


def test_check_tells_findings_from_figures(course):
    assert run(course, "check").exit_code == 0
    path = course / "source" / "04-roles-for-parents" / "04-roles-for-parents.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("## Experience it", "##### Experience it"), encoding="utf-8")
    line = text.splitlines().index("## Experience it") + 1
    checked = run(course, "check", "04-roles-for-parents")
    assert checked.exit_code == 1
    first, rest = checked.output.split("\n\nFigures")
    wanted = 'Write "### Experience it" here; a level is skipped.'
    assert first == f"source/04-roles-for-parents/04-roles-for-parents.md:{line}: {wanted}"
    assert "1 finding." in rest


def test_coverage_names_a_place_for_each_point(course):
    shown = run(course, "coverage")
    assert shown.exit_code == 0, shown.output
    assert shown.output.splitlines()[-1].endswith(" points, none missing.")
    assert "04-roles-for-parents asked: omar-observe/places" in shown.output
    rows = list(csv.DictReader(io.StringIO(run(course, "coverage", "--csv").stdout)))
    assert {"point": "000-07", "lesson": "04-roles-for-parents", "how": "taught"}.items() <= next(
        row for row in rows if row["point"] == "000-07"
    ).items()


def test_coverage_lists_what_is_missing(course):
    path = course / "source" / "04-roles-for-parents" / "04-roles-for-parents.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"000-03", ', ""), encoding="utf-8")
    shown = run(course, "coverage")
    assert shown.exit_code == 1
    assert shown.output.splitlines()[-1].endswith("points missing: 000-03.")
    as_csv = run(course, "coverage", "--csv")
    assert as_csv.exit_code == 1
    assert "000-03" in as_csv.stderr
