"""What a learner gets back from the desk: comments beside the text, a reply, consent to be an example."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from homevisit.course.given import is_blank
from homevisit.errors import ConflictError, InvalidEntryError, MissingEntryError
from homevisit.services.desk import rubrics
from homevisit.services.desk.marking import said
from homevisit.services.desk.posting import effective
from homevisit.services.desk.queueing import prompt_of
from homevisit.services.desk.rubrics import rated_question
from homevisit.services.desk.telling import tell
from homevisit.store import accounts as account_store
from homevisit.store import anchors as anchor_store
from homevisit.store import attempts as attempt_store
from homevisit.store import desk_items, desk_notes
from homevisit.store import readings as reading_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from sqlalchemy import Connection

    from homevisit.course.catalogue import Catalogue
    from homevisit.services.grading import QuestionResult
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_desk import Consent, DeskItem, NoticeKind, Reply


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the learner's text; `number` is 0, or that of the comment on it."""

    text: str
    number: int
    comment: str


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What came back for one text; `outcome` is accepted or returned."""

    item_id: str
    outcome: str
    reason: str
    comment: str
    levels: tuple[rubrics.Level, ...]
    pieces: tuple[Piece, ...]
    replies: tuple[Reply, ...]
    consent: Consent | None
    is_of_earlier_text: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """Why the try of this number came back, in the trainer's words."""

    number: int
    reason: str
    comment: str


@dataclass(frozen=True, slots=True)
class News:
    """Something new for a learner: of what kind, in which lesson, and how many texts."""

    kind: NoticeKind
    lesson_id: str
    lesson_title: str
    prompts: tuple[str, ...]


def given_back(store: Store, catalogue: Catalogue, account_id: str, lesson_id: str) -> dict[str, GivenBack]:
    """Return what a learner may see of the trainers' readings of a lesson, by question.

    Only what is released is in it. Looking at it counts as having seen the news about it.
    """
    with store.begin() as conn:
        items = desk_items.items_of(conn, account_id, lesson_id)
        newest = {item.question_id: item for item in items}
        back_again = [item for item in items if item.released_at and item.state in ("read", "returned")]
        released = list({item.question_id: item for item in back_again}.values())
        ids = [item.item_id for item in released]
        found = reading_store.readings_of(conn, ids)
        replies = desk_notes.replies(conn, ids)
        consents = desk_notes.consents(conn, [item.item_id for item in newest.values()])
        texts = {
            attempt.attempt_id: str(attempt.response.get("text", ""))
            for attempt in attempt_store.attempts(conn, account_id, lesson_id)
        }
        desk_notes.see_notices(conn, account_id, [item.item_id for item in items])
    back: dict[str, GivenBack] = {}
    for item in released:
        reading = effective([one for one in found if one.item_id == item.item_id])
        if reading is None:
            continue
        back[item.question_id] = GivenBack(
            item_id=item.item_id,
            outcome=reading.outcome,
            reason=reading.reason,
            comment=reading.comment,
            levels=rubrics.levels(rated_question(catalogue, item), reading),
            pieces=_pieces(texts.get(item.attempt_id, ""), reading.highlights),
            replies=tuple(reply for reply in replies if reply.item_id == item.item_id),
            consent=consents.get(item.item_id),
            is_of_earlier_text=newest[item.question_id].item_id != item.item_id,
        )
    return back


def returned(store: Store, account_id: str, lesson_id: str) -> dict[str, Returned]:
    """Return what of a lesson a trainer wants its learner to look at again, by question.

    Nothing of a question whose newer text is handed in. Looking at it counts as having seen the news about it.
    """
    with store.begin() as conn:
        newest = {item.question_id: item for item in desk_items.items_of(conn, account_id, lesson_id)}
        back = {name: item for name, item in newest.items() if item.state == "returned" and item.released_at}
        if not back:
            return {}
        ids = [item.item_id for item in back.values()]
        found = reading_store.readings_of(conn, ids)
        numbers = {one.attempt_id: one.number for one in attempt_store.attempts(conn, account_id, lesson_id)}
        desk_notes.see_notices(conn, account_id, ids)
    readings = {name: effective(one for one in found if one.item_id == back[name].item_id) for name in back}
    return {
        name: Returned(numbers[back[name].attempt_id], reading.reason, reading.comment)
        for name, reading in readings.items()
        if reading is not None and reading.outcome == "returned"
    }


