"""The way of a reading into nbgrader's gradebook and back: post, read back, check, repair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from homevisit.errors import StoreError
from homevisit.services.desk import rubrics
from homevisit.store import accounts as account_store
from homevisit.store import desk_items, desk_notes
from homevisit.store import gradebook as points_store
from homevisit.store import readings as reading_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    from homevisit.config import Settings
    from homevisit.course.catalogue import Catalogue
    from homevisit.store.engine import Store
    from homevisit.store.values_desk import DeskItem, Reading

FORMGRADER = "formgrader"
TAKEN_BACK = "taken back at the desk"
SMALLEST_DIFFERENCE = 0.005


@dataclass(frozen=True, slots=True)
class Divergence:
    """One question on which the desk and nbgrader's gradebook do not agree."""

    learner: str
    item: DeskItem
    ours: float | None
    theirs: float | None
    what: str


def effective(readings: Iterable[Reading]) -> Reading | None:
    """Return the reading that counts for an item: the resolution, else the last one of the others.

    A second reading alone changes nothing; it is there to compare. None while nobody has finished one.
    """
    done = [found for found in readings if found.state == "done" and found.kind != "second"]
    resolved = [found for found in done if found.kind == "resolution"]
    latest = sorted(resolved or done, key=lambda found: found.done_at or found.saved_at)
    return latest[-1] if latest else None


def comment_of(reading: Reading, criteria: Mapping[str, str]) -> str:
    """Return all that a trainer wrote, as the plain text of one gradebook comment."""
    parts = [reading.reason, reading.comment]
    parts += [
        f"{criteria.get(name, name)}: {words}" for name, words in reading.criterion_comments.items() if words
    ]
    parts += [f"“{place['quote']}”: {place['comment']}" for place in reading.highlights if place["comment"]]
    return "\n\n".join(part for part in parts if part)


def post(store: Store, settings: Settings, catalogue: Catalogue, item_ids: Iterable[str]) -> list[str]:
    """Write what counts for some items into nbgrader's gradebook; return the items it could not take yet.

    What is not taken, because the submission is being graded or the gradebook is busy, is taken with the next
    call, after the next grading, or by a repair.
    """
    left = []
    for item_id in item_ids:
        with store.read() as conn:
            item = desk_items.find_item(conn, item_id)
            found = reading_store.readings_of(conn, [item_id])
        if not _post_one(settings.gradebook_dir / "gradebook.db", catalogue, item, effective(found)):
            left.append(item_id)
            continue
        with store.begin() as conn:
            for reading in found:
                at = datetime.now(UTC) if reading.state == "done" else None
                reading_store.set_synced(conn, reading.reading_id, at)
    return left


def post_all_waiting(store: Store, settings: Settings, catalogue: Catalogue) -> list[str]:
    """Post every reading that nbgrader's gradebook has not taken yet; return the items it still did not take."""
    with store.read() as conn:
        waiting = dict.fromkeys(reading.item_id for reading in reading_store.unsynced(conn))
    return post(store, settings, catalogue, waiting)


def post_after_grading(
    store: Store, settings: Settings, catalogue: Catalogue, account_id: str, attempt_ids: Iterable[str]
) -> None:
    """Put hand-given points back after nbgrader has graded a submission, for the attempts that it holds."""
    wanted = set(attempt_ids)
    with store.read() as conn:
        items = [item for item in desk_items.items_of(conn, account_id) if item.attempt_id in wanted]
    post(store, settings, catalogue, [item.item_id for item in items if item.state in ("read", "returned")])


def check(store: Store, settings: Settings, catalogue: Catalogue) -> list[Divergence]:
    """Return every item on which the desk and nbgrader's gradebook differ; none when all agree."""
    with store.read() as conn:
        names = {account.account_id: account.name for account in account_store.accounts(conn)}
        items = _current(conn)
        found = _by_item(reading_store.readings_of(conn, [item.item_id for item in items]))
    theirs = _Theirs(settings.gradebook_dir / "gradebook.db")
    return [
        divergence
        for item in items
        if (divergence := _compared(catalogue, theirs, names, item, found.get(item.item_id, ())))
    ]


def repair(store: Store, settings: Settings, catalogue: Catalogue) -> list[Divergence]:
    """Mend every divergence; return what could not be mended.

    A grade given in formgrader for a text that nobody has read at the desk, or after it was read, is read back
    as a reading of its own; in all other cases the desk's reading is written again.
    """
    for divergence in check(store, settings, catalogue):
        if divergence.what == FORMGRADER:
            _read_back(store, divergence)
        else:
            post(store, settings, catalogue, [divergence.item.item_id])
    return check(store, settings, catalogue)


