"""Spreadsheets and tables: sums that go on adding up, and what people typed is never a formula."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from openpyxl import load_workbook

from homevisit.course.budget_sums import add_up
from homevisit.course.papers_budget import Budget
from homevisit.course.papers_plan import Plan
from homevisit.course.papers_schedule import Schedule
from homevisit.services.budget_sheet import budget_sheet
from homevisit.services.plan_sheets import plan_sheet, schedule_sheets
from homevisit.services.sheets import Formula, Money, Sheet, as_csv, as_xlsx
from tests.course.test_papers_budget import FULL, budget, item

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", " =cmd|' /C calc'!A0", "＝1+1"]  # noqa: RUF001  wide letters too


def opened(*sheets):
    return load_workbook(io.BytesIO(as_xlsx(sheets)))


def rows_of(sheet):
    return list(csv.reader(io.StringIO(as_csv(sheet).decode("utf-8-sig"))))


class Calculator:
    """Works out the few kinds of formula that our sheets hold, in exact decimals."""

    def __init__(self, page):
        self.page = page

    def value(self, name):
        found = self.page[name].value
        if isinstance(found, str) and found.startswith("="):
            return self.formula(found[1:])
        return Decimal(str(found or 0))

    def formula(self, text):
        total = re.fullmatch(r"SUM\(([A-Z])(\d+):\1(\d+)\)", text)
        if total:
            return sum(self.value(f"{total[1]}{row}") for row in range(int(total[2]), int(total[3]) + 1))
        rounded = re.fullmatch(r"ROUND\((\w+)/(\w+),2\)", text)
        if rounded:
            divided = self.value(rounded[1]) / self.value(rounded[2])
            return divided.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        assert re.fullmatch(r"0|[A-Z]\d+([+*-][A-Z]\d+)*", text), text
        return eval(re.sub(r"([A-Z]\d+)", r'self.value("\1")', text))


def test_formulas_of_a_budget_give_the_sums_of_the_server():
    given = budget(**FULL, other=[item("Interpreter", "2", "45.5")])
    page = opened(budget_sheet("North group", given))["Budget"]
    work = Calculator(page)
    shown = {page.cell(row, 1).value: row for row in range(1, page.max_row + 1)}
    sums = add_up(given)
    expected = {
        "Food together": sums.by_heading["food"][0],
        "Other together": 9100,
        "All together": sums.each,
        "The whole year": sums.year,
        "One socialization with its share of the yearly costs": sums.each_with_yearly,
        "For each family, the whole year": sums.family_year,
        "For each family, one socialization": sums.family_each,
        "Ceiling": 200_000,
        "Left below the ceiling": sums.left,
    }
    assert {name: work.value(f"F{shown[name]}") * 100 for name in expected} == expected
    assert work.value(f"G{shown['All together']}") * 100 == sums.yearly


def test_formulas_and_table_say_the_same():
    sheet = budget_sheet("North group", budget(**FULL))
    page = opened(sheet)["Budget"]
    work = Calculator(page)
    for number, row in enumerate(sheet.rows, 1):
        for place, cell in enumerate(row, 1):
            if isinstance(cell, Formula):
                assert work.value(page.cell(number, place).coordinate) == cell.value


@pytest.mark.parametrize("text", FORMULAS)
def test_what_people_typed_is_never_a_formula(text):
    sheet = Sheet("Sheet", [(text, Money(-5), 3, date(2026, 10, 5))], frozenset(), (10,))
    cell = opened(sheet)["Sheet"]["A1"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert rows_of(sheet) == [[f"'{text}", "-0.05", "3", "2026-10-05"]]


def test_formula_typed_into_every_field_stays_text():
    evil = '=HYPERLINK("http://example.org")'
    given = Budget.model_validate(
        {
            "families": evil,
            "socializations": evil,
            "ceiling": evil,
            "infants": {"count": evil, "price": evil},
            "other": [{"what": evil, "count": evil, "price": evil}],
        }
    )
    plan = Plan.model_validate(
        {**dict.fromkeys(Plan.model_fields, evil), "goals": [{"goal": evil, "domain": evil}]}
    )
    team = [{"id": "a", "name": evil}]
    row = {"date": evil, "place": evil, "theme": evil, "parents": evil, "plans": ["a"], "leads": ["a"]}
    schedule = Schedule.model_validate({"team": team, "rows": [row], "begins": evil, "minimum": evil})
    today = date(2026, 11, 21)
    sheets = (
        budget_sheet(evil, given),
        plan_sheet(evil, plan),
        *schedule_sheets(evil, schedule, {}, today),
    )
    cells = [cell for page in opened(*sheets) for row in page.iter_rows() for cell in row]
    assert sum(evil in str(cell.value) for cell in cells) > 25
    assert {cell.value for cell in cells if cell.data_type == "f"} <= {
        formula.text
        for sheet in sheets
        for row in sheet.rows
        for formula in row
        if isinstance(formula, Formula)
    }
    assert not any(text.startswith("=") for sheet in sheets for row in rows_of(sheet) for text in row)


def test_schedule_names_people_dates_and_plans():
    schedule = Schedule.model_validate(
        {
            "team": [{"id": "n", "name": "Nadia"}],
            "rows": [
                {"date": "2026-12-01", "plan": "p-1", "plans": ["n"], "leads": ["n", "gone"]},
                {"date": "soon"},
            ],
        }
    )
    first, second = schedule_sheets("Our year", schedule, {"p-1": "Boxes"}, date(2026, 11, 21))
    page = opened(first, second)["Schedule"]
    assert [cell.value for cell in page[4]][:9] == [
        1,
        page["B4"].value,
        "Planned",
        None,
        "Boxes",
        None,
        "Nadia",
        "Nadia",
        None,
    ]
    assert page["B4"].value.date() == date(2026, 12, 1)
    assert page["B5"].value == "soon"
    assert page["J5"].value == "Write a real day, with a year from 2000 to 2100."
    assert [row[0] for row in rows_of(second) if row][5:7] == [
        "To look at again",
        (
            "1 of at least 22 socializations stand in this year; 21 are missing. "
            "Early Head Start asks for 22 or more a year (45 CFR 1302.22; check ecfr.gov)."
        ),
    ]


def test_text_too_long_for_a_cell_is_cut_and_what_xml_forbids_is_left_out():
    sheet = Sheet("Sheet", [("x" * 40_000, "a\ufffeb")], frozenset(), ())
    page = opened(sheet)["Sheet"]
    assert (len(page["A1"].value), page["B1"].value) == (32_001, "ab")
