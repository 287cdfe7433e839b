"""Scores a plan for a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.course.given import is_blank
from homevisit.scoring.scored import Scored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.questions import CommitmentQuestion


def score_commitment(question: CommitmentQuestion, response: Mapping[str, Any]) -> Scored:
    """Give all points when a plan is chosen and something is written; what it says is the learner's own."""
    days = question.public.after_days
    when = "In 1 day" if days == 1 else f"In {days} days"
    feedback = {
        "type": "commitment",
        "summary": f"Your plan is kept. {when}, the home page asks how it went.",
    }
    is_made = bool(response["plan"]) and not is_blank(response["text"])
    return Scored(float(question.points) if is_made else 0.0, float(question.points), feedback)
