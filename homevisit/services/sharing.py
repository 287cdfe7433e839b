"""Who may read a text: its trainer always; a supervisor or the group only when its learner says so."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, get_args

from homevisit.errors import ConflictError, InvalidEntryError, MissingEntryError
from homevisit.store import text_sharing
from homevisit.store.values_team import Readers, Sharing

if TYPE_CHECKING:
    from homevisit.course.catalogue import Catalogue
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_team import SharedText


@dataclass(frozen=True, slots=True)
class SharedWords:
    """A text that its learner lets the supervisor read, as it was committed last."""

    lesson_id: str
    question_id: str
    text: str
    committed_at: datetime


def choices(
    store: Store, catalogue: Catalogue, account_id: str, lesson_id: str
) -> dict[str, tuple[Readers, str]]:
    """Return who may read each text of a learner in a lesson, and the mark of that choice ("" before the first).

    Only questions whose text a trainer reads are in it.
    """
    with store.read() as conn:
        made = text_sharing.choices(conn, account_id, lesson_id)
    return {
        question_id: (made[question_id].readers, mark(made[question_id]))
        if question_id in made
        else ("trainer", "")
        for question_id, question in catalogue.key(lesson_id).questions.items()
        if question.is_read_by_trainer
    }


def choice(store: Store, account_id: str, lesson_id: str, question_id: str) -> tuple[Readers, str]:
    """Return who may read one text, and the mark of that choice; the trainer alone before the first."""
    with store.read() as conn:
        found = text_sharing.find_choice(conn, account_id, lesson_id, question_id)
    return ("trainer", "") if found is None else (found.readers, mark(found))


def choose(
    store: Store,
    catalogue: Catalogue,
    account_id: str,
    lesson_id: str,
    question_id: str,
    *,
    readers: object,
    base: str,
    now: datetime | None = None,
) -> tuple[Readers, str]:
    """Store who may read a text; return it with its new mark.

    Parameters
    ----------
    base : str
        The mark of the choice that the page saw last. Taking a text back always works; letting others read it
        does not, when another device chose since.

    Raises
    ------
    InvalidEntryError
        There is no such choice.
    MissingEntryError
        No trainer reads a text here.
    ConflictError
        Another device chose since.
    """
    if not catalogue.question(lesson_id, question_id).is_read_by_trainer:
        raise MissingEntryError(
            "What you give here is read by nobody but you, so there is nothing to choose."
        )
    chosen: Readers | None = next((one for one in get_args(Readers) if one == readers), None)
    if chosen is None:
        raise InvalidEntryError(
            "Choose one of the ways that the page offers; your text stays with your trainer."
        )
    with store.begin() as conn:
        before = text_sharing.find_choice(conn, account_id, lesson_id, question_id)
        seen = "" if before is None else mark(before)
        if seen != base and chosen != "trainer":
            raise ConflictError(text_sharing.CHANGED)
        at = now or datetime.now(UTC)
        saved = text_sharing.save_choice(conn, account_id, lesson_id, question_id, readers=chosen, at=at)
    return saved.readers, mark(saved)


def shared_with_supervisor(store: Store, viewer: Account, learner: Account) -> tuple[SharedWords, ...]:
    """Return the committed texts of a learner that the supervisor of the own team may read; for others none."""
    is_own = viewer.role == "supervisor" and viewer.team != "" and viewer.team == learner.team
    if not is_own or learner.is_practice:
        return ()
    with store.read() as conn:
        found = text_sharing.texts_of(conn, learner.account_id, "supervisor")
    return tuple(
        SharedWords(one.lesson_id, one.question_id, _words(one), one.committed_at)
        for one in found
        if _words(one)
    )


def shared_counts(store: Store, viewer: Account) -> dict[str, int]:
    """Return how many texts each person of the own team lets a supervisor read, by account; for others none."""
    if viewer.role != "supervisor" or not viewer.team:
        return {}
    with store.read() as conn:
        return text_sharing.counts_in_team(conn, viewer.team, "supervisor")


def shared_with_group(store: Store, team: str, lesson_id: str, question_id: str) -> tuple[str, ...]:
    """Return the committed texts that learners of a team let the group read: words alone, in no order of names."""
    if not team:
        return ()
    with store.read() as conn:
        found = text_sharing.texts_in_team(conn, team, lesson_id, question_id, "group")
    mixed = sorted(found, key=lambda one: hashlib.sha256(f"{one.account_id} {question_id}".encode()).digest())
    return tuple(_words(one) for one in mixed if _words(one))


def mark(sharing: Sharing) -> str:
    """Return what tells one choice from the next."""
    return sharing.changed_at.isoformat()


def _words(one: SharedText) -> str:
    return str(one.response.get("text", "")).strip()
