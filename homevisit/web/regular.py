"""What the server does from time to time: write down minutes, send reminders of due dates."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tornado.ioloop import IOLoop, PeriodicCallback

from homevisit.errors import CourseError
from homevisit.services.team import reminding
from homevisit.services.team.contacts import WRITE_EVERY, Contacts

if TYPE_CHECKING:
    from collections.abc import Callable

    from homevisit.course.catalogue import Catalogue
    from homevisit.store.engine import Store

REMIND_EVERY_MS = 15 * 60 * 1000
LOG = logging.getLogger(__name__)


class RegularWork:
    """Calls of the server's loop; each runs in a thread, and one that fails is tried again the next time."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self.store, self.catalogue, self.contacts = store, catalogue, Contacts()
        self.calls: list[PeriodicCallback] = []

    def start(self) -> None:
        """Begin with the loop; reminders that are due go out at once."""
        write_ms = WRITE_EVERY.total_seconds() * 1000
        self.calls = [
            PeriodicCallback(lambda: self._run(self.write_contacts), write_ms),
            PeriodicCallback(lambda: self._run(self.remind), REMIND_EVERY_MS),
        ]
        for call in self.calls:
            call.start()
        IOLoop.current().add_callback(lambda: self._run(self.remind))

    def stop(self) -> None:
        """End, and write down what was measured last."""
        for call in self.calls:
            call.stop()
        try:
            self.write_contacts()
        except CourseError:
            LOG.exception("The last minutes that people spent could not be written")

    def write_contacts(self) -> None:
        """Write down the minutes that were measured since the last time."""
        self.contacts.write(self.store, datetime.now(UTC))

    def remind(self) -> None:
        """Send the reminders that are due."""
        reminding.send_due_reminders(self.store, self.catalogue, datetime.now(UTC))

    async def _run(self, work: Callable[[], None]) -> None:
        try:
            await asyncio.to_thread(work)
        except CourseError:
            LOG.exception("Regular work failed; it is tried again")
