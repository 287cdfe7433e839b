"""Participants of group sessions: who joined, who is there, who works with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from homevisit.store import tables_groups
from homevisit.store.failures import or_conflict
from homevisit.store.ids import new_id
from homevisit.store.values_groups import Participant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

table = tables_groups.participants
sessions = tables_groups.group_sessions
FIELDS = tuple(Participant.__dataclass_fields__)
COLUMNS = [table.c[field] for field in FIELDS]
ALL = select(*COLUMNS)  # made once: a select of many columns takes a while to put together


def add_participant(
    conn: Connection,
    *,
    session_id: str,
    name: str,
    token_hash: str,
    account_id: str | None,
    now: datetime,
    taken: str,
) -> Participant:
    """Store a new participant; ConflictError with the sentence `taken` when the name is."""
    participant = Participant(
        participant_id=new_id("n-"),
        session_id=session_id,
        account_id=account_id,
        name=name,
        pair=None,
        joined_at=now,
        last_seen_at=now,
        left_at=None,
        removed_at=None,
        seconds=0,
    )
    values = {field: getattr(participant, field) for field in FIELDS}
    with or_conflict(conn, taken):
        conn.execute(insert(table).values(**values, token_hash=token_hash, name_key=name.casefold()))
    return participant


def find_participant(conn: Connection, session_id: str, participant_id: str) -> Participant | None:
    """Return a participant of this session, removed or not, or None."""
    return _one(conn, (table.c.session_id == session_id) & (table.c.participant_id == participant_id))


def find_by_token(conn: Connection, session_id: str, token_hash: str) -> Participant | None:
    """Return whose browser this is in a session, or None."""
    return _one(conn, (table.c.session_id == session_id) & (table.c.token_hash == token_hash))


def find_by_account(conn: Connection, session_id: str, account_id: str) -> Participant | None:
    """Return the participant with this account, or None."""
    return _one(conn, (table.c.session_id == session_id) & (table.c.account_id == account_id))


def participants(conn: Connection, session_id: str) -> list[Participant]:
    """Return all who joined and were not removed, in the order in which they came."""
    query = ALL.where(table.c.session_id == session_id, table.c.removed_at.is_(None))
    rows = conn.execute(query.order_by(table.c.joined_at, table.c.participant_id)).mappings()
    return [Participant(**row) for row in rows]


def all_participants(conn: Connection, session_id: str) -> list[Participant]:
    """Return all who ever joined, those who were removed too, in the order in which they came."""
    query = ALL.where(table.c.session_id == session_id)
    rows = conn.execute(query.order_by(table.c.joined_at, table.c.participant_id)).mappings()
    return [Participant(**row) for row in rows]


def names(conn: Connection, session_id: str) -> set[str]:
    """Return the names that are taken, case-folded."""
    query = select(table.c.name_key).where(table.c.session_id == session_id, table.c.removed_at.is_(None))
    return set(conn.execute(query).scalars())


def change_participant(conn: Connection, participant_id: str, **values: Any) -> None:
    """Change columns of a participant."""
    conn.execute(update(table).where(table.c.participant_id == participant_id).values(**values))


def set_pairs(conn: Connection, session_id: str, pairs: Mapping[str, int]) -> None:
    """Put participants into pairs by number; who is not named works in none."""
    conn.execute(update(table).where(table.c.session_id == session_id).values(pair=None))
    for participant_id, pair in pairs.items():
        change_participant(conn, participant_id, pair=pair)


def highest_pair(conn: Connection, session_id: str) -> int:
    """Return the highest number that a pair has or had in the responses of a session."""
    responses = tables_groups.session_responses
    found = [
        conn.execute(
            select(func.coalesce(func.max(one.c.pair), 0)).where(one.c.session_id == session_id)
        ).scalar_one()
        for one in (table, responses)
    ]
    return int(max(found))


def pairs(conn: Connection, session_id: str) -> dict[str, int | None]:
    """Return the pair of each participant."""
    query = select(table.c.participant_id, table.c.pair).where(table.c.session_id == session_id)
    return {row.participant_id: row.pair for row in conn.execute(query)}


def open_participants(conn: Connection, *, ids: Iterable[str] | None = None) -> list[Participant]:
    """Return the participants of open sessions who were not removed; only those named, where `ids` is given."""
    query = ALL.join(sessions, sessions.c.session_id == table.c.session_id).where(
        sessions.c.state == "open", table.c.removed_at.is_(None)
    )
    if ids is not None:
        query = query.where(table.c.participant_id.in_(list(ids)))
    return [Participant(**row) for row in conn.execute(query.order_by(table.c.participant_id)).mappings()]


def is_in_open_session(conn: Connection, token_hash: str) -> bool:
    """Return whether somebody with this token takes part in a session that is open."""
    query = (
        select(table.c.participant_id)
        .join(sessions, sessions.c.session_id == table.c.session_id)
        .where(table.c.token_hash == token_hash, table.c.removed_at.is_(None), sessions.c.state == "open")
    )
    return conn.execute(query.limit(1)).first() is not None


def note_seen(conn: Connection, seen: Iterable[tuple[str, datetime, int]]) -> None:
    """Store (participant, last seen, seconds of attendance so far) for many at once."""
    for participant_id, at, seconds in seen:
        change_participant(conn, participant_id, last_seen_at=at, seconds=seconds, left_at=None)


def _one(conn: Connection, where: ColumnElement[bool]) -> Participant | None:
    row = conn.execute(ALL.where(where)).mappings().one_or_none()
    return None if row is None else Participant(**row)