class _Theirs:
    """nbgrader's points, read once for each submission."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self._kept: dict[tuple[str, str], dict[str, points_store.QuestionPoints]] = {}

    def of(self, item: DeskItem) -> points_store.QuestionPoints | None:
        place = (item.account_id, item.lesson_id)
        if place not in self._kept:
            self._kept[place] = points_store.points(self.database, *place)
        return self._kept[place].get(item.question_id)


def _compared(
    catalogue: Catalogue,
    gradebook: _Theirs,
    names: Mapping[str, str],
    item: DeskItem,
    readings: Sequence[Reading],
) -> Divergence | None:
    reading, theirs = effective(readings), gradebook.of(item)
    name = names.get(item.account_id, item.account_id)
    ours = None if reading is None else reading.points
    if theirs is None:
        missing = "not graded there yet" if reading is not None and reading.outcome == "accepted" else ""
        return Divergence(name, item, ours, None, missing) if missing else None
    given = theirs.manual
    if reading is None or reading.outcome == "returned":
        is_given = given is not None and not theirs.is_waiting
        is_left = any(one.state == "draft" and one.synced_at is not None for one in readings)
        what = TAKEN_BACK if is_left else FORMGRADER
        return Divergence(name, item, ours, given, what) if is_given else None
    if given is None or theirs.is_waiting:
        return Divergence(name, item, ours, given, "waiting there")
    is_ours_posted = reading.synced_at is not None
    if abs(given - (ours or 0.0)) > SMALLEST_DIFFERENCE:
        return Divergence(name, item, ours, given, FORMGRADER if is_ours_posted else "other points")
    if reading.kind != "formgrader" and theirs.comment != comment_of(
        reading, _criteria(catalogue, item, reading)
    ):
        return Divergence(name, item, ours, given, "another comment")
    return None


def _read_back(store: Store, divergence: Divergence) -> None:
    """Store a grade given in formgrader as a reading, and say so in the record."""
    item, now = divergence.item, datetime.now(UTC)
    with store.begin() as conn:
        reading = reading_store.add_reading(conn, item.item_id, "formgrader", None)
        done = {"state": "done", "outcome": "accepted", "points": divergence.theirs, "done_at": now}
        reading_store.change_reading(conn, reading.reading_id, reading.version, {**done, "synced_at": now})
        desk_items.set_state(conn, item.item_id, "read")
        desk_items.release(conn, [item.item_id], now)
        desk_notes.add_record(
            conn,
            actor_id="",
            actor_name=FORMGRADER,
            action="accepted",
            item_id=item.item_id,
            learner_id=item.account_id,
            lesson_id=item.lesson_id,
            question_id=item.question_id,
            before={"points": divergence.ours},
            after={"points": divergence.theirs},
        )


def _post_one(database: Path, catalogue: Catalogue, item: DeskItem, reading: Reading | None) -> bool:
    """Write one item's standing; return whether the gradebook took it."""
    is_accepted = reading is not None and reading.outcome == "accepted"
    points = reading.points if reading is not None and is_accepted else None
    comment = "" if reading is None else comment_of(reading, _criteria(catalogue, item, reading))
    if reading is not None and reading.kind == "formgrader":
        return True
    try:
        return points_store.set_manual(
            database,
            item.account_id,
            item.lesson_id,
            item.question_id,
            points=points,
            comment=comment,
        )
    except StoreError:
        return False


def _criteria(catalogue: Catalogue, item: DeskItem, reading: Reading) -> dict[str, str]:
    """Return the words of the criteria by which a text was read, so that its comment stays as it was written."""
    return rubrics.names(rubrics.rated_question(catalogue, item), reading)


def _current(conn: Connection) -> list[DeskItem]:
    """Return the newest item of each learner and question; an older text counts no more."""
    newest: dict[tuple[str, str, str], DeskItem] = {}
    for item in desk_items.all_items(conn):
        newest[item.account_id, item.lesson_id, item.question_id] = item
    return list(newest.values())


def _by_item(readings: Iterable[Reading]) -> dict[str, list[Reading]]:
    found: dict[str, list[Reading]] = {}
    for reading in readings:
        found.setdefault(reading.item_id, []).append(reading)
    return found
