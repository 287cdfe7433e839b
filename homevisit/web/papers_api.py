"""The course API for papers: what a tool's page loads and saves for its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.errors import ConflictError
from homevisit.services import papers
from homevisit.web.api import CourseApiHandler, instant, owner_key

if TYPE_CHECKING:
    from homevisit.store.values import Paper, PaperHead


class PapersHandler(CourseApiHandler):
    """GET: the papers of this person. POST: a new one."""

    async def get(self) -> None:
        """Send all papers without their content, the last changed first."""
        own = await self.call(papers.own_papers, self.store, self.account.account_id)
        self.reply({"owner": owner_key(self.account.account_id), "papers": [head_json(head) for head in own]})

    async def post(self) -> None:
        """Keep a new paper; without content it is blank."""
        body = self.body()
        paper = await self.call(
            papers.start_paper,
            self.store,
            self.account.account_id,
            str(body.get("kind")),
            title=body.get("title", ""),
            content=body.get("content"),
        )
        self.reply(
            {"paper": paper_json(paper), "url": self.url("course/tools", paper.kind, paper.paper_id)}, 201
        )


class PaperHandler(CourseApiHandler):
    """GET, PUT and DELETE of one paper."""

    async def get(self, paper_id: str) -> None:
        """Send the paper."""
        _ = self.xsrf_token  # sets the cookie that the page sends back with everything it saves
        paper = await self.call(papers.find_paper, self.store, self.account.account_id, paper_id)
        self.reply({"owner": owner_key(self.account.account_id), "paper": paper_json(paper)})

    async def put(self, paper_id: str) -> None:
        """Save title and content; 409 with the server's paper when another window saved since."""
        body = self.body()
        base = self.base(body)
        account_id = self.account.account_id
        try:
            paper = await self.call(
                papers.save_paper,
                self.store,
                account_id,
                paper_id,
                title=body.get("title", ""),
                content=body.get("content"),
                base=base,
            )
        except ConflictError as exc:
            newer = await self.call(papers.find_paper, self.store, account_id, paper_id)
            error = {"code": exc.code, "message": exc.message}
            self.reply({"error": error, "paper": paper_json(newer)}, exc.status)
            return
        self.reply({"version": paper.version, "saved_at": instant(paper.updated_at)})

    async def delete(self, paper_id: str) -> None:
        """Delete the paper for good."""
        await self.call(papers.remove_paper, self.store, self.account.account_id, paper_id)
        self.reply({"deleted": paper_id})


def head_json(head: PaperHead) -> dict[str, Any]:
    """Return what a list shows of a paper."""
    return {
        "paper_id": head.paper_id,
        "kind": head.kind,
        "title": head.title,
        "version": head.version,
        "created_at": instant(head.created_at),
        "updated_at": instant(head.updated_at),
    }


def paper_json(paper: Paper) -> dict[str, Any]:
    """Return a paper as its page wants it."""
    return {**head_json(paper), "content": paper.content}


ROUTES = [
    (r"course/api/papers", PapersHandler),
    (r"course/api/papers/(p-[a-z0-9]+)", PaperHandler),
]
