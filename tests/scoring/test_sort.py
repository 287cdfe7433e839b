from __future__ import annotations

from itertools import product

from homevisit.scoring.sort import score_places

RIGHT = {"boots": "goods", "errand": "services", "puzzle": "goods"}


def test_sorting_gives_points_for_each_statement_in_its_group(asked):
    scored = score_places(asked["what-kind"], {"placed": RIGHT | {"puzzle": "services"}})
    assert (scored.raw, scored.max) == (2.67, 4.0)
    assert scored.feedback["summary"] == "2 of 3 statements are in the group they belong to."
    assert scored.feedback["statements"][1] == {
        "key": "puzzle",
        "text": "She lends a puzzle.",
        "group": "goods",
        "placed": "services",
        "correct": False,
        "feedback": "A thing again.",
    }


def test_sorting_all_right_gives_all_points(asked):
    scored = score_places(asked["what-kind"], {"placed": RIGHT})
    assert (scored.raw, scored.feedback["type"]) == (4.0, "sort")
    assert scored.feedback["summary"] == "All 3 statements are in the group they belong to."
    assert [statement["correct"] for statement in scored.feedback["statements"]] == [True] * 3


def test_sorting_of_a_statement_added_since_counts_it_as_unplaced(asked):
    scored = score_places(asked["what-kind"], {"placed": {"boots": "goods", "gone": "goods"}})
    assert (scored.raw, scored.feedback["statements"][1]["placed"]) == (1.33, "")


def test_sorting_stays_within_its_points_wherever_things_are_placed(asked):
    for groups in product(("goods", "services", ""), repeat=3):
        scored = score_places(asked["what-kind"], {"placed": dict(zip(RIGHT, groups, strict=True))})
        assert 0.0 <= scored.raw <= scored.max
