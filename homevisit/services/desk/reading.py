"""Reading one text: rate and comment, finish, take back."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from homevisit.errors import ConflictError, InvalidEntryError
from homevisit.scoring.reflect import rubric_total
from homevisit.services.desk import claims
from homevisit.services.desk.marking import marked, said
from homevisit.services.desk.queueing import need_reader
from homevisit.services.desk.rubrics import kept_rubric, rated_question
from homevisit.services.desk.telling import tell
from homevisit.store import attempts as attempt_store
from homevisit.store import desk_items, desk_notes
from homevisit.store import readings as reading_store
from homevisit.store.values_desk import DeskSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from homevisit.course.catalogue import Catalogue
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_desk import DeskItem, NoticeKind, Outcome, Reading, ReadingKind

CHANGED = "This question was changed since the text was handed in, so it cannot be rated by its old rubric."


def save(
    store: Store,
    viewer: Account,
    item_id: str,
    *,
    kind: ReadingKind,
    given: Mapping[str, Any],
    base: int,
    now: datetime | None = None,
) -> Reading:
    """Keep a trainer's draft and prolong the claim.

    Parameters
    ----------
    given : mapping
        ``ratings``, ``criterion_comments``, ``comment``, ``highlights`` as the browser sent them.
    base : int
        The version that the browser saw last; 0 for none.

    Raises
    ------
    ConflictError
        Another window saved since. Or another trainer took the text after the claim ended (HeldError), or has
        finished it: what was begun before is kept all the same, as a draft of the version that the error carries.
    InvalidEntryError
        Something cannot be kept as it is.
    """
    need_reader(viewer)
    with store.begin() as conn:
        item = desk_items.find_item(conn, item_id)
        wanted = marked(given, _text(conn, item)).columns()
        reading = own_reading(conn, viewer, item_id, kind)
        if reading is not None and reading.state == "done":
            raise ConflictError("This reading is finished. Take it back first to change it.")
        lost = _lost_claim(conn, viewer, item_id, kind, now or datetime.now(UTC))
        if reading is None:
            if lost is not None:
                raise lost
            reading = reading_store.add_reading(conn, item_id, kind, viewer.account_id)
            base = reading.version
        kept = reading_store.change_reading(conn, reading.reading_id, base, wanted)
    if lost is not None:
        # the claim is gone, the words are not: they stay this trainer's draft
        lost.version = kept.version
        raise lost
    return kept


def finish(
    store: Store,
    catalogue: Catalogue,
    viewer: Account,
    item_id: str,
    *,
    kind: ReadingKind,
    base: int,
    outcome: Outcome,
    reason: str = "",
    now: datetime | None = None,
) -> Reading:
    """Accept a text with its ratings, or return it to its learner for revision.

    Raises
    ------
    InvalidEntryError
        A criterion has no level, or there is no reason for returning it.
    ConflictError
        The draft is newer than `base`, somebody else reads it, or its learner has handed in a newer text.
    """
    need_reader(viewer)
    now = now or datetime.now(UTC)
    with store.begin() as conn:
        item = desk_items.find_item(conn, item_id)
        reading = own_reading(conn, viewer, item_id, kind)
        if reading is None:
            raise InvalidEntryError("Nothing is rated yet. Choose a level for each criterion.")
        if item.state == "withdrawn":
            raise ConflictError("The learner has handed in a newer text meanwhile. Your words are kept here.")
        claims.take(conn, viewer, item_id, kind, now)
        points = _points(catalogue, item, reading, outcome, reason)
        before = {"state": item.state}
        question = rated_question(catalogue, item)
        done: dict[str, Any] = {"state": "done", "outcome": outcome, "reason": said(reason), "points": points}
        done["rubric"] = None if question is None else kept_rubric(question)
        finished = reading_store.change_reading(
            conn, reading.reading_id, base, {**done, "done_at": now, "synced_at": None}
        )
        _settle(conn, item, finished, now)
        reading_store.give_back(conn, item_id, kind, viewer.account_id)
        after = {"kind": kind, "outcome": outcome, "points": points, "ratings": finished.ratings}
        record(conn, viewer, outcome, item, before=before, after=after)
        return finished


def take_back(
    store: Store, viewer: Account, item_id: str, kind: ReadingKind, now: datetime | None = None
) -> Reading:
    """Undo a finished reading of one's own: it is a draft again, and the text waits.

    Raises
    ------
    ConflictError
        Another reading has followed, or the learner has handed in a newer text.
    InvalidEntryError
        There is nothing to take back.
    """
    need_reader(viewer)
    with store.begin() as conn:
        item = desk_items.find_item(conn, item_id)
        reading = own_reading(conn, viewer, item_id, kind)
        if reading is None or reading.state != "done":
            raise InvalidEntryError("There is no finished reading of yours to take back.")
        later = [
            other
            for other in reading_store.readings_of(conn, [item_id])
            if other.state == "done" and other.done_at and reading.done_at and other.done_at > reading.done_at
        ]
        if later or item.state == "withdrawn":
            raise ConflictError("Another reading or a newer text has followed; this one stays as it is.")
        before = {"kind": kind, "outcome": reading.outcome, "points": reading.points}
        # `synced_at` stays until the gradebook has lost the points again: `posting.post` clears it
        nothing = dict.fromkeys(("points", "rubric", "done_at"))
        draft = {"state": "draft", "outcome": "", **nothing}
        taken = reading_store.change_reading(conn, reading.reading_id, reading.version, draft)
        if kind == "first":
            desk_items.set_state(conn, item_id, "waiting")
            desk_items.take_back_release(conn, item_id)
        claims.take(conn, viewer, item_id, kind, now or datetime.now(UTC))
        record(conn, viewer, "taken back", item, before=before, after={"state": "draft"})
        return taken


def use_as_second(store: Store, viewer: Account, item_id: str) -> Reading:
    """Make one's draft of a text that another trainer finished meanwhile the draft of a second reading.

    Raises
    ------
    ConflictError
        Nobody else has finished it, or there is no such draft.
    """
    need_reader(viewer)
    with store.begin() as conn:
        desk_items.find_item(conn, item_id)
        mine = own_reading(conn, viewer, item_id, "first")
        found = reading_store.readings_of(conn, [item_id])
        is_free = own_reading(conn, viewer, item_id, "second") is None
        if mine is None or not is_free or claims.finished_by_other(found, viewer, "first") is None:
            raise ConflictError("There is no draft of yours to use as a second reading. Load the page again.")
        return reading_store.change_reading(conn, mine.reading_id, mine.version, {"kind": "second"})


def attempt_of(store: Store, viewer: Account, item_id: str) -> str:
    """Return the attempt that an item holds, for marking its points."""
    need_reader(viewer)
    with store.read() as conn:
        return desk_items.find_item(conn, item_id).attempt_id


def ask_for_exemplar(store: Store, viewer: Account, item_id: str) -> None:
    """Ask a learner whether a text may be shown to others, without the name, as an example.

    Raises
    ------
    ConflictError
        The learner was asked before and said no.
    """
    need_reader(viewer)
    with store.begin() as conn:
        item = desk_items.find_item(conn, item_id)
        said_so_far = desk_notes.consents(conn, [item_id]).get(item_id)
        if said_so_far in ("refused", "withdrawn"):
            raise ConflictError("The learner was asked before and does not want this text to be shown.")
        if said_so_far is None:
            desk_notes.set_exemplar(conn, item_id, "asked", viewer.account_id)
            tell(conn, item.account_id, "exemplar", item_id)
            record(conn, viewer, "asked for an example", item)


def own_reading(conn: Connection, viewer: Account, item_id: str, kind: ReadingKind) -> Reading | None:
    """Return the viewer's reading of an item of this kind, draft or done, or None."""
    found = [
        reading
        for reading in reading_store.readings_of(conn, [item_id])
        if reading.reader_id == viewer.account_id and reading.kind == kind
    ]
    return found[-1] if found else None


