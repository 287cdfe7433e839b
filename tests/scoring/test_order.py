from __future__ import annotations

from itertools import permutations

import pytest

from homevisit.scoring.order import score_order

RIGHT = ["greet", "talk", "play", "plan"]


@pytest.mark.parametrize(
    ("order", "raw", "right"),
    [
        (RIGHT, 3.0, 6),
        (["talk", "greet", "play", "plan"], 2.5, 5),
        (["plan", "greet", "talk", "play"], 1.5, 3),
        (RIGHT[::-1], 0.0, 0),
    ],
)
def test_order_gives_points_for_each_pair_in_the_right_order(asked, order, raw, right):
    scored = score_order(asked["visit-steps"], {"order": order})
    assert (scored.raw, scored.max) == (raw, 3.0)
    assert (scored.feedback["type"], scored.feedback["pairs"], scored.feedback["right"]) == (
        "order",
        6,
        right,
    )


def test_order_feedback_shows_the_steps_in_their_right_order(asked):
    feedback = score_order(asked["visit-steps"], {"order": ["talk", "greet", "play", "plan"]}).feedback
    assert [(step["key"], step["place"], step["given"]) for step in feedback["steps"]] == [
        ("greet", 1, 2),
        ("talk", 2, 1),
        ("play", 3, 3),
        ("plan", 4, 4),
    ]
    assert feedback["steps"][0]["text"] == "Greet everyone"
    assert feedback["steps"][0]["feedback"] == "It opens the door."
    summary = "Of any two steps, which comes first? You have that right for 5 of the 6 pairs."
    assert feedback["summary"] == summary
    all_right = score_order(asked["visit-steps"], {"order": RIGHT}).feedback["summary"]
    assert all_right == "All 4 steps are in the right order."


def test_order_of_steps_that_changed_since_counts_what_is_still_there(asked):
    scored = score_order(asked["visit-steps"], {"order": ["gone", "greet", "talk"]})
    assert scored.raw == 0.5
    assert [step["given"] for step in scored.feedback["steps"]] == [1, 2, 0, 0]


def test_order_stays_within_its_points_whatever_is_given(asked):
    for order in permutations(RIGHT):
        assert 0.0 <= score_order(asked["visit-steps"], {"order": list(order)}).raw <= 3.0
