"""Scores an observation by the key points that it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.scoring.coverage import covered_points
from homevisit.scoring.scored import Scored
from homevisit.scoring.text import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.questions import ObserveQuestion

NOTE = (
    "A program compared your words with the handbook's points. It can miss a point you made in other words."
)


def score_observation(question: ObserveQuestion, response: Mapping[str, Any]) -> Scored:
    """Score rows of an observation: points * min(1, covered / enough).

    Only what was seen decides what is covered; the sentence shown as evidence may come from either column.
    Time marks and the order of the rows change nothing.
    """
    rows = response["rows"]
    seen = [row["saw"] for row in rows]
    written = [
        sentence for text in (*seen, *(row["meaning"] for row in rows)) for sentence in sentences(text)
    ]
    points = covered_points(question.public.prompt, question.key_points, "\n".join(seen), written)
    covered = sum(point["covered"] for point in points)
    feedback = {
        "type": "observe",
        "summary": _summary(covered, len(points), question.enough),
        "points": points,
        "enough": question.enough,
        "covered": covered,
        "note": NOTE,
    }
    raw = round(question.points * min(1.0, covered / question.enough), 2)
    return Scored(raw, float(question.points), feedback)


def _summary(covered: int, total: int, enough: int) -> str:
    found = f"Your words match {covered} of the handbook's {total} points"
    if covered >= enough:
        return f"{found}, which is enough for full points."
    return f"{found}; {enough} are enough for full points."
