"""Drafts: what a learner typed and has not committed; a later text never loses to an older one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, null, select, update

from homevisit.errors import ConflictError
from homevisit.store import tables
from homevisit.store.failures import or_conflict
from homevisit.store.values import Draft, Response

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

table = tables.drafts
NEWER = "This text was changed in another window or on another device; choose which of the two to keep."


def find_draft(conn: Connection, account_id: str, lesson_id: str, question_id: str) -> Draft | None:
    """Return the draft of one question, or None."""
    place = _place(account_id, lesson_id, question_id)
    row = conn.execute(_drafts().where(place)).mappings().one_or_none()
    return None if row is None else Draft(**row)


def drafts(conn: Connection, account_id: str, lesson_id: str) -> list[Draft]:
    """Return the drafts of a lesson by question id."""
    query = _drafts().where(table.c.account_id == account_id, table.c.lesson_id == lesson_id)
    return [Draft(**row) for row in conn.execute(query.order_by(table.c.question_id)).mappings()]


def save_draft(  # noqa: PLR0917  the columns of one row
    conn: Connection, account_id: str, lesson_id: str, question_id: str, response: Response, base: int
) -> Draft:
    """Save a draft over the version that its writer saw last.

    Parameters
    ----------
    base : int
        The version last seen; 0 when there was none.

    Raises
    ------
    ConflictError
        The stored draft has another version; it stays as it is, and `conn` can still read it.
    """
    place = _place(account_id, lesson_id, question_id)
    # A removed draft counts as none, and its version goes on, so that no older window fits it by chance.
    seen = (
        table.c.response.is_(null())
        if base == 0
        else table.c.response.is_not(null()) & (table.c.version == base)
    )
    saved = {"response": response, "saved_at": datetime.now(UTC)}
    change = update(table).where(place, seen).values(**saved, version=table.c.version + 1)
    if conn.execute(change).rowcount == 0:
        if base != 0:
            raise ConflictError(NEWER)
        row = {"account_id": account_id, "lesson_id": lesson_id, "question_id": question_id, **saved}
        with or_conflict(conn, NEWER):
            conn.execute(insert(table).values(**row, version=1))
    return Draft(**conn.execute(_drafts().where(place)).mappings().one())


def remove_draft(conn: Connection, account_id: str, lesson_id: str, question_id: str) -> None:
    """Delete the text of a draft; only its version number stays."""
    place = _place(account_id, lesson_id, question_id)
    conn.execute(update(table).where(place).values(response=null(), version=table.c.version + 1))


def _place(account_id: str, lesson_id: str, question_id: str) -> ColumnElement[bool]:
    return (
        (table.c.account_id == account_id)
        & (table.c.lesson_id == lesson_id)
        & (table.c.question_id == question_id)
    )


def _drafts() -> Select[Any]:
    return select(table.c.question_id, table.c.response, table.c.version, table.c.saved_at).where(
        table.c.response.is_not(null())
    )
