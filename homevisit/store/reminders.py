"""Reminders: that a person was reminded of something, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from homevisit.errors import ConflictError
from homevisit.store import tables_team
from homevisit.store.failures import or_conflict
from homevisit.store.ids import new_id
from homevisit.store.values_team import Reminder

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection

    from homevisit.store.values_team import ReminderKind

table = tables_team.reminders
FIELDS = tuple(Reminder.__dataclass_fields__)
SENT = "This reminder was sent already."


def add_reminder(conn: Connection, reminder: Reminder, sent_by: str | None = None) -> bool:
    """Note a reminder; return False when this very one was sent before, by this or another server."""
    row = {field: getattr(reminder, field) for field in FIELDS}
    try:
        with or_conflict(conn, SENT):
            conn.execute(insert(table).values(**row, reminder_id=new_id("m-"), sent_by=sent_by))
    except ConflictError:
        return False
    return True


def sent(conn: Connection, kinds: tuple[ReminderKind, ...]) -> set[tuple[str, str, str, date]]:
    """Return (account, lesson, kind, due day) of all reminders of some kinds."""
    query = select(table.c.account_id, table.c.lesson_id, table.c.kind, table.c.due_on)
    return {tuple(row) for row in conn.execute(query.where(table.c.kind.in_(kinds)))}


def last_asked(conn: Connection, account_id: str) -> datetime | None:
    """Return when a person was last reminded by somebody's button, or None."""
    query = select(func.max(table.c.at)).where(table.c.account_id == account_id, table.c.kind == "asked")
    found: datetime | None = conn.execute(query).scalar_one()
    return found
