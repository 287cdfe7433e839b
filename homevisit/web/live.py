"""Begin a group session from a plan or a lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.errors import InvalidEntryError
from homevisit.services import plans
from homevisit.services.groups import leading
from homevisit.web.base import CourseHandler

if TYPE_CHECKING:
    from homevisit.course.session_plan import SessionPlan

NOTHING_CHOSEN = "Choose a plan or a lesson first, then begin the session."


class OpenSessionHandler(CourseHandler):
    """POST: begin a session; its leader's page opens."""

    async def post(self) -> None:
        """Begin it from ``plan_id``, or from ``lesson_id`` with the plan that the course makes of the lesson."""
        viewer = self.need_role("supervisor", "trainer", "administrator")
        plan, team = await self.plan(
            self.get_body_argument("plan_id", ""), self.get_body_argument("lesson_id", "")
        )
        session = await self.call(
            leading.open_session,
            self.store,
            self.catalogue,
            viewer,
            title=self.get_body_argument("title", ""),
            lesson_id=plan.lesson_id,
            plan=plan,
            team=self.get_body_argument("team", "") or team,
        )
        self.redirect(self.url("course", "live", session.session_id), status=303)

    async def plan(self, plan_id: str, lesson_id: str) -> tuple[SessionPlan, str]:
        """Return the plan that is meant, and the team it belongs to."""
        if plan_id:
            stored = await self.call(plans.get_plan, self.store, self.account, plan_id)
            return stored.plan, stored.team
        if lesson_id:
            return await self.call(plans.make_plan, self.catalogue, lesson_id), ""
        raise InvalidEntryError(NOTHING_CHOSEN)


ROUTES = [(r"course/sessions/open", OpenSessionHandler)]
