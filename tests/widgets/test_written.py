"""In an author's JupyterLab questions come from the answer key on disk, and errors are sentences."""

from __future__ import annotations

import json

import pytest
from IPython.core.interactiveshell import InteractiveShell

from homevisit.errors import ContentError
from homevisit.widgets import choose, clip, finish
from tests.course.key_files import LESSON

VARIABLE = "HOMEVISIT_AUTHORED_COURSE"


@pytest.fixture
def course(lesson_dir, monkeypatch):
    """Return the folder of a course that was never built, with the author's kernel in its lesson's folder."""
    folder = lesson_dir.parents[1]
    (lesson_dir / "questions.json").unlink()
    source = folder / "source" / LESSON
    source.mkdir(parents=True)
    monkeypatch.setenv(VARIABLE, str(folder))
    monkeypatch.chdir(source)
    return folder


def key_of(course):
    return course / "answer_keys" / f"{LESSON}.yml"


def test_question_shows_what_a_learner_may_see_and_what_the_key_says_now(course):
    assert choose("one-step").question["prompt"] == "Which step first?"
    key = key_of(course).read_text(encoding="utf-8")
    key_of(course).write_text(key.replace("Which step first?", "Which step last?"), encoding="utf-8")
    widget = choose("one-step")
    assert widget.question["prompt"] == "Which step last?"
    assert "correct" not in json.dumps(widget.get_state())
    assert {entry["id"] for entry in finish().question["questions"]} > {"one-step", "own-lens"}
    assert clip("omar-stacking").question["title"] == "Omar stacks blocks"


def test_wrong_key_is_told_with_its_file_and_line(course):
    key_of(course).write_text(f"lesson: {LESSON}\nquestions:\n  a-b: {{type: chose}}\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        choose("one-step")
    assert (str(caught.value.path), caught.value.line) == (f"answer_keys/{LESSON}.yml", 3)


def test_wrong_list_of_clips_is_told_with_its_file(course):
    (course / "lessons" / "media" / "media.yml").write_text("clips: none\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        clip("omar-stacking")
    assert str(caught.value.path) == "lessons/media/media.yml"


def test_question_that_the_key_does_not_have_is_told_with_the_key(course):
    with pytest.raises(ContentError, match="There is no question 'one-stop' in this lesson") as caught:
        choose("one-stop")
    assert str(caught.value).startswith(f"answer_keys/{LESSON}.yml: ")
    assert key_of(course).is_file()


def test_notebook_shows_every_problem_as_a_sentence_and_no_traceback(course, capsys):
    key_of(course).write_text(
        f"lesson: {LESSON}\nquestions:\n  a-b: {{type: chose}}\n  c-d: {{type: shoose}}\n", encoding="utf-8"
    )
    InteractiveShell().run_cell('from homevisit.widgets import choose\nchoose("one-step")')
    shown = capsys.readouterr().out.strip().splitlines()
    assert [line.split(": ")[:2] for line in shown] == [
        [f"answer_keys/{LESSON}.yml:3", "questions.a-b.type"],
        [f"answer_keys/{LESSON}.yml:4", "questions.c-d.type"],
    ]


def test_kernel_of_a_learner_opens_no_key(lesson_dir):
    (lesson_dir.parents[1] / "answer_keys" / f"{LESSON}.yml").write_text("no key: at all\n", encoding="utf-8")
    assert choose("one-step").question["prompt"] == "Which step first?"
