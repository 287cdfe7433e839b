"""Everything a trainer needs beside one text: question, points of the source, earlier attempts, readings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from homevisit.course.media import load_clips
from homevisit.errors import CourseError
from homevisit.services import naming
from homevisit.services.desk import claims, rubrics
from homevisit.services.desk.comparing import earlier_tries
from homevisit.services.desk.queueing import alias, need_reader, prompt_of
from homevisit.services.desk.reading import own_reading
from homevisit.services.desk.rubrics import rated_question
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
    from homevisit.scoring.privacy import Finding
    from homevisit.services.desk.comparing import Earlier
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
class OtherReading:
    """A finished reading of somebody else, by the rubric of then; `is_changed` when that is another now."""

    reader: str
    reading: Reading
    levels: tuple[rubrics.Level, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class ItemView:
    """One text on the desk.

    Parameters
    ----------
    question : RatedQuestion or None
        None when the course asks it no more, or by another type.
    naming : tuple of Finding
        What in the text may tell who a family is.
    own_levels, is_rubric_changed
        What one's own finished reading says, by the rubric of then; whether that is another now.
    finished_by : str
        Another trainer who has finished the first reading, which one's own draft must not replace.
    """

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
    naming: tuple[Finding, ...]
    own: Reading | None
    own_levels: tuple[rubrics.Level, ...]
    is_rubric_changed: bool
    finished_by: str
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
    finished = claims.finished_by_other(stored.readings, viewer, kind)
    # who has begun to read may still do so without seeing what another one gave
    has_draft = own is not None and own.state == "draft"
    is_blind = (kind == "second" and (own is None or has_draft)) or (finished is not None and has_draft)
    is_held = held is not None and held.expires_at > now and held.trainer_id != viewer.account_id
    return ItemView(
        item=item,
        kind=kind,
        learner=alias(item) if stored.is_anonymous else stored.names[item.account_id],
        lesson_title=_title(catalogue, item.lesson_id),
        prompt=prompt_of(catalogue, item.lesson_id, item.question_id),
        question=question,
        situation=situation_of(question),
        scene=scene_of(catalogue, question),
        text=str(stored.attempt.response.get("text", "")),
        attempt=stored.attempt,
        points=() if is_blind else _points(stored.attempt, stored.marks, stored.asked),
        earlier=earlier_tries(stored.tried, stored.attempt),
        naming=_naming(catalogue, item, stored.attempt),
        own=own,
        own_levels=rubrics.levels(question, own) if own is not None else (),
        is_rubric_changed=own is not None and rubrics.is_changed(question, own),
        finished_by="" if finished is None else stored.names.get(finished.reader_id or "", "Somebody else"),
        others=() if is_blind else _others(question, stored.readings, viewer, stored.names),
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


def _others(
    question: RatedQuestion | None, found: Sequence[Reading], viewer: Account, names: dict[str, str]
) -> tuple[OtherReading, ...]:
    return tuple(
        OtherReading(
            names.get(reading.reader_id or "", reading.kind),
            reading,
            rubrics.levels(question, reading),
            rubrics.is_changed(question, reading),
        )
        for reading in found
        if reading.state == "done" and reading.reader_id != viewer.account_id
    )


def _title(catalogue: Catalogue, lesson_id: str) -> str:
    return next((info.title for info in catalogue.lessons() if info.lesson_id == lesson_id), lesson_id)


def _naming(catalogue: Catalogue, item: DeskItem, attempt: Attempt) -> tuple[Finding, ...]:
    """Return what in the text may name a family; nothing where the course has the question no more."""
    try:
        return tuple(naming.naming_hints(catalogue, item.lesson_id, item.question_id, attempt.response))
    except CourseError:
        return ()


def situation_of(question: RatedQuestion | None) -> str:
    """Return what stood before the learner beside the prompt: who is there, and what a parent says."""
    public = getattr(question, "public", None)
    parts = [getattr(public, "situation", ""), getattr(public, "says", "")]
    return "\n\n".join(part for part in parts if part)


def scene_of(catalogue: Catalogue, question: RatedQuestion | None) -> tuple[str, ...]:
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
