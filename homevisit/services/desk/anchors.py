"""Anchors: texts with agreed ratings that a new trainer rates before grading, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from homevisit.course.anchors import FOLDER, disagreements, load_anchors
from homevisit.course.kinds.rubric import RatedQuestion
from homevisit.errors import ConflictError, ContentError, MissingEntryError, NotAllowedError
from homevisit.scoring.reflect import rubric_total
from homevisit.services.desk.queueing import need_reader
from homevisit.store import anchors as anchor_store
from homevisit.store.values_mail import AnchorReading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sqlalchemy import Connection

    from homevisit.course.anchors import Anchor
    from homevisit.course.catalogue import Catalogue
    from homevisit.store.engine import Store
    from homevisit.store.values import Account

READ_FIRST = "Before you grade, read the anchor texts: choose “Anchor texts” at the top of the desk."
GONE = "This anchor text is not there any more. Go on with the next one."
ELSEWHERE = "You have gone on in another window. Load the page again."


@dataclass(frozen=True, slots=True)
class Agreed:
    """The level that was agreed on for a criterion, and why."""

    level: int
    why: str


@dataclass(frozen=True, slots=True)
class AnchorText:
    """An anchor as a trainer reads it; `item_id` is empty for one that came with the course."""

    anchor_id: str
    lesson_id: str
    question: RatedQuestion
    question_id: str
    language: str
    text: str
    agreed: Mapping[str, Agreed]
    item_id: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a trainer is: the round, what of it is rated and what is left, in the order in which it is read."""

    number: int
    texts: tuple[AnchorText, ...]
    rated: Mapping[str, AnchorReading]

    @property
    def left(self) -> tuple[AnchorText, ...]:
        """What is still to be rated in this round."""
        return tuple(text for text in self.texts if text.anchor_id not in self.rated)

    @property
    def is_done(self) -> bool:
        """Whether this round is finished."""
        return bool(self.texts) and not self.left


def anchors_path(catalogue: Catalogue, lesson_id: str) -> Path:
    """Return where the anchors of a lesson stand, if it has any."""
    return catalogue.key_path(lesson_id).parent / FOLDER / f"{lesson_id}.yml"


def all_texts(conn: Connection, catalogue: Catalogue) -> tuple[AnchorText, ...]:
    """Return the anchors of the course and those that trainers made, as far as they fit the present rubrics."""
    found = [text for info in catalogue.lessons() for text in _of_lesson(catalogue, info.lesson_id)]
    for kept in anchor_store.kept_anchors(conn):
        question = _rated(catalogue, kept.lesson_id, kept.question_id)
        agreed = {name: Agreed(one["level"], one["why"]) for name, one in kept.agreed.items()}
        if question is not None and _fits(question, agreed):
            found.append(
                AnchorText(
                    anchor_id=kept.anchor_id,
                    lesson_id=kept.lesson_id,
                    question=question,
                    question_id=kept.question_id,
                    language=kept.language,
                    text=kept.text,
                    agreed=agreed,
                    item_id=kept.item_id,
                )
            )
    return tuple(found)


def standing(store: Store, catalogue: Catalogue, viewer: Account) -> Standing:
    """Return how far a trainer is with the anchors."""
    need_reader(viewer)
    with store.read() as conn:
        texts = all_texts(conn, catalogue)
        rows = anchor_store.anchor_readings_of(conn, viewer.account_id)
    number = max((row.number for row in rows), default=1)
    return Standing(number, texts, {row.anchor_id: row for row in rows if row.number == number})


def rate(
    store: Store,
    catalogue: Catalogue,
    viewer: Account,
    anchor_id: str,
    *,
    number: int,
    ratings: Mapping[str, int],
) -> AnchorText:
    """Store how a trainer rates an anchor; the first rating of a round stays, also when it is sent twice.

    Parameters
    ----------
    number : int
        The round; one more than the last when that is finished and the trainer reads again.

    Raises
    ------
    InvalidEntryError
        A criterion has no level.
    ConflictError
        The round is another one by now.
    MissingEntryError
        There is no such anchor.
    """
    now = standing(store, catalogue, viewer)
    text = find_text(now.texts, anchor_id)
    if number not in ({now.number + 1} if now.is_done else {now.number}):
        if number == now.number and anchor_id in now.rated:
            return text
        raise ConflictError(ELSEWHERE)
    rubric_total(text.question, ratings)
    reading = AnchorReading(anchor_id, viewer.account_id, number, dict(ratings), datetime.now(UTC))
    with store.begin() as conn:
        try:
            anchor_store.add_reading(conn, reading)
        except ConflictError:
            return text
    return text


def find_text(texts: Sequence[AnchorText], anchor_id: str) -> AnchorText:
    """Return an anchor; MissingEntryError when there is none of that name."""
    for text in texts:
        if text.anchor_id == anchor_id:
            return text
    raise MissingEntryError(GONE)


def is_held_up(store: Store, catalogue: Catalogue, viewer: Account) -> bool:
    """Whether this trainer has to read the anchors before grading.

    Not held up are administrators, whoever has graded a text before or is excused, and everybody where the course
    has no anchors or its desk does not ask for them.
    """
    if viewer.role != "trainer":
        return False
    with store.read() as conn:
        is_asked = anchor_store.choices(conn, "anchors first").get("", True)
        if not is_asked or anchor_store.has_graded(conn, viewer.account_id):
            return False
        if viewer.account_id in anchor_store.excused(conn):
            return False
        wanted = {text.anchor_id for text in all_texts(conn, catalogue)}
        read = {row.anchor_id for row in anchor_store.anchor_readings_of(conn, viewer.account_id)}
    return not wanted <= read


def need_anchors_read(store: Store, catalogue: Catalogue, viewer: Account) -> None:
    """Raise NotAllowedError for a trainer who has to read the anchors first."""
    if is_held_up(store, catalogue, viewer):
        raise NotAllowedError(READ_FIRST)


def _of_lesson(catalogue: Catalogue, lesson_id: str) -> list[AnchorText]:
    path = anchors_path(catalogue, lesson_id)
    try:
        found = catalogue.read(path, load_anchors)
    except ContentError:
        return []  # `homevisit check` says what is wrong; nobody is kept from grading by it
    texts = []
    for question_id, anchors in found.items():
        question = _rated(catalogue, lesson_id, question_id)
        if question is not None:
            texts += [
                _text(lesson_id, question_id, question, anchor)
                for anchor in anchors
                if not disagreements(question, anchor)
            ]
    return texts


def _text(lesson_id: str, question_id: str, question: RatedQuestion, anchor: Anchor) -> AnchorText:
    return AnchorText(
        anchor_id=f"{lesson_id}.{question_id}.{anchor.id}",
        lesson_id=lesson_id,
        question=question,
        question_id=question_id,
        language=anchor.language,
        text=anchor.text,
        agreed={name: Agreed(one.level, one.why) for name, one in anchor.agreed.items()},
    )


def _rated(catalogue: Catalogue, lesson_id: str, question_id: str) -> RatedQuestion | None:
    try:
        question = catalogue.question(lesson_id, question_id)
    except MissingEntryError:
        return None
    return question if isinstance(question, RatedQuestion) else None


def _fits(question: RatedQuestion, agreed: Mapping[str, Agreed]) -> bool:
    levels = {criterion.id: criterion.levels for criterion in question.rubric}
    return levels.keys() == agreed.keys() and all(one.level in levels[name] for name, one in agreed.items())
