"""The right to write a reading: one trainer at a time for a text, for a quarter of an hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from homevisit.errors import ConflictError, HeldError
from homevisit.services.desk.queueing import need_reader
from homevisit.store import accounts as account_store
from homevisit.store import desk_items
from homevisit.store import readings as reading_store
from homevisit.store.values_desk import Claim

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_desk import Reading, ReadingKind

CLAIM_LASTS = timedelta(minutes=15)
HELD = "{name} is reading this text until {until} UTC. What you wrote is kept; take the next one meanwhile."
FINISHED = (
    "{name} has finished reading this text meanwhile. What you wrote is kept as your draft; you can use it as a "
    "second reading."
)


def claim(
    store: Store, viewer: Account, item_id: str, kind: ReadingKind = "first", now: datetime | None = None
) -> Claim:
    """Claim an item for a quarter of an hour, or prolong one's claim.

    Raises
    ------
    HeldError
        Another trainer is reading it; the sentence names that person and the time.
    ConflictError
        Another trainer has finished reading it.
    NotAllowedError
        The viewer does not read texts.
    """
    need_reader(viewer)
    with store.begin() as conn:
        desk_items.find_item(conn, item_id)
        return take(conn, viewer, item_id, kind, now or datetime.now(UTC))


def let_go(store: Store, viewer: Account, item_id: str, kind: ReadingKind = "first") -> None:
    """Give a claim back before it ends; a draft stays."""
    with store.begin() as conn:
        reading_store.give_back(conn, item_id, kind, viewer.account_id)


def take(conn: Connection, viewer: Account, item_id: str, kind: ReadingKind, now: datetime) -> Claim:
    """Claim an item or prolong the claim, within a transaction; raises as `claim` does."""
    if finished := finished_by_other(reading_store.readings_of(conn, [item_id]), viewer, kind):
        raise ConflictError(FINISHED.format(name=reader_name(conn, finished)))
    wanted = Claim(item_id, kind, viewer.account_id, now + CLAIM_LASTS)
    try:
        return reading_store.take_claim(conn, wanted, now)
    except ConflictError as exc:
        held = reading_store.find_claim(conn, item_id, kind)
        if held is None:
            raise
        name = account_store.find_account(conn, held.trainer_id).name
        sentence = HELD.format(name=name, until=f"{held.expires_at:%H:%M}")
        raise HeldError(sentence, name, held.expires_at) from exc


def finished_by_other(readings: list[Reading], viewer: Account, kind: ReadingKind) -> Reading | None:
    """Return the finished first reading of another trainer, which a second first one must not replace."""
    if kind != "first":
        return None
    done = [found for found in readings if found.state == "done" and found.kind == "first"]
    others = [found for found in done if found.reader_id != viewer.account_id]
    return others[-1] if others and len(others) == len(done) else None


def reader_name(conn: Connection, reading: Reading) -> str:
    """Return who made a reading."""
    if reading.reader_id is None:
        return "Somebody else"
    return account_store.find_account(conn, reading.reader_id).name
