"""Everything a trainer needs beside one text: question, points of the source, earlier attempts, readings."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from homevisit.course.media import load_clips
from homevisit.services.desk.queueing import alias, need_reader, prompt_of
from homevisit.services.desk.reading import own_reading, rated_question
from homevisit.store import accounts as account_store
from homevisit.store import attempts as attempt_store
from homevisit.store import decisions as decision_store
from homevisit.store import desk_items, desk_notes
from homevisit.store import readings as reading_store
from homevisit.store.values_desk import DeskSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from homevisit.course.catalogue import Catalogue
    from homevisit.course.questions import RatedQuestion
    from homevisit.store.engine import Store
    from homevisit.store.values import Account, Attempt
    from homevisit.store.values_desk import (
        Claim,
        Consent,
        DeskItem,
        QueueFilters,
        Reading,
        ReadingKind,
        Reply,
    )

# A text is compared word by word, with the spaces that follow.
_PIECES = re.compile(r"\s*\S+")


@dataclass(frozen=True, slots=True)
class PointView:
    """A point of the source: the first reading's band, and a trainer's mark over it, if any."""

    point_id: str
    text: str
    band: str
    decided: str
    evidence: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier attempt, and what changed from it to the next: (kept | added | gone, words) in order."""

    number: int
    committed_at: datetime
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OtherReading:
    """A finished reading of somebody else, as far as this trainer may see it."""

    reader: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class ItemView:
    """One text on the desk. `question` is None when the course asks it no more, or by another type."""

    item: DeskItem
    kind: ReadingKind
    learner: str
    lesson_title: str
    prompt: str
    question: RatedQuestion | None
    situation: str
    scene: tuple[str, ...]
    text: str
    attempt: Attempt
    points: tuple[PointView, ...]
    earlier: tuple[Earlier, ...]
    own: Reading | None
    others: tuple[OtherReading, ...]
    replies: tuple[Reply, ...]
    consent: Consent | None
    claim: Claim | None
    claimed_by: str
    next_id: str
    previous_id: str
    place: int
    total: int


