"""Frozen values of a team: who may read a text, due dates, time spent, reminders, and what a page counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import date, datetime

Readers = Literal["trainer", "supervisor", "group"]
ReminderKind = Literal["soon", "overdue", "asked"]


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who may read what one learner writes to one question."""

    account_id: str
    lesson_id: str
    question_id: str
    readers: Readers
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class SharedText:
    """The newest committed response to a question whose learner lets others read it."""

    account_id: str
    lesson_id: str
    question_id: str
    response: dict[str, Any]
    committed_at: datetime


@dataclass(frozen=True, slots=True)
class DueDates:
    """Due dates of a team by lesson, and extensions by person and lesson."""

    team: dict[str, date]
    extensions: dict[tuple[str, str], date]

    def of(self, account_id: str, lesson_id: str) -> date | None:
        """Return the day that counts for a person; an extension never makes it earlier."""
        found = (self.team.get(lesson_id), self.extensions.get((account_id, lesson_id)))
        return max((day for day in found if day is not None), default=None)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time without a longer pause that a person spent with a lesson (or with other pages: "")."""

    account_id: str
    lesson_id: str
    day: date
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that a person spent with a lesson in all, and when the last contact was."""

    seconds: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Reminder:
    """That a person was reminded; `lesson_id` is empty where it was about all lessons."""

    account_id: str
    lesson_id: str
    kind: ReminderKind
    due_on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Committed:
    """A commitment of a learner without its words: what became of it, and whether it was talked about."""

    account_id: str
    lesson_id: str
    attempt_id: str
    committed_at: datetime
    outcome: str
    is_talked_about: bool


@dataclass(frozen=True, slots=True)
class HandedInState:
    """The newest submission of a learner in a lesson."""

    state: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class TextState:
    """Where the newest text to a question stands at the trainer's desk; `is_held` when it is not released."""

    state: str
    is_held: bool
