"""Who is there, and for how long: a phone shows itself every two minutes, or sleeps while people talk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from homevisit.store import accounts, groups_events, groups_notes, groups_people, groups_sessions
from homevisit.store.values_groups import Attendance

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from homevisit.store.engine import Store
    from homevisit.store.values_groups import GroupSession, Participant

STAYS = timedelta(minutes=2)
# A phone locks itself while a pair talks; whoever shows up again within this time was there.
SLEEPS = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=24)


class Presence:
    """Participants who showed themselves since the last `write`; safe to share between threads.

    What is noted is written for all at once, every 20 seconds, so that phones cost the database little.
    """

    def __init__(self) -> None:
        self._seen: dict[str, datetime] = {}
        self._here: dict[str, frozenset[str]] = {}
        self._lock = Lock()

    def note(self, participant_id: str) -> None:
        """Note that a participant is there now."""
        with self._lock:
            self._seen[participant_id] = datetime.now(UTC)

    def forget(self, participant_id: str) -> None:
        """Note nothing of a participant who leaves."""
        with self._lock:
            self._seen.pop(participant_id, None)

    def write(self, store: Store) -> list[str]:
        """Store what was noted, and return the sessions in which others are there now than before."""
        with self._lock:
            seen, self._seen = self._seen, {}
        now = datetime.now(UTC)
        if seen:
            with store.begin() as conn:
                people = groups_people.open_participants(conn, ids=seen)
                groups_people.note_seen(
                    conn,
                    [
                        (
                            person.participant_id,
                            seen[person.participant_id],
                            counted(person, seen[person.participant_id]),
                        )
                        for person in people
                        if seen[person.participant_id] > person.last_seen_at
                    ],
                )
        with store.read() as conn:
            people = groups_people.open_participants(conn)
        changed = self._changed(people, now)
        if changed:
            with store.begin() as conn:
                for session_id in changed:
                    groups_sessions.find_session(conn, session_id, hold=True)
                    groups_events.add_event(conn, session_id, "people")
        return changed

    def _changed(self, people: list[Participant], now: datetime) -> list[str]:
        here: dict[str, set[str]] = {}
        for person in people:
            here.setdefault(person.session_id, set())
            if is_here(person, now):
                here[person.session_id].add(person.participant_id)
        before, self._here = self._here, {one: frozenset(ids) for one, ids in here.items()}
        return sorted(one for one, ids in here.items() if one in before and before[one] != ids)


def is_here(person: Participant, now: datetime) -> bool:
    """Return whether a participant has not left and showed up within the last two minutes."""
    return person.left_at is None and person.removed_at is None and now - person.last_seen_at <= STAYS


def counted(person: Participant, at: datetime) -> int:
    """Return the seconds of attendance up to `at`; a gap of more than a quarter of an hour counts nothing."""
    gap = at - person.last_seen_at
    is_counted = person.left_at is None and timedelta(0) < gap <= SLEEPS
    return person.seconds + (round(gap.total_seconds()) if is_counted else 0)


def credit_all(conn: Connection, session: GroupSession, ended_at: datetime) -> None:
    """Credit whole minutes to each participant with an account, up to the length of the session."""
    longest = (ended_at - session.opened_at).total_seconds()
    for person in groups_people.all_participants(conn, session.session_id):
        seconds = counted(person, ended_at) if person.removed_at is None else person.seconds
        groups_people.change_participant(conn, person.participant_id, seconds=seconds)
        if person.account_id is None or accounts.find_account(conn, person.account_id).is_practice:
            continue
        minutes = round(min(seconds, longest) / 60)
        groups_notes.credit(conn, Attendance(session.session_id, person.account_id, minutes, ended_at))


def end_forgotten(store: Store, presence: Presence) -> list[str]:
    """End sessions that nobody ended within a day, as of when somebody was last there; return what changed."""
    changed = presence.write(store)
    now = datetime.now(UTC)
    with store.read() as conn:
        found = groups_sessions.open_before(conn, now - FORGOTTEN)
    for session_id in found:
        with store.begin() as conn:
            session = groups_sessions.find_session(conn, session_id, hold=True)
            if session.state == "open":
                people = groups_people.all_participants(conn, session_id)
                last = max((person.last_seen_at for person in people), default=session.opened_at)
                end_session(conn, session, min(last, now))
    return [*changed, *found]


def end_session(conn: Connection, session: GroupSession, at: datetime) -> GroupSession:
    """End a held session, and credit the minutes."""
    credit_all(conn, session, at)
    groups_sessions.change_stage(conn, session, state="ended", ended_at=at)
    groups_events.add_event(conn, session.session_id, "ended")
    return groups_sessions.find_session(conn, session.session_id)
