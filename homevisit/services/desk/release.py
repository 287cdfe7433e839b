"""Who sees what and when: settings of a lesson's desk, and letting learners see what was given."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, get_args

from homevisit.errors import InvalidEntryError
from homevisit.services.desk.queueing import is_drawn, need_reader
from homevisit.services.desk.reading import record
from homevisit.services.desk.telling import tell
from homevisit.store import desk_items, desk_notes
from homevisit.store.values_desk import Allocation, DeskSettings, Release

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.catalogue import Catalogue
    from homevisit.store.engine import Store
    from homevisit.store.values import Account


def all_settings(store: Store, catalogue: Catalogue) -> dict[str, DeskSettings]:
    """Return how each lesson's texts are read, in the order of the syllabus."""
    with store.read() as conn:
        own = desk_notes.desk_settings(conn)
    return {
        info.lesson_id: own.get(info.lesson_id, DeskSettings(info.lesson_id)) for info in catalogue.lessons()
    }


def change_settings(store: Store, catalogue: Catalogue, viewer: Account, wanted: DeskSettings) -> None:
    """Store how a lesson's texts are read; a new share of second readings holds for what waits, too.

    Raises
    ------
    InvalidEntryError
        A value is none that can be chosen.
    """
    need_reader(viewer)
    catalogue.lesson(wanted.lesson_id)
    if wanted.release not in get_args(Release) or wanted.allocation not in get_args(Allocation):
        raise InvalidEntryError("Choose one of the ways that the page offers.")
    if not 0 <= wanted.second_share <= 1:
        raise InvalidEntryError("The share that is read twice is between 0 and 100 percent.")
    with store.begin() as conn:
        before = desk_notes.desk_settings(conn).get(wanted.lesson_id, DeskSettings(wanted.lesson_id))
        desk_notes.save_settings(conn, wanted)
        for item in desk_items.all_items(conn, lesson_id=wanted.lesson_id):
            needs_second = is_drawn(item.attempt_id, wanted.second_share)
            if item.state == "waiting" and item.needs_second != needs_second:
                desk_items.set_needs_second(conn, item.item_id, needs_second=needs_second)
        desk_notes.add_record(
            conn,
            actor_id=viewer.account_id,
            actor_name=viewer.name,
            action="settings",
            lesson_id=wanted.lesson_id,
            before=_shown(before),
            after=_shown(wanted),
        )


def held_back(store: Store) -> dict[str, int]:
    """Return for each lesson how many texts are read and not yet released."""
    with store.read() as conn:
        items = desk_items.all_items(conn)
    held: dict[str, int] = {}
    for item in items:
        if item.state == "read" and item.released_at is None:
            held[item.lesson_id] = held.get(item.lesson_id, 0) + 1
    return held


def release_lesson(store: Store, viewer: Account, lesson_id: str, now: datetime | None = None) -> int:
    """Let all learners see what was given in a lesson; return how many texts were released just now."""
    need_reader(viewer)
    now = now or datetime.now(UTC)
    with store.begin() as conn:
        held = [
            item
            for item in desk_items.all_items(conn, lesson_id=lesson_id)
            if item.state == "read" and item.released_at is None
        ]
        desk_items.release(conn, [item.item_id for item in held], now)
        for item in held:
            tell(conn, item.account_id, "released", item.item_id, now)
            record(conn, viewer, "released", item)
    return len(held)


def held_questions(store: Store, account_id: str, lesson_id: str) -> frozenset[str]:
    """Return the questions of a lesson whose points and comments this learner may not see yet.

    While a newer text of the learner waits, the points of the one before still stand in the gradebook.
    """
    with store.read() as conn:
        found = desk_items.items_of(conn, account_id, lesson_id)
    standing = {item.question_id: item for item in found if item.state in ("read", "returned")}
    return frozenset(
        question_id
        for question_id, item in standing.items()
        if item.state == "read" and item.released_at is None
    )


def _shown(settings: DeskSettings) -> Mapping[str, object]:
    return {
        "release": settings.release,
        "second_share": settings.second_share,
        "is_anonymous": settings.is_anonymous,
        "allocation": settings.allocation,
    }
