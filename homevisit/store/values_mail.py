"""Frozen values of mail and of anchor texts; rows never leave the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

MailKind = Literal["desk", "reminder"]
MailState = Literal["waiting", "sent", "failed"]
Choice = Literal["anchors first", "examples"]


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one person; `due_at` is when it is tried next, `problem` what the last try met."""

    mail_id: str
    account_id: str
    kind: MailKind
    subject: str
    text: str
    state: MailState
    tries: int
    problem: str
    made_at: datetime
    due_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class AddressedMail:
    """A mail and where it goes now."""

    mail: Mail
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class KeptAnchor:
    """A real text that two trainers agreed on, copied without names.

    `agreed` maps each criterion to its ``level`` and one sentence ``why``.
    """

    anchor_id: str
    item_id: str
    lesson_id: str
    question_id: str
    language: str
    text: str
    agreed: dict[str, dict[str, Any]]
    made_by: str | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class AnchorReading:
    """How a trainer rated an anchor in one round."""

    anchor_id: str
    trainer_id: str
    number: int
    ratings: dict[str, int]
    done_at: datetime
