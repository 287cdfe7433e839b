"""Who may read a text: the learner's choice for each question, and the texts that are shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, insert, select, update

from homevisit.errors import ConflictError
from homevisit.store import tables, tables_team
from homevisit.store.failures import or_conflict
from homevisit.store.values_team import SharedText, Sharing

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from sqlalchemy import ColumnElement, Connection, Select

    from homevisit.store.values_team import Readers

table = tables_team.text_sharing
accounts = tables.accounts
attempts = tables.attempts
FIELDS = tuple(Sharing.__dataclass_fields__)
CHANGED = "You chose otherwise in another window or on another device meanwhile; that choice is shown now."


def find_choice(conn: Connection, account_id: str, lesson_id: str, question_id: str) -> Sharing | None:
    """Return what a learner chose for one question, or None before the first choice."""
    columns = [table.c[field] for field in FIELDS]
    row = conn.execute(select(*columns).where(_place(account_id, lesson_id, question_id))).mappings().first()
    return None if row is None else Sharing(**row)


def choices(conn: Connection, account_id: str, lesson_id: str) -> dict[str, Sharing]:
    """Return a learner's choices in a lesson by question id."""
    columns = [table.c[field] for field in FIELDS]
    mine = (table.c.account_id == account_id) & (table.c.lesson_id == lesson_id)
    return {
        row["question_id"]: Sharing(**row) for row in conn.execute(select(*columns).where(mine)).mappings()
    }


def save_choice(
    conn: Connection, account_id: str, lesson_id: str, question_id: str, *, readers: Readers, at: datetime
) -> Sharing:
    """Store a choice over the one before; ConflictError when another one came at the same moment."""
    chosen = {"readers": readers, "changed_at": at}
    change = update(table).where(_place(account_id, lesson_id, question_id)).values(chosen)
    if conn.execute(change).rowcount == 0:
        place = {"account_id": account_id, "lesson_id": lesson_id, "question_id": question_id}
        with or_conflict(conn, CHANGED):
            conn.execute(insert(table).values(**place, **chosen))
    found = find_choice(conn, account_id, lesson_id, question_id)
    if found is None:
        raise ConflictError(CHANGED)
    return found


def texts_of(conn: Connection, account_id: str, readers: Readers) -> list[SharedText]:
    """Return the newest committed response to each question of a learner that is shared with `readers`."""
    return _texts(conn, _shared().where(table.c.account_id == account_id, table.c.readers == readers))


def texts_in_team(
    conn: Connection, team: str, lesson_id: str, question_id: str, readers: Readers
) -> list[SharedText]:
    """Return the newest committed responses of a team's learners to a question that are shared with `readers`.

    Practice and closed accounts are left out.
    """
    query = _shared().join(accounts, accounts.c.account_id == table.c.account_id)
    wanted = (
        accounts.c.team == team,
        accounts.c.role == "learner",
        accounts.c.practice_of.is_(None),
        accounts.c.is_disabled.is_(False),
        table.c.lesson_id == lesson_id,
        table.c.question_id == question_id,
        table.c.readers == readers,
    )
    return _texts(conn, query.where(*wanted))


def counts_in_team(conn: Connection, team: str, readers: Readers) -> dict[str, int]:
    """Return how many committed texts each person of a team shares with `readers`, by account; one query.

    Who shares none is not in it.
    """
    query = (
        select(table.c.account_id, func.count())
        .join(accounts, accounts.c.account_id == table.c.account_id)
        .where(
            accounts.c.team == team,
            accounts.c.practice_of.is_(None),
            table.c.readers == readers,
            select(attempts.c.attempt_id).where(_is_committed()).exists(),
        )
        .group_by(table.c.account_id)
    )
    return {row[0]: row[1] for row in conn.execute(query)}


def _shared() -> Select[Any]:
    last = (
        select(
            attempts.c.account_id,
            attempts.c.lesson_id,
            attempts.c.question_id,
            func.max(attempts.c.number).label("number"),
        )
        .group_by(attempts.c.account_id, attempts.c.lesson_id, attempts.c.question_id)
        .subquery()
    )
    newest = [
        attempts.c[name] == last.c[name] for name in ("account_id", "lesson_id", "question_id", "number")
    ]
    columns = [attempts.c[field] for field in SharedText.__dataclass_fields__]
    return select(*columns).select_from(table).join(attempts, _is_committed()).join(last, and_(*newest))


def _texts(conn: Connection, query: Select[Any]) -> list[SharedText]:
    ordered = query.order_by(attempts.c.lesson_id, attempts.c.question_id)
    return [SharedText(**row) for row in conn.execute(ordered).mappings()]


def _is_committed() -> ColumnElement[bool]:
    """Return the condition that an attempt is at the question of a choice, by the same person."""
    return and_(*(attempts.c[name] == table.c[name] for name in ("account_id", "lesson_id", "question_id")))


def _place(account_id: str, lesson_id: str, question_id: str) -> ColumnElement[bool]:
    return and_(
        table.c.account_id == account_id,
        table.c.lesson_id == lesson_id,
        table.c.question_id == question_id,
    )
