from __future__ import annotations

from itertools import combinations

import pytest

from homevisit.scoring.choose import score_choice


def test_choice_of_one_gives_all_or_nothing(asked):
    question = asked["one-step"]
    right, wrong = (score_choice(question, {"chosen": [key]}) for key in ("times", "ride"))
    assert (right.raw, right.max, wrong.raw) == (1.0, 1.0, 0.0)
    assert right.feedback == {
        "type": "choose",
        "summary": "That is the one.",
        "options": [
            {
                "key": "ride",
                "label": "Arrange a ride",
                "chosen": False,
                "correct": False,
                "text": "She has a car.",
            },
            {
                "key": "times",
                "label": "Ask about times",
                "chosen": True,
                "correct": True,
                "text": "The hour is the obstacle.",
            },
        ],
    }
    assert wrong.feedback["summary"] == "Not this one yet. Read below what each one is about."


@pytest.mark.parametrize(
    ("chosen", "raw", "summary"),
    [
        (["cousin", "coworker", "nurse"], 2.0, "You found all that belong here, and nothing else."),
        (["cousin", "coworker"], 1.33, "You found 2 of the 3 that belong here."),
        (
            ["cousin", "coworker", "nurse", "mail"],
            1.33,
            "You found 3 of the 3 that belong here, and chose 1 that does not belong.",
        ),
        (["cousin", "mail"], 0.0, "You found 1 of the 3 that belong here, and chose 1 that does not belong."),
        (["mail"], 0.0, "You found 0 of the 3 that belong here, and chose 1 that does not belong."),
    ],
)
def test_choice_of_several_takes_wrong_ones_off(asked, chosen, raw, summary):
    scored = score_choice(asked["who-belongs"], {"chosen": chosen})
    assert (scored.raw, scored.max, scored.feedback["summary"]) == (raw, 2.0, summary)
    marked = {option["key"] for option in scored.feedback["options"] if option["chosen"]}
    assert marked == set(chosen)


def test_choice_stays_within_its_points_whatever_is_chosen(asked):
    keys = ["cousin", "coworker", "nurse", "mail"]
    for size in range(5):
        for chosen in combinations(keys, size):
            scored = score_choice(asked["who-belongs"], {"chosen": list(chosen)})
            again = score_choice(asked["who-belongs"], {"chosen": list(chosen)[::-1]})
            assert 0.0 <= scored.raw <= scored.max
            assert again == scored
