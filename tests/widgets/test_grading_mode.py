from __future__ import annotations

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from homevisit.course.answer_keys import load_answer_key
from homevisit.errors import ConfigError, GradingError
from homevisit.scoring.score import score
from homevisit.widgets import (
    checklist,
    choose,
    clip,
    commitment,
    finish,
    observe,
    order,
    reflect,
    rephrase,
    respond,
    sort,
)
from tests.course.key_files import LESSON

RESPONSES = {
    "blocks-observe": {
        "rows": [{"saw": "The mother turns the blocks so they fit.", "meaning": "", "at": ""}]
    },
    "one-step": {"chosen": ["times"]},
    "what-kind": {"placed": {"boots": "goods", "errand": "goods", "puzzle": "goods"}},
    "visit-steps": {"order": ["greet", "play", "talk", "plan"]},
    "say-it-anew": {"text": "Leo sat on the rug and was bored."},
    "before": {"ratings": {"wait": 0, "ask": 1}},
    "try-it": {"plan": "count", "text": "On Tuesday"},
}


pytestmark = pytest.mark.usefixtures("submission_dir")


@pytest.fixture
def submission_dir(lesson_dir, monkeypatch):
    """Return the folder of a submission while nbgrader's autograde runs in it."""
    cells = [new_code_cell('choose("one-step")')]
    for question_id, response in RESPONSES.items():
        entry = {"response_to": question_id, "response": response}
        cells.append(
            new_markdown_cell(
                "what people read",
                metadata={"homevisit": entry, "nbgrader": {"grade_id": f"{question_id}-response"}},
            )
        )
    nbformat.write(new_notebook(cells=cells), lesson_dir / f"{LESSON}.ipynb")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setenv("HOMEVISIT_ANSWER_KEYS", str(lesson_dir.parents[1] / "answer_keys"))
    return lesson_dir


def test_questions_return_the_points_that_the_server_gave(submission_dir):
    key = load_answer_key(submission_dir.parents[1] / "answer_keys" / f"{LESSON}.yml")
    given = {
        question_id: score(key.questions[question_id], response).raw
        for question_id, response in RESPONSES.items()
    }
    calls = {
        "blocks-observe": observe,
        "one-step": choose,
        "what-kind": sort,
        "visit-steps": order,
        "say-it-anew": rephrase,
        "before": checklist,
        "try-it": commitment,
    }
    returned = {question_id: call(question_id) for question_id, call in calls.items()}
    assert returned == given
    assert returned["one-step"] == 1.0
    assert returned["what-kind"] == 2.67
    assert returned["say-it-anew"] == 1.0
    assert {type(points) for points in returned.values()} == {float}


def test_question_without_a_response_returns_no_points():
    assert choose("who-belongs") == 0.0
    assert checklist("after") == 0.0


def test_what_a_trainer_rates_or_nobody_grades_returns_nothing():
    assert (reflect("own-lens"), respond("long-week")) == (None, None)
    assert (clip("omar-stacking"), finish()) == (None, None)


def test_question_without_the_folder_of_keys_says_what_to_set(monkeypatch):
    monkeypatch.delenv("HOMEVISIT_ANSWER_KEYS")
    with pytest.raises(ConfigError, match="Set HOMEVISIT_ANSWER_KEYS to the folder of the answer keys"):
        choose("one-step")


def test_question_in_a_folder_with_two_notebooks_refuses_to_guess(submission_dir):
    nbformat.write(new_notebook(), submission_dir / "another.ipynb")
    with pytest.raises(GradingError, match="exactly one notebook"):
        choose("one-step")
