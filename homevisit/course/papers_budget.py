"""A budget for socializations: what people type, which lines can be counted, and what cannot be right.

The sums are in ``homevisit/course/budget_sums.py``. The browser reads and adds up in the same way
(``web/static/lesson/budget-sums.js``); a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from homevisit.course.fields import AsTuple, Checked
from homevisit.course.typed import (
    Note,
    Typed,
    read_amount,
    read_content,
    read_count,
    room_for,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MOST_ITEMS = 30
MOST_PEOPLE = 500
MOST_SOCIALIZATIONS = 366
MOST_PIECES = 10_000
MOST_PRICE = 10_000
MOST_CEILING = 10_000_000
HEADINGS: Mapping[str, str] = {
    "food": "Food",
    "transportation": "Transportation",
    "materials": "Materials and supplies",
    "other": "Other",
}
EATERS: Mapping[str, str] = {"infants": "Infants", "toddlers": "Toddlers", "adults": "Adults"}


class Portion(Checked):
    """The food of one group: how many people, and what one of them eats for."""

    count: Typed = ""
    price: Typed = ""


class Item(Checked):
    """One thing to pay for, at each socialization or once in the year."""

    what: Typed = ""
    count: Typed = ""
    price: Typed = ""
    per: Literal["each", "year"] = "each"


Items = Annotated[tuple[Item, ...], AsTuple, room_for(MOST_ITEMS, "row")]


class Budget(Checked):
    """A budget for one year, as it was typed."""

    families: Typed = ""
    socializations: Typed = ""
    ceiling: Typed = ""
    infants: Portion = Portion()
    toddlers: Portion = Portion()
    adults: Portion = Portion()
    transportation: Items = ()
    materials: Items = ()
    other: Items = ()


@dataclass(frozen=True, slots=True)
class TypedLine:
    """One line of any part, as it was typed; `at` is its place in the content, `per` is each or year."""

    heading: str
    at: str
    what: str
    count: str
    price: str
    per: str

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed; the groups of eaters have their names from us."""
        named = "" if self.heading == "food" else self.what
        return not any(text.strip() for text in (named, self.count, self.price))


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One line that can be counted; `at` is its place in the content, `cents` the price of one."""

    heading: str
    at: str
    what: str
    count: int
    cents: int
    per: str

    @property
    def cost(self) -> int:
        """What the line costs in cents, at each socialization or in the year."""
        return self.count * self.cents


def blank_budget() -> dict[str, Any]:
    """Give the content of a new budget, with a row to begin each list."""
    first = (Item(),)
    return Budget(transportation=first, materials=first).model_dump(mode="json")


def checked_budget(obj: object) -> dict[str, Any]:
    """Give a budget as it was typed; InvalidResponseError for its shape, its size or too many rows."""
    return read_content(Budget, obj).model_dump(mode="json")


def typed_lines(budget: Budget) -> Iterator[TypedLine]:
    """Give every line of a budget, food first."""
    for eater, name in EATERS.items():
        portion: Portion = getattr(budget, eater)
        yield TypedLine("food", eater, name, portion.count, portion.price, "each")
    for heading in list(HEADINGS)[1:]:
        items: tuple[Item, ...] = getattr(budget, heading)
        for number, item in enumerate(items):
            yield TypedLine(heading, f"{heading}.{number}", item.what, item.count, item.price, item.per)


def most_pieces(heading: str) -> int:
    """Give the largest number that a line of a part may hold."""
    return MOST_PEOPLE if heading == "food" else MOST_PIECES


def budget_lines(budget: Budget) -> Iterator[BudgetLine]:
    """Give the lines that can be counted; one in which a number is missing or wrong is left out."""
    for line in typed_lines(budget):
        count, _ = read_count(line.count, most_pieces(line.heading))
        cents, _ = read_amount(line.price, MOST_PRICE)
        if count is not None and cents is not None:
            yield BudgetLine(line.heading, line.at, line.what, count, cents, line.per)


def budget_notes(budget: Budget) -> list[Note]:
    """Give a sentence for each field that cannot be counted as it stands."""
    heads = (("families", MOST_PEOPLE), ("socializations", MOST_SOCIALIZATIONS))
    found = [Note(at, _head_note(getattr(budget, at), most)) for at, most in heads]
    found.append(Note("ceiling", read_amount(budget.ceiling, MOST_CEILING)[1]))
    for line in typed_lines(budget):
        found += _line_notes(line)
    return [note for note in found if note.say]


def _head_note(text: str, most: int) -> str:
    count, say = read_count(text, most)
    return f"Write a number from 1 to {most:,}." if count == 0 else say


def _line_notes(line: TypedLine) -> list[Note]:
    count, count_note = read_count(line.count, most_pieces(line.heading))
    cents, price_note = read_amount(line.price, MOST_PRICE)
    if count is None and not count_note and cents:
        count_note = "Write how many there are."
    if cents is None and not price_note and count:
        price_note = "Write what one costs."
    is_unnamed = not line.what.strip() and not line.is_blank
    return [
        Note(f"{line.at}.count", count_note),
        Note(f"{line.at}.price", price_note),
        Note(f"{line.at}.what", "Say what this is." if is_unnamed else ""),
    ]
