"""The API of group sessions: what a screen shows, the stream that wakes it, and what participants do."""

from __future__ import annotations

import asyncio
import contextlib
import json

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.iostream import StreamClosedError

from homevisit.services.groups import access, taking_part
from homevisit.web.bus import Screen
from homevisit.web.live_handler import LiveApiHandler
from homevisit.web.live_leading import (
    EntryHandler,
    LeaderActionHandler,
    ParkedHandler,
    RemoveHandler,
    StageHandler,
)

BEAT_SECONDS = 15.0
RETRY = 2_000  # milliseconds until a browser comes back after the line broke


class StateHandler(LiveApiHandler):
    """GET: what a screen shows."""

    @allow_unauthenticated
    async def get(self, session_id: str) -> None:
        """Send it with an ETag; 304 when nothing has changed."""
        _ = self.xsrf_token  # sets the cookie that the page sends back with what it posts
        kind = self.kind()
        found = await self.view(session_id, kind)
        if kind == "phone" and found["state"] == "open":
            self.live.presence.note(found["me"]["participant_id"])
        self.reply(found)


class EventsHandler(LiveApiHandler):
    """GET: a stream of server-sent events that says when to ask for the state again."""

    screen: Screen | None = None
    is_gone = False

    @allow_unauthenticated
    async def get(self, session_id: str) -> None:
        """Send what was missed, then each change, until the browser goes."""
        self.screen = await self.call(self._screen, session_id, self.kind())
        self.set_header("Content-Type", "text/event-stream; charset=utf-8")
        self.set_header("X-Accel-Buffering", "no")
        try:
            await self.live.bus.enter(session_id, self.screen)
            with contextlib.suppress(StreamClosedError):
                await self._send(self.screen)
        finally:
            self.live.bus.leave(session_id, self.screen)

    def on_connection_close(self) -> None:
        """Let the stream end."""
        self.is_gone = True
        if self.screen is not None:
            self.screen.woken.set()

    async def _send(self, screen: Screen) -> None:
        self.write(f"retry: {RETRY}\n\n")
        await self.flush()
        while not self.is_gone:
            try:
                await asyncio.wait_for(screen.woken.wait(), BEAT_SECONDS)
            except TimeoutError:
                self.write(": still here\n\n")
            found = screen.take()
            if found is not None:
                event_id, kind = found
                self.write(f"event: changed\nid: {event_id}\ndata: {json.dumps({'kind': kind})}\n\n")
            if not self.is_gone:
                await self.flush()

    def _screen(self, session_id: str, kind: str) -> Screen:
        with self.store.read() as conn:
            if kind == "phone":
                device = self.device
                session, person = access.need_participant(conn, session_id, device.account, device.token)
                return Screen(self._since(session.last_event), person.participant_id, person.pair)
            session = access.entitled_session(conn, self.viewer, session_id)
            return Screen(self._since(session.last_event))

    def _since(self, newest: int) -> int:
        given = self.request.headers.get("Last-Event-ID") or self.get_query_argument("since", "")
        is_number = given.isascii() and given.isdecimal() and len(given) < 19  # noqa: PLR2004  of 64 bits
        return min(int(given), newest) if is_number else newest


class RespondHandler(LiveApiHandler):
    """POST: a participant's response."""

    @allow_unauthenticated
    async def post(self, session_id: str) -> None:
        """Keep it; ``message`` says so when the group has moved on meanwhile."""
        kept = await self.act(
            session_id,
            "phone",
            taking_part.respond,
            self.store,
            self.catalogue,
            self.device,
            session_id,
            position=self.wanted("position", int),
            given_round=self.wanted("round", str),
            response=self.body().get("response"),
            token=self.wanted("token", str),
        )
        if kept is not None:
            self.reply({"kept": True, "is_late": kept.is_late, "message": kept.message})


class ParkHandler(LiveApiHandler):
    """POST: a question for later."""

    @allow_unauthenticated
    async def post(self, session_id: str) -> None:
        """Put it into the parking lot."""
        text, token = self.wanted("text", str), self.wanted("token", str)
        parked = await self.act(
            session_id, "phone", taking_part.park, self.store, self.device, session_id, text, token
        )
        if parked is not None:
            self.reply({"kept": True, "text": parked.text})


class PresenceHandler(LiveApiHandler):
    """POST: a phone says that it is there, or goes."""

    @allow_unauthenticated
    async def post(self, session_id: str, action: str) -> None:
        """Note it."""
        if action == "seen":
            await self.call(taking_part.seen, self.store, self.live.presence, self.device, session_id)
        else:
            await self.act(
                session_id,
                "phone",
                taking_part.leave,
                self.store,
                self.live.presence,
                self.device,
                session_id,
            )
        self.reply({})


class FeedbackHandler(LiveApiHandler):
    """POST: how useful the session was."""

    @allow_unauthenticated
    async def post(self, session_id: str) -> None:
        """Keep it; a newer one takes its place."""
        body = self.body()
        await self.call(
            taking_part.give_feedback,
            self.store,
            self.device,
            session_id,
            body.get("useful"),
            body.get("text", ""),
        )
        self.reply({"kept": True})


SESSION = r"course/api/live/(g-[a-z0-9]+)"
ROUTES = [
    (SESSION + r"/state", StateHandler),
    (SESSION + r"/events", EventsHandler),
    (SESSION + r"/stage", StageHandler),
    (SESSION + r"/(points|take-over|pairs|end)", LeaderActionHandler),
    (SESSION + r"/entries/(x-[a-z0-9]+)", EntryHandler),
    (SESSION + r"/participants/(n-[a-z0-9]+)/remove", RemoveHandler),
    (SESSION + r"/parking/(k-[a-z0-9]+)", ParkedHandler),
    (SESSION + r"/parking", ParkHandler),
    (SESSION + r"/respond", RespondHandler),
    (SESSION + r"/(seen|leave)", PresenceHandler),
    (SESSION + r"/feedback", FeedbackHandler),
]
