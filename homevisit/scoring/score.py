"""Scores a response to any kind of question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.course.questions import ChooseQuestion, ObserveQuestion, SortQuestion
from homevisit.course.responses import parse_response
from homevisit.scoring.choose import score_choice
from homevisit.scoring.observe import score_observation
from homevisit.scoring.reflect import score_reflection
from homevisit.scoring.scored import Scored
from homevisit.scoring.sort import score_places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.questions import Question

__all__ = ["Scored", "score"]


def score(question: Question, response: Mapping[str, Any]) -> Scored:
    """Score a committed response; the same question and response always give the same result.

    Raises
    ------
    InvalidResponseError
        The stored response belongs to another kind of question: the answer key was changed since.
    """
    given = parse_response(question, response, draft=True)
    if isinstance(question, ObserveQuestion):
        return score_observation(question, given)
    if isinstance(question, ChooseQuestion):
        return score_choice(question, given)
    if isinstance(question, SortQuestion):
        return score_places(question, given)
    return score_reflection(question, given)
