"""The table of figures, and the page docs/performance.md made from it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HEAD = ("what", "the course", "stock", "stock ÷ course")
NONE = "—"


@dataclass(frozen=True, slots=True)
class Row:
    """One figure; a number has a unit and enters the ratio, a text stands as it is, None was not measured.

    Parameters
    ----------
    at_least : bool
        The stock figure is where the wait was given up.
    at_most : bool
        The figure of the course is as low as can be told.
    """

    what: str
    course: float | str | None
    stock: float | str | None = None
    unit: str = "s"
    at_least: bool = False
    at_most: bool = False

    def cells(self) -> tuple[str, str, str, str]:
        """Return the texts of the row."""
        numbers = [value for value in (self.course, self.stock) if isinstance(value, int | float)]
        ratio = NONE
        if len(numbers) == 2 and min(numbers) > 0 and math.isfinite(sum(numbers)):
            ratio = ("> " if self.at_least or self.at_most else "") + rounded(numbers[1] / numbers[0])
        course, stock = self._text(self.course), self._text(self.stock)
        return self.what, "< " * self.at_most + course, "> " * self.at_least + stock, ratio

    def _text(self, value: float | str | None) -> str:
        if value is None or isinstance(value, str):
            return value or NONE
        if not math.isfinite(value):
            return "never"
        if self.unit == "s" and value < 0.9995:
            return f"{rounded(value * 1000)} ms"
        return f"{rounded(value)} {self.unit}".strip()


@dataclass
class Report:
    """What came out: `rows` of the table, `notes` on how they were taken, `problems` that must not be there."""

    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add(self, *rows: Row) -> None:
        """Add rows."""
        self.rows += rows

    def note(self, text: str) -> None:
        """Add a note."""
        self.notes.append(text)


def rounded(value: float) -> str:
    """Return a number with three digits, or all digits before its point; a whole number as it is."""
    if value == round(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(abs(value))))}f}"


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a Markdown table that also reads well in a terminal."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    written = [_line(line, widths) for line in lines]
    rule = "|".join(["", "-" * (widths[0] + 2), *("-" * (width + 1) + ":" for width in widths[1:]), ""])
    return "\n".join([written[0], rule, *written[1:]])


def _line(line: tuple[str, ...], widths: list[int]) -> str:
    cells = [
        line[0].ljust(widths[0]),
        *(text.rjust(width) for text, width in zip(line[1:], widths[1:], strict=True)),
    ]
    return f"| {' | '.join(cells)} |"


def write_page(path: Path, report: Report, facts: dict[str, str]) -> None:
    """Write docs/performance.md, or another file of the same content."""
    machine = "\n".join(f"| {name} | {value} |" for name, value in facts.items())
    notes = "\n".join(f"- {note}" for note in report.notes)
    problems = "\n".join(f"- {problem}" for problem in report.problems) or "- None."
    page = PAGE.format(
        machine=machine, table=table(report.rows), notes=notes, problems=problems, unmeasured=UNMEASURED
    )
    path.write_text(page, encoding="utf-8")


PAGE = """\
# How fast it is

Written by `make bench`; do not edit by hand. Both columns come from one run on one machine, on the same notebook
(`lessons/04-roles-for-parents`): the course as `homevisit serve` runs it, and stock Voilà and stock nbgrader.
Read the ratios rather than the seconds, which belong to the machine below.

{table}

## Machine
| | |
|---|---|
{machine}

## How it was measured
- Stock Voilà is the real application with its own template, front end and a kernel for each visitor. Three routes were
  added, because the questions' scripts ask for them: the course's script and style sheet and the lesson's pictures as
  plain files, and an empty state of the lesson (`bench/stock.py`). It asks nobody to sign in and keeps nothing.
- Servers, visitors and the browser share the machine. Everything is on loopback, without TLS and without a proxy.
{notes}

## What went wrong
{problems}

## What was not measured
{unmeasured}
"""

UNMEASURED = """\
- Other machines and other operating systems, a real network, TLS, a proxy in front, a disk that is slow.
- A real phone: the processor is not slowed down in the browser, only the connection.
- Stock Voilà with kernels that were started before anybody came (`preheat_kernel`), with files compressed, or behind a
  proxy that keeps its files.
- A lesson that runs live Python; other lessons than this one; pages in other browsers.
- Fonts and formulas that stock Voilà fetches from other hosts: those requests are refused here, which is in its favor.
- Hundreds of browsers at once: the crowds are HTTP clients, which run no script and fetch no style sheet.
- nbgrader's formgrader and its exports; grading on more than one processor."""
