"""Feedback on a reflection, which a trainer reads; and the total of a trainer's ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.errors import InvalidEntryError
from homevisit.scoring.coverage import READ_BY_PROGRAM, read_points
from homevisit.scoring.scored import Scored
from homevisit.scoring.text import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.questions import RatedQuestion, ReflectQuestion


KEPT = "Your text is kept. A trainer reads it and writes to you."


def score_reflection(question: ReflectQuestion, response: Mapping[str, Any]) -> Scored:
    """Give no points yet, but show what the source lists and which of it the text seems to hold."""
    points = read_points(question, response, sentences(response["text"]))
    summary = KEPT
    if points:
        summary += " Meanwhile, see which points of the source a program found in it."
    feedback = {
        "type": "reflect",
        "summary": summary,
        "points": points,
        "note": READ_BY_PROGRAM if points else "",
        "waiting": True,
    }
    return Scored(None, float(question.points), feedback)


def rubric_total(question: RatedQuestion, ratings: Mapping[str, int]) -> float:
    """Add up a trainer's ratings, one level for each criterion id.

    Raises
    ------
    InvalidEntryError
        A criterion has no rating, or one that the rubric does not know.
    """
    unknown = set(ratings) - {criterion.id for criterion in question.rubric}
    if unknown:
        raise InvalidEntryError("The rubric has changed meanwhile. Reload the page and rate the text again.")
    for criterion in question.rubric:
        if ratings.get(criterion.id) not in criterion.levels:
            raise InvalidEntryError(f'Choose a level for "{criterion.criterion}".')
    return float(sum(ratings.values()))
