"""A budget as a table whose sums go on adding up in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.course.budget_sums import ROUNDING, add_up
from homevisit.course.papers_budget import (
    HEADINGS,
    MOST_PEOPLE,
    MOST_PRICE,
    MOST_SOCIALIZATIONS,
    budget_notes,
    most_pieces,
    typed_lines,
)
from homevisit.course.typed import read_amount, read_count
from homevisit.services.sheets import Formula, Money, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.budget_sums import Sums
    from homevisit.course.papers_budget import Budget, TypedLine
    from homevisit.services.sheets import Cell

HEAD = (
    "Part",
    "What",
    "How many",
    "Price of one",
    "How often",
    "One socialization",
    "Once in the year",
    "To look at again",
)
OFTEN = {"each": "At each socialization", "year": "Once in the year"}
WIDTHS = (26, 40, 12, 14, 22, 18, 18, 44)


class _Table:
    """Rows that are added one below the other."""

    def __init__(self) -> None:
        self.rows: list[tuple[Cell, ...]] = []
        self.heads: set[int] = set()

    @property
    def next(self) -> int:
        """The number of the row that is added next."""
        return len(self.rows) + 1

    def add(self, *cells: Cell, is_head: bool = False) -> int:
        """Add a row and give its number."""
        self.rows.append(cells)
        if is_head:
            self.heads.add(len(self.rows))
        return len(self.rows)


def budget_sheet(title: str, budget: Budget) -> Sheet:
    """Give the budget as one sheet; a field that cannot be counted stands as it was typed, with its note."""
    sums = add_up(budget)
    notes = {note.at: note.say for note in budget_notes(budget)}
    table = _Table()
    table.add(title, is_head=True)
    table.add()
    table.add(*HEAD, is_head=True)
    subtotals = []
    for heading, name in HEADINGS.items():
        first = table.next
        for line in typed_lines(budget):
            if line.heading == heading and not line.is_blank:
                table.add(*_line(line, table.next, notes))
        if table.next > first:
            each, yearly = (Money(cents) for cents in sums.by_heading[heading])
            last = table.next - 1
            subtotals.append(
                table.add(
                    f"{name} together",
                    None,
                    None,
                    None,
                    None,
                    Formula(f"=SUM(F{first}:F{last})", each.dollars),
                    Formula(f"=SUM(G{first}:G{last})", yearly.dollars),
                    is_head=True,
                )
            )
    _add_totals(table, budget, sums, subtotals, notes)
    table.add()
    table.add(ROUNDING)
    return Sheet("Budget", table.rows, frozenset(table.heads), WIDTHS)


def _line(line: TypedLine, number: int, notes: Mapping[str, str]) -> list[Cell]:
    count, _ = read_count(line.count, most_pieces(line.heading))
    cents, _ = read_amount(line.price, MOST_PRICE)
    cost = None
    if count is not None and cents is not None:
        cost = Formula(f"=C{number}*D{number}", Money(count * cents).dollars)
    said = [notes.get(f"{line.at}.{field}", "") for field in ("what", "count", "price")]
    return [
        HEADINGS[line.heading],
        line.what.strip(),
        line.count.strip() if count is None else count,
        line.price.strip() if cents is None else Money(cents),
        OFTEN[line.per],
        cost if line.per == "each" else None,
        cost if line.per == "year" else None,
        " ".join(filter(None, said)) or None,
    ]


def _add_totals(
    table: _Table, budget: Budget, sums: Sums, subtotals: list[int], notes: Mapping[str, str]
) -> None:
    added = {column: "+".join(f"{column}{row}" for row in subtotals) or "0" for column in "FG"}
    total = table.add(
        "All together",
        None,
        None,
        None,
        None,
        Formula(f"={added['F']}", Money(sums.each).dollars),
        Formula(f"={added['G']}", Money(sums.yearly).dollars),
        is_head=True,
    )
    table.add()
    held = _add_number(table, "Socializations in the year", budget.socializations, MOST_SOCIALIZATIONS, notes)
    families = _add_number(table, "Families who come", budget.families, MOST_PEOPLE, notes)
    if sums.year is not None:
        year = _add_sum(table, "The whole year", f"=F{total}*C{held}+G{total}", sums.year)
        _add_sum(
            table,
            "One socialization with its share of the yearly costs",
            f"=ROUND(F{year}/C{held},2)",
            sums.each_with_yearly,
        )
        _add_sum(table, "For each family, the whole year", f"=ROUND(F{year}/C{families},2)", sums.family_year)
    _add_sum(table, "For each family, one socialization", f"=ROUND(F{total}/C{families},2)", sums.family_each)
    if sums.ceiling is not None:
        ceiling = table.add("Ceiling", None, None, None, None, Money(sums.ceiling))
        if sums.year is not None:
            _add_sum(table, "Left below the ceiling", f"=F{ceiling}-F{year}", sums.left)
    elif budget.ceiling.strip():
        table.add("Ceiling", None, None, None, None, budget.ceiling.strip(), None, notes.get("ceiling"))


def _add_number(table: _Table, name: str, typed: str, most: int, notes: Mapping[str, str]) -> int:
    count, _ = read_count(typed, most)
    field = "families" if name.startswith("Families") else "socializations"
    return table.add(
        name, None, count if count is not None else typed.strip(), None, None, None, None, notes.get(field)
    )


def _add_sum(table: _Table, name: str, formula: str, cents: int | None) -> int:
    if cents is None:
        return table.next
    return table.add(name, None, None, None, None, Formula(formula, Money(cents).dollars))
