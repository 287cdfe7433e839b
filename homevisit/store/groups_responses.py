"""Responses in group sessions: kept once for each participant and round, earlier versions beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, or_, select, update

from homevisit.errors import MissingEntryError
from homevisit.store import tables_groups
from homevisit.store.values_groups import SessionResponse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Connection, RowMapping

    from homevisit.store.values_groups import Round

table = tables_groups.session_responses
sessions = tables_groups.group_sessions
people = tables_groups.entry_people
participants = tables_groups.participants
FIELDS = tuple(SessionResponse.__dataclass_fields__)
COLUMNS = [table.c[field] for field in FIELDS]
ALL = select(*COLUMNS)  # made once: a select of many columns takes a while to put together
GONE = "This entry is not part of the session any more. Load the page again."


def add_response(conn: Connection, response: SessionResponse) -> None:
    """Store a new response."""
    values = {field: getattr(response, field) for field in FIELDS}
    conn.execute(insert(table).values(**values | {"replaced": list(response.replaced)}))


def change_response(conn: Connection, response_id: str, **values: Any) -> None:
    """Change columns of a response."""
    if "replaced" in values:
        values["replaced"] = list(values["replaced"])
    conn.execute(update(table).where(table.c.response_id == response_id).values(**values))


def find_response(conn: Connection, session_id: str, response_id: str) -> SessionResponse:
    """Return a response of a session, or raise MissingEntryError."""
    found = _all(conn, (table.c.session_id == session_id) & (table.c.response_id == response_id))
    if not found:
        raise MissingEntryError(GONE)
    return found[0]


def responses(conn: Connection, session_id: str, position: int | None = None) -> list[SessionResponse]:
    """Return the responses at one step, or all of a session, pinned first, then in the order given."""
    where = table.c.session_id == session_id
    if position is not None:
        where &= table.c.position == position
    return _all(conn, where)


def own_in_round(
    conn: Connection, session_id: str, position: int, name: Round, *, participant_id: str, pair: int | None
) -> list[SessionResponse]:
    """Return what a participant, or the pair where one is named, gave in a round of a step."""
    whose = table.c.participant_id == participant_id
    if pair is not None:
        whose |= table.c.pair == pair
    place = (table.c.session_id == session_id) & (table.c.position == position) & (table.c.round == name)
    return _all(conn, place & whose)


def own_responses(conn: Connection, account_id: str, lesson_id: str) -> list[tuple[SessionResponse, str]]:
    """Return what an account gave in the sessions of a lesson with the session's title, oldest first.

    What a pair gave counts for each who was in it.
    """
    in_pairs = (
        select(people.c.response_id)
        .join(participants, participants.c.participant_id == people.c.participant_id)
        .where(participants.c.account_id == account_id)
    )
    own = or_(table.c.account_id == account_id, table.c.response_id.in_(in_pairs))
    query = (
        select(*COLUMNS, sessions.c.title)
        .join(sessions, sessions.c.session_id == table.c.session_id)
        .where(own, sessions.c.lesson_id == lesson_id)
        .order_by(table.c.given_at, table.c.response_id)
    )
    rows = conn.execute(query).mappings()
    return [(_response({k: v for k, v in row.items() if k != "title"}), row["title"]) for row in rows]


def set_people(conn: Connection, response_id: str, participant_ids: Iterable[str]) -> None:
    """Store who was in the pair that gave an entry, in place of what was stored before."""
    conn.execute(delete(people).where(people.c.response_id == response_id))
    rows = [{"response_id": response_id, "participant_id": one} for one in participant_ids]
    if rows:
        conn.execute(insert(people), rows)


def people_of(conn: Connection, session_id: str) -> dict[str, set[str]]:
    """Return by entry who was in the pair that gave it; what one person gave alone is not among them."""
    query = (
        select(people.c.response_id, people.c.participant_id)
        .join(table, table.c.response_id == people.c.response_id)
        .where(table.c.session_id == session_id)
    )
    found: dict[str, set[str]] = {}
    for row in conn.execute(query):
        found.setdefault(row.response_id, set()).add(row.participant_id)
    return found


def _all(conn: Connection, where: ColumnElement[bool]) -> list[SessionResponse]:
    order = (table.c.is_pinned.desc(), table.c.given_at, table.c.response_id)
    return [_response(row) for row in conn.execute(ALL.where(where).order_by(*order)).mappings()]


def _response(row: RowMapping | dict[str, Any]) -> SessionResponse:
    return SessionResponse(**{**row, "replaced": tuple(row["replaced"])})
