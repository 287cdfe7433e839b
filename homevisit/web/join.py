"""Joining a group session: the form's handler, and the cookie of a participant without an account."""

from __future__ import annotations

from jupyter_server.auth.decorator import allow_unauthenticated

from homevisit.errors import CourseError, SlowDownError
from homevisit.services.groups import joining
from homevisit.web.base import CourseHandler
from homevisit.web.cookies import TokenCookie

# A session lasts a day at most, and is open to its participants for 12 hours more.
PARTICIPANT = TokenCookie("homevisit-participant", days=2)


class JoinHandler(CourseHandler):
    """GET: the form. POST: join by code, with one's account where one is signed in, else with a first name."""

    @allow_unauthenticated
    async def get(self, code: str = "") -> None:
        """Show the form; the address on the screen brings the code along."""
        self.show(code=code)

    @allow_unauthenticated
    async def post(self, code: str = "") -> None:
        """Join and go to the phone's page, or show the form again with what was typed and a sentence."""
        given = self.get_body_argument("code", code)[:40]
        name = self.get_body_argument("name", "")[:200]
        account = None if self.person is None else self.person.account
        address = self.request.remote_ip or "unknown"
        try:
            joined = await self.call(
                joining.join, self.store, given, name, account, address, PARTICIPANT.token(self)
            )
        except CourseError as exc:
            self.set_status(exc.status)
            if isinstance(exc, SlowDownError):
                self.set_header("Retry-After", str(exc.seconds))
            wrong = "code" if isinstance(exc, joining.WrongCodeError) else "name"
            self.show(code=given, name=name, problem=exc.message, wrong=wrong)
            return
        if joined.token:
            PARTICIPANT.set(self, joined.token)
        self.settings["course"].live.bus.changed([joined.session_id])
        self.redirect(self.url("course", "live", joined.session_id, "phone"), status=303)

    def show(self, *, code: str = "", name: str = "", problem: str = "", wrong: str = "") -> None:
        """Send the page; `wrong` is the field that the problem is about."""
        self.finish(self.page("live_join.html", code=code, name=name, problem=problem, wrong=wrong))


ROUTES = [
    (r"course/join", JoinHandler),
    (r"course/join/([A-Za-z0-9-]{1,40})", JoinHandler),
]
