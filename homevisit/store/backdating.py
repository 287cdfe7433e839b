"""Move a sample learner's work into the past, so that a demo does not look as if all was done this minute."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from homevisit.store.tables import attempts, submissions
from homevisit.store.tables_desk import desk_items, readings, records

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Column, Connection, Table

# What was done later in one sitting lies this much later; a trainer reads two days on, and a learner takes up
# what came back one day after that.
STEP = timedelta(minutes=4)
READ_AFTER = timedelta(days=2)
REVISED_AFTER = READ_AFTER + timedelta(days=1)


def move_to(conn: Connection, account_id: str, start: datetime, end: datetime) -> None:
    """Spread attempts and submissions of an account from `start` on, in their order and never after `end`.

    Parameters
    ----------
    end : datetime
        What would come later, such as a reading two days on, is set to this moment.

    For sample data alone: the course itself changes no attempt.
    """
    mine = attempts.c.account_id == account_id
    query = select(attempts.c.attempt_id, attempts.c.number).where(mine)
    tried = conn.execute(query.order_by(attempts.c.committed_at, attempts.c.number)).all()
    moments = {}
    for place, (attempt_id, number) in enumerate(tried):
        moments[attempt_id] = min(start + place * STEP + (number > 1) * REVISED_AFTER, end)
        this = attempts.c.attempt_id == attempt_id
        conn.execute(update(attempts).where(this).values(committed_at=moments[attempt_id]))
    of_account = select(submissions).where(submissions.c.account_id == account_id)
    seen: set[str] = set()
    for row in conn.execute(of_account.order_by(submissions.c.number)).mappings().all():
        at = min(max(moments[attempt_id] for attempt_id in row["attempt_ids"]) + STEP / 2, end)
        graded = row["graded_at"] and min(at + timedelta(seconds=5), end)
        this = submissions.c.submission_id == row["submission_id"]
        conn.execute(update(submissions).where(this).values(submitted_at=at, graded_at=graded))
        items = select(desk_items.c.item_id).where(desk_items.c.attempt_id.in_(row["attempt_ids"]))
        new = set(conn.execute(items).scalars()) - seen
        seen |= new
        for item_id in new:
            _move_reading(conn, item_id, at, min(at + READ_AFTER, end))


def _move_reading(conn: Connection, item_id: str, queued: datetime, read: datetime) -> None:
    _set(conn, desk_items, desk_items.c.item_id, item_id, {"queued_at": queued, "released_at": read})
    moved = dict.fromkeys(("started_at", "saved_at", "done_at", "synced_at"), read)
    _set(conn, readings, readings.c.item_id, item_id, moved)
    _set(conn, records, records.c.item_id, item_id, {"at": read})


def _set(conn: Connection, table: Table, key: Column[str], value: str, moments: dict[str, datetime]) -> None:
    """Set those of the moments that are set already."""
    for name, at in moments.items():
        column = table.c[name]
        conn.execute(update(table).where(key == value, column.is_not(None)).values({name: at}))
