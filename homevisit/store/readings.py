"""Readings of items, and the claims that keep two trainers from the same text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, insert, or_, select, update

from homevisit.errors import ConflictError, MissingEntryError
from homevisit.store import tables_desk
from homevisit.store.failures import or_conflict
from homevisit.store.ids import new_id
from homevisit.store.values_desk import Claim, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection, RowMapping

    from homevisit.store.values_desk import ReadingKind

table = tables_desk.readings
claim_table = tables_desk.claims
FIELDS = tuple(Reading.__dataclass_fields__)
NEWER = "This reading was changed in another window; choose which of the two to keep."
GONE = "There is no such reading. Go back to the queue and open the text again."
TAKEN = "Somebody else has just begun to read this text. Take the next one."


def add_reading(
    conn: Connection, item_id: str, kind: ReadingKind, reader_id: str | None, at: datetime | None = None
) -> Reading:
    """Begin a reading, as an empty draft of version 1."""
    now = at or datetime.now(UTC)
    reading = Reading(
        reading_id=new_id("r-"),
        item_id=item_id,
        kind=kind,
        reader_id=reader_id,
        state="draft",
        ratings={},
        criterion_comments={},
        comment="",
        highlights=(),
        outcome="",
        reason="",
        points=None,
        rubric=None,
        version=1,
        started_at=now,
        saved_at=now,
        done_at=None,
        synced_at=None,
    )
    row = {field: getattr(reading, field) for field in FIELDS} | {"highlights": []}
    conn.execute(insert(table).values(row))
    return reading


def find_reading(conn: Connection, reading_id: str) -> Reading:
    """Return a reading; MissingEntryError when there is none."""
    found = _readings(conn, table.c.reading_id == reading_id)
    if not found:
        raise MissingEntryError(GONE)
    return found[0]


def readings_of(conn: Connection, item_ids: Iterable[str]) -> list[Reading]:
    """Return all readings of some items, in the order in which they were begun."""
    return _readings(conn, table.c.item_id.in_(list(item_ids)))


def done_readings(conn: Connection) -> list[Reading]:
    """Return every reading that is done."""
    return _readings(conn, table.c.state == "done")


def unsynced(conn: Connection) -> list[Reading]:
    """Return the readings that nbgrader's gradebook has not taken, or that it still has though they were taken back."""
    is_missing = and_(table.c.state == "done", table.c.synced_at.is_(None))
    is_left = and_(table.c.state == "draft", table.c.synced_at.is_not(None))
    return _readings(conn, or_(is_missing, is_left))


def change_reading(conn: Connection, reading_id: str, base: int, values: Mapping[str, Any]) -> Reading:
    """Write columns of a reading over the version `base`.

    Raises
    ------
    ConflictError
        The stored reading has another version; it stays as it is.
    MissingEntryError
        There is no such reading.
    """
    changed = {**values, "version": base + 1, "saved_at": datetime.now(UTC)}
    place = (table.c.reading_id == reading_id) & (table.c.version == base)
    is_saved = conn.execute(update(table).where(place).values(changed)).rowcount == 1
    reading = find_reading(conn, reading_id)
    if not is_saved:
        raise ConflictError(NEWER)
    return reading


def set_synced(conn: Connection, reading_id: str, at: datetime | None) -> None:
    """Record that nbgrader's gradebook has what this reading gives, or no longer."""
    conn.execute(update(table).where(table.c.reading_id == reading_id).values(synced_at=at))


def take_claim(conn: Connection, claim: Claim, now: datetime) -> Claim:
    """Store a claim, or prolong one's own; an expired one of somebody else is taken over.

    Raises
    ------
    ConflictError
        Somebody else holds it.
    """
    place = (claim_table.c.item_id == claim.item_id) & (claim_table.c.kind == claim.kind)
    is_free = or_(claim_table.c.trainer_id == claim.trainer_id, claim_table.c.expires_at < now)
    mine = {"trainer_id": claim.trainer_id, "expires_at": claim.expires_at}
    if conn.execute(update(claim_table).where(place, is_free).values(mine)).rowcount == 1:
        return claim
    if find_claim(conn, claim.item_id, claim.kind) is not None:
        raise ConflictError(TAKEN)
    with or_conflict(conn, TAKEN):
        conn.execute(insert(claim_table).values(item_id=claim.item_id, kind=claim.kind, **mine))
    return claim


def find_claim(conn: Connection, item_id: str, kind: ReadingKind) -> Claim | None:
    """Return the claim on an item, expired or not, or None."""
    place = (claim_table.c.item_id == item_id) & (claim_table.c.kind == kind)
    row = conn.execute(select(claim_table).where(place)).mappings().one_or_none()
    return None if row is None else Claim(**row)


def give_back(conn: Connection, item_id: str, kind: ReadingKind, trainer_id: str) -> None:
    """Remove one's own claim, if there is one."""
    place = and_(
        claim_table.c.item_id == item_id, claim_table.c.kind == kind, claim_table.c.trainer_id == trainer_id
    )
    conn.execute(delete(claim_table).where(place))


def _readings(conn: Connection, wanted: Any) -> list[Reading]:
    query = select(*(table.c[field] for field in FIELDS)).where(wanted)
    rows = conn.execute(query.order_by(table.c.started_at, table.c.reading_id)).mappings()
    return [_value(row) for row in rows]


def _value(row: RowMapping) -> Reading:
    rubric = row["rubric"]
    kept = None if rubric is None else tuple(rubric)
    return Reading(**{**row, "highlights": tuple(row["highlights"]), "rubric": kept})
