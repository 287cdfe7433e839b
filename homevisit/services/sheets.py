"""Tables of cells as files: a spreadsheet (XLSX) or a text with commas (CSV).

What people typed is always text in them: a cell that begins like a formula is never run as one. Formulas are
our own sums alone.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MONEY = '"$"#,##0.00;[Red]-"$"#,##0.00'
DAY = "mmm d, yyyy"
# A spreadsheet takes no longer text in one cell.
LONGEST = 32_000
# What a spreadsheet may take for the beginning of a formula, in the wide letters of East Asia too.
_STARTS = "=+-@＝＋－＠"  # noqa: RUF001  these are the ones that are meant
_UNWRITTEN = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Formula:
    """A sum of our own: `text` for a spreadsheet, `value` where nothing adds up."""

    text: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in cents."""

    cents: int

    @property
    def dollars(self) -> Decimal:
        """The amount in dollars, exact."""
        return Decimal(self.cents) / 100


Cell = str | int | float | date | Money | Formula | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: `heads` are the numbers of rows to set in bold, from 1; `widths` those of columns, in characters."""

    title: str
    rows: Sequence[Sequence[Cell]]
    heads: frozenset[int]
    widths: Sequence[int]


def as_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """Give a spreadsheet with a page for each sheet."""
    # openpyxl takes a fifth of a second to import, which only an export needs
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet)
    book.calculation.fullCalcOnLoad = True
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_csv(sheet: Sheet) -> bytes:
    """Give one sheet as text with commas, in UTF-8 with the mark by which Excel knows it."""
    file = io.StringIO()
    csv.writer(file).writerows([_in_text(cell) for cell in row] for row in sheet.rows)
    return file.getvalue().encode("utf-8-sig")


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet might run a text as a formula."""
    return text.lstrip()[:1] in tuple(_STARTS)


def _fill(page: Any, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415  as above

    for number, row in enumerate(sheet.rows, 1):
        for place, value in enumerate(row, 1):
            cell = page.cell(number, place)
            _put(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number in sheet.heads:
                cell.font = Font(bold=True)
    for place, width in enumerate(sheet.widths, 1):
        page.column_dimensions[page.cell(1, place).column_letter].width = width
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _put(cell: Any, value: Cell) -> None:
    if isinstance(value, str):
        cell.value = _plain(value)
        # Without this, openpyxl takes a text that begins with = for a formula.
        cell.data_type = "s"
        cell.quotePrefix = looks_like_formula(value)
    elif isinstance(value, Formula):
        cell.value, cell.number_format = value.text, MONEY
    elif isinstance(value, Money):
        cell.value, cell.number_format = value.dollars, MONEY
    elif isinstance(value, date):
        cell.value, cell.number_format = value, DAY
    else:
        cell.value = value


def _in_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return f"'{_plain(cell)}" if looks_like_formula(cell) else _plain(cell)
    if isinstance(cell, Money):
        return f"{cell.dollars:.2f}"
    if isinstance(cell, Formula):
        return f"{cell.value:.2f}"
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _plain(text: str) -> str:
    kept = _UNWRITTEN.sub("", text)
    return kept if len(kept) <= LONGEST else f"{kept[:LONGEST]}…"
