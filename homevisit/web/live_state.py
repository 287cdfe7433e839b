"""What the server keeps in memory for group sessions: the bus, who was seen, views that are made once."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from homevisit.errors import CourseError
from homevisit.services.groups.attendance import Presence, end_forgotten
from homevisit.services.groups.view_cache import ViewCache
from homevisit.web.bus import make_bus

if TYPE_CHECKING:
    from homevisit.store.engine import Store

WRITE_SECONDS = 20.0
ROUNDS_TO_TIDY = 90  # every half hour
LOG = logging.getLogger("homevisit.groups")


class LiveState:
    """One for each server; nothing in it is missed after a restart but who was there in the last seconds."""

    def __init__(self, store: Store, database_url: str) -> None:
        self.store = store
        self.bus = make_bus(store, database_url)
        self.presence = Presence()
        self.views = ViewCache()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to listen and to write who is there; call it on the loop."""
        self.bus.start()
        self._task = asyncio.create_task(self._write())

    def stop(self) -> None:
        """Write who is there, for the last time."""
        if self._task is not None:
            self._task.cancel()
        self.bus.stop()
        try:
            self.presence.write(self.store)
        except CourseError:
            LOG.exception("Who was there in the last seconds could not be stored.")

    async def _write(self) -> None:
        turn = 0
        while True:
            try:
                if turn % ROUNDS_TO_TIDY == 0:
                    self.bus.changed(await asyncio.to_thread(end_forgotten, self.store, self.presence))
                self.bus.changed(await asyncio.to_thread(self.presence.write, self.store))
            except CourseError:
                LOG.exception("Who is there could not be stored; it is tried again soon.")
            turn += 1
            await asyncio.sleep(WRITE_SECONDS)
