"""Trainers' marks on points, added and never changed; and points that learners ask a trainer to read."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from homevisit.errors import ConflictError
from homevisit.store import tables
from homevisit.store.failures import or_conflict
from homevisit.store.values import Attempt, PointDecision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from homevisit.course.bands import Band

table = tables.point_decisions
asked = tables.point_requests
FIELDS = tuple(PointDecision.__dataclass_fields__)
ATTEMPT_FIELDS = tuple(Attempt.__dataclass_fields__)


def add_decision(
    conn: Connection,
    *,
    attempt_id: str,
    point_id: str,
    share: float | None,
    band: Band,
    decided: Band,
    decided_by: str,
    decided_at: datetime | None = None,
) -> PointDecision:
    """Store a trainer's mark on a point; an earlier one stays, and the last one counts.

    Parameters
    ----------
    share, band : float or None, Band
        What the first reading gave.

    Raises
    ------
    MissingEntryError
        The attempt or the account is not stored.
    """
    at = decided_at or datetime.now(UTC)
    row = {"attempt_id": attempt_id, "point_id": point_id, "share": share, "band": band}
    made = {"decided": decided, "decided_by": decided_by, "decided_at": at}
    new = conn.execute(insert(table).values(**row, **made).returning(table.c.decision_id)).scalar_one()
    return PointDecision(new, attempt_id, point_id, share, band, decided, decided_by, at)


def decisions(conn: Connection, attempt_ids: Iterable[str]) -> list[PointDecision]:
    """Return all marks on the points of some attempts, oldest first."""
    query = select(*(table.c[field] for field in FIELDS)).where(table.c.attempt_id.in_(list(attempt_ids)))
    return [PointDecision(**row) for row in conn.execute(query.order_by(table.c.decision_id)).mappings()]


def marks(conn: Connection, attempt_ids: Iterable[str]) -> dict[str, dict[str, Band]]:
    """Return for each attempt with marks the last one on each of its points."""
    found: dict[str, dict[str, Band]] = defaultdict(dict)
    for decision in decisions(conn, attempt_ids):
        found[decision.attempt_id][decision.point_id] = decision.decided
    return dict(found)


def marked_attempts(conn: Connection) -> list[Attempt]:
    """Return every attempt with a mark on it, oldest first; practice is left out."""
    accounts = tables.accounts
    columns = [tables.attempts.c[field] for field in ATTEMPT_FIELDS]
    query = (
        select(*columns)
        .join(accounts, accounts.c.account_id == tables.attempts.c.account_id)
        .where(accounts.c.practice_of.is_(None))
        .where(tables.attempts.c.attempt_id.in_(select(table.c.attempt_id)))
        .order_by(tables.attempts.c.committed_at, tables.attempts.c.attempt_id)
    )
    return [Attempt(**row) for row in conn.execute(query).mappings()]


def add_request(conn: Connection, attempt_id: str, point_id: str, asked_at: datetime | None = None) -> None:
    """Store that a learner asks a trainer to read a point; asking twice changes nothing."""
    row = {"attempt_id": attempt_id, "point_id": point_id, "asked_at": asked_at or datetime.now(UTC)}
    try:
        with or_conflict(conn, ""):
            conn.execute(insert(asked).values(row))
    except ConflictError:
        return


def requests(conn: Connection, attempt_ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return for each attempt with requests the ids of its points that a trainer is asked to read."""
    query = select(asked.c.attempt_id, asked.c.point_id).where(asked.c.attempt_id.in_(list(attempt_ids)))
    found: dict[str, set[str]] = defaultdict(set)
    for attempt_id, point_id in conn.execute(query):
        found[attempt_id].add(point_id)
    return {attempt_id: frozenset(points) for attempt_id, points in found.items()}
