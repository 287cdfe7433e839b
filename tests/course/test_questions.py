from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from homevisit.course.questions import (
    QUESTION,
    ChooseQuestion,
    ObserveQuestion,
    ReflectQuestion,
    SortQuestion,
    public_part,
)

SERVER_ONLY = ("source", "enough", "key_points", "look_again", "correct", "feedback", "note")


def test_questions_are_told_apart_by_their_type(asked):
    assert [type(question) for question in asked.values()] == [
        ObserveQuestion,
        ChooseQuestion,
        ChooseQuestion,
        SortQuestion,
        ReflectQuestion,
    ]


def test_public_part_of_an_observation_holds_no_key_point(asked):
    assert public_part(asked["blocks-observe"]) == {
        "type": "observe",
        "points": 4,
        "prompt": "What do you see and hear while Omar and his mother stack the blocks?",
        "hint": "Who sits where?",
        "timed": True,
    }


def test_public_part_of_a_choice_holds_options_only(asked):
    assert public_part(asked["one-step"]) == {
        "type": "choose",
        "points": 1,
        "several": False,
        "prompt": "Which step first?",
        "options": {"ride": "Arrange a ride", "times": "Ask about times"},
    }


def test_public_part_of_a_sorting_task_holds_groups_and_statements(asked):
    assert public_part(asked["what-kind"]) == {
        "type": "sort",
        "points": 4,
        "prompt": "What kind of exchange is it?",
        "groups": {"goods": "Material goods", "services": "Services"},
        "statements": {
            "boots": "She lends boots.",
            "errand": "He runs an errand.",
            "puzzle": "She lends a puzzle.",
        },
    }


def test_public_part_of_a_reflection_holds_the_rubric_without_notes(asked):
    assert public_part(asked["own-lens"]) == {
        "type": "reflect",
        "points": 4,
        "prompt": "How might your own upbringing shape what you notice?",
        "length": {"soft_minimum_words": 80},
        "readers": "trainer",
        "rubric": [
            {
                "id": "scene",
                "criterion": "Names something from the scene",
                "levels": {"0": "Not yet", "1": "In general terms", "2": "A particular act"},
            },
            {
                "id": "lens",
                "criterion": "Looks at one's own lens",
                "levels": {"0": "Not yet", "1": "Says it matters", "2": "Shows how"},
            },
        ],
    }


def test_public_part_never_names_a_server_only_field(asked):
    for question in asked.values():
        written = json.dumps(public_part(question))
        assert [field for field in SERVER_ONLY if f'"{field}"' in written] == []
        assert json.loads(written) == public_part(question)


def test_question_values_cannot_be_changed(asked):
    with pytest.raises(ValidationError):
        asked["one-step"].points = 9


def test_question_made_without_a_file_is_checked_as_well(asked):
    given = asked["one-step"].model_dump() | {"correct": ["nothing"]}
    with pytest.raises(ValidationError) as caught:
        QUESTION.validate_python(given)
    assert [error["loc"] for error in caught.value.errors()] == [("choose", "correct", 0)]
