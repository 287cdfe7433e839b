from __future__ import annotations

import json
from typing import get_args

import pytest
from pydantic import ValidationError

import homevisit.widgets
from homevisit.course.kinds.plan import RULE
from homevisit.course.question_types import QUESTION_TYPES
from homevisit.course.questions import (
    QUESTION,
    ChecklistQuestion,
    ChooseQuestion,
    CommitmentQuestion,
    EcomapQuestion,
    ObserveQuestion,
    OrderQuestion,
    PlanQuestion,
    Question,
    ReflectQuestion,
    RephraseQuestion,
    RespondQuestion,
    SortQuestion,
    WatchQuestion,
    public_part,
)
from homevisit.scoring.score import SCORES
from homevisit.services.samples import SAMPLES

SERVER_ONLY = (
    "source",
    "enough",
    "key_points",
    "look_again",
    "correct",
    "feedback",
    "note",
    "examples",
    "least_words",
)


def test_questions_are_told_apart_by_their_type(asked):
    assert [type(question) for question in asked.values()] == [
        ObserveQuestion,
        ChooseQuestion,
        ChooseQuestion,
        SortQuestion,
        ReflectQuestion,
        OrderQuestion,
        RephraseQuestion,
        RespondQuestion,
        ChecklistQuestion,
        ChecklistQuestion,
        CommitmentQuestion,
        EcomapQuestion,
        PlanQuestion,
        WatchQuestion,
    ]


def test_every_type_has_a_question_a_score_a_sample_and_a_function_for_lessons(asked):
    types = set(QUESTION_TYPES)
    assert {question.type for question in asked.values()} == types
    assert {get_args(kind.model_fields["type"].annotation)[0] for kind in get_args(Question)} == types
    assert set(SCORES) == set(SAMPLES) == types
    assert set(homevisit.widgets.__all__) - {"clip", "finish"} == types


def test_a_trainer_reads_reflections_and_replies_only(asked):
    read = [question_id for question_id, question in asked.items() if question.is_read_by_trainer]
    assert read == ["own-lens", "long-week"]


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


def test_public_part_of_an_order_holds_the_steps_as_they_are_mixed(asked):
    part = public_part(asked["visit-steps"])
    assert list(part["steps"]) == ["play", "greet", "plan", "talk"]
    assert set(part) == {"type", "points", "prompt", "steps"}


def test_public_part_of_a_rephrasing_holds_the_sentence_only(asked):
    assert public_part(asked["say-it-anew"]) == {
        "type": "rephrase",
        "points": 2,
        "prompt": "Write what somebody beside you would have seen and heard.",
        "sentence": "Leo is lazy and never helps.",
    }
    assert asked["say-it-anew"].least_words == 6


def test_public_part_of_a_reply_holds_no_rubric_and_no_example(asked):
    assert public_part(asked["long-week"]) == {
        "type": "respond",
        "points": 3,
        "prompt": "What do you say?",
        "situation": "Ms. Rivera opens the door with the baby on her hip.",
        "says": "I have not slept all week.",
        "readers": "trainer",
    }


def test_public_part_of_a_checklist_holds_all_of_it(asked):
    assert public_part(asked["after"]) == {
        "type": "checklist",
        "points": 2,
        "prompt": "And what will you do from now on?",
        "items": {"wait": "I wait before I speak", "ask": "I ask what the parent saw"},
        "levels": {"0": "Seldom", "1": "At times", "2": "On most visits"},
        "compares_with": "before",
    }
    assert "compares_with" not in public_part(asked["before"])


def test_public_part_of_a_commitment_holds_all_of_it(asked):
    assert public_part(asked["try-it"]) == {
        "type": "commitment",
        "points": 5,
        "prompt": "What will you try?",
        "plans": {"count": "Count to ten first", "mirror": "Say back what I heard"},
        "after_days": 14,
    }


def test_public_part_of_an_ecomap_says_its_rule_in_words(asked):
    shown = public_part(asked["around-her"])
    assert shown.pop("rule_lines") == [
        "at least 3 people or places with a tie to the family",
        "each kind of support somewhere: emotional, informational, instrumental and spiritual",
        "at least 1 tie that is weak or stressful",
        "at least 1 tie that goes one way only",
        "a note on what you would like to look at next with the family",
    ]
    assert shown == {
        "type": "ecomap",
        "points": 5,
        "prompt": "Draw the map of Ms. Rivera's family.",
        "family": "Ms. Rivera and the baby",
        "rule": {"ties": 3},
    }


def test_public_part_of_a_plan_holds_the_group_and_the_rule(asked):
    assert public_part(asked["one-morning"]) == {
        "type": "plan",
        "points": 6,
        "prompt": "Plan one morning.",
        "group": "Six families with babies come on a Friday.",
        "facts": ["One child must not eat eggs.", "The room has no kitchen."],
        "rule": RULE,
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


def test_options_stand_in_a_mixed_order_that_is_always_the_same(asked):
    """Authors write right options together; shown so, the order would give them away."""
    written = ["cousin", "coworker", "nurse", "mail"]
    shown = list(asked["who-belongs"].public.options)
    assert sorted(shown) == sorted(written)
    assert shown != written
    assert list(asked["who-belongs"].public_part()["options"]) == shown
