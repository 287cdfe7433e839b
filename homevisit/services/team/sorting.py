"""The orders in which a team page lists people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from homevisit.services.team.values import PersonStanding

DEFAULT = "name"
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sort:
    """One order: the words of its column, what it compares, and whether it begins with the most."""

    words: str
    key: Callable[[PersonStanding], Any]
    is_down: bool = True


SORTS = {
    "name": Sort("Name", lambda one: one.account.name.casefold(), is_down=False),
    "started": Sort("Started", lambda one: one.count("started")),
    "waiting": Sort("Waiting for grading", lambda one: one.count("waiting")),
    "returned": Sort("Returned", lambda one: one.count("returned")),
    "finished": Sort("Finished", lambda one: one.count("finished")),
    "passed": Sort("Pass mark reached", lambda one: one.passed),
    "overdue": Sort("Overdue", lambda one: one.overdue),
    "minutes": Sort("Minutes", lambda one: one.minutes),
    "seen": Sort("Last seen", lambda one: one.last_at or NEVER),
    "commitments": Sort("To try: planned, tried, talked about", lambda one: one.commitments),
}


def sorted_people(people: Iterable[PersonStanding], sort: str, *, is_down: bool) -> list[PersonStanding]:
    """Return people in one of the orders; those who are equal in it stay in the order of their names."""
    by_name = sorted(people, key=SORTS["name"].key)
    return sorted(by_name, key=SORTS[sort].key, reverse=is_down)
