"""Pages after a group session: the report with its files, and follow-up tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_server.auth.decorator import allow_unauthenticated

from homevisit.errors import CourseError, NotAllowedError
from homevisit.services.groups import report as reporting
from homevisit.services.groups.report_pdf import report_pdf
from homevisit.services.plans import tasks
from homevisit.services.sheets import Sheet, as_csv, as_xlsx
from homevisit.services.team import days
from homevisit.web.base import CourseHandler
from homevisit.web.join import PARTICIPANT
from homevisit.web.paper_exports import XLSX

if TYPE_CHECKING:
    from homevisit.services.groups.report_values import GroupReport

HEADS = ("Name", "Minutes", "With an account")


class ReportHandler(CourseHandler):
    """The report of one session."""

    async def report(self, session_id: str, *, with_names: bool) -> GroupReport:
        """Return it as far as this visitor may see it."""
        return await self.call(
            reporting.group_report,
            self.store,
            self.catalogue,
            self.person.account if self.person else None,
            PARTICIPANT.token(self),
            session_id,
            with_names=with_names,
        )

    @property
    def wants_names(self) -> bool:
        """Whether the leader asks for names."""
        return self.get_query_argument("names", "") == "1"

    def send_file(self, name: str, content_type: str, body: bytes) -> None:
        """Send something to keep as a file."""
        self.set_header("Content-Type", content_type)
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(body)


class ReportPageHandler(ReportHandler):
    """The report as a page, and the form for follow-up tasks."""

    @allow_unauthenticated
    async def get(self, session_id: str) -> None:
        """Show it."""
        await self.show(session_id)

    async def post(self, session_id: str) -> None:
        """Add a task, or remove one; what cannot be taken is shown again with a sentence."""
        typed = {name: self.get_body_argument(name, "") for name in ("text", "who", "due")}
        task_id = self.get_body_argument("remove", "")
        try:
            if task_id:
                await self.call(tasks.remove_task, self.store, self.account, session_id, task_id)
            else:
                await self.call(tasks.add_task, self.store, self.account, session_id, **typed)
        except CourseError as exc:
            if isinstance(exc, NotAllowedError):
                raise
            self.set_status(exc.status)
            await self.show(session_id, is_named=True, problem=exc.message, typed=typed)
            return
        self.redirect(self.url("course/live", session_id, "report") + "?names=1#tasks", status=303)

    async def show(
        self,
        session_id: str,
        *,
        is_named: bool = False,
        problem: str = "",
        typed: dict[str, str] | None = None,
    ) -> None:
        """Send the page; `typed` is what a refused form held."""
        report = await self.report(session_id, with_names=is_named or self.wants_names)
        people = (
            await self.call(tasks.people_for, self.store, self.account, session_id) if report.is_named else ()
        )
        self.finish(
            self.page(
                "group_report.html",
                report=report,
                session=report.session,
                people=people,
                everybody=tasks.EVERYBODY,
                problem=problem,
                typed=typed or {"text": "", "who": tasks.EVERYBODY, "due": ""},
                today=days.today(),
            )
        )


class ReportPdfHandler(ReportHandler):
    """The report as a PDF file."""

    @allow_unauthenticated
    async def get(self, session_id: str) -> None:
        """Send it."""
        report = await self.report(session_id, with_names=self.wants_names)
        body = await self.call(report_pdf, report)
        names = "-with-names" if report.is_named else ""
        self.send_file(f"session-{report.day:%Y-%m-%d}{names}.pdf", "application/pdf", body)


class AttendanceHandler(ReportHandler):
    """Who took part, as a table; for the leader."""

    async def get(self, session_id: str, wanted: str) -> None:
        """Send it as CSV or XLSX."""
        report = await self.report(session_id, with_names=True)
        sheet = await self.call(attendance_sheet, report)
        body = await self.call(as_csv, sheet) if wanted == "csv" else await self.call(as_xlsx, [sheet])
        kind = "text/csv; charset=utf-8" if wanted == "csv" else XLSX
        self.send_file(f"attendance-{report.day:%Y-%m-%d}.{wanted}", kind, body)


class OwnTaskHandler(CourseHandler):
    """One's own task on the home page."""

    async def post(self, task_id: str) -> None:
        """Tick it off, or open it again."""
        is_done = self.get_body_argument("done", "") == "1"
        await self.call(tasks.tick_off, self.store, self.account, task_id, is_done=is_done)
        self.redirect(self.base_url + "#agreed", status=303)


def attendance_sheet(report: GroupReport) -> Sheet:
    """Return who took part and for how long, as a table."""
    head = f"{report.session.title}, {report.day:%B %-d, %Y}"
    rows = [(one.name, one.minutes, "yes" if one.has_account else "no") for one in report.people]
    return Sheet("Attendance", [(head,), HEADS, *rows], frozenset({1, 2}), (32, 12, 18))


SESSION = r"course/live/(g-[a-z0-9]+)"
ROUTES = [
    (SESSION + r"/report", ReportPageHandler),
    (SESSION + r"/report\.pdf", ReportPdfHandler),
    (SESSION + r"/attendance\.(csv|xlsx)", AttendanceHandler),
    (r"course/tasks/(t-[a-z0-9]+)", OwnTaskHandler),
]
