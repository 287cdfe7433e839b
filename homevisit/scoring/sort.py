"""Scores statements placed in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.scoring.scored import Scored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.questions import SortQuestion


def score_places(question: SortQuestion, response: Mapping[str, Any]) -> Scored:
    """Score placed statements: points * right / number of statements."""
    placed = response["placed"]
    statements = [
        {
            "key": key,
            "text": text,
            "group": question.correct[key],
            "placed": placed.get(key, ""),
            "correct": placed.get(key) == question.correct[key],
            "feedback": question.feedback[key],
        }
        for key, text in question.public.statements.items()
    ]
    right, total = sum(statement["correct"] is True for statement in statements), len(statements)
    every = f"All {total} statements are in the group they belong to."
    some = f"{right} of {total} statements are in the group they belong to."
    feedback = {"type": "sort", "summary": every if right == total else some, "statements": statements}
    return Scored(round(question.points * right / total, 2), float(question.points), feedback)
