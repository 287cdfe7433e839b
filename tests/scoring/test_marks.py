from __future__ import annotations

import json

import pytest

from homevisit.scoring.marks import with_marks
from homevisit.scoring.observe import score_observation
from homevisit.scoring.reflect import score_reflection
from homevisit.scoring.scored import Scored

TURNS = "His mother turns the blocks so that the next one fits."


@pytest.fixture
def scored(asked):
    return score_observation(asked["blocks-observe"], {"rows": [{"saw": TURNS, "meaning": "", "at": ""}]})


def counted(scored):
    return [point["id"] for point in scored.feedback["points"] if point["covered"]]


@pytest.mark.parametrize(
    ("marks", "covered", "raw"),
    [
        ({"places": "covered"}, ["places", "turns"], 2.67),
        ({"turns": "none"}, [], 0.0),
        ({"turns": "again", "hands": "covered"}, ["hands"], 1.33),
        (
            {"places": "covered", "hands": "covered", "tries": "covered"},
            ["places", "turns", "hands", "tries"],
            4.0,
        ),
    ],
)
def test_trainers_mark_stands_over_the_first_reading_and_the_score_follows(scored, marks, covered, raw):
    marked = with_marks(scored, marks)
    assert (counted(marked), marked.raw, marked.feedback["covered"]) == (covered, raw, len(covered))
    assert {point["id"]: point.get("decided") for point in marked.feedback["points"]} == {
        "places": None,
        "turns": None,
        "hands": None,
        "comments": None,
        "tries": None,
    } | marks


def test_summary_says_what_the_trainer_marked(scored):
    assert with_marks(scored, {"places": "covered", "hands": "covered"}).feedback["summary"] == (
        "Your words match 3 of the 5 points of the source, which is enough for full points."
    )
    assert with_marks(scored, {"turns": "again"}).feedback["summary"] == (
        "Your words come near 1 of the 5 points of the source; 3 are enough for full points."
    )


def test_first_reading_stays_as_it_was(scored):
    before = json.dumps(scored.feedback)
    marked = with_marks(scored, {"turns": "none"})
    assert json.dumps(scored.feedback) == before
    assert marked.feedback["points"][1]["band"] == "covered"


def test_marks_on_nothing_change_nothing(scored):
    assert with_marks(scored, {}) == scored
    assert with_marks(scored, {"gone": "covered"}) == scored
    plain = Scored(1.0, 1.0, {"type": "choose", "summary": "", "options": []})
    assert with_marks(plain, {"turns": "covered"}) == plain


def test_marks_on_a_reflection_give_no_points(asked):
    scored = score_reflection(asked["own-lens"], {"text": "We were a quiet family."})
    marked = with_marks(scored, {"eyes": "covered"})
    assert (marked.raw, counted(marked)) == (None, ["eyes"])
    assert marked.feedback["summary"] == scored.feedback["summary"]


def test_attempt_that_is_older_than_bands_can_be_marked():
    points = [{"id": "a", "text": "A", "covered": True, "evidence": "x", "look_again": ""}]
    points.append({"id": "b", "text": "B", "covered": False, "evidence": "", "look_again": "There."})
    old = Scored(
        1.0, 2.0, {"type": "observe", "summary": "", "points": points, "enough": 2, "covered": 1, "note": ""}
    )
    marked = with_marks(old, {"b": "covered"})
    assert (marked.raw, counted(marked)) == (2.0, ["a", "b"])
