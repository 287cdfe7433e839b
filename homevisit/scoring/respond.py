"""Feedback on a reply to a parent, which a trainer reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.scoring.scored import Scored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.questions import RespondQuestion

SUMMARY = (
    "Your reply is kept. A trainer reads it and writes to you. "
    "Meanwhile, compare it with the examples and with what the trainer looks for."
)


def score_reply(question: RespondQuestion, _response: Mapping[str, Any]) -> Scored:
    """Give no points yet, but show the rubric and the examples."""
    feedback = {
        "type": "respond",
        "summary": SUMMARY,
        "rubric": question.shown_rubric(),
        "examples": list(question.examples),
        "waiting": True,
    }
    return Scored(None, float(question.points), feedback)
