"""Minutes and last seen, measured from the requests that a person's browser makes anyway.

The rule: two contacts of one person with the same lesson that are at most five minutes apart count as time spent
with it; a longer pause counts nothing. Contacts are held in memory and written at most once a minute, all people
together, so that saving a draft costs no more than before. Practice is not measured.
"""

from __future__ import annotations

from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

from homevisit.errors import CourseError
from homevisit.services.team.days import day_of
from homevisit.store import contacts as contact_store
from homevisit.store.values_team import Stretch

if TYPE_CHECKING:
    from datetime import datetime

    from homevisit.store.engine import Store

LONGEST_PAUSE = timedelta(minutes=5)
WRITE_EVERY = timedelta(minutes=1)
Place = tuple[str, str]


class Contacts:
    """What is measured and not written yet; safe to share between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: dict[Place, Stretch] = {}
        self._done: list[Stretch] = []
        self._written: dict[Place, datetime] = {}

    def touch(self, account_id: str, lesson_id: str, now: datetime) -> None:
        """Note a contact of a person with a lesson, or with a page that belongs to none ("")."""
        place, day = (account_id, lesson_id), day_of(now)
        with self._lock:
            before = self._open.get(place)
            if before is not None and before.day == day and now - before.end <= LONGEST_PAUSE:
                end = max(now, before.end)
                self._open[place] = Stretch(account_id, lesson_id, day, before.start, end)
                return
            if before is not None:
                self._done.append(before)
            self._open[place] = Stretch(account_id, lesson_id, day, now, now)

    def write(self, store: Store, now: datetime) -> None:
        """Write what was measured in one transaction; what cannot be written now is kept for the next time."""
        with self._lock:
            new = {place: one for place, one in self._open.items() if self._written.get(place) != one.end}
            wanted = [*self._done, *new.values()]
            self._done = []
            # goes on where it was written; one that has ended is forgotten
            self._open = {
                place: Stretch(one.account_id, one.lesson_id, one.day, one.end, one.end)
                for place, one in self._open.items()
                if now - one.end <= LONGEST_PAUSE
            }
            self._written = {place: one.end for place, one in self._open.items()}
        if not wanted:
            return
        try:
            with store.begin() as conn:
                contact_store.add_stretches(conn, wanted)
        except CourseError:
            with self._lock:
                self._done = [*wanted, *self._done]
            raise
