from __future__ import annotations

from itertools import permutations

import pytest

from homevisit.scoring.observe import NOTE, score_observation

PLACES = "Mom sits next to Omar. The home visitor is across from him."
TURNS = "Mom turns a block so that it fits."
HANDS = "She hands him each block in the right order for the post."
TRIES = "Omar picks blocks up, moves them in different ways and fits some together."


def rows(*saw, meaning="", at=""):
    return {"rows": [{"saw": text, "meaning": meaning, "at": at} for text in saw]}


def covered(scored):
    return [point["id"] for point in scored.feedback["points"] if point["covered"]]


@pytest.mark.parametrize(
    ("saw", "raw"),
    [
        ((), 0.0),
        ((PLACES,), 1.33),
        ((PLACES, TURNS), 2.67),
        ((PLACES, TURNS, HANDS), 4.0),
        ((PLACES, TURNS, HANDS, TRIES), 4.0),
    ],
)
def test_observation_gives_full_points_from_enough_on(asked, saw, raw):
    scored = score_observation(asked["blocks-observe"], rows(*saw))
    assert (scored.raw, scored.max, scored.feedback["covered"]) == (raw, 4.0, len(saw))


def test_observation_feedback_shows_the_learners_own_sentence(asked):
    feedback = score_observation(asked["blocks-observe"], rows(TURNS)).feedback
    assert set(feedback) == {"type", "summary", "points", "enough", "covered", "note"}
    assert (feedback["type"], feedback["enough"], feedback["covered"], feedback["note"]) == (
        "observe",
        3,
        1,
        NOTE,
    )
    assert (
        feedback["summary"] == "Your words match 1 of the handbook's 5 points; 3 are enough for full points."
    )
    assert feedback["points"][:2] == [
        {
            "id": "places",
            "text": "His mother sits beside Omar; the home visitor faces him from across.",
            "covered": False,
            "evidence": "",
            "look_again": "Look at the start once more.",
        },
        {
            "id": "turns",
            "text": "His mother turns the blocks so that the next one fits.",
            "covered": True,
            "evidence": TURNS,
            "look_again": "Watch her hands.",
        },
    ]


def test_observation_with_enough_points_says_so(asked):
    feedback = score_observation(asked["blocks-observe"], rows(PLACES, TURNS, HANDS)).feedback
    expected = "Your words match 3 of the handbook's 5 points, which is enough for full points."
    assert feedback["summary"] == expected


def test_observation_is_the_same_in_any_order_and_at_any_time(asked):
    expected = score_observation(asked["blocks-observe"], rows(PLACES, TURNS, HANDS))
    for saw in permutations((PLACES, TURNS, HANDS)):
        assert score_observation(asked["blocks-observe"], rows(*saw, at="3:07")) == expected


def test_observation_counts_what_was_seen_and_not_what_it_may_mean(asked):
    scored = score_observation(asked["blocks-observe"], rows("They play.", meaning=TURNS))
    assert (scored.raw, covered(scored)) == (0.0, [])


def test_observation_may_show_evidence_from_the_other_column(asked):
    question = asked["blocks-observe"]
    fuller = "His mother turns the blocks so that the next one fits."
    scored = score_observation(question, rows(TURNS, meaning=fuller))
    assert scored.feedback["points"][1]["evidence"] == fuller
