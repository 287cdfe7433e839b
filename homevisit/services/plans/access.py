"""Who leads group sessions: supervisors for the own team, trainers and administrators for every team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.errors import NotAllowedError
from homevisit.services.groups.access import may_lead
from homevisit.store import accounts as account_store
from homevisit.store import team_standing

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from homevisit.store.engine import Store
    from homevisit.store.values import Account

LEADERS = ("supervisor", "trainer", "administrator")
NOT_A_LEADER = "Plans of group sessions are for supervisors, trainers and administrators."
OTHER_TEAM = "This belongs to another team. Go to “Group sessions” to see what your own team has."
NO_TEAM = "Your account belongs to no team yet. Ask an administrator to put you on one, then come back."


def need_leader(viewer: Account, team: str | None = None) -> None:
    """Raise NotAllowedError unless this person leads sessions, of this team where one is named."""
    if viewer.role not in LEADERS:
        raise NotAllowedError(NOT_A_LEADER)
    if team is not None and not may_lead(viewer, team):
        raise NotAllowedError(OTHER_TEAM if viewer.team else NO_TEAM)


def teams_for(store: Store, viewer: Account) -> tuple[str, ...]:
    """Return the teams that this person leads, by name; for trainers and administrators "" too, which is no team."""
    need_leader(viewer)
    if viewer.role == "supervisor":
        return (viewer.team,) if viewer.team else ()
    with store.read() as conn:
        people = [one for one in account_store.accounts(conn) if not one.is_practice and not one.is_disabled]
    return (*sorted({one.team for one in people if one.team}), "")


def members_of(conn: Connection, team: str) -> tuple[Account, ...]:
    """Return the learners of a team whose accounts are open, by name."""
    found = team_standing.learners(conn, team) if team else []
    return tuple(sorted(found, key=lambda one: one.name.casefold()))
