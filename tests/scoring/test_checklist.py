from __future__ import annotations

import pytest

from homevisit.scoring.checklist import SUMMARY, score_checklist


@pytest.mark.parametrize("level", [0, 1, 2])
def test_checklist_gives_all_points_whatever_the_ratings_are(asked, level):
    scored = score_checklist(asked["after"], {"ratings": {"wait": level, "ask": level}})
    assert (scored.raw, scored.max) == (2.0, 2.0)
    assert scored.feedback == {
        "type": "checklist",
        "summary": SUMMARY,
        "items": [
            {"key": "wait", "text": "I wait before I speak", "level": level},
            {"key": "ask", "text": "I ask what the parent saw", "level": level},
        ],
    }


def test_checklist_with_an_item_added_since_counts_it_as_not_rated(asked):
    scored = score_checklist(asked["after"], {"ratings": {"wait": 2, "gone": 1}})
    assert scored.raw == 1.0
    assert [item["level"] for item in scored.feedback["items"]] == [2, None]
