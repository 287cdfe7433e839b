"""The switch on the account page: mail about one's work, or none."""

from __future__ import annotations

from homevisit.services import mailing
from homevisit.web.base import CourseHandler


class MailChoiceHandler(CourseHandler):
    """Switch mail on or off for oneself."""

    async def post(self) -> None:
        """Store the choice and show the account again."""
        is_wanted = self.get_body_argument("mail", "") == "yes"
        await self.call(mailing.choose, self.store, self.account, is_wanted=is_wanted)
        self.redirect(self.url("account") + "?changed=mail", status=303)


ROUTES = [(r"account/mail", MailChoiceHandler)]
