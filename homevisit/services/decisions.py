"""A second reading, point by point: what a trainer marks, and what a learner asks a trainer to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from homevisit.course.bands import Band
from homevisit.errors import InvalidEntryError, MissingEntryError, NotAllowedError
from homevisit.scoring.marks import with_marks
from homevisit.scoring.observe import counted_band
from homevisit.scoring.scored import Scored
from homevisit.scoring.showing import TRIES_FOR_ALL
from homevisit.store import attempts as attempt_store
from homevisit.store import decisions as decision_store
from homevisit.store import submissions as submission_store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from homevisit.store.engine import Store
    from homevisit.store.values import Account, Attempt, PointDecision

MARKERS = frozenset({"trainer", "administrator"})
NO_SUCH_POINT = "This response has no such point. Load the page again; what is marked already is kept."


@dataclass(frozen=True, slots=True)
class Decided:
    """What was stored; `is_queued` says that the submission waits to be graded with the new marks."""

    decisions: tuple[PointDecision, ...]
    is_queued: bool


def decide(store: Store, viewer: Account, attempt_id: str, marks: Mapping[str, Band]) -> Decided:
    """Store a trainer's marks on points of an attempt; the last mark on a point counts from now on.

    Where they change the score of a response that is handed in and graded, the submission goes back into the
    queue, so that nbgrader's gradebook follows; the caller wakes the grading program.

    Parameters
    ----------
    marks : mapping
        From the id of a point to covered, again or none; points that it does not name stay as they are.

    Raises
    ------
    NotAllowedError
        The viewer is neither trainer nor administrator.
    MissingEntryError
        The attempt is not stored.
    InvalidEntryError
        A point or a mark is unknown; nothing is stored.
    """
    if viewer.role not in MARKERS:
        raise NotAllowedError("Only trainers mark the points of a response.")
    with store.begin() as conn:
        attempt = attempt_store.find_attempt(conn, attempt_id)
        points = _points(attempt)
        _check(points, marks)
        before = _score(conn, attempt)
        added = tuple(
            decision_store.add_decision(
                conn,
                attempt_id=attempt_id,
                point_id=point_id,
                share=points[point_id].get("share"),
                band=counted_band(points[point_id]),
                decided=mark,
                decided_by=viewer.account_id,
            )
            for point_id, mark in marks.items()
        )
        has_changed = _score(conn, attempt) != before
        return Decided(added, has_changed and _queue(conn, attempt))


def ask_to_read(
    store: Store, account_id: str, lesson_id: str, question_id: str, *, number: int, point_id: str
) -> Attempt:
    """Store that a learner says a point is made; it gives no points by itself. Return the attempt.

    Raises
    ------
    MissingEntryError
        There is no such attempt of this learner.
    InvalidEntryError
        The point is unknown or still held back, counts as covered, or is marked by a trainer already.
    """
    with store.begin() as conn:
        tried = attempt_store.attempts(conn, account_id, lesson_id, question_id)
        attempt = next((found for found in tried if found.number == number), None)
        if attempt is None:
            raise MissingEntryError("This try is not stored. Load the page again; what you wrote is kept.")
        point = _points(attempt).get(point_id)
        if point is None or len(tried) < TRIES_FOR_ALL:
            raise InvalidEntryError(NO_SUCH_POINT)
        if point_id in decision_store.marks(conn, [attempt.attempt_id]).get(attempt.attempt_id, {}):
            raise InvalidEntryError(
                "Your trainer has marked this point already. Load the page again to see it."
            )
        if point["covered"]:
            raise InvalidEntryError("This point counts as covered already, so nobody needs to read it again.")
        decision_store.add_request(conn, attempt.attempt_id, point_id)
    return attempt


def _points(attempt: Attempt) -> dict[str, dict[str, Any]]:
    return {point["id"]: point for point in attempt.feedback.get("points", ())}


def _check(points: Mapping[str, Any], marks: Mapping[str, Band]) -> None:
    for point_id, mark in marks.items():
        if point_id not in points:
            raise InvalidEntryError(NO_SUCH_POINT)
        if mark not in get_args(Band):
            raise InvalidEntryError(
                "Mark each point as covered, as one to look again at, or as not found yet."
            )


def _score(conn: Connection, attempt: Attempt) -> float | None:
    marks = decision_store.marks(conn, [attempt.attempt_id]).get(attempt.attempt_id, {})
    return with_marks(Scored(attempt.raw, attempt.max, attempt.feedback), marks).raw


def _queue(conn: Connection, attempt: Attempt) -> bool:
    latest = submission_store.latest_submission(conn, attempt.account_id, attempt.lesson_id)
    if latest is None or attempt.attempt_id not in latest.attempt_ids:
        return False
    return submission_store.requeue_graded(conn, latest.submission_id)
