"""Joining a group session: the form's handler, and the cookie of a participant without an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jupyter_server.auth.decorator import allow_unauthenticated

from homevisit.errors import CourseError, SlowDownError
from homevisit.services.groups import joining
from homevisit.web.base import CourseHandler

if TYPE_CHECKING:
    from tornado.web import RequestHandler

COOKIE = "homevisit-participant"
COOKIE_DAYS = 2  # a session lasts a day at most, and is open to its participants for 12 hours more


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
                joining.join, self.store, given, name, account, address, participant_token(self)
            )
        except CourseError as exc:
            self.set_status(exc.status)
            if isinstance(exc, SlowDownError):
                self.set_header("Retry-After", str(exc.seconds))
            self.show(code=given, name=name, problem=exc.message)
            return
        if joined.token:
            set_participant_cookie(self, joined.token)
        self.settings["course"].live.bus.changed([joined.session_id])
        self.redirect(self.url("course", "live", joined.session_id, "phone"), status=303)

    def show(self, *, code: str = "", name: str = "", problem: str = "") -> None:
        """Send the page."""
        self.finish(self.page("live_join.html", code=code, name=name, problem=problem))


def participant_token(handler: RequestHandler) -> str:
    """Return the opaque token of a participant's cookie, or an empty string."""
    value = handler.get_secure_cookie(COOKIE, max_age_days=COOKIE_DAYS)
    return value.decode() if value else ""


def set_participant_cookie(handler: RequestHandler, token: str) -> None:
    """Let the browser keep who takes part; out of reach of scripts and of other sites' forms."""
    handler.set_secure_cookie(
        COOKIE,
        token,
        expires_days=COOKIE_DAYS,
        httponly=True,
        samesite="Lax",
        secure=handler.request.protocol == "https",
        path=handler.settings["base_url"],
    )


ROUTES = [
    (r"course/join", JoinHandler),
    (r"course/join/([A-Za-z0-9-]{1,40})", JoinHandler),
]
