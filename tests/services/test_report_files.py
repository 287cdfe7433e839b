"""Files and drawings of a report: whatever a text holds, it stays text."""

from __future__ import annotations

import csv
import io
import re
from xml.etree import ElementTree as ET

from openpyxl import load_workbook

from homevisit.services.reports import charts, tables
from homevisit.services.reports.values import Breakdown, Figure, LessonReport, Line, QuestionReport
from homevisit.services.sheets import as_csv, as_xlsx

NASTY = (
    '=HYPERLINK("http://example.org")',
    'She said "wait", and waited',
    "first line\nsecond line",
    "\u202e\u05e9\u05dc\u05d5\u05dd\u202c, \u2067(1)\u2069",
    "<script>alert(1)</script> & more",
)


def nasty_report():
    none = Figure(None, 0, "because")
    lines = tuple(Line(text, 3, 6, text) for text in NASTY)
    question = QuestionReport(
        number=1,
        question_id="one",
        type="choose",
        prompt=NASTY[0],
        is_read_by_trainer=False,
        tried=6,
        first=Figure(0.5, 6),
        last=Figure(1.0, 6),
        discrimination=Figure(-0.25, 12),
        minutes=none,
        breakdowns=(Breakdown("chosen", "Options chosen", "Lead.", lines),),
    )
    return LessonReport("04", "Title", 6, (question,))


def test_files_quote_formulas_quotes_newlines_and_writing_from_the_right():
    figures, summary = tables.lesson_sheets(nasty_report())
    rows = list(csv.reader(io.StringIO(as_csv(figures).decode("utf-8-sig"))))
    assert {len(row) for row in rows} == {9}
    guarded = ["'" + NASTY[0], *NASTY[1:]]
    assert [row[3] for row in rows[-5:]] == guarded
    assert [row[8] for row in rows[-5:]] == guarded
    assert rows[4][4:8] == ["12", "12", "-0.25", "correlation"]
    book = load_workbook(io.BytesIO(as_xlsx([figures, summary])))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [book["Figures"].cell(row, 4).value for row in range(7, 12)] == list(NASTY)
    assert book["Questions"]["D2"].value == NASTY[0]
    assert (book["Questions"]["H2"].value, book["Questions"]["H2"].data_type) == (-0.25, "n")


def test_bars_are_well_formed_escaped_and_as_wide_as_their_share():
    lines = [Line(text, count, 4) for count, text in enumerate(NASTY)]
    drawn = charts.bars("q", '<b>"title"</b>', "a & b", lines)
    root = ET.fromstring(drawn)
    assert root.get("role") == "img"
    assert re.findall(r"<script|<b>|style=", drawn) == []
    widths = [bar.get("width") for bar in root.iter("rect") if bar.get("class") == "hv-bars-part"]
    assert [float(width) for width in widths] == [0, 85, 170, 255, 340]
    assert root.find("title").text == '<b>"title"</b>'
