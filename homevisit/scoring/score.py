"""Scores a response to any type of question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.course.responses import parse_response
from homevisit.scoring.checklist import score_checklist
from homevisit.scoring.choose import score_choice
from homevisit.scoring.commitment import score_commitment
from homevisit.scoring.ecomap import score_ecomap
from homevisit.scoring.observe import score_observation
from homevisit.scoring.order import score_order
from homevisit.scoring.plan import score_plan
from homevisit.scoring.reflect import score_reflection
from homevisit.scoring.rephrase import score_rephrase
from homevisit.scoring.respond import score_reply
from homevisit.scoring.scored import Scored
from homevisit.scoring.sort import score_places
from homevisit.scoring.watch import score_watching

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from homevisit.course.questions import Question

__all__ = ["SCORES", "Scored", "score"]

SCORES: Mapping[str, Callable[[Any, Mapping[str, Any]], Scored]] = {
    "observe": score_observation,
    "choose": score_choice,
    "sort": score_places,
    "order": score_order,
    "rephrase": score_rephrase,
    "reflect": score_reflection,
    "respond": score_reply,
    "checklist": score_checklist,
    "commitment": score_commitment,
    "ecomap": score_ecomap,
    "plan": score_plan,
    "watch": score_watching,
}


def score(question: Question, response: Mapping[str, Any]) -> Scored:
    """Score a committed response; the same question and response always give the same result.

    Raises
    ------
    InvalidResponseError
        The stored response belongs to another type of question: the answer key was changed since.
    """
    return SCORES[question.type](question, parse_response(question, response, draft=True))
