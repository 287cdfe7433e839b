"""The pages "What teaches and what doesn't": all lessons, and one lesson question by question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.errors import InvalidEntryError
from homevisit.services.reports import charts, lesson, tables
from homevisit.services.reports.values import Line
from homevisit.services.sheets import as_csv, as_xlsx
from homevisit.web.desk import DeskHandler
from homevisit.web.paper_exports import XLSX

if TYPE_CHECKING:
    from homevisit.services.reports.values import Breakdown, LessonReport, QuestionReport
    from homevisit.services.sheets import Sheet

NO_SUCH_FORMAT = "Reports come as CSV or XLSX. Go back to the page and choose one of the two."


class ReportHandler(DeskHandler):
    """What the pages of reports share; they are for trainers and administrators."""

    def file_format(self) -> str:
        """Return the format asked for, empty for the page; InvalidEntryError for an unknown one."""
        wanted = self.get_query_argument("format", "")
        if wanted not in ("", "csv", "xlsx"):
            raise InvalidEntryError(NO_SUCH_FORMAT)
        return wanted

    async def send_sheets(self, name: str, wanted: str, *sheets: Sheet) -> None:
        """Send all sheets as a spreadsheet, or the first one as CSV."""
        is_csv = wanted == "csv"
        body = await self.call(as_csv, sheets[0]) if is_csv else await self.call(as_xlsx, sheets)
        self.set_header("Content-Type", "text/csv; charset=utf-8" if is_csv else XLSX)
        self.set_header("Content-Disposition", f'attachment; filename="{name}.{wanted}"')
        self.finish(body)


class CourseReportHandler(ReportHandler):
    """All lessons."""

    async def get(self) -> None:
        """Show a line for each lesson; ``?format=csv`` or ``xlsx`` sends a file."""
        wanted = self.file_format()
        lines = await self.call(lesson.course_report, self.store, self.catalogue, self.account)
        if wanted:
            await self.send_sheets("what-teaches", wanted, tables.course_sheet(lines))
            return
        self.finish(self.page("reports.html", lines=lines))


class LessonReportHandler(ReportHandler):
    """One lesson, question by question."""

    async def get(self, lesson_id: str) -> None:
        """Show its figures; ``?format=csv`` or ``xlsx`` sends a file."""
        wanted = self.file_format()
        report = await self.call(lesson.lesson_report, self.store, self.catalogue, self.account, lesson_id)
        if wanted:
            await self.send_sheets(f"what-teaches-{lesson_id}", wanted, *tables.lesson_sheets(report))
            return
        self.finish(self.page("reports_lesson.html", report=report, overview=_overview(report), drawn=_drawn))


def _overview(report: LessonReport) -> str:
    """Return a drawing of the first tries at all questions that have some; empty without any."""
    lines = [
        Line(f"Question {question.number}", percent, 100)
        for question in report.questions
        if (percent := question.first.percent) is not None
    ]
    described = "; ".join(f"{line.text}: {line.count} percent" for line in lines)
    return charts.bars("overview", "Points reached on the first try", described, lines) if lines else ""


def _drawn(question: QuestionReport, breakdown: Breakdown, place: int) -> str:
    """Return the drawing of a breakdown; its description is its lead, the figures stand in the table."""
    name = f"q{question.number}-{place}"
    described = f"{breakdown.lead} The table beside it holds the same figures."
    return charts.bars(name, breakdown.title, described, breakdown.lines)


ROUTES = [
    (r"course/reports", CourseReportHandler),
    (r"course/reports/([a-z0-9-]+)", LessonReportHandler),
]
