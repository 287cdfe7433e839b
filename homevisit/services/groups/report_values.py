"""Frozen values of the report of a group session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from homevisit.services.team.days import day_of

if TYPE_CHECKING:
    from datetime import date

    from homevisit.course.session_plan import SessionPlan
    from homevisit.services.plans.tasks import SessionTask
    from homevisit.store.values_groups import GroupSession


@dataclass(frozen=True, slots=True)
class Entry:
    """One response; `name` is empty in a report without names, `round` where there was but one round."""

    text: str
    round: str
    name: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Entries about one key point; `text` is the point for the leader, empty for others and for the rest."""

    text: str
    is_rest: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Vote:
    """How many chose an option at first and the second time, and for the leader who."""

    text: str
    first: int
    second: int
    first_names: tuple[str, ...]
    second_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportStep:
    """One question of the session with what was given to it, and by how many alone and the second time."""

    number: int
    title: str
    prompt: str
    people: int
    groups: tuple[Group, ...]
    votes: tuple[Vote, ...]
    first_people: int
    second_people: int

    @property
    def has_second(self) -> bool:
        """Whether anybody gave something the second time."""
        return self.second_people > 0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who took part; `minutes` are those credited, or counted so far."""

    name: str
    minutes: int
    has_account: bool


@dataclass(frozen=True, slots=True)
class ParkedText:
    """A question that was put aside."""

    text: str
    name: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class GroupReport:
    """A session as its report shows it; `useful` is empty when fewer than five gave feedback."""

    session: GroupSession
    plan: SessionPlan
    leader: str
    is_named: bool
    may_lead: bool
    people: tuple[Person, ...]
    steps: tuple[ReportStep, ...]
    parked: tuple[ParkedText, ...]
    feedback: int
    useful: tuple[tuple[str, int], ...]
    said: tuple[str, ...]
    tasks: tuple[SessionTask, ...]

    @property
    def day(self) -> date:
        """The day of the session on the server's clock; by UTC, an evening in America is the next day."""
        return day_of(self.session.opened_at)

    @property
    def minutes(self) -> int | None:
        """How long the session took; None while it runs."""
        ended = self.session.ended_at
        return None if ended is None else max(1, round((ended - self.session.opened_at).total_seconds() / 60))
