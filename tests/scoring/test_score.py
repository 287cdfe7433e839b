from __future__ import annotations

import json

import pytest

from homevisit.errors import InvalidResponseError
from homevisit.scoring.score import score

RESPONSES = {
    "blocks-observe": {"rows": [{"saw": "Mom turns the block so it fits.", "meaning": "", "at": "0:20"}]},
    "one-step": {"chosen": ["times"]},
    "who-belongs": {"chosen": ["cousin"]},
    "what-kind": {"placed": {"boots": "goods", "errand": "goods", "puzzle": "goods"}},
    "own-lens": {"text": "I look people in the eye."},
}


def test_score_knows_every_kind_of_question(asked):
    scored = {question_id: score(question, RESPONSES[question_id]) for question_id, question in asked.items()}
    assert {question_id: (each.raw, each.max) for question_id, each in scored.items()} == {
        "blocks-observe": (1.33, 4.0),
        "one-step": (1.0, 1.0),
        "who-belongs": (0.67, 2.0),
        "what-kind": (2.67, 4.0),
        "own-lens": (None, 4.0),
    }
    assert [each.feedback["type"] for each in scored.values()] == [q.type for q in asked.values()]


def test_score_is_json_and_the_same_each_time(asked):
    for question_id, question in asked.items():
        scored = score(question, RESPONSES[question_id])
        assert json.loads(json.dumps(scored.feedback)) == scored.feedback
        assert score(question, json.loads(json.dumps(RESPONSES[question_id]))) == scored


def test_score_of_a_response_to_another_kind_of_question_is_refused(asked):
    with pytest.raises(InvalidResponseError):
        score(asked["own-lens"], RESPONSES["one-step"])


def test_score_takes_options_that_are_gone(asked):
    assert score(asked["who-belongs"], {"chosen": ["cousin", "coworker", "gone"]}).raw == 0.67
