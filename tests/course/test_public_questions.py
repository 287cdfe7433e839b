from __future__ import annotations

import json
import subprocess
import sys

import pytest

from homevisit.course.public_questions import load_public_questions
from homevisit.course.questions import public_part
from homevisit.errors import ContentError


def written(tmp_path, content):
    path = tmp_path / "questions.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def test_load_public_questions_gives_what_the_build_wrote(tmp_path, asked):
    questions = {question_id: public_part(question) for question_id, question in asked.items()}
    path = written(tmp_path, {"lesson_id": "09-blocks", "questions": questions})
    assert load_public_questions(path) == questions


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (b"{", ""),
        (b'{"a": "\xff"}', ""),
        ([], "questions"),
        ({"lesson_id": "x"}, "questions"),
        ({"questions": {"a": 1}}, "questions.a"),
        ({"questions": {"a": {"type": "essay", "prompt": "Why?"}}}, "questions.a"),
        ({"questions": {"a": {"type": "sort"}}}, "questions.a"),
    ],
)
def test_load_public_questions_of_a_damaged_file_says_how_to_make_it_again(tmp_path, content, field):
    with pytest.raises(ContentError) as caught:
        load_public_questions(written(tmp_path, content))
    assert caught.value.advice == "Run 'homevisit build'; this file is made by it and is not as it should be."
    assert caught.value.field == field


def test_load_public_questions_of_a_missing_file_says_how_to_make_it(tmp_path):
    with pytest.raises(ContentError) as caught:
        load_public_questions(tmp_path / "questions.json")
    assert caught.value.advice == "Run 'homevisit build' first; this file cannot be read."


def test_public_questions_load_nothing_heavy_into_a_kernel():
    code = (
        "import sys, homevisit.course.public_questions; "
        "print([name for name in ('pydantic', 'ruamel', 'rapidfuzz', 'Stemmer') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
