"""Scores a checklist by which learners rate themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.scoring.scored import Scored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.questions import ChecklistQuestion

SUMMARY = "Your ratings are kept. They are for you to look back on; the points are for filling it in."


def score_checklist(question: ChecklistQuestion, response: Mapping[str, Any]) -> Scored:
    """Give all points for filling it in: points * rated items / items, whatever the ratings are.

    An item that was added since has the level None.
    """
    ratings = response["ratings"]
    items = [
        {"key": key, "text": text, "level": ratings.get(key)} for key, text in question.public.items.items()
    ]
    rated = sum(item["level"] is not None for item in items)
    feedback = {"type": "checklist", "summary": SUMMARY, "items": items}
    return Scored(round(question.points * rated / len(items), 2), float(question.points), feedback)
