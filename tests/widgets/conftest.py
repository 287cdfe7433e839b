from __future__ import annotations

import json

import pytest

from homevisit.course.answer_keys import load_answer_key
from homevisit.course.questions import public_part
from tests.course.key_files import LESSON, write_key

MEDIA = """\
clips:
  omar-stacking:
    title: Omar stacks blocks
    publisher: Office of Head Start
    source_page: https://example.org/page
    poster: omar.svg
    transcript: omar.txt
    known: They stack blocks.
    scene: |-
      His mother sits **beside** him. <b onclick="x()">Loud</b>
"""


@pytest.fixture
def lesson_dir(tmp_path, monkeypatch):
    """Return the folder of a built lesson, made the current one as in a lesson's kernel."""
    keys = tmp_path / "answer_keys"
    folder = tmp_path / "lessons" / LESSON
    media = tmp_path / "lessons" / "media"
    for made in (keys, folder, media):
        made.mkdir(parents=True)
    questions = load_answer_key(write_key(keys)).questions
    public = {question_id: public_part(question) for question_id, question in questions.items()}
    built = json.dumps({"lesson_id": LESSON, "questions": public})
    (folder / "questions.json").write_text(built, encoding="utf-8")
    (media / "media.yml").write_text(MEDIA, encoding="utf-8")
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.chdir(folder)
    return folder
