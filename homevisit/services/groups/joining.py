"""Join a group session by its code, with a first name or with one's account."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

from homevisit.errors import ConflictError, InvalidEntryError, NotAllowedError
from homevisit.services import throttle
from homevisit.services.groups import pairs
from homevisit.services.groups.access import OPEN_AFTER, REMOVED, participant_of
from homevisit.services.tokens import token_hash
from homevisit.store import groups_events, groups_people, groups_sessions
from homevisit.store.groups_sessions import CODE_LENGTH

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_groups import GroupSession, Participant

MAX_NAME = 40
MAX_PARTICIPANTS = 200
TRIES_COUNTED = (
    "There were too many tries with a wrong code from here; wait {seconds} {unit}, then try again."
)
WRONG_CODE = (
    "No group session that is open now has this code. Look at the leader's screen once more, and write the "
    "six letters and digits as they stand there."
)
CLOSED_CODE = "The session with this code is over, so the code is closed. Ask the leader for a new one."
NO_NAME = "Write your first name, so that the leader knows who is there."
LONG_NAME = f"That name is long. Write your first name with at most {MAX_NAME} characters."
ODD_NAME = "The name holds characters that cannot be shown; write it again by hand."
TAKEN = "There is {article} {name} here already. Add a letter or your last name's first letter."
FULL = f"{MAX_PARTICIPANTS} people have joined this session, and there is room for no more."


class WrongCodeError(InvalidEntryError):
    """No session that is open has this code."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Who joined where; `token` is for the browser's cookie, empty where the account says who it is."""

    session_id: str
    participant_id: str
    name: str
    token: str


def join(  # noqa: PLR0917  the fields of the form, and who sent it
    store: Store, code: str, name: str, account: Account | None, address: str, token: str = ""
) -> Joined:
    """Join the open session with a code; who joined before, on this device or by account, is the same again.

    Parameters
    ----------
    address : str
        Network address of the browser; only wrong codes are counted for it, since a room shares one.
    token : str
        What the browser's cookie holds from an earlier time, or nothing.

    Raises
    ------
    ConflictError
        Somebody there has this name already.
    InvalidEntryError
        The name cannot be taken, or nobody else can join.
    WrongCodeError
        No open session has this code.
    NotAllowedError
        The leader has taken this participant out.
    SlowDownError
        There were too many wrong codes from this address.
    """
    now = datetime.now(UTC)
    wanted = as_code(code)
    gate = throttle.join_gate(address)
    with store.begin() as conn:
        throttle.check(conn, gate, now, TRIES_COUNTED)
        found = groups_sessions.find_open_session(conn, wanted)
        if found is not None:
            session = groups_sessions.find_session(conn, found.session_id, hold=True)
            if session.state == "open":
                return _join(conn, session, name, account, token, now)
        throttle.note_failure(conn, gate, now)
        ended = groups_sessions.find_ended_session(conn, wanted, now - OPEN_AFTER)
    raise WrongCodeError(CLOSED_CODE if ended is not None else WRONG_CODE)


def running_for(store: Store, account: Account) -> tuple[GroupSession, ...]:
    """Return the sessions of a learner's own team that are open now, the newest first; for others none."""
    if account.role != "learner" or account.is_practice or not account.team:
        return ()
    with store.read() as conn:
        return tuple(groups_sessions.sessions(conn, "open", team=account.team))


def as_code(text: str) -> str:
    """Return a code as it is stored: upper case, without what people write between its parts."""
    return "".join(letter for letter in text.upper() if letter.isascii() and letter.isalnum())[
        : CODE_LENGTH + 1
    ]


def shown_code(code: str) -> str:
    """Return a code as people read it, such as ``ABC-DEF``."""
    return f"{code[:3]}-{code[3:]}"


def checked_first_name(text: str) -> str:
    """Return a first name with single spaces, or raise InvalidEntryError."""
    name = " ".join(text.split())
    if not any(letter.isalpha() for letter in name):
        raise InvalidEntryError(NO_NAME)
    if len(name) > MAX_NAME:
        raise InvalidEntryError(LONG_NAME)
    if not name.isprintable():
        raise InvalidEntryError(ODD_NAME)
    return name


def _join(  # noqa: PLR0917  what `join` knows by then
    conn: Connection,
    session: GroupSession,
    name: str,
    account: Account | None,
    token: str,
    now: datetime,
) -> Joined:
    person = participant_of(conn, session.session_id, account, token)
    if person is not None and account is not None and person.account_id != account.account_id:
        person = None  # somebody without an account joined on this device before
    if person is not None:
        return _come_back(conn, session, person, token, now)
    taken = groups_people.names(conn, session.session_id)
    if len(taken) >= MAX_PARTICIPANTS:
        raise InvalidEntryError(FULL)
    is_by_account = account is not None and not name.strip()
    called = _free_name(account.name, taken) if account and is_by_account else checked_first_name(name)
    key = "" if account is not None else token or secrets.token_urlsafe(32)
    sentence = TAKEN.format(article="an" if called[0].upper() in "AEIOU" else "a", name=called)
    if called.casefold() in taken:
        raise ConflictError(sentence)
    person = groups_people.add_participant(
        conn,
        session_id=session.session_id,
        name=called,
        token_hash=token_hash(key or secrets.token_urlsafe(32)),
        account_id=None if account is None else account.account_id,
        now=now,
        taken=sentence,
    )
    _announce(conn, session, person, now)
    return Joined(session.session_id, person.participant_id, called, key)


def _come_back(
    conn: Connection, session: GroupSession, person: Participant, token: str, now: datetime
) -> Joined:
    if person.removed_at is not None:
        raise NotAllowedError(REMOVED)
    if person.left_at is not None:
        groups_people.change_participant(conn, person.participant_id, last_seen_at=now, left_at=None)
        _announce(conn, session, person, now)
    key = token if person.account_id is None else ""
    return Joined(session.session_id, person.participant_id, person.name, key)


def _announce(conn: Connection, session: GroupSession, person: Participant, now: datetime) -> None:
    """Tell the screens; while pairs work, who comes gets a pair, and its phones learn of it."""
    pair = person.pair
    if session.phase == "pairs":
        pairs.complete(conn, session.session_id, now)
        pair = groups_people.pairs(conn, session.session_id)[person.participant_id]
    groups_events.add_event(conn, session.session_id, "people", pair=pair, about_id=person.participant_id)


def _free_name(full: str, taken: set[str]) -> str:
    """Return the first name of an account, with more of the last name where the first is taken."""
    words = full.split() or ["Guest"]
    longer = [" ".join([words[0], words[-1][:letters]]) for letters in (1, 2, 3)] if words[1:] else []
    for name in (words[0], *longer, full):
        if name[:MAX_NAME].casefold() not in taken:
            return name[:MAX_NAME]
    return next(
        name
        for number in count(2)
        if (name := f"{words[0][: MAX_NAME - 4]} {number}").casefold() not in taken
    )
