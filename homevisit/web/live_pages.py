"""The pages of a group session: the leader's, the projector's, a participant's phone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import segno
from jupyter_server.auth.decorator import allow_unauthenticated
from markupsafe import Markup

from homevisit.course.shown_clips import clip_origins
from homevisit.errors import NotAllowedError
from homevisit.services.groups import views
from homevisit.services.groups.taking_part import Device
from homevisit.web.base import CourseHandler, policy_with_media
from homevisit.web.join import PARTICIPANT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from homevisit.web.live_state import LiveState


class LivePageHandler(CourseHandler):
    """What the pages share: the state of the moment comes with the page, so that one request is enough."""

    lesson_id = ""

    @property
    def live(self) -> LiveState:
        """What the server keeps in memory for group sessions."""
        found: LiveState = self.settings["course"].live
        return found

    @property
    def content_security_policy(self) -> str:
        """Let the clips of the session's lesson play from where they are."""
        return policy_with_media(clip_origins(self.catalogue, self.lesson_id) if self.lesson_id else ())

    def show(self, template: str, session_id: str, view: Mapping[str, Any], **more: Any) -> None:
        """Send a page with the state that its script begins with."""
        self.lesson_id = (view["lesson"] or {}).get("lesson_id", "")
        self.set_header("Content-Security-Policy", self.content_security_policy)
        session = {"session_id": session_id, "title": view["title"]}
        self.finish(self.page(template, session=session, state=json.dumps(view), **more))

    async def led(self, session_id: str, template: str, make: Callable[..., dict[str, Any]]) -> None:
        """Send a page of somebody who may lead, with code and QR code."""
        address = f"{self.request.protocol}://{self.request.host}{self.url('course', 'join')}"
        view = await self.call(
            make,
            self.store,
            self.catalogue,
            self.account,
            session_id,
            join_address=address,
            cache=self.live.views,
        )
        qr = qr_code(f"{address}/{view['code'].replace('-', '')}")
        self.show(template, session_id, view, code=view["code"], join_address=address, qr=qr)


class LeaderPageHandler(LivePageHandler):
    """The private page of who leads; another person who may lead takes over from it."""

    async def get(self, session_id: str) -> None:
        """Show it."""
        await self.led(session_id, "live_leader.html", views.leader_view)


class ProjectorPageHandler(LivePageHandler):
    """What the room sees."""

    async def get(self, session_id: str) -> None:
        """Show it."""
        await self.led(session_id, "live_projector.html", views.projector_view)


class PhonePageHandler(LivePageHandler):
    """The page of a participant; who has not joined on this device goes to the form."""

    @allow_unauthenticated
    async def get(self, session_id: str) -> None:
        """Show where the group is and what this participant wrote."""
        account = None if self.person is None else self.person.account
        device = Device(account, PARTICIPANT.token(self))
        try:
            view = await self.call(
                views.phone_view, self.store, self.catalogue, device, session_id, cache=self.live.views
            )
        except NotAllowedError as exc:
            self.set_status(exc.status)
            self.finish(self.page("live_join.html", problem=exc.message))
            return
        self.show("live_phone.html", session_id, view, me=view["me"]["name"])


def qr_code(address: str) -> Markup:
    """Return a QR code of an address as an SVG that takes the size its page gives it."""
    code = segno.make(address, error="m")
    return Markup(code.svg_inline(omitsize=True, border=3, svgclass=None, lineclass=None))  # noqa: S704  drawn from bits


SESSION = r"course/live/(g-[a-z0-9]+)"
ROUTES = [
    (SESSION, LeaderPageHandler),
    (SESSION + r"/projector", ProjectorPageHandler),
    (SESSION + r"/phone", PhonePageHandler),
]
