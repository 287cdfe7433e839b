"""The sums of a budget, made by pandas in whole cents, and the budget as text.

A price has at most two places, so products and sums are exact. Only amounts for one family or one
socialization are divided; they are rounded to the nearest cent, half a cent upward.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from homevisit.course.papers_budget import (
    EATERS,
    HEADINGS,
    MOST_CEILING,
    MOST_PEOPLE,
    MOST_SOCIALIZATIONS,
    Budget,
    budget_lines,
    budget_notes,
    typed_lines,
)
from homevisit.course.typed import money, read_amount, read_content, read_count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.papers_budget import TypedLine

ROUNDING = (
    "All sums are exact to the cent. Amounts for one family or one socialization are divided and rounded to "
    "the nearest cent, half a cent upward."
)


@dataclass(frozen=True, slots=True)
class Sums:
    """All sums in cents; None where a number is missing that they need. `by_heading` gives (each, yearly)."""

    by_heading: Mapping[str, tuple[int, int]]
    each: int
    yearly: int
    year: int | None
    family_each: int | None
    family_year: int | None
    each_with_yearly: int | None
    ceiling: int | None
    left: int | None
    is_complete: bool


def add_up(budget: Budget) -> Sums:
    """Add up a budget; a line with a note counts nothing, and `is_complete` is then false."""
    # pandas takes half a second to import, which no other page needs
    import pandas as pd  # noqa: PLC0415

    lines = list(budget_lines(budget))
    frame = pd.DataFrame(
        {
            "heading": pd.Series([line.heading for line in lines], dtype="str"),
            "per": pd.Series([line.per for line in lines], dtype="str"),
            "count": pd.Series([line.count for line in lines], dtype="int64"),
            "cents": pd.Series([line.cents for line in lines], dtype="int64"),
        }
    )
    frame["cost"] = frame["count"] * frame["cents"]
    costs = frame.groupby(["heading", "per"])["cost"].sum().to_dict()
    by_heading = {
        heading: (int(costs.get((heading, "each"), 0)), int(costs.get((heading, "year"), 0)))
        for heading in HEADINGS
    }
    return _totals(budget, by_heading)


def budget_as_text(content: Mapping[str, Any]) -> str:
    """Write a budget with its sums as plain text."""
    budget = read_content(Budget, content)
    sums = add_up(budget)
    written = [
        f"Families: {budget.families or '-'}",
        f"Socializations in the year: {budget.socializations or '-'}",
    ]
    for heading, name in HEADINGS.items():
        rows = [
            _line_as_text(line)
            for line in typed_lines(budget)
            if line.heading == heading and not line.is_blank
        ]
        if rows:
            each, yearly = sums.by_heading[heading]
            once = f", and {money(yearly)} once in the year" if yearly else ""
            written += ["", f"{name}: {money(each)} at each socialization{once}", *rows]
    written += ["", *sums_in_words(sums), ROUNDING]
    notes = [f"- {note.say} ({place_in_words(note.at)})" for note in budget_notes(budget)]
    return "\n".join([*written, *(["", "Not counted yet:", *notes] if notes else [])])


def sums_in_words(sums: Sums) -> list[str]:
    """Give one line for each sum that is known."""
    named = (
        ("One socialization", sums.each),
        ("Once in the year", sums.yearly or None),
        ("The whole year", sums.year),
        ("One socialization with its share of the yearly costs", sums.each_with_yearly),
        ("For each family, one socialization", sums.family_each),
        ("For each family, the whole year", sums.family_year),
        ("Ceiling", sums.ceiling),
    )
    lines = [f"{name}: {money(cents)}" for name, cents in named if cents is not None]
    if sums.left is not None:
        more = f"The year costs {money(-sums.left)} more than the ceiling."
        lines.append(more if sums.left < 0 else f"Left below the ceiling: {money(sums.left)}")
    return lines


def place_in_words(at: str) -> str:
    """Name the place of a field, such as "Materials and supplies, row 2, price"."""
    heads = {"families": "families", "socializations": "socializations in the year", "ceiling": "ceiling"}
    if at in heads:
        return heads[at]
    fields = {"count": "how many", "price": "price", "what": "what it is"}
    first, *rest = at.split(".")
    if first in EATERS:
        return f"Food, {EATERS[first].lower()}, {fields[rest[0]]}"
    return f"{HEADINGS[first]}, row {int(rest[0]) + 1}, {fields[rest[1]]}"


def _totals(budget: Budget, by_heading: Mapping[str, tuple[int, int]]) -> Sums:
    each = sum(cost for cost, _ in by_heading.values())
    yearly = sum(cost for _, cost in by_heading.values())
    families = read_count(budget.families, MOST_PEOPLE)[0]
    held = read_count(budget.socializations, MOST_SOCIALIZATIONS)[0]
    ceiling = read_amount(budget.ceiling, MOST_CEILING)[0]
    year = each * held + yearly if held else None
    return Sums(
        by_heading=by_heading,
        each=each,
        yearly=yearly,
        year=year,
        family_each=_divided(each, families),
        family_year=_divided(year, families),
        each_with_yearly=_divided(year, held) if yearly else None,
        ceiling=ceiling,
        left=None if ceiling is None or year is None else ceiling - year,
        is_complete=not budget_notes(budget),
    )


def _divided(cents: int | None, among: int | None) -> int | None:
    if cents is None or not among:
        return None
    return int((Decimal(cents) / Decimal(among)).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _line_as_text(line: TypedLine) -> str:
    often = " (once in the year)" if line.per == "year" else ""
    what = line.what.strip() or "Without a name"
    return f"- {what}: {line.count.strip() or '-'} at {line.price.strip() or '-'}{often}"
