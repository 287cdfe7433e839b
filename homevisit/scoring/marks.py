"""A trainer's marks on the points of a response, which stand over the first reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.scoring.observe import BY_POINTS, observed_summary
from homevisit.scoring.scored import Scored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.bands import Band


def with_marks(scored: Scored, marks: Mapping[str, Band]) -> Scored:
    """Give what counts once a trainer has marked some points: their marks, and the first reading elsewhere.

    Parameters
    ----------
    marks : mapping
        From the id of a point to the band that the trainer gave it; ids that the feedback lacks change nothing.
    """
    if not any(point["id"] in marks for point in scored.feedback.get("points", ())):
        return scored
    feedback = {**scored.feedback}
    feedback["points"] = [_marked(point, marks.get(point["id"])) for point in feedback["points"]]
    if feedback["type"] not in BY_POINTS:
        return Scored(scored.raw, scored.max, feedback)
    feedback["covered"] = sum(point["covered"] for point in feedback["points"])
    feedback["summary"] = observed_summary(feedback["points"], feedback["enough"])
    raw = round(scored.max * min(1.0, feedback["covered"] / feedback["enough"]), 2)
    return Scored(raw, scored.max, feedback)


def _marked(point: dict[str, Any], mark: Band | None) -> dict[str, Any]:
    return point if mark is None else {**point, "decided": mark, "covered": mark == "covered"}
