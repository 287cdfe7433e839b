"""Follow-up tasks: what was agreed in a session, for one person or the whole team, and who has done it."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, insert, or_, select, update

from homevisit.errors import MissingEntryError
from homevisit.store import tables_plans
from homevisit.store.ids import new_id
from homevisit.store.values_plans import Task

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sqlalchemy import Connection, Select

table = tables_plans.session_tasks
done = tables_plans.tasks_done
FIELDS = tuple(Task.__dataclass_fields__)
GONE = "This task is no longer there. Reload the page to see what is."


def add_task(
    conn: Connection,
    *,
    session_id: str,
    team: str,
    account_id: str | None,
    text: str,
    due: date | None,
    made_by: str,
) -> Task:
    """Store a new task."""
    task = Task(
        task_id=new_id("t-"),
        session_id=session_id,
        team=team,
        account_id=account_id,
        text=text,
        due=due,
        made_by=made_by,
        made_at=datetime.now(UTC),
        removed_at=None,
    )
    conn.execute(insert(table).values(**{field: getattr(task, field) for field in FIELDS}))
    return task


def find_task(conn: Connection, task_id: str) -> Task:
    """Return a task that was not removed; MissingEntryError when there is none."""
    query = _tasks().where(table.c.task_id == task_id)
    row = conn.execute(query).mappings().one_or_none()
    if row is None:
        raise MissingEntryError(GONE)
    return Task(**row)


def tasks_of_session(conn: Connection, session_id: str) -> list[Task]:
    """Return the tasks of a session in the order in which they were added."""
    rows = conn.execute(_tasks().where(table.c.session_id == session_id).order_by(table.c.made_at))
    return [Task(**row) for row in rows.mappings()]


def tasks_for(conn: Connection, account_id: str, team: str) -> list[Task]:
    """Return the tasks for one person: those for this person alone, and those for the whole team.

    A team without a name is no team.
    """
    is_mine = table.c.account_id == account_id
    is_for_all = and_(table.c.account_id.is_(None), table.c.team == team, table.c.team != "")
    rows = conn.execute(_tasks().where(or_(is_mine, is_for_all)).order_by(table.c.made_at))
    return [Task(**row) for row in rows.mappings()]


def done_by(conn: Connection, task_ids: Iterable[str]) -> dict[str, dict[str, datetime]]:
    """Return for each task who has done it, and when."""
    rows = conn.execute(
        select(done.c.task_id, done.c.account_id, done.c.done_at).where(done.c.task_id.in_(list(task_ids)))
    )
    found: dict[str, dict[str, datetime]] = defaultdict(dict)
    for task_id, account_id, at in rows:
        found[task_id][account_id] = at
    return dict(found)


def set_done(conn: Connection, task_id: str, account_id: str, at: datetime | None) -> None:
    """Note that a person has done a task, or for None that it is open again."""
    conn.execute(delete(done).where(done.c.task_id == task_id, done.c.account_id == account_id))
    if at is not None:
        conn.execute(insert(done).values(task_id=task_id, account_id=account_id, done_at=at))


def set_removed(conn: Connection, task_id: str, at: datetime | None) -> None:
    """Take a task off the lists, or put it back for None."""
    conn.execute(update(table).where(table.c.task_id == task_id).values(removed_at=at))


def _tasks() -> Select[Any]:
    return select(*(table.c[field] for field in FIELDS)).where(table.c.removed_at.is_(None))
