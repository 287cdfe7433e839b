"""Wakes the screens of group sessions when something changed; what changed stands in the event table.

For each session that has screens here, one task reads the new events, at most four times a second, and hands
them to all its screens. A screen that waits costs no thread and no database connection.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from homevisit.errors import CourseError
from homevisit.store import groups_events, groups_people
from homevisit.store.listening import changed_sessions, is_shared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from homevisit.store.engine import Store
    from homevisit.store.values_groups import EventKind, SessionEvent

PAUSE = 0.25
TRY_AGAIN = 1.0
WEIGHTS: tuple[EventKind, ...] = ("parking", "responses", "people", "stage", "ended")
LOG = logging.getLogger("homevisit.groups")


@dataclass(eq=False, slots=True)
class Screen:
    """One open stream; `participant_id` is empty for the leader's and the projector's, which hear everything."""

    since: int
    participant_id: str = ""
    pair: int | None = None
    kind: EventKind | None = None
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def hear(self, events: Iterable[SessionEvent]) -> None:
        """Take in what concerns this screen and is new to it; several events become one."""
        for event in events:
            if event.event_id <= self.since or not self._concerns(event):
                continue
            self.since = event.event_id
            if self.kind is None or WEIGHTS.index(event.kind) > WEIGHTS.index(self.kind):
                self.kind = event.kind
            self.woken.set()

    def take(self) -> tuple[int, EventKind] | None:
        """Return the newest event id and the weightiest kind since the last time, or None."""
        kind, self.kind = self.kind, None
        self.woken.clear()
        return None if kind is None else (self.since, kind)

    def _concerns(self, event: SessionEvent) -> bool:
        if not self.participant_id or event.kind in {"stage", "ended"}:
            return True
        if event.kind == "people" and event.about_id == self.participant_id:
            return True
        return event.pair is not None and event.pair == self.pair


class Channel:
    """The screens of one session in this process, and the task that reads its events for them."""

    def __init__(self, store: Store, session_id: str, since: int) -> None:
        self.session_id = session_id
        self.screens: set[Screen] = set()
        self._store = store
        self._since = since
        self._woken = asyncio.Event()
        self._task = asyncio.create_task(self._run())

    def wake(self) -> None:
        """Read the table soon."""
        self._woken.set()

    def close(self) -> None:
        """Stop reading."""
        self._task.cancel()

    async def catch_up(self, screen: Screen) -> None:
        """Hand a screen what it missed before it was here."""
        events, pairs = await asyncio.to_thread(self._read, screen.since)
        # a stage that came while the screen was on its way here may have put it into another pair
        if events and events[-1].event_id > screen.since:
            screen.pair = pairs.get(screen.participant_id, screen.pair)
        screen.hear(events)

    async def _run(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            try:
                events, pairs = await asyncio.to_thread(self._read, self._since)
            except CourseError:
                LOG.exception("The events of a group session could not be read; they are read again soon.")
                self._woken.set()
            else:
                self._tell(events, pairs)
            await asyncio.sleep(PAUSE)

    def _read(self, since: int) -> tuple[list[SessionEvent], dict[str, int | None]]:
        with self._store.read() as conn:
            events = groups_events.events_after(conn, self.session_id, since)
            moved = any(event.kind in {"stage", "people"} for event in events)
            return events, groups_people.pairs(conn, self.session_id) if moved else {}

    def _tell(self, events: list[SessionEvent], pairs: dict[str, int | None]) -> None:
        if not events:
            return
        self._since = events[-1].event_id
        for screen in self.screens:
            screen.pair = pairs.get(screen.participant_id, screen.pair)
            screen.hear(events)


class LocalBus:
    """The channels of a server that has its database to itself."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._channels: dict[str, Channel] = {}

    def start(self) -> None:
        """Nothing to begin: the handlers themselves wake the channels."""

    def stop(self) -> None:
        """Stop reading for all channels."""
        for channel in self._channels.values():
            channel.close()
        self._channels.clear()

    def changed(self, session_ids: Iterable[str]) -> None:
        """Say that this server changed sessions; call it on the loop, after the transaction."""
        self.wake(session_ids)

    def wake(self, session_ids: Iterable[str] | None = None) -> None:
        """Let the channels of these sessions read, of all sessions by default."""
        for session_id in list(self._channels) if session_ids is None else session_ids:
            if session_id in self._channels:
                self._channels[session_id].wake()

    async def enter(self, session_id: str, screen: Screen) -> None:
        """Let a screen hear from now on, and what it missed since `screen.since` at once."""
        channel = self._channels.get(session_id)
        if channel is None:
            channel = self._channels[session_id] = Channel(self._store, session_id, screen.since)
        channel.screens.add(screen)
        await channel.catch_up(screen)

    def leave(self, session_id: str, screen: Screen) -> None:
        """Forget a screen; the last one takes the channel with it."""
        channel = self._channels.get(session_id)
        if channel is not None:
            channel.screens.discard(screen)
            if not channel.screens:
                self._channels.pop(session_id).close()


class PgBus(LocalBus):
    """The same where several servers share a PostgreSQL database: it tells all of them of each change."""

    def __init__(self, store: Store, database_url: str) -> None:
        super().__init__(store)
        self._url = database_url
        self._is_listening = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to listen."""
        self._task = asyncio.create_task(self._listen())

    def stop(self) -> None:
        """Listen no more."""
        if self._task is not None:
            self._task.cancel()
        super().stop()

    def changed(self, session_ids: Iterable[str]) -> None:
        """Leave it to the database to tell, unless nobody listens to it now."""
        if not self._is_listening:
            self.wake(session_ids)

    async def _listen(self) -> None:
        while True:
            try:
                async for session_id in changed_sessions(self._url):
                    self._is_listening = True
                    # an empty one comes first: events from before it are read from the table
                    self.wake([session_id] if session_id else None)
            except OSError as exc:
                LOG.warning("No word from the database about group sessions: %s It is asked again.", exc)
            self._is_listening = False
            self.wake()
            await asyncio.sleep(TRY_AGAIN)


def make_bus(store: Store, database_url: str) -> LocalBus:
    """Return the bus that fits a database."""
    return PgBus(store, database_url) if is_shared(database_url) else LocalBus(store)
