"""Days and dates: a lesson is due at the end of a day, in the zone of the server's clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Literal

from homevisit.errors import InvalidEntryError

DueState = Literal["open", "soon", "overdue"]
SOON = timedelta(days=3)
FARTHEST = timedelta(days=2 * 366)


def day_of(moment: datetime) -> date:
    """Return the day of a moment on the server's clock (its own zone, or the one that TZ names)."""
    return moment.astimezone().date()


def today() -> date:
    """Return the present day on the server's clock."""
    return day_of(datetime.now(UTC))


def due_state(due_on: date, day: date) -> DueState:
    """Say how near a due date is: overdue from the day after it, soon from three days before it."""
    if day > due_on:
        return "overdue"
    return "soon" if day >= due_on - SOON else "open"


def in_words(due_on: date, day: date) -> str:
    """Return a date as people say it, such as "Friday, Dec 4"; with its year when that is another one."""
    words = f"{due_on:%A, %b} {due_on.day}"
    return words if due_on.year == day.year else f"{words}, {due_on.year}"


def read_day(text: str, day: date) -> date | None:
    """Return the date that somebody chose as a due date, None for an empty field.

    Raises
    ------
    InvalidEntryError
        It is no date, lies in the past, or is more than two years away.
    """
    given = text.strip()
    if not given:
        return None
    try:
        chosen = date.fromisoformat(given)
    except ValueError as exc:
        raise InvalidEntryError(
            f"“{given[:20]}” is not a date; choose one from the calendar, or write it like 2027-03-31."
        ) from exc
    if chosen < day:
        raise InvalidEntryError(
            f"{in_words(chosen, day)} is in the past; choose today ({in_words(day, day)}) or a later day."
        )
    if chosen - day > FARTHEST:
        raise InvalidEntryError(
            f"{in_words(chosen, day)} is more than two years away; check the year, and choose a nearer day."
        )
    return chosen