def open_item(
    store: Store,
    catalogue: Catalogue,
    viewer: Account,
    item_id: str,
    filters: QueueFilters,
    *,
    kind: ReadingKind = "first",
    now: datetime | None = None,
) -> ItemView:
    """Return what a trainer sees of one text; a second reader sees nothing of the first reading.

    Raises
    ------
    MissingEntryError
        There is no such text.
    NotAllowedError
        The viewer is neither trainer nor administrator.
    """
    need_reader(viewer)
    now = now or datetime.now(UTC)
    stored = _stored(store, viewer, item_id, filters, kind)
    item, order, own, held = stored.item, stored.order, stored.own, stored.claim
    question = rated_question(catalogue, item)
    place = order.index(item_id) if item_id in order else -1
    is_blind = kind == "second" and (own is None or own.state != "done")
    is_held = held is not None and held.expires_at > now and held.trainer_id != viewer.account_id
    return ItemView(
        item=item,
        kind=kind,
        learner=alias(item) if stored.is_anonymous else stored.names[item.account_id],
        lesson_title=_title(catalogue, item.lesson_id),
        prompt=prompt_of(catalogue, item.lesson_id, item.question_id),
        question=question,
        situation=_situation(question),
        scene=_scene(catalogue, question),
        text=str(stored.attempt.response.get("text", "")),
        attempt=stored.attempt,
        points=() if is_blind else _points(stored.attempt, stored.marks, stored.asked),
        earlier=_earlier(stored.tried, stored.attempt),
        own=own,
        others=() if is_blind else _others(stored.readings, viewer, stored.names),
        replies=stored.replies,
        consent=stored.consent,
        claim=held,
        claimed_by=stored.names.get(held.trainer_id, "") if held is not None and is_held else "",
        next_id=_beside(order, place, 1),
        previous_id=_beside(order, place, -1),
        place=place + 1,
        total=len(order),
    )


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the store has about one item."""

    item: DeskItem
    names: dict[str, str]
    tried: list[Attempt]
    attempt: Attempt
    readings: list[Reading]
    own: Reading | None
    claim: Claim | None
    marks: dict[str, Any]
    asked: frozenset[str]
    replies: tuple[Reply, ...]
    consent: Consent | None
    order: list[str]
    is_anonymous: bool


def _stored(store: Store, viewer: Account, item_id: str, filters: QueueFilters, kind: ReadingKind) -> _Stored:
    with store.read() as conn:
        item = desk_items.find_item(conn, item_id)
        tried = attempt_store.attempts(conn, item.account_id, item.lesson_id, item.question_id)
        settings = desk_notes.desk_settings(conn).get(item.lesson_id, DeskSettings(item.lesson_id))
        return _Stored(
            item=item,
            names={account.account_id: account.name for account in account_store.accounts(conn)},
            tried=tried,
            attempt=next(one for one in tried if one.attempt_id == item.attempt_id),
            readings=reading_store.readings_of(conn, [item_id]),
            own=own_reading(conn, viewer, item_id, kind),
            claim=reading_store.find_claim(conn, item_id, kind),
            marks=dict(decision_store.marks(conn, [item.attempt_id]).get(item.attempt_id, {})),
            asked=decision_store.requests(conn, [item.attempt_id]).get(item.attempt_id, frozenset()),
            replies=tuple(desk_notes.replies(conn, [item_id])),
            consent=desk_notes.consents(conn, [item_id]).get(item_id),
            order=desk_items.queue_order(conn, filters, viewer.account_id),
            is_anonymous=settings.is_anonymous,
        )


def changes(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return how `before` became `after`: (kept | added | gone, words) in the order of reading."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    steps: list[tuple[str, str]] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            steps.append(("kept", "".join(old[i:j])))
            continue
        if j > i:
            steps.append(("gone", "".join(old[i:j])))
        if m > k:
            steps.append(("added", "".join(new[k:m])))
    return tuple(steps)


def _earlier(tried: Sequence[Attempt], attempt: Attempt) -> tuple[Earlier, ...]:
    until = [one for one in tried if one.number <= attempt.number]
    texts = [str(one.response.get("text", "")) for one in until]
    return tuple(
        Earlier(one.number, one.committed_at, changes(texts[index], texts[index + 1]))
        for index, one in enumerate(until[:-1])
    )


def _points(attempt: Attempt, marks: dict[str, Any], asked: frozenset[str]) -> tuple[PointView, ...]:
    return tuple(
        PointView(
            point_id=point["id"],
            text=point["text"],
            band=point.get("band") or ("covered" if point["covered"] else "none"),
            decided=marks.get(point["id"], ""),
            evidence=point.get("evidence", ""),
            is_asked=point["id"] in asked,
        )
        for point in attempt.feedback.get("points", ())
    )


def _others(found: Sequence[Reading], viewer: Account, names: dict[str, str]) -> tuple[OtherReading, ...]:
    return tuple(
        OtherReading(names.get(reading.reader_id or "", reading.kind), reading)
        for reading in found
        if reading.state == "done" and reading.reader_id != viewer.account_id
    )


def _title(catalogue: Catalogue, lesson_id: str) -> str:
    return next((info.title for info in catalogue.lessons() if info.lesson_id == lesson_id), lesson_id)


def _situation(question: RatedQuestion | None) -> str:
    """Return what stood before the learner beside the prompt: who is there, and what a parent says."""
    public = getattr(question, "public", None)
    parts = [getattr(public, "situation", ""), getattr(public, "says", "")]
    return "\n\n".join(part for part in parts if part)


def _scene(catalogue: Catalogue, question: RatedQuestion | None) -> tuple[str, ...]:
    """Return the paragraphs of the scene that the question names, without marks of emphasis."""
    clip_id = getattr(getattr(question, "public", None), "scene", "")
    if not clip_id:
        return ()
    clips = catalogue.read(catalogue.media_path(), load_clips)
    scene = clips[clip_id].scene if clip_id in clips else ""
    return tuple(" ".join(part.replace("*", "").split()) for part in scene.split("\n\n") if part.strip())


def _beside(order: Sequence[str], place: int, step: int) -> str:
    if place < 0:
        return order[0] if order and step > 0 else ""
    return order[place + step] if 0 <= place + step < len(order) else ""
