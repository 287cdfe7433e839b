from __future__ import annotations

import pytest

from homevisit.errors import InvalidEntryError
from homevisit.scoring.coverage import READ_BY_PROGRAM
from homevisit.scoring.reflect import rubric_total, score_reflection


def test_reflection_waits_for_a_trainer_and_shows_the_points_of_the_source(asked):
    text = "We were five at home. I noticed the eye contact, and how much people look at each other."
    scored = score_reflection(asked["own-lens"], {"text": text})
    assert (scored.raw, scored.max) == (None, 4.0)
    share = scored.feedback["points"][0]["share"]
    assert scored.feedback == {
        "type": "reflect",
        "summary": (
            "Your text is kept. A trainer reads it and writes to you. "
            "Meanwhile, see which points of the source a program found in it."
        ),
        "points": [
            {
                "id": "eyes",
                "text": "Eye contact: how much people look at each other.",
                "band": "covered",
                "covered": True,
                "evidence": "I noticed the eye contact, and how much people look at each other.",
                "look_again": "",
                "share": share,
            }
        ],
        "note": READ_BY_PROGRAM,
        "waiting": True,
    }
    assert 0.0 < share <= 1.0


def test_reflection_without_points_only_waits(asked):
    question = asked["own-lens"].model_copy(update={"key_points": ()})
    feedback = score_reflection(question, {"text": "I grew up elsewhere."}).feedback
    assert (feedback["points"], feedback["note"]) == ([], "")
    assert feedback["summary"] == "Your text is kept. A trainer reads it and writes to you."


@pytest.mark.parametrize(
    ("ratings", "total"),
    [({"scene": 0, "lens": 0}, 0.0), ({"scene": 2, "lens": 1}, 3.0), ({"scene": 2, "lens": 2}, 4.0)],
)
def test_rubric_total_adds_up_the_levels(asked, ratings, total):
    assert rubric_total(asked["own-lens"], ratings) == total


@pytest.mark.parametrize(
    ("ratings", "message"),
    [
        ({"scene": 2}, 'Choose a level for "Looks at one\'s own lens".'),
        ({"scene": 3, "lens": 1}, 'Choose a level for "Names something from the scene".'),
        (
            {"scene": 1, "lens": 1, "gone": 1},
            "The rubric has changed meanwhile. Reload the page and rate the text again.",
        ),
    ],
)
def test_rubric_total_refuses_what_the_rubric_does_not_know(asked, ratings, message):
    with pytest.raises(InvalidEntryError) as caught:
        rubric_total(asked["own-lens"], ratings)
    assert caught.value.message == message
