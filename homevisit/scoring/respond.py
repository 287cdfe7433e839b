"""Feedback on a reply to a parent, which a trainer reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.scoring.coverage import READ_BY_PROGRAM, read_points
from homevisit.scoring.scored import Scored
from homevisit.scoring.text import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.questions import RespondQuestion

SUMMARY = (
    "Your reply is kept. A trainer reads it and writes to you. "
    "Meanwhile, compare it with the examples and with what the trainer looks for."
)


def score_reply(question: RespondQuestion, response: Mapping[str, Any]) -> Scored:
    """Give no points yet, but show the rubric and the examples, and a first reading where there are key points."""
    points = read_points(question, response, sentences(response["text"]))
    feedback = {
        "type": "respond",
        "summary": SUMMARY,
        "points": points,
        "note": READ_BY_PROGRAM if points else "",
        "rubric": question.shown_rubric(),
        "examples": list(question.examples),
        "waiting": True,
    }
    return Scored(None, float(question.points), feedback)
