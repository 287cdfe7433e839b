"""Makes an anchor of a real text: with its learner's consent, agreed ratings, and no names in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from homevisit.course.given import is_blank
from homevisit.errors import ConflictError, InvalidEntryError
from homevisit.scoring import privacy
from homevisit.services.desk.anchors import Agreed
from homevisit.services.desk.marking import said
from homevisit.services.desk.queueing import need_reader
from homevisit.services.desk.reading import record
from homevisit.services.desk.rubrics import rated_question
from homevisit.services.naming import known_words
from homevisit.store import anchors as anchor_store
from homevisit.store import attempts as attempt_store
from homevisit.store import desk_items, desk_notes
from homevisit.store import readings as reading_store
from homevisit.store.ids import new_id
from homevisit.store.values_mail import KeptAnchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from homevisit.course.catalogue import Catalogue
    from homevisit.course.questions import RatedQuestion
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_desk import DeskItem, Reading

NO_CONSENT = "Its learner has not agreed that this text may be shown. Ask first, below the reading."
NOT_AGREED = "An anchor needs levels that two trainers agree on: a second reading with the same levels, or a resolution."
STILL_NAMES = "Take out what may tell who somebody is, or say that you have looked: {found}."


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text that can become an anchor: its words, the agreed levels, and what in it may be a real name."""

    item: DeskItem
    question: RatedQuestion
    text: str
    agreed: Mapping[str, Agreed]
    names: tuple[str, ...]


def propose(store: Store, catalogue: Catalogue, viewer: Account, item_id: str) -> Proposal:
    """Return what an anchor of this text would be.

    Raises
    ------
    ConflictError
        Its learner has not agreed, two trainers have not, or it is an anchor already.
    MissingEntryError
        There is no such text.
    """
    need_reader(viewer)
    with store.read() as conn:
        item = desk_items.find_item(conn, item_id)
        return _proposal(conn, catalogue, item)


def is_possible(store: Store, catalogue: Catalogue, viewer: Account, item_id: str) -> bool:
    """Whether a text can become an anchor now."""
    try:
        propose(store, catalogue, viewer, item_id)
    except ConflictError:
        return False
    return True


def keep(
    store: Store,
    catalogue: Catalogue,
    viewer: Account,
    item_id: str,
    *,
    text: str,
    whys: Mapping[str, str],
    is_looked_at: bool,
) -> None:
    """Keep a text as an anchor, in the words that the trainer leaves of it.

    Parameters
    ----------
    whys : mapping
        One sentence for each criterion that says why its level was agreed on.
    is_looked_at : bool
        Whether the trainer has looked at what may be names, and it is none.

    Raises
    ------
    InvalidEntryError
        There is no text, a criterion has no reason, or a name may still be in it.
    ConflictError
        As `propose` says.
    """
    need_reader(viewer)
    words = said(text)
    if is_blank(words):
        raise InvalidEntryError("Leave some words of the text, so that trainers have something to read.")
    with store.begin() as conn:
        item = desk_items.find_item(conn, item_id)
        proposal = _proposal(conn, catalogue, item)
        found = names_in(catalogue, item.lesson_id, words)
        if found and not is_looked_at:
            raise InvalidEntryError(STILL_NAMES.format(found=", ".join(found)))
        agreed = {}
        for criterion in proposal.question.rubric:
            why = " ".join(whys.get(criterion.id, "").split())
            if not why:
                raise InvalidEntryError(f"Say in one sentence why this level: “{criterion.criterion}”.")
            agreed[criterion.id] = {"level": proposal.agreed[criterion.id].level, "why": said(why)}
        anchor_store.add_anchor(
            conn,
            KeptAnchor(
                anchor_id=new_id("k-"),
                item_id=item_id,
                lesson_id=item.lesson_id,
                question_id=item.question_id,
                language=item.language,
                text=words,
                agreed=agreed,
                made_by=viewer.account_id,
                made_at=datetime.now(UTC),
            ),
        )
        record(conn, viewer, "made an anchor", item)


def remove(store: Store, viewer: Account, item_id: str) -> None:
    """Take an anchor that was made of a real text away again."""
    need_reader(viewer)
    with store.begin() as conn:
        if anchor_store.remove_anchor(conn, item_id):
            record(conn, viewer, "removed an anchor", desk_items.find_item(conn, item_id))


def names_in(catalogue: Catalogue, lesson_id: str, text: str) -> tuple[str, ...]:
    """Return what in a text may tell who somebody is, each piece once."""
    return tuple(finding.text for finding in privacy.check(text, known_words(catalogue, lesson_id)))


def agreed_ratings(readings: Iterable[Reading]) -> Mapping[str, int]:
    """Return the levels that two trainers stand behind; ConflictError when there are none."""
    done = {reading.kind: reading for reading in readings if reading.state == "done"}
    counted = done.get("resolution")
    first, second = done.get("first"), done.get("second")
    if counted is None and first is not None and second is not None and first.ratings == second.ratings:
        counted = first
    if counted is None or counted.outcome != "accepted":
        raise ConflictError(NOT_AGREED)
    return counted.ratings


def _proposal(conn: Connection, catalogue: Catalogue, item: DeskItem) -> Proposal:
    if desk_notes.consents(conn, [item.item_id]).get(item.item_id) != "given":
        raise ConflictError(NO_CONSENT)
    if any(kept.item_id == item.item_id for kept in anchor_store.kept_anchors(conn)):
        raise ConflictError(anchor_store.IS_ANCHOR)
    question = rated_question(catalogue, item)
    readings = reading_store.readings_of(conn, [item.item_id])
    ratings = agreed_ratings(readings)
    if question is None or ratings.keys() != {criterion.id for criterion in question.rubric}:
        raise ConflictError("The question has another rubric now, so this text can be no anchor for it.")
    comments = {
        name: words
        for reading in readings
        if reading.state == "done"
        for name, words in reading.criterion_comments.items()
    }
    text = str(attempt_store.find_attempt(conn, item.attempt_id).response.get("text", ""))
    agreed = {name: Agreed(level, comments.get(name, "")) for name, level in ratings.items()}
    return Proposal(item, question, text, agreed, names_in(catalogue, item.lesson_id, text))