def record(
    conn: Connection,
    actor: Account,
    action: str,
    item: DeskItem,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add to the record what a person did with an item."""
    desk_notes.add_record(
        conn,
        actor_id=actor.account_id,
        actor_name=actor.name,
        action=action,
        item_id=item.item_id,
        learner_id=item.account_id,
        lesson_id=item.lesson_id,
        question_id=item.question_id,
        before=before,
        after=after,
    )


def _settle(conn: Connection, item: DeskItem, reading: Reading, now: datetime) -> None:
    """Move the item on, and let its learner see the outcome unless the lesson is released together."""
    if reading.kind == "second":
        return
    settings = desk_notes.desk_settings(conn).get(item.lesson_id, DeskSettings(item.lesson_id))
    is_returned = reading.outcome == "returned"
    desk_items.set_state(conn, item.item_id, "returned" if is_returned else "read")
    # a text that is returned is of use to its learner only at once
    is_shown = is_returned or settings.release == "at once"
    if is_shown and desk_items.release(conn, [item.item_id], now):
        kind: NoticeKind = "returned" if is_returned else "released"
        tell(conn, item.account_id, kind, item.item_id, now)


def _points(
    catalogue: Catalogue, item: DeskItem, reading: Reading, outcome: Outcome, reason: str
) -> float | None:
    if outcome == "returned":
        if not reason.strip():
            raise InvalidEntryError(
                "Say in a sentence what the learner should look at again, then return it."
            )
        return None
    if outcome != "accepted":
        raise InvalidEntryError("Accept the text or return it.")
    question = rated_question(catalogue, item)
    if question is None:
        raise InvalidEntryError(CHANGED)
    return rubric_total(question, reading.ratings)


def _lost_claim(
    conn: Connection, viewer: Account, item_id: str, kind: ReadingKind, now: datetime
) -> ConflictError | None:
    """Prolong the claim; return what stands against it, where something does."""
    try:
        claims.take(conn, viewer, item_id, kind, now)
    except ConflictError as exc:
        return exc
    return None


def _text(conn: Connection, item: DeskItem) -> str:
    return str(attempt_store.find_attempt(conn, item.attempt_id).response.get("text", ""))
