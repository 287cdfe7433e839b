from __future__ import annotations

from homevisit.course.questions import KeyPoint
from homevisit.scoring.coverage import READ_BY_PROGRAM
from homevisit.scoring.reflect import rubric_total
from homevisit.scoring.respond import SUMMARY, score_reply


def test_reply_waits_for_a_trainer_and_shows_rubric_and_examples_without_the_note(asked):
    scored = score_reply(asked["long-week"], {"text": "A whole week. What was last night like?"})
    assert (scored.raw, scored.max) == (None, 3.0)
    assert scored.feedback == {
        "type": "respond",
        "summary": SUMMARY,
        "points": [],
        "note": "",
        "rubric": [
            {
                "id": "hears",
                "criterion": "Takes up what she said",
                "levels": {"0": "Not yet", "1": "In a general way", "2": "In her own terms"},
            },
            {
                "id": "asks",
                "criterion": "Leaves the next word to her",
                "levels": {"0": "Not yet", "1": "Asks or waits"},
            },
        ],
        "examples": ["A whole week is long. How did the two of you get through last night?"],
        "waiting": True,
    }


def test_reply_with_key_points_gets_a_first_reading_and_still_waits(asked):
    point = KeyPoint(
        id="asks-back", text="Ask how she got through last night.", look_again="Who speaks next?"
    )
    question = asked["long-week"].model_copy(update={"key_points": (point,)})
    scored = score_reply(question, {"text": "I am sorry. How did you get through last night?"})
    assert scored.raw is None
    assert [(found["id"], found["band"]) for found in scored.feedback["points"]] == [("asks-back", "covered")]
    assert scored.feedback["note"] == READ_BY_PROGRAM


def test_rubric_total_adds_up_the_levels_of_a_reply(asked):
    assert rubric_total(asked["long-week"], {"hears": 2, "asks": 1}) == 3.0
