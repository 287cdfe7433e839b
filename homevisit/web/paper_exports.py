"""Plans, schedules and budgets as pages to print and as files for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.course.budget_sums import ROUNDING, add_up, sums_in_words
from homevisit.course.elof import FULL_NAME
from homevisit.course.papers_budget import HEADINGS, Budget, budget_lines, budget_notes, typed_lines
from homevisit.course.papers_plan import HEAD, SECTIONS, Plan, shown_goal_line, written_goals
from homevisit.course.papers_schedule import PROGRAMS, STATES, Schedule, shown_day
from homevisit.course.schedule_checks import counts, schedule_notes, turns
from homevisit.course.typed import money, read_content
from homevisit.services import papers
from homevisit.services.budget_sheet import OFTEN, budget_sheet
from homevisit.services.plan_sheets import plan_sheet, schedule_sheets
from homevisit.services.sheets import Sheet, as_csv, as_xlsx
from homevisit.services.team.days import day_of, today
from homevisit.web.tools import ToolHandler

if TYPE_CHECKING:
    from homevisit.store.values import Paper

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportHandler(ToolHandler):
    """What the exports of one paper share."""

    async def plan_titles(self) -> dict[str, str]:
        """Return the titles of this person's plans by paper_id."""
        own = await self.call(papers.own_papers, self.store, self.account.account_id)
        untitled = papers.paper_kind("plan").untitled
        return {head.paper_id: head.title or untitled for head in own if head.kind == "plan"}

    async def sheets(self, paper: Paper) -> tuple[Sheet, ...]:
        """Return the tables of a paper."""
        title = paper.title or papers.paper_kind(paper.kind).untitled
        titles = await self.plan_titles() if paper.kind == "schedule" else {}
        return await self.call(_sheets, paper, title, titles)


class SpreadsheetHandler(ExportHandler):
    """The paper as an XLSX file."""

    async def get(self, kind: str, paper_id: str) -> None:
        """Send it as a file."""
        paper = await self.paper(kind, paper_id)
        body = await self.call(as_xlsx, await self.sheets(paper))
        self.send_file(f"{kind}-{day_of(paper.updated_at):%Y-%m-%d}.xlsx", XLSX, body)


class TableHandler(ExportHandler):
    """The paper as a CSV file."""

    async def get(self, kind: str, paper_id: str) -> None:
        """Send its first table as a file."""
        paper = await self.paper(kind, paper_id)
        sheets = await self.sheets(paper)
        self.send_file(
            f"{kind}-{day_of(paper.updated_at):%Y-%m-%d}.csv", "text/csv; charset=utf-8", as_csv(sheets[0])
        )


class PrintHandler(ExportHandler):
    """The paper as a page to print."""

    async def get(self, kind: str, paper_id: str) -> None:
        """Show it; lines that are open leave room to write by hand."""
        paper = await self.paper(kind, paper_id)
        titles = await self.plan_titles() if kind == "schedule" else {}
        shown = await self.call(_SHOWN[kind], paper.content, titles)
        self.finish(self.page(f"print_{kind}.html", paper=paper, kind=papers.paper_kind(kind), **shown))


def _sheets(paper: Paper, title: str, plan_titles: dict[str, str]) -> tuple[Sheet, ...]:
    if paper.kind == "budget":
        return (budget_sheet(title, read_content(Budget, paper.content)),)
    if paper.kind == "plan":
        return (plan_sheet(title, read_content(Plan, paper.content)),)
    return schedule_sheets(title, read_content(Schedule, paper.content), plan_titles, today())


def _shown_plan(content: dict[str, Any], _titles: dict[str, str]) -> dict[str, Any]:
    plan = read_content(Plan, content)
    head = {"theme": plan.theme.strip(), "date": shown_day(plan.date), "place": plan.place.strip()}
    return {
        "head": [(HEAD[key], text) for key, text in head.items()],
        "plan": plan,
        "goals": written_goals(plan),
        "sections": SECTIONS,
        "shown": shown_goal_line,
        "framework": FULL_NAME,
    }


def _shown_schedule(content: dict[str, Any], titles: dict[str, str]) -> dict[str, Any]:
    schedule = read_content(Schedule, content)
    notes = schedule_notes(schedule, today())
    return {
        "schedule": schedule,
        "program": PROGRAMS[schedule.program],
        "states": STATES,
        "counts": counts(schedule),
        "notes": [note.say for note in notes if not note.at],
        "turns": turns(schedule),
        "titles": titles,
        "day": shown_day,
    }


def _shown_budget(content: dict[str, Any], _titles: dict[str, str]) -> dict[str, Any]:
    budget = read_content(Budget, content)
    sums = add_up(budget)
    costs = {line.at: line.cost for line in budget_lines(budget)}
    return {
        "budget": budget,
        "headings": HEADINGS,
        "lines": [line for line in typed_lines(budget) if not line.is_blank],
        "often": OFTEN,
        "costs": costs,
        "sums": sums,
        "sum_lines": [line.partition(": ") for line in sums_in_words(sums)],
        "is_open": bool(budget_notes(budget)),
        "money": money,
        "rounding": ROUNDING,
    }


_SHOWN = {"plan": _shown_plan, "schedule": _shown_schedule, "budget": _shown_budget}


ROUTES = [
    (r"course/tools/(plan|schedule|budget)/(p-[a-z0-9]+)/xlsx", SpreadsheetHandler),
    (r"course/tools/(plan|schedule|budget)/(p-[a-z0-9]+)/csv", TableHandler),
    (r"course/tools/(plan|schedule|budget)/(p-[a-z0-9]+)/print", PrintHandler),
]
