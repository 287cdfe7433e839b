"""The pages of the tools: the list of one's papers, and a page for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.course.papers import PAPER_KINDS
from homevisit.errors import MissingEntryError
from homevisit.services import papers
from homevisit.services.team.days import day_of, today
from homevisit.web.base import CourseHandler

if TYPE_CHECKING:
    from homevisit.store.values import Paper


class ToolHandler(CourseHandler):
    """What the pages about one paper share."""

    async def paper(self, kind: str, paper_id: str) -> Paper:
        """Return this person's paper; MissingEntryError when it is of another kind."""
        found = await self.call(papers.find_paper, self.store, self.account.account_id, paper_id)
        if found.kind != kind:
            raise MissingEntryError("This address does not fit the paper. Go to “Tools” and open it there.")
        return found

    def send_file(self, name: str, content_type: str, body: str | bytes) -> None:
        """Send something to keep as a file; `name` is of plain letters, digits, points and hyphens."""
        self.set_header("Content-Type", content_type)
        self.set_header("Content-Disposition", f'attachment; filename="{name}"')
        self.finish(body)


class ToolsHandler(CourseHandler):
    """All tools, and the papers of this person by tool."""

    async def get(self) -> None:
        """Show the list."""
        own = await self.call(papers.own_papers, self.store, self.account.account_id)
        by_kind = {kind: [head for head in own if head.kind == kind] for kind in PAPER_KINDS}
        self.finish(
            self.page(
                "tools.html",
                kinds=PAPER_KINDS,
                by_kind=by_kind,
                is_deleted=self.get_argument("deleted", "") == "1",
            )
        )


class NewPaperHandler(CourseHandler):
    """Starts a paper."""

    async def post(self, kind: str) -> None:
        """Keep a blank paper with a title of today, and open it."""
        title = f"{papers.paper_kind(kind).name}, {_today()}"
        started = await self.call(papers.start_paper, self.store, self.account.account_id, kind, title=title)
        self.redirect(self.url("course/tools", kind, started.paper_id), status=303)


class PaperPageHandler(ToolHandler):
    """The page of one paper; its script loads the content and saves it."""

    async def get(self, kind: str, paper_id: str) -> None:
        """Show the page."""
        paper = await self.paper(kind, paper_id)
        self.finish(self.page("tool.html", paper=paper, kind=papers.paper_kind(kind)))


class CopyHandler(ToolHandler):
    """Begins a second paper where this one stands now."""

    async def post(self, kind: str, paper_id: str) -> None:
        """Keep the copy, and open it."""
        paper = await self.paper(kind, paper_id)
        name = papers.paper_kind(kind).name
        copied = await self.call(
            papers.copy_paper, self.store, paper.account_id, paper_id, f"{name}, {_today()}, continued"
        )
        self.redirect(self.url("course/tools", kind, copied.paper_id), status=303)


class DeleteHandler(ToolHandler):
    """Deletes a paper; the form asks before."""

    async def post(self, kind: str, paper_id: str) -> None:
        """Delete it for good, and go back to the list."""
        paper = await self.paper(kind, paper_id)
        await self.call(papers.remove_paper, self.store, paper.account_id, paper_id)
        self.redirect(self.url("course/tools") + "?deleted=1", status=303)


class TextHandler(ToolHandler):
    """The text version of a paper."""

    async def get(self, kind: str, paper_id: str) -> None:
        """Send it as a file."""
        paper = await self.paper(kind, paper_id)
        name = f"{kind}-{day_of(paper.updated_at):%Y-%m-%d}.txt"
        text = await self.call(papers.paper_as_text, paper)
        self.send_file(name, "text/plain; charset=utf-8", text)


def _today() -> str:
    return f"{today():%B %-d, %Y}"


ROUTES = [
    (r"course/tools", ToolsHandler),
    (r"course/tools/([a-z]+)/new", NewPaperHandler),
    (r"course/tools/([a-z]+)/(p-[a-z0-9]+)", PaperPageHandler),
    (r"course/tools/([a-z]+)/(p-[a-z0-9]+)/copy", CopyHandler),
    (r"course/tools/([a-z]+)/(p-[a-z0-9]+)/delete", DeleteHandler),
    (r"course/tools/([a-z]+)/(p-[a-z0-9]+)/text", TextHandler),
]
