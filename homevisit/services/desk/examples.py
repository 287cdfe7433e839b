"""Examples: texts that their learners let others read, without the name, and who may see them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from homevisit.services.desk.posting import effective
from homevisit.services.desk.queueing import need_reader
from homevisit.store import anchors as anchor_store
from homevisit.store import desk_items, desk_notes
from homevisit.store import examples as example_store
from homevisit.store import readings as reading_store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

    from homevisit.course.catalogue import Catalogue
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_desk import DeskItem, Reading

# More than this beside one question nobody reads.
MOST = 6


def for_trainer(store: Store, viewer: Account, item_id: str) -> tuple[str, ...]:
    """Return the examples of the question of a text, for a trainer who reads it; its own words are left out."""
    need_reader(viewer)
    with store.read() as conn:
        item = desk_items.find_item(conn, item_id)
        found = example_store.agreed_texts(conn, item.lesson_id)
    others = [one for one in found if one.question_id == item.question_id and one.item_id != item_id]
    return _in_order(others)


def for_learner(store: Store, account_id: str, lesson_id: str) -> dict[str, tuple[str, ...]]:
    """Return the examples that a learner may read, by question; none unless the lesson's desk shows them.

    Only beside a question whose newest text came back accepted: before that an example would be a model to copy.
    """
    with store.read() as conn:
        if not anchor_store.choices(conn, "examples").get(lesson_id, False):
            return {}
        accepted = _accepted_questions(conn, account_id, lesson_id)
        found = example_store.agreed_texts(conn, lesson_id)
    shown = {}
    for question_id in accepted:
        others = [one for one in found if one.question_id == question_id and one.account_id != account_id]
        if others:
            shown[question_id] = _in_order(others)
    return shown


def shown(store: Store) -> frozenset[str]:
    """Return the lessons whose examples learners may read."""
    with store.read() as conn:
        return frozenset(name for name, is_on in anchor_store.choices(conn, "examples").items() if is_on)


def show(store: Store, catalogue: Catalogue, viewer: Account, lesson_id: str, *, is_on: bool) -> None:
    """Store whether learners may read the examples of a lesson."""
    need_reader(viewer)
    catalogue.lesson(lesson_id)
    with store.begin() as conn:
        before = anchor_store.choices(conn, "examples").get(lesson_id, False)
        if before == is_on:
            return
        anchor_store.choose(conn, "examples", lesson_id, datetime.now(UTC), is_on=is_on)
        desk_notes.add_record(
            conn,
            actor_id=viewer.account_id,
            actor_name=viewer.name,
            action="settings",
            lesson_id=lesson_id,
            before={"examples": before},
            after={"examples": is_on},
        )


def _accepted_questions(conn: Connection, account_id: str, lesson_id: str) -> list[str]:
    newest = {item.question_id: item for item in desk_items.items_of(conn, account_id, lesson_id)}
    back = [item for item in newest.values() if item.state == "read" and item.released_at is not None]
    found = reading_store.readings_of(conn, [item.item_id for item in back])
    return [item.question_id for item in back if _is_accepted(item, found)]


def _is_accepted(item: DeskItem, readings: Iterable[Reading]) -> bool:
    counted = effective([one for one in readings if one.item_id == item.item_id])
    return counted is not None and counted.outcome == "accepted"


def _in_order(found: Iterable[example_store.AgreedText]) -> tuple[str, ...]:
    """Return the texts in an order that says nothing about when or by whom they were written."""

    def mixed(one: example_store.AgreedText) -> str:
        return hashlib.sha256(one.item_id.encode()).hexdigest()

    return tuple(one.text for one in sorted(found, key=mixed))[:MOST]
