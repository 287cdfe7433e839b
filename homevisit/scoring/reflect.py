"""Feedback on a reflection, which a trainer reads; and the total of a trainer's ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.errors import InvalidEntryError
from homevisit.scoring.coverage import covered_points
from homevisit.scoring.scored import Scored
from homevisit.scoring.text import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.questions import RatedQuestion, ReflectQuestion


def score_reflection(question: ReflectQuestion, response: Mapping[str, Any]) -> Scored:
    """Give no points yet, but show what the handbook lists and which of it the text seems to hold."""
    text = response["text"]
    points = covered_points(question.public.prompt, question.key_points, text, sentences(text))
    summary = "Your text is kept. A trainer reads it and writes to you."
    if points:
        summary += " Meanwhile, compare it with what the handbook lists; a program marked what it found."
    feedback = {"type": "reflect", "summary": summary, "points": points, "waiting": True}
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
