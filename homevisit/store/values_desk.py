"""Frozen values of the trainer's desk; rows never leave the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

ItemState = Literal["waiting", "read", "returned", "withdrawn"]
ReadingKind = Literal["first", "second", "resolution", "formgrader"]
ReadingState = Literal["draft", "done"]
Outcome = Literal["", "accepted", "returned"]
Release = Literal["at once", "together"]
Allocation = Literal["open", "by turns", "by team"]
Consent = Literal["asked", "given", "refused", "withdrawn"]
NoticeKind = Literal["released", "returned", "replied", "exemplar"]


@dataclass(frozen=True, slots=True)
class DeskItem:
    """One committed response that a trainer reads, as it was handed in.

    `released_at` is when its learner may see what the trainer gave; None before.
    """

    item_id: str
    attempt_id: str
    account_id: str
    lesson_id: str
    question_id: str
    language: str
    queued_at: datetime
    state: ItemState
    needs_second: bool
    allocated_to: str | None
    released_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One trainer's ratings and comments of an item.

    Parameters
    ----------
    reader_id : str or None
        None for a grade given in nbgrader's formgrader, or when the account is gone.
    ratings, criterion_comments : dict
        From the id of a criterion to a level, and to a text.
    highlights : tuple of dict
        ``start`` and ``end`` (characters of the response), ``quote``, ``comment``.
    points : float or None
        The total when it is done.
    rubric : tuple of dict or None
        The rubric by which it was read: ``id``, ``criterion`` and ``levels`` of each criterion. None for a draft,
        and for readings that are older than this.
    version : int
        Grows by one with each save.
    synced_at : datetime or None
        When nbgrader's gradebook took it.
    """

    reading_id: str
    item_id: str
    kind: ReadingKind
    reader_id: str | None
    state: ReadingState
    ratings: dict[str, int]
    criterion_comments: dict[str, str]
    comment: str
    highlights: tuple[dict[str, Any], ...]
    outcome: Outcome
    reason: str
    points: float | None
    rubric: tuple[dict[str, Any], ...] | None
    version: int
    started_at: datetime
    saved_at: datetime
    done_at: datetime | None
    synced_at: datetime | None


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to write a reading of an item, until it expires."""

    item_id: str
    kind: ReadingKind
    trainer_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """Who did what, when, from what to what; it outlives the accounts and items it names."""

    record_id: int
    at: datetime
    actor_id: str
    actor_name: str
    action: str
    item_id: str
    learner_id: str
    lesson_id: str
    question_id: str
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class BankComment:
    """A comment kept for use again; everybody's when `is_shared`, else its owner's."""

    comment_id: str
    owner_id: str | None
    is_shared: bool
    text: str
    used: int


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """How the texts of a lesson are read: `second_share` of them twice, from 0 to 1."""

    lesson_id: str
    release: Release = "at once"
    second_share: float = 0.0
    is_anonymous: bool = False
    allocation: Allocation = "open"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a learner wrote back to a trainer's comment."""

    reply_id: str
    item_id: str
    account_id: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """Something new for a person, shown until it is seen; `mail` says whether it goes out by mail too."""

    notice_id: str
    account_id: str
    kind: NoticeKind
    item_id: str
    made_at: datetime
    seen_at: datetime | None
    mail: Literal["none", "waiting", "sent", "failed"]
    mail_tries: int


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """What of the queue is shown; an empty text, or None, leaves a column open.

    `state` is one of waiting, mine (waiting for this trainer, or begun by), second, returned, read; `order` one of
    oldest, question, learner. `allocated_to` is an account, or "nobody".
    """

    state: str = "waiting"
    lesson_id: str = ""
    question_id: str = ""
    team: str = ""
    language: str = ""
    learner_id: str = ""
    allocated_to: str = ""
    order: str = "oldest"


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One line of the queue: the item, whose it is, who has it now and for whom it is, and its finished readings."""

    item: DeskItem
    learner_name: str
    team: str
    claimed_by: str | None
    claimed_until: datetime | None
    allocated_name: str
    readings: tuple[Reading, ...]
