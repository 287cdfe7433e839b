from __future__ import annotations

from homevisit.scoring.reflect import rubric_total
from homevisit.scoring.respond import SUMMARY, score_reply


def test_reply_waits_for_a_trainer_and_shows_rubric_and_examples_without_the_note(asked):
    scored = score_reply(asked["long-week"], {"text": "A whole week. What was last night like?"})
    assert (scored.raw, scored.max) == (None, 3.0)
    assert scored.feedback == {
        "type": "respond",
        "summary": SUMMARY,
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


def test_rubric_total_adds_up_the_levels_of_a_reply(asked):
    assert rubric_total(asked["long-week"], {"hears": 2, "asks": 1}) == 3.0
