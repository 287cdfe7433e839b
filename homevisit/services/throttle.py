"""Slow a guesser down: each failed try beyond the free ones doubles the wait."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from homevisit.errors import SlowDownError
from homevisit.store import signins

if TYPE_CHECKING:
    from sqlalchemy import Connection

COUNTED = timedelta(hours=1)
LONGEST_WAIT = 900
# A room shares one address: whoever guesses there must not keep all others out for a quarter of an hour.
LONGEST_WAIT_OF_ROOM = 30
WRONG_PASSWORDS = "There were too many tries with a wrong password; wait {seconds} {unit}, then try again."


@dataclass(frozen=True, slots=True)
class Gate:
    """What tries are counted for, of which only a hash is stored; no wait is longer than `longest` seconds."""

    kind: str
    value: str
    free: int
    longest: int = LONGEST_WAIT

    @property
    def key(self) -> str:
        """The name of the gate in the store."""
        return f"{self.kind}:{hashlib.sha256(self.value.encode('utf-8', 'surrogatepass')).hexdigest()}"


def email_gate(email: str) -> Gate:
    """Return the gate of one e-mail address, whether it is known or not."""
    return Gate("email", email.strip().lower(), 5)


def address_gate(address: str) -> Gate:
    """Return the gate of one network address; a whole training room may share it."""
    return Gate("address", address, 20, LONGEST_WAIT_OF_ROOM)


def join_gate(address: str) -> Gate:
    """Return the gate of one network address for codes of group sessions."""
    return Gate("join", address, 20, LONGEST_WAIT_OF_ROOM)


def enter(conn: Connection, gate: Gate, now: datetime) -> None:
    """Pass a gate with a try that counts as failed until `signins.clear_failures`.

    Counted before the password is checked, so that a hundred guesses sent at once count one by one.

    Raises
    ------
    SlowDownError
        The gate is closed; `seconds` says how long.
    """
    signins.hold_failures(conn, gate.key)
    check(conn, gate, now)
    note_failure(conn, gate, now)


def check(conn: Connection, gate: Gate, now: datetime, sentence: str = WRONG_PASSWORDS) -> None:
    """Raise SlowDownError with `sentence`, which has room for seconds and unit, while a gate is closed."""
    seconds = _wait(signins.failures_since(conn, gate.key, now - COUNTED), gate, now)
    if seconds > 0:
        unit = "second" if seconds == 1 else "seconds"
        raise SlowDownError(sentence.format(seconds=seconds, unit=unit), seconds)


def note_failure(conn: Connection, gate: Gate, now: datetime) -> None:
    """Count a failed try, and forget those that count no more."""
    signins.remove_failures_before(conn, now - COUNTED)
    signins.add_failure(conn, gate.key, now)


def _wait(failed: list[datetime], gate: Gate, now: datetime) -> int:
    extra = len(failed) - gate.free
    if extra < 0:
        return 0
    wait = min(2.0 ** min(extra, 20), gate.longest)
    return max(0, math.ceil(wait - (now - failed[-1]).total_seconds()))
