"""Scores what was seen in a clip by the moments of the key that the words cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.course.clip_times import as_clock, seconds_of
from homevisit.scoring.coverage import READ_BY_PROGRAM, read_points
from homevisit.scoring.objectivity import check, flag_json, unquoted_words
from homevisit.scoring.observe import observed_summary
from homevisit.scoring.scored import Scored
from homevisit.scoring.text import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from homevisit.course.questions import WatchQuestion

TIMES_ARE_SHOWN = (
    "Only your words decide what is covered. The times stand beside one another to be compared; they cost "
    "nothing."
)


def score_watching(question: WatchQuestion, response: Mapping[str, Any]) -> Scored:
    """Score marks and what was written at the stops: points * min(1, covered / enough).

    The words of both decide; the times of the marks change nothing and come back for the timeline only.
    """
    marks = response["marks"]
    written = [*(mark["saw"] for mark in marks), *response["stops"].values()]
    points = read_points(question, response, [part for text in written for part in sentences(text)])
    for point, moment in zip(points, question.key_points, strict=True):
        point |= {"from": seconds_of(moment.start), "to": seconds_of(moment.end)}
    covered = sum(point["covered"] for point in points)
    feedback = {
        "type": "watch",
        "summary": observed_summary(points, question.enough),
        "points": points,
        "enough": question.enough,
        "covered": covered,
        "flags": _flags(question, marks),
        "marks": marks,
        "note": READ_BY_PROGRAM,
        "times_note": TIMES_ARE_SHOWN,
    }
    raw = round(question.points * min(1.0, covered / question.enough), 2)
    return Scored(raw, float(question.points), feedback)


def _flags(question: WatchQuestion, marks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give the words of the marks that judge or guess, with number and time of the mark; they cost no points."""
    allow = {word for point in question.key_points for word in unquoted_words(point.text)}
    return [
        {"row": number, "at": as_clock(mark["at"]), **flag_json(flag)}
        for number, mark in enumerate(marks, 1)
        for flag in check(mark["saw"], allow, words=question.words)
    ]