def without_held(rows: Iterable[QuestionResult], held: Iterable[str]) -> tuple[QuestionResult, ...]:
    """Return results in which questions that are read and not released still wait."""
    held = set(held)
    return tuple(
        replace(row, raw=None, is_waiting=True, comment="") if row.question_id in held else row
        for row in rows
    )


def reply(store: Store, learner: Account, item_id: str, text: str, token: str) -> Reply | None:
    """Store what a learner writes back; its trainer is told. The same press of the button stores it once.

    Raises
    ------
    InvalidEntryError
        There are no words, or too many.
    MissingEntryError
        There is no such text of this learner that came back.
    """
    words = said(text)
    if is_blank(words):
        raise InvalidEntryError("Write your reply first, then send it.")
    with store.begin() as conn:
        item = _own(conn, learner, item_id)
        reading = effective(reading_store.readings_of(conn, [item_id]))
        if item.released_at is None or reading is None:
            raise MissingEntryError("This text has not come back from your trainer yet.")
        try:
            sent = desk_notes.add_reply(
                conn, item_id, learner.account_id, words, f"{learner.account_id}:{token}"
            )
        except ConflictError:
            return None
        if reading.reader_id is not None:
            tell(conn, reading.reader_id, "replied", item_id)
    return sent


def answer_consent(store: Store, learner: Account, item_id: str, *, is_given: bool) -> None:
    """Record whether a learner lets a text be shown without the name; a yes can be taken back at any time."""
    with store.begin() as conn:
        _own(conn, learner, item_id)
        before = desk_notes.consents(conn, [item_id]).get(item_id)
        if before is None:
            raise MissingEntryError("Nobody has asked about this text.")
        no = "withdrawn" if before == "given" else "refused"
        desk_notes.set_exemplar(conn, item_id, "given" if is_given else no)  # type: ignore[arg-type]  # one of both
        if not is_given:
            anchor_store.remove_anchor(conn, item_id)


def asked_for_consent(store: Store, account_id: str, lesson_id: str) -> dict[str, tuple[str, Consent]]:
    """Return for each question of which an example was asked for: the item and what the learner said."""
    with store.read() as conn:
        items = desk_items.items_of(conn, account_id, lesson_id)
        consents = desk_notes.consents(conn, [item.item_id for item in items])
    return {
        item.question_id: (item.item_id, consents[item.item_id]) for item in items if item.item_id in consents
    }


def news(store: Store, catalogue: Catalogue, account_id: str) -> tuple[News, ...]:
    """Return what a person has not seen yet, by kind and lesson."""
    with store.read() as conn:
        notices = desk_notes.notices(conn, account_id)
        items = desk_items.find_items(conn, {notice.item_id for notice in notices})
    titles = {info.lesson_id: info.title for info in catalogue.lessons()}
    grouped: dict[tuple[NoticeKind, str], list[str]] = {}
    for notice in notices:
        item = items[notice.item_id]
        prompt = prompt_of(catalogue, item.lesson_id, item.question_id)
        grouped.setdefault((notice.kind, item.lesson_id), []).append(prompt)
    return tuple(
        News(kind, lesson_id, titles.get(lesson_id, lesson_id), tuple(dict.fromkeys(prompts)))
        for (kind, lesson_id), prompts in grouped.items()
    )


def see_replies(store: Store, viewer: Account, item_id: str) -> None:
    """Record that a trainer has seen the replies about a text."""
    with store.begin() as conn:
        desk_notes.see_notices(conn, viewer.account_id, [item_id])


def _own(conn: Connection, learner: Account, item_id: str) -> DeskItem:
    item = desk_items.find_item(conn, item_id)
    account_store.find_account(conn, learner.account_id)
    if item.account_id != learner.account_id:
        raise MissingEntryError("There is no such text of yours. Load the page again.")
    return item


def _pieces(text: str, highlights: Sequence[Mapping[str, Any]]) -> tuple[Piece, ...]:
    if not highlights:
        return ()
    pieces: list[Piece] = []
    at = 0
    ordered = sorted(highlights, key=lambda place: place["start"])
    for number, place in enumerate(ordered, 1):
        start = max(at, place["start"])
        if start >= place["end"]:
            continue
        pieces.append(Piece(text[at:start], 0, ""))
        pieces.append(Piece(text[start : place["end"]], number, place["comment"]))
        at = place["end"]
    return tuple(piece for piece in (*pieces, Piece(text[at:], 0, "")) if piece.text)
