"""Texts whose learners agreed that others may read them, as they stand at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, select

from homevisit.store import tables, tables_desk

if TYPE_CHECKING:
    from sqlalchemy import Connection

items = tables_desk.desk_items
exemplars = tables_desk.exemplars
attempts = tables.attempts


@dataclass(frozen=True, slots=True)
class AgreedText:
    """A text that may be shown without the name, while its learner agrees and it counts as read."""

    item_id: str
    account_id: str
    question_id: str
    text: str


def agreed_texts(conn: Connection, lesson_id: str) -> list[AgreedText]:
    """Return the texts of a lesson that may be shown, in one query."""
    agreed = and_(exemplars.c.item_id == items.c.item_id, exemplars.c.consent == "given")
    query = (
        select(items.c.item_id, items.c.account_id, items.c.question_id, attempts.c.response)
        .join(exemplars, agreed)
        .join(attempts, attempts.c.attempt_id == items.c.attempt_id)
        .where(items.c.lesson_id == lesson_id, items.c.state == "read", items.c.released_at.is_not(None))
        .order_by(items.c.item_id)
    )
    return [
        AgreedText(row.item_id, row.account_id, row.question_id, str(row.response.get("text", "")))
        for row in conn.execute(query)
    ]
