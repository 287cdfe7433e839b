"""The course API for who may read a text."""

from __future__ import annotations

from homevisit.errors import ConflictError
from homevisit.services import sharing
from homevisit.web.api import CourseApiHandler, sharing_json


class SharingHandler(CourseApiHandler):
    """PUT: choose who may read a text."""

    async def put(self, lesson_id: str, question_id: str) -> None:
        """Store the choice; 409 with the newer one when another device chose since."""
        body, place = self.body(), (self.account.account_id, lesson_id, question_id)
        try:
            chosen = await self.call(
                sharing.choose,
                self.store,
                self.catalogue,
                *place,
                readers=body.get("readers"),
                base=str(body.get("base", "")),
            )
        except ConflictError as exc:
            newer = sharing_json(*await self.call(sharing.choice, self.store, *place))
            self.reply({"error": {"code": exc.code, "message": exc.message}, "sharing": newer}, exc.status)
            return
        self.reply({"sharing": sharing_json(*chosen)})


ROUTES = [(r"course/api/lessons/([a-z0-9-]+)/questions/([a-z0-9-]+)/sharing", SharingHandler)]
