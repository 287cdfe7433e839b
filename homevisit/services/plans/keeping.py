"""A team's plans: start one, find it, save it, copy it, remove it and bring it back."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from homevisit.course.session_plan import plan_json, read_plan
from homevisit.errors import ConflictError, InvalidEntryError, MissingEntryError
from homevisit.services.groups.access import may_lead
from homevisit.services.plans.access import need_leader, teams_for
from homevisit.services.plans.making import make_plan, piwi_plan
from homevisit.store import session_plans as plan_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from homevisit.course.catalogue import Catalogue
    from homevisit.course.session_plan import SessionPlan, Step
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_plans import PlanRow

MAX_PLANS = 200
# So many removed steps are kept to be restored; the oldest go first.
MAX_REMOVED = 20
PIWI = "piwi"
WAS_REMOVED = "This plan was removed. Restore it below “Removed plans”, then go on."


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A team's plan; `removed_steps` can be put back, `version` grows by one with each save."""

    plan_id: str
    team: str
    plan: SessionPlan
    removed_steps: tuple[Step, ...]
    version: int
    made_by: str | None
    created_at: datetime
    updated_at: datetime
    removed_at: datetime | None


def plans_for(store: Store, viewer: Account) -> tuple[StoredPlan, ...]:
    """Return the plans of the teams that this person leads, last changed first; removed ones stand at the end."""
    need_leader(viewer)
    team = viewer.team if viewer.role == "supervisor" else None
    with store.read() as conn:
        rows = plan_store.plans(conn, team)
    found = [_stored(row) for row in rows if may_lead(viewer, row.team)]
    return tuple(sorted(found, key=lambda one: one.removed_at is not None))


def get_plan(store: Store, viewer: Account, plan_id: str) -> StoredPlan:
    """Return a plan, removed or not.

    Raises
    ------
    MissingEntryError
        There is no such plan, or it is another team's.
    NotAllowedError
        The viewer leads no sessions.
    """
    need_leader(viewer)
    with store.read() as conn:
        row = plan_store.find_plan(conn, plan_id)
    if not may_lead(viewer, row.team):
        raise MissingEntryError(plan_store.GONE)
    return _stored(row)


def start_plan(
    store: Store, catalogue: Catalogue, viewer: Account, *, begin: str, team: str, title: str = ""
) -> StoredPlan:
    """Keep a first plan, made from a lesson or in the PIWI order.

    Parameters
    ----------
    begin : str
        The id of a lesson, or `PIWI`.
    title : str
        Empty for the title of the lesson.

    Raises
    ------
    InvalidEntryError
        There is no such team, the title is too long, or the team keeps as many plans as there is room for.
    MissingEntryError
        There is no such lesson.
    NotAllowedError
        The team is not this person's.
    """
    need_leader(viewer, team)
    if team not in teams_for(store, viewer):
        raise InvalidEntryError("Choose one of the teams in the list.")
    plan = piwi_plan() if begin == PIWI else make_plan(catalogue, begin)
    if title.strip():
        plan = read_plan({**plan_json(plan), "title": title})
    return _add(store, viewer, team, plan)


def copy_plan(store: Store, viewer: Account, plan_id: str) -> StoredPlan:
    """Keep a second plan of the same team that begins as this one is now."""
    found = get_plan(store, viewer, plan_id)
    title = f"{found.plan.title[:105].rstrip()} (copy)"
    return _add(store, viewer, found.team, replace(found.plan, title=title), found.removed_steps)


def save_plan(
    store: Store,
    viewer: Account,
    plan_id: str,
    *,
    content: dict[str, Any],
    removed_steps: Sequence[dict[str, Any]],
    base: int,
) -> StoredPlan:
    """Save a plan over the version `base` that the browser saw last.

    Raises
    ------
    ConflictError
        It was saved elsewhere since, or removed; what is stored stays as it is.
    InvalidEntryError
        Something in it cannot be kept; the sentence names the step.
    MissingEntryError
        There is no such plan, or it is another team's.
    """
    found = get_plan(store, viewer, plan_id)
    if found.removed_at is not None:
        raise ConflictError(WAS_REMOVED)
    plan = read_plan({**content, "lesson_id": found.plan.lesson_id})
    kept = read_removed(list(removed_steps))
    with store.begin() as conn:
        row = plan_store.save_plan(
            conn,
            plan_id,
            title=plan.title,
            content=plan_json(plan),
            removed_steps=_steps_json(kept),
            base=base,
        )
    return _stored(row)


def remove_plan(store: Store, viewer: Account, plan_id: str) -> StoredPlan:
    """Take a plan off the list; it can be restored."""
    get_plan(store, viewer, plan_id)
    with store.begin() as conn:
        return _stored(plan_store.set_removed(conn, plan_id, datetime.now(UTC)))


def restore_plan(store: Store, viewer: Account, plan_id: str) -> StoredPlan:
    """Put a removed plan back on the list."""
    get_plan(store, viewer, plan_id)
    with store.begin() as conn:
        return _stored(plan_store.set_removed(conn, plan_id, None))


def read_removed(entries: list[dict[str, Any]]) -> tuple[Step, ...]:
    """Give removed steps from JSON, the last ones of too many; InvalidEntryError for their shape."""
    if not entries:
        return ()
    return read_plan({"title": "-", "lesson_id": "", "steps": entries[-MAX_REMOVED:]}).steps


def _add(
    store: Store, viewer: Account, team: str, plan: SessionPlan, removed_steps: Sequence[Step] = ()
) -> StoredPlan:
    with store.begin() as conn:
        if len([row for row in plan_store.plans(conn, team) if row.removed_at is None]) >= MAX_PLANS:
            raise InvalidEntryError(
                f"This team keeps {MAX_PLANS} plans, and there is room for no more. Remove one, then try again."
            )
        row = plan_store.add_plan(
            conn,
            team=team,
            title=plan.title,
            content=plan_json(plan),
            made_by=viewer.account_id,
            removed_steps=_steps_json(removed_steps),
        )
    return _stored(row)


def _steps_json(steps: Sequence[Step]) -> list[dict[str, Any]]:
    return [asdict(step) for step in steps]


def _stored(row: PlanRow) -> StoredPlan:
    return StoredPlan(
        plan_id=row.plan_id,
        team=row.team,
        plan=read_plan(row.content),
        removed_steps=read_removed(row.removed_steps),
        version=row.version,
        made_by=row.made_by,
        created_at=row.created_at,
        updated_at=row.updated_at,
        removed_at=row.removed_at,
    )
