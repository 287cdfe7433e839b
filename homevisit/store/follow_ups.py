"""Follow-ups: what learners told of their commitments, added and never changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from homevisit.store import tables
from homevisit.store.ids import new_id
from homevisit.store.values import FollowUp, Outcome

if TYPE_CHECKING:
    from sqlalchemy import Connection

table = tables.follow_ups
FIELDS = tuple(FollowUp.__dataclass_fields__)


def add_follow_up(
    conn: Connection,
    *,
    account_id: str,
    attempt_id: str,
    outcome: Outcome,
    text: str,
    told_at: datetime | None = None,
) -> FollowUp:
    """Store what became of a commitment; MissingEntryError when the attempt is not stored."""
    follow_up = FollowUp(
        follow_up_id=new_id("f-"),
        account_id=account_id,
        attempt_id=attempt_id,
        outcome=outcome,
        text=text,
        told_at=told_at or datetime.now(UTC),
    )
    conn.execute(insert(table).values(**{field: getattr(follow_up, field) for field in FIELDS}))
    return follow_up


def follow_ups(conn: Connection, account_id: str) -> list[FollowUp]:
    """Return all follow-ups of an account, oldest first."""
    columns = [table.c[field] for field in FIELDS]
    rows = conn.execute(select(*columns).where(table.c.account_id == account_id).order_by(table.c.told_at))
    return [FollowUp(**row._mapping) for row in rows]  # noqa: SLF001  SQLAlchemy's public name begins so
