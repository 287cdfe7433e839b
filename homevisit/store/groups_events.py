"""Events of group sessions: each is written in the transaction of the change that it tells of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select, update

from homevisit.store import tables_groups
from homevisit.store.values_groups import SessionEvent

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from homevisit.store.values_groups import EventKind

table = tables_groups.session_events
sessions = tables_groups.group_sessions
FIELDS = tuple(SessionEvent.__dataclass_fields__)
CHANNEL = "homevisit_group_sessions"


def add_event(
    conn: Connection,
    session_id: str,
    kind: EventKind,
    *,
    pair: int | None = None,
    about_id: str | None = None,
) -> int:
    """Store an event and return its id; ids of one session grow in the order in which they come to stay.

    The session must be held (`groups_sessions.find_session`). On PostgreSQL, other servers that listen wake
    up when the transaction is committed.
    """
    values = {"session_id": session_id, "kind": kind, "pair": pair, "about_id": about_id}
    added = conn.execute(insert(table).values(**values, at=datetime.now(UTC)).returning(table.c.event_id))
    event_id = int(added.scalar_one())
    changed = {"last_event": event_id}
    if kind in {"stage", "ended"}:
        changed["last_stage_event"] = event_id
    conn.execute(update(sessions).where(sessions.c.session_id == session_id).values(**changed))
    if conn.dialect.name == "postgresql":
        conn.execute(select(func.pg_notify(CHANNEL, session_id)))
    return event_id


def events_after(conn: Connection, session_id: str, event_id: int) -> list[SessionEvent]:
    """Return the events of a session after one, oldest first."""
    query = select(*(table.c[field] for field in FIELDS)).where(
        table.c.session_id == session_id, table.c.event_id > event_id
    )
    return [SessionEvent(**row) for row in conn.execute(query.order_by(table.c.event_id)).mappings()]


def last_event(conn: Connection, session_id: str) -> int:
    """Return the id of the newest event of a session, 0 before the first."""
    query = select(func.coalesce(func.max(table.c.event_id), 0)).where(table.c.session_id == session_id)
    return int(conn.execute(query).scalar_one())
