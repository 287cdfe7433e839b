"""Scores steps put in order."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from homevisit.scoring.scored import Scored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.questions import OrderQuestion


def score_order(question: OrderQuestion, response: Mapping[str, Any]) -> Scored:
    """Score an order: points * pairs of steps in the right order / all pairs.

    One step out of place so costs little. A step that was added since has no place given (0) and makes no
    pair right.
    """
    steps = question.public.steps
    given = [key for key in response["order"] if key in steps]
    places = {key: place for place, key in enumerate(given, 1)}
    pairs = list(combinations(question.correct, 2))
    right = sum(0 < places.get(first, 0) < places.get(second, 0) for first, second in pairs)
    shown = [
        {
            "key": key,
            "text": steps[key],
            "place": place,
            "given": places.get(key, 0),
            "feedback": question.feedback[key],
        }
        for place, key in enumerate(question.correct, 1)
    ]
    feedback = {
        "type": "order",
        "summary": _summary(right, len(pairs), len(steps)),
        "steps": shown,
        "pairs": len(pairs),
        "right": right,
    }
    raw = round(question.points * right / len(pairs), 2)
    return Scored(raw, float(question.points), feedback)


def _summary(right: int, pairs: int, steps: int) -> str:
    if right == pairs:
        return f"All {steps} steps are in the right order."
    return f"Of any two steps, which comes first? You have that right for {right} of the {pairs} pairs."
