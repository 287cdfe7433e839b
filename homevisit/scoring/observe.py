"""Scores an observation by the key points that it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.scoring.coverage import READ_BY_PROGRAM, read_points
from homevisit.scoring.objectivity import check, flag_json, unquoted_words
from homevisit.scoring.scored import Scored
from homevisit.scoring.text import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from homevisit.course.bands import Band
    from homevisit.course.questions import ObserveQuestion


def score_observation(question: ObserveQuestion, response: Mapping[str, Any]) -> Scored:
    """Score rows of an observation: points * min(1, covered / enough).

    Only covered points count. Only what was seen decides what is covered; the sentence shown as evidence may
    come from either column. Time marks and the order of the rows change nothing.
    """
    rows = response["rows"]
    seen = [row["saw"] for row in rows]
    written = [
        sentence for text in (*seen, *(row["meaning"] for row in rows)) for sentence in sentences(text)
    ]
    points = read_points(question, response, written)
    covered = sum(point["covered"] for point in points)
    feedback = {
        "type": "observe",
        "summary": observed_summary(points, question.enough),
        "points": points,
        "enough": question.enough,
        "covered": covered,
        "flags": _flags(question, rows),
        "note": READ_BY_PROGRAM,
    }
    raw = round(question.points * min(1.0, covered / question.enough), 2)
    return Scored(raw, float(question.points), feedback)


def _flags(question: ObserveQuestion, rows: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """Give the words of "What I saw" that judge or guess, with the number of their row; they cost no points.

    "What I think it means" is the place for such words, and what the key itself says is never flagged.
    """
    allow = {word for point in question.key_points for word in unquoted_words(point.text)}
    return [
        {"row": number, **flag_json(flag)}
        for number, row in enumerate(rows, 1)
        for flag in check(row["saw"], allow, words=question.words)
    ]


# Their points, and nothing else, make their score.
BY_POINTS = frozenset({"observe", "watch"})


def counted_band(point: Mapping[str, Any]) -> Band:
    """Give the band that counts for a point: the trainer's mark where there is one, else the first reading."""
    # attempts that are older than bands know only whether a point is covered
    first: Band = point.get("band", "covered" if point["covered"] else "none")
    band: Band = point.get("decided", first)
    return band


def observed_summary(points: Sequence[Mapping[str, Any]], enough: int) -> str:
    """Say how many points are covered and how many give full points; a trainer's marks count as made."""
    bands = [counted_band(point) for point in points]
    covered, near, total = bands.count("covered"), bands.count("again"), len(points)
    if not covered and not near:
        return "None of the points yet; here is where to look."
    if not covered:
        return f"Your words come near {near} of the {total} points of the source; {enough} are enough for full points."
    found = f"Your words match {covered} of the {total} points of the source"
    if covered >= enough:
        return f"{found}, which is enough for full points."
    return f"{found}; {enough} are enough for full points."
