"""The sessions of the teams that a person leads: those that run, and those that have ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.services.groups.access import may_lead
from homevisit.services.plans.access import need_leader
from homevisit.store import groups_sessions

if TYPE_CHECKING:
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_groups import GroupSession

# So many ended sessions stand in the list, the newest ones.
MOST_ENDED = 50


def sessions_for(store: Store, viewer: Account) -> tuple[tuple[GroupSession, ...], tuple[GroupSession, ...]]:
    """Return the sessions that run, and the last ones that have ended, each newest first.

    Raises
    ------
    NotAllowedError
        The viewer leads no sessions.
    """
    need_leader(viewer)
    team = viewer.team if viewer.role == "supervisor" else None
    with store.read() as conn:
        running = groups_sessions.sessions(conn, "open", team=team)
        ended = groups_sessions.sessions(conn, "ended", team=team, limit=MOST_ENDED)
    return (
        tuple(one for one in running if may_lead(viewer, one.team)),
        tuple(one for one in ended if may_lead(viewer, one.team)),
    )
