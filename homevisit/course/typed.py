"""What people type into plans, schedules and budgets: texts, days, numbers and amounts, and notes about them.

Everything is kept as it was typed. What cannot be counted gets a note at its field and is left out of sums.
The browser says the same (``web/static/lesson/typed.js``); a test compares the two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ValidationError

from homevisit.course.given import clean, texts_in, within_draft
from homevisit.errors import InvalidResponseError

if TYPE_CHECKING:
    from collections.abc import Sized

M = TypeVar("M", bound=BaseModel)

Typed = Annotated[str, AfterValidator(clean)]

OUT_OF_STEP = "This page does not fit the tool any more. Reload the page; what you wrote is kept."
YEARS = range(2000, 2101)
NO_DAY = "Write a real day, with a year from 2000 to 2100."
NO_COUNT = "Write a whole number, such as 8."
COUNT_BELOW = "A number here cannot be below zero. Write how many, such as 8."
NO_AMOUNT = "Write an amount in dollars and cents, such as 12.50."
AMOUNT_BELOW = "An amount cannot be below zero. Write what it costs, such as 12.50."
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_WHOLE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)"
_COUNT = re.compile(_WHOLE)
_AMOUNT = re.compile(rf"\$? ?(?=\.?[0-9])({_WHOLE})?(?:\.([0-9]{{0,2}}))?")
_BELOW = re.compile(r"\$? ?[-−]")  # noqa: RUF001  a minus sign as a phone may type it
# Longer numbers are too large whatever they say, and need not be read.
_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Note:
    """One sentence about a paper; `at` is the place of its field, such as ``rows.2.date``, "" for the whole."""

    at: str
    say: str


def read_content(model: type[M], obj: object) -> M:
    """Give the decoded JSON of a browser as `model`; InvalidResponseError for its shape or size only."""
    try:
        found = model.model_validate(obj)
    except ValidationError as exc:
        raise InvalidResponseError(OUT_OF_STEP) from exc
    within_draft(texts_in(found.model_dump(mode="json")))
    return found


def room_for(most: int, noun: str) -> AfterValidator:
    """Give the check that a list has at most `most` entries, each called `noun`."""

    def check(entries: Sized) -> Sized:
        if len(entries) > most:
            raise InvalidResponseError(
                f"That is {len(entries):,} {noun}s; there is room for {most}. "
                "Take some out; everything you wrote is still here."
            )
        return entries

    return AfterValidator(check)


def read_day(text: str) -> tuple[date | None, str]:
    """Give a day written as 2026-10-05, or None and a sentence; None alone for a blank text."""
    if not text.strip():
        return None, ""
    found = _DAY.fullmatch(text.strip())
    year, month, day = map(int, found.groups()) if found else (0, 0, 0)
    try:
        given = date(year, month, day)
    except ValueError:
        return None, NO_DAY
    return (given, "") if year in YEARS else (None, NO_DAY)


def read_count(text: str, most: int) -> tuple[int | None, str]:
    """Give a whole number from 0 to `most`, or None and a sentence; None alone for a blank text."""
    text = text.strip()
    if not text:
        return None, ""
    if _BELOW.match(text):
        return None, COUNT_BELOW
    if not _COUNT.fullmatch(text):
        return None, NO_COUNT
    digits = text.replace(",", "").lstrip("0") or "0"
    if len(digits) > _MOST_DIGITS or int(digits) > most:
        return None, f"That is more than fits here. Write a number up to {most:,}."
    return int(digits), ""


def read_amount(text: str, most: int) -> tuple[int | None, str]:
    """Give an amount in cents, from 0 to `most` dollars, or None and a sentence; None alone for a blank text."""
    text = text.strip()
    if not text:
        return None, ""
    if _BELOW.match(text):
        return None, AMOUNT_BELOW
    found = _AMOUNT.fullmatch(text)
    if not found:
        return None, NO_AMOUNT
    dollars = (found[1] or "0").replace(",", "").lstrip("0") or "0"
    cents = (found[2] or "").ljust(2, "0")
    if len(dollars) > _MOST_DIGITS or int(dollars + cents) > most * 100:
        return None, f"That is more than fits here. Write an amount up to ${most:,}."
    return int(dollars + cents), ""


def money(cents: int) -> str:
    """Write cents as "$1,234.50"."""
    sign = "-" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def day_in_words(day: date) -> str:
    """Write a day as "October 5, 2026"."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
