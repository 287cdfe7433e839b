"""Attempts: committed responses, added and never changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from homevisit.errors import MissingEntryError
from homevisit.store import tables
from homevisit.store.failures import or_conflict
from homevisit.store.ids import new_id
from homevisit.store.values import Attempt, Response

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

table = tables.attempts
FIELDS = tuple(Attempt.__dataclass_fields__)
TAKEN = "Attempt {number} at this question is stored already; load the page again to see it."


def add_attempt(
    conn: Connection,
    *,
    account_id: str,
    lesson_id: str,
    question_id: str,
    number: int,
    token: str,
    response: Response,
    raw: float | None,
    max: float,  # noqa: A002  the field's own word
    feedback: dict[str, Any],
) -> Attempt:
    """Store one committed response under its number.

    Parameters
    ----------
    token : str
        Made by the browser once per press of the button; see `find_attempt_by_token`.
    raw : float or None
        None while a trainer has to read it.

    Raises
    ------
    ConflictError
        The number or the token is stored already; nothing changes, and `conn` can still be used.
    """
    attempt = Attempt(
        attempt_id=new_id("t-"),
        account_id=account_id,
        lesson_id=lesson_id,
        question_id=question_id,
        number=number,
        response=response,
        raw=raw,
        max=max,
        feedback=feedback,
        committed_at=datetime.now(UTC),
    )
    row = {field: getattr(attempt, field) for field in FIELDS}
    with or_conflict(conn, TAKEN.format(number=number)):
        conn.execute(insert(table).values(**row, token=token))
    return attempt


def find_attempt(conn: Connection, attempt_id: str) -> Attempt:
    """Return an attempt, or raise MissingEntryError."""
    row = conn.execute(_attempts().where(table.c.attempt_id == attempt_id)).mappings().one_or_none()
    if row is None:
        raise MissingEntryError("This attempt is not stored; load the page again.")
    return Attempt(**row)


def find_attempt_by_token(conn: Connection, token: str) -> Attempt | None:
    """Return the attempt that one press of the button made, or None before it is stored."""
    row = conn.execute(_attempts().where(table.c.token == token)).mappings().one_or_none()
    return None if row is None else Attempt(**row)


def attempts(
    conn: Connection, account_id: str, lesson_id: str, question_id: str | None = None
) -> list[Attempt]:
    """Return the attempts at a lesson, or at one question of it, by question id and number."""
    query = _attempts().where(table.c.account_id == account_id, table.c.lesson_id == lesson_id)
    if question_id is not None:
        query = query.where(table.c.question_id == question_id)
    rows = conn.execute(query.order_by(table.c.question_id, table.c.number)).mappings()
    return [Attempt(**row) for row in rows]


def attempted(conn: Connection, account_id: str) -> int:
    """Return at how many questions somebody has an attempt, over all lessons."""
    asked = select(table.c.lesson_id, table.c.question_id).where(table.c.account_id == account_id).distinct()
    return conn.execute(select(func.count()).select_from(asked.subquery())).scalar_one()


def _attempts() -> Select[Any]:
    return select(*(table.c[field] for field in FIELDS))
