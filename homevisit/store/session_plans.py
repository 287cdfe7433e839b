"""Session plans of teams: a later version never loses to an older one, and a removed plan can be restored."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from homevisit.errors import ConflictError, MissingEntryError
from homevisit.store import tables_plans
from homevisit.store.ids import new_id
from homevisit.store.values_plans import PlanRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

table = tables_plans.session_plans
FIELDS = tuple(PlanRow.__dataclass_fields__)
NEWER = (
    "This plan was saved in another window or by somebody else since you opened it. What you wrote is still on this "
    "page. Look at the other version, then choose which of the two to keep."
)
GONE = "There is no such plan. Go to “Group sessions” and choose one from the list."


def add_plan(
    conn: Connection,
    *,
    team: str,
    title: str,
    content: dict[str, Any],
    made_by: str,
    removed_steps: list[dict[str, Any]] | None = None,
) -> PlanRow:
    """Store a new plan as its first version."""
    now = datetime.now(UTC)
    row = PlanRow(
        plan_id=new_id("sp-"),
        team=team,
        title=title,
        content=content,
        removed_steps=removed_steps or [],
        version=1,
        made_by=made_by,
        created_at=now,
        updated_at=now,
        removed_at=None,
    )
    conn.execute(insert(table).values(**{field: getattr(row, field) for field in FIELDS}))
    return row


def find_plan(conn: Connection, plan_id: str) -> PlanRow:
    """Return a plan, removed or not; MissingEntryError when there is none."""
    query = select(*(table.c[field] for field in FIELDS)).where(table.c.plan_id == plan_id)
    row = conn.execute(query).mappings().one_or_none()
    if row is None:
        raise MissingEntryError(GONE)
    return PlanRow(**row)


def plans(conn: Connection, team: str | None = None) -> list[PlanRow]:
    """Return the plans of a team, or of all teams for None; the last changed first, removed ones too."""
    query = select(*(table.c[field] for field in FIELDS))
    if team is not None:
        query = query.where(table.c.team == team)
    rows = conn.execute(query.order_by(table.c.updated_at.desc(), table.c.plan_id))
    return [PlanRow(**row) for row in rows.mappings()]


def save_plan(
    conn: Connection,
    plan_id: str,
    *,
    title: str,
    content: dict[str, Any],
    removed_steps: list[dict[str, Any]],
    base: int,
) -> PlanRow:
    """Save a plan over the version that its writer saw last.

    Raises
    ------
    ConflictError
        The stored plan has another version than `base`; it stays as it is.
    MissingEntryError
        There is no such plan.
    """
    saved = {
        "title": title,
        "content": content,
        "removed_steps": removed_steps,
        "updated_at": datetime.now(UTC),
        "version": base + 1,
    }
    change = update(table).where(table.c.plan_id == plan_id, table.c.version == base).values(**saved)
    is_saved = conn.execute(change).rowcount == 1
    row = find_plan(conn, plan_id)
    if not is_saved:
        raise ConflictError(NEWER)
    return row


def set_removed(conn: Connection, plan_id: str, at: datetime | None) -> PlanRow:
    """Take a plan off the list, or put it back for None; MissingEntryError when there is none."""
    conn.execute(update(table).where(table.c.plan_id == plan_id).values(removed_at=at))
    return find_plan(conn, plan_id)
