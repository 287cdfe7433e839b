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
    "visit-steps": {"order": ["greet", "play", "talk", "plan"]},
    "say-it-anew": {"text": "Leo sat on the rug, looked up and waved."},
    "long-week": {"text": "A whole week is long."},
    "before": {"ratings": {"wait": 0, "ask": 1}},
    "after": {"ratings": {"wait": 2, "ask": 1}},
    "try-it": {"plan": "count", "text": "On Tuesday"},
    "around-her": {
        "center": "the family",
        "people": [{"id": "n", "name": "the neighbor", "kind": "neighbor"}],
        "ties": [
            {
                "from": "n",
                "to": "family",
                "strength": "weak",
                "direction": "one-way",
                "support": [],
                "note": "",
            }
        ],
        "look_next": "",
    },
    "one-morning": {
        "goals": [{"goal": "Parents find out something.", "domain": "social"}],
        "food": "Mashed peas.",
    },
    "stop-and-mark": {
        "marks": [{"at": 86, "saw": "She gives it a small twist when pressing has not helped."}],
        "stops": {},
        "position": 90,
    },
}


def test_score_knows_every_type_of_question(asked):
    scored = {question_id: score(question, RESPONSES[question_id]) for question_id, question in asked.items()}
    assert {question_id: (each.raw, each.max) for question_id, each in scored.items()} == {
        "blocks-observe": (1.33, 4.0),
        "one-step": (1.0, 1.0),
        "who-belongs": (0.67, 2.0),
        "what-kind": (2.67, 4.0),
        "own-lens": (None, 4.0),
        "visit-steps": (2.5, 3.0),
        "say-it-anew": (2.0, 2.0),
        "long-week": (None, 3.0),
        "before": (5.0, 5.0),
        "after": (2.0, 2.0),
        "try-it": (5.0, 5.0),
        "around-her": (2.0, 5.0),
        "one-morning": (1.0, 6.0),
        "stop-and-mark": (2.0, 2.0),
    }
    assert [each.feedback["type"] for each in scored.values()] == [q.type for q in asked.values()]


def test_score_is_json_and_the_same_each_time(asked):
    for question_id, question in asked.items():
        scored = score(question, RESPONSES[question_id])
        assert json.loads(json.dumps(scored.feedback)) == scored.feedback
        assert score(question, json.loads(json.dumps(RESPONSES[question_id]))) == scored


def test_score_of_a_response_to_another_type_of_question_is_refused(asked):
    with pytest.raises(InvalidResponseError):
        score(asked["own-lens"], RESPONSES["one-step"])


def test_score_is_withheld_for_what_a_trainer_reads_and_for_nothing_else(asked):
    withheld = [q for q, question in asked.items() if score(question, RESPONSES[q]).raw is None]
    assert withheld == [q for q, question in asked.items() if question.is_read_by_trainer]


def test_score_takes_options_that_are_gone(asked):
    assert score(asked["who-belongs"], {"chosen": ["cousin", "coworker", "gone"]}).raw == 0.67
