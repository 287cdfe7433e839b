"""A thread of the server that sends mail when it is due; no page ever waits for a mail server."""

from __future__ import annotations

import logging
import time
from threading import Event, Thread
from typing import TYPE_CHECKING

from homevisit.errors import CourseError
from homevisit.services import mailing_delivery

if TYPE_CHECKING:
    from homevisit.services.mailing import MailSettings
    from homevisit.store.engine import Store

LOOK_SECONDS = 5.0
# A mail server that is away is asked again after this time, with another mail that is due.
AWAY_SECONDS = 30.0
STOP_SECONDS = 10.0
TIDY_SECONDS = 24 * 60 * 60.0
log = logging.getLogger(__name__)


class Postman:
    """Looks for mail that is due, as long as the server runs; does nothing where no mail is set up."""

    def __init__(self, store: Store, settings: MailSettings | None) -> None:
        self.store, self.settings = store, settings
        self._ended = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin to look."""
        if self.settings is not None:
            self._thread = Thread(target=self._run, args=(self.settings,), name="postman", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End; a mail that is just being sent may take a moment."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)

    def _run(self, settings: MailSettings) -> None:
        pause = 0.0
        tidied_at: float | None = None
        while not self._ended.wait(pause):
            try:
                # a server may run for months
                if tidied_at is None or time.monotonic() - tidied_at > TIDY_SECONDS:
                    mailing_delivery.forget_old(self.store)
                    tidied_at = time.monotonic()
                done = mailing_delivery.send_due(self.store, settings)
                pause = LOOK_SECONDS if done.is_reachable else AWAY_SECONDS
            except CourseError as exc:  # the database is away or busy: the mail is still in it
                log.warning("Mail was not looked at: %s", exc.message)
                pause = AWAY_SECONDS
