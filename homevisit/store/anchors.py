"""Anchor texts that trainers made, how anchors were rated, who is excused, and switches of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, insert, select

from homevisit.store import tables_desk, tables_mail
from homevisit.store.failures import or_conflict
from homevisit.store.values_mail import AnchorReading, KeptAnchor

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from homevisit.store.values_mail import Choice

kept = tables_mail.kept_anchors
excuses = tables_mail.anchor_excuses
choices_table = tables_mail.desk_choices
anchor_readings = tables_desk.anchor_readings
exemplars = tables_desk.exemplars
readings = tables_desk.readings
IS_ANCHOR = "This text is an anchor already."
RATED = "You have rated this anchor in this round already."


def add_anchor(conn: Connection, anchor: KeptAnchor) -> None:
    """Keep an anchor; ConflictError when the text is one already."""
    row = {field: getattr(anchor, field) for field in KeptAnchor.__dataclass_fields__}
    with or_conflict(conn, IS_ANCHOR):
        conn.execute(insert(kept).values(row))


def kept_anchors(conn: Connection) -> list[KeptAnchor]:
    """Return the anchors whose learners agree, oldest first."""
    agreed = (exemplars.c.item_id == kept.c.item_id) & (exemplars.c.consent == "given")
    query = select(kept).join(exemplars, agreed).order_by(kept.c.made_at, kept.c.anchor_id)
    return [KeptAnchor(**row) for row in conn.execute(query).mappings()]


def remove_anchor(conn: Connection, item_id: str) -> bool:
    """Remove the anchor that was made of an item; return whether there was one."""
    return conn.execute(delete(kept).where(kept.c.item_id == item_id)).rowcount == 1


def add_reading(conn: Connection, reading: AnchorReading) -> None:
    """Store how a trainer rated an anchor; ConflictError when this round has it already."""
    row = {field: getattr(reading, field) for field in AnchorReading.__dataclass_fields__}
    with or_conflict(conn, RATED):
        conn.execute(insert(anchor_readings).values(row))


def anchor_readings_of(conn: Connection, trainer_id: str) -> list[AnchorReading]:
    """Return how a trainer rated anchors, oldest first."""
    mine = anchor_readings.c.trainer_id == trainer_id
    query = select(anchor_readings).where(mine).order_by(anchor_readings.c.number, anchor_readings.c.done_at)
    return [AnchorReading(**row) for row in conn.execute(query).mappings()]


def anchors_read(conn: Connection) -> dict[str, set[str]]:
    """Return which anchors each trainer has rated, in whatever round."""
    found: dict[str, set[str]] = {}
    for trainer_id, anchor_id in conn.execute(
        select(anchor_readings.c.trainer_id, anchor_readings.c.anchor_id).distinct()
    ):
        found.setdefault(trainer_id, set()).add(anchor_id)
    return found


def excused(conn: Connection) -> set[str]:
    """Return the trainers who need not rate anchors first."""
    return set(conn.execute(select(excuses.c.trainer_id)).scalars())


def set_excused(
    conn: Connection, trainer_id: str, by: str | None, now: datetime, *, is_excused: bool
) -> None:
    """Excuse a trainer from rating anchors first, or no longer."""
    conn.execute(delete(excuses).where(excuses.c.trainer_id == trainer_id))
    if is_excused:
        conn.execute(insert(excuses).values(trainer_id=trainer_id, excused_by=by, excused_at=now))


def graders(conn: Connection) -> set[str]:
    """Return everybody who has finished a reading."""
    query = select(readings.c.reader_id).where(readings.c.state == "done", readings.c.reader_id.is_not(None))
    return set(conn.execute(query.distinct()).scalars())


def has_graded(conn: Connection, trainer_id: str) -> bool:
    """Return whether a trainer has finished a reading."""
    mine = (readings.c.reader_id == trainer_id) & (readings.c.state == "done")
    return bool(conn.execute(select(exists().where(mine))).scalar())


def choices(conn: Connection, name: Choice) -> dict[str, bool]:
    """Return what was chosen, by lesson; the empty lesson stands for the whole course."""
    query = select(choices_table.c.lesson_id, choices_table.c.is_on).where(choices_table.c.name == name)
    return {row.lesson_id: bool(row.is_on) for row in conn.execute(query)}


def choose(conn: Connection, name: Choice, lesson_id: str, now: datetime, *, is_on: bool) -> None:
    """Store a choice for a lesson, or for the whole course when `lesson_id` is empty."""
    place = (choices_table.c.name == name) & (choices_table.c.lesson_id == lesson_id)
    conn.execute(delete(choices_table).where(place))
    row = {"name": name, "lesson_id": lesson_id, "is_on": is_on, "changed_at": now}
    conn.execute(insert(choices_table).values(row))
