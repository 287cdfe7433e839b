"""Group sessions: begin one, find it, move its stage; what stands here is always the newest."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from homevisit.errors import ConflictError, MissingEntryError, StoreError
from homevisit.store import tables_groups
from homevisit.store.failures import or_conflict
from homevisit.store.ids import new_id
from homevisit.store.values_groups import GroupSession

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, RowMapping

    from homevisit.store.values_groups import SessionState

table = tables_groups.group_sessions
FIELDS = tuple(GroupSession.__dataclass_fields__)
COLUMNS = [table.c[field] for field in FIELDS]
ALL = select(*COLUMNS)  # made once: a select of many columns takes a while to put together
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that looks like another one
CODE_LENGTH = 6
TRIES = 20
GONE = "There is no such group session. Go to “Group sessions” and choose one from the list."
CODE_TAKEN = "This code is taken; try once more."


def add_session(
    conn: Connection,
    *,
    team: str,
    title: str,
    lesson_id: str,
    plan: dict[str, Any],
    leader_id: str,
    rounds: tuple[str, ...] = (),
) -> GroupSession:
    """Store a new open session at its first step, with a code that no other open session has."""
    session = GroupSession(
        session_id=new_id("g-"),
        code="",
        team=team,
        title=title,
        lesson_id=lesson_id,
        plan=plan,
        leader_id=leader_id,
        made_by=leader_id,
        state="open",
        position=0,
        phase="shown",
        points_shown=False,
        rounds=rounds,
        version=1,
        last_event=0,
        last_stage_event=0,
        opened_at=datetime.now(UTC),
        ended_at=None,
    )
    values = {field: getattr(session, field) for field in FIELDS} | {"rounds": list(rounds)}
    for _ in range(TRIES):
        values["code"] = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
        try:
            with or_conflict(conn, CODE_TAKEN):
                conn.execute(insert(table).values(**values))
        except ConflictError:
            continue
        return find_session(conn, session.session_id)
    raise StoreError("No free code was found for this session; please try again.")


def find_session(conn: Connection, session_id: str, *, hold: bool = False) -> GroupSession:
    """Return a session; with `hold`, others who change it wait until this transaction ends.

    Raises
    ------
    MissingEntryError
        There is none.
    """
    query = ALL.where(table.c.session_id == session_id)
    row = conn.execute(query.with_for_update() if hold else query).mappings().one_or_none()
    if row is None:
        raise MissingEntryError(GONE)
    return _session(row)


def find_open_session(conn: Connection, code: str) -> GroupSession | None:
    """Return the open session with this code, or None."""
    query = ALL.where(table.c.code == code, table.c.state == "open")
    row = conn.execute(query).mappings().one_or_none()
    return None if row is None else _session(row)


def find_ended_session(conn: Connection, code: str, since: datetime) -> GroupSession | None:
    """Return the last session with this code that ended after `since`, or None."""
    query = ALL.where(table.c.code == code, table.c.state == "ended", table.c.ended_at >= since)
    row = conn.execute(query.order_by(table.c.ended_at.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else _session(row)


def sessions(
    conn: Connection, state: SessionState, *, team: str | None = None, limit: int | None = None
) -> list[GroupSession]:
    """Return the sessions of one team, or of all, that are open or have ended, the newest first."""
    query = ALL.where(table.c.state == state).order_by(table.c.opened_at.desc(), table.c.session_id)
    if team is not None:
        query = query.where(table.c.team == team)
    if limit is not None:
        query = query.limit(limit)
    return [_session(row) for row in conn.execute(query).mappings()]


def open_before(conn: Connection, moment: datetime) -> list[str]:
    """Return the ids of sessions that are open since before `moment`."""
    query = select(table.c.session_id).where(table.c.state == "open", table.c.opened_at < moment)
    return list(conn.execute(query).scalars())


def change_stage(conn: Connection, session: GroupSession, **values: Any) -> GroupSession:
    """Store what changed of the stage as the next version; the session must be held."""
    if "rounds" in values:
        values["rounds"] = list(values["rounds"])
    change = update(table).where(table.c.session_id == session.session_id)
    conn.execute(change.values(version=session.version + 1, **values))
    return find_session(conn, session.session_id)


def titles(conn: Connection, session_ids: Iterable[str]) -> dict[str, str]:
    """Return the title of each of these sessions."""
    query = select(table.c.session_id, table.c.title).where(table.c.session_id.in_(list(session_ids)))
    return {row.session_id: row.title for row in conn.execute(query)}


def _session(row: RowMapping) -> GroupSession:
    return GroupSession(**{**row, "rounds": tuple(row["rounds"])})
