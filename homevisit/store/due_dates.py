"""Due dates of a team's lessons, and extensions for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from homevisit.store import tables, tables_team
from homevisit.store.failures import or_conflict
from homevisit.store.values_team import DueDates

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection, Table

due = tables_team.due_dates
extensions = tables_team.extensions
accounts = tables.accounts
CHANGED = "This date was set elsewhere at the same moment; load the page again."


def team_dates(conn: Connection, team: str) -> DueDates:
    """Return all due dates of a team and all extensions of its people; two queries."""
    dates = conn.execute(select(due.c.lesson_id, due.c.due_on).where(due.c.team == team))
    more = (
        select(extensions.c.account_id, extensions.c.lesson_id, extensions.c.due_on)
        .join(accounts, accounts.c.account_id == extensions.c.account_id)
        .where(accounts.c.team == team)
    )
    return DueDates(
        dict(tuple(row) for row in dates),
        {(account_id, lesson_id): day for account_id, lesson_id, day in conn.execute(more)},
    )


def all_dates(conn: Connection) -> tuple[dict[tuple[str, str], date], dict[tuple[str, str], date]]:
    """Return due dates by team and lesson, and extensions by person and lesson; two queries."""
    dates = conn.execute(select(due.c.team, due.c.lesson_id, due.c.due_on))
    more = conn.execute(select(extensions.c.account_id, extensions.c.lesson_id, extensions.c.due_on))
    return (
        {(team, lesson_id): day for team, lesson_id, day in dates},
        {(account_id, lesson_id): day for account_id, lesson_id, day in more},
    )


def set_team_date(
    conn: Connection, team: str, lesson_id: str, day: date | None, *, by: str, at: datetime
) -> None:
    """Set or, with None, remove the due date of a lesson for a team."""
    _put(conn, due, {"team": team, "lesson_id": lesson_id}, day, {"set_by": by, "set_at": at})


def set_extension(
    conn: Connection, account_id: str, lesson_id: str, day: date | None, *, by: str, at: datetime
) -> None:
    """Set or, with None, remove a person's own due date."""
    _put(
        conn,
        extensions,
        {"account_id": account_id, "lesson_id": lesson_id},
        day,
        {"set_by": by, "set_at": at},
    )


def _put(conn: Connection, table: Table, place: dict[str, Any], day: date | None, by: dict[str, Any]) -> None:
    here = [table.c[name] == value for name, value in place.items()]
    if day is None:
        conn.execute(delete(table).where(*here))
    elif conn.execute(update(table).where(*here).values(due_on=day, **by)).rowcount == 0:
        with or_conflict(conn, CHANGED):
            conn.execute(insert(table).values(**place, due_on=day, **by))
