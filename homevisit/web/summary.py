"""A lesson in short, to print: what it was for, what to take along and, if wished, one's own words."""

from __future__ import annotations

from homevisit.services import summary
from homevisit.web.base import CourseHandler


class SummaryHandler(CourseHandler):
    """The summary of one lesson; own words are those of whoever is signed in, and of nobody else."""

    async def get(self, lesson_id: str) -> None:
        """Show the summary, with one's own words when the form asks for them."""
        found = await self.call(summary.lesson_summary, self.catalogue, lesson_id)
        is_learner = self.account.role == "learner"
        is_with_own = is_learner and self.get_query_argument("own", "") == "1"
        own = (
            await self.call(summary.own_words, self.store, self.catalogue, self.account.account_id, lesson_id)
            if is_with_own
            else None
        )
        self.finish(self.page("summary.html", summary=found, is_learner=is_learner, own=own))


ROUTES = [(r"course/lessons/([a-z0-9-]+)/summary", SummaryHandler)]
