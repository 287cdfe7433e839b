"""What every group of measurements shares: the plan, the folder, the learners, the report."""

from __future__ import annotations

import asyncio
import shutil
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bench.people import Learner, add_learners_at, sign_in
from bench.report import Report
from bench.servers import CATALOGUE, course_server, stock_server
from bench.wire import Connection
from tests.web.course_server import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from bench.plan import Plan
    from bench.processes import Server


@dataclass
class Setting:
    """One run; its last learner is the browser's, and nobody else's."""

    plan: Plan
    folder: Path
    report: Report = field(default_factory=Report)
    learners: list[Learner] = field(default_factory=list)

    @property
    def data(self) -> Path:
        """The data folder of the course."""
        return self.folder / "data"

    def prepare(self) -> None:
        """Add learners to a new store, sign them in, and let the server make its pages."""
        self.say("learners sign in")
        count = max(self.plan.learners, self.plan.room.size, self.plan.hall.size) + 1
        self.learners = add_learners_at(f"sqlite:///{self.data / 'course.db'}", count)
        with self.server("course") as server:
            sign_in(server.url, self.learners)
            asyncio.run(self._open_lessons(server))

    async def _open_lessons(self, server: Server) -> None:
        browser = Connection(server.url, dict(self.learners[0].cookies))
        for info in CATALOGUE.lessons():
            await browser.request("GET", f"/lessons/{info.lesson_id}")
        browser.close()

    def server(self, name: str, *, changed: Path | None = None) -> Server:
        """Return a new server, "course" or "stock"; of a changed course, on a copy of the data, where one is named."""
        course = changed or ROOT
        if name == "stock":
            return stock_server(self.folder, course=course)
        data = self.data if changed is None else shutil.copytree(self.data, changed / "data")
        return course_server(self.folder, data, course=course)

    def visitors(self, name: str, count: int) -> list[Learner]:
        """Return people who open pages of a server; stock Voilà asks nobody who they are."""
        return self.learners[:count] if name == "course" else [Learner("", "", {})] * count

    @staticmethod
    def both(turn: int) -> tuple[str, str]:
        """Return both names, by turns in either order."""
        return ("stock", "course") if turn % 2 else ("course", "stock")

    @staticmethod
    def say(text: str) -> None:
        """Tell the person who waits what is going on."""
        print(f"bench: {text}", file=sys.stderr, flush=True)
