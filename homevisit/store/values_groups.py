"""Frozen values of group sessions that the store gives to the layers above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

SessionState = Literal["open", "ended"]
Phase = Literal["shown", "alone", "pairs", "together", "again", "compared"]
Round = Literal["alone", "pairs", "again"]
EventKind = Literal["stage", "responses", "people", "parking", "ended"]


@dataclass(frozen=True, slots=True)
class GroupSession:
    """A live session from a plan; `version` grows when the stage changes, `last_event` with every change.

    `rounds` names where writing has been open, such as ``3:alone``; `leader_id` is None when that account
    is gone.
    """

    session_id: str
    code: str
    team: str
    title: str
    lesson_id: str
    plan: dict[str, Any]
    leader_id: str | None
    made_by: str | None
    state: SessionState
    position: int
    phase: Phase
    points_shown: bool
    rounds: tuple[str, ...]
    version: int
    last_event: int
    last_stage_event: int
    opened_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who joined a group session, with or without an account; `seconds` counts attendance."""

    participant_id: str
    session_id: str
    account_id: str | None
    name: str
    pair: int | None
    joined_at: datetime
    last_seen_at: datetime
    left_at: datetime | None
    removed_at: datetime | None
    seconds: int


@dataclass(frozen=True, slots=True)
class SessionResponse:
    """What a participant, or in the round of the pairs a pair, gave; `replaced` are earlier and late versions.

    `writer_id` is who of the pair wrote it last, otherwise the participant. `shares` says how much of each
    key point the words hold, from 0 to 1.
    """

    response_id: str
    session_id: str
    position: int
    question_id: str
    participant_id: str
    account_id: str | None
    round: Round
    pair: int | None
    writer_id: str
    response: dict[str, Any]
    text: str
    shares: dict[str, float]
    token: str
    replaced: tuple[dict[str, Any], ...]
    is_hidden: bool
    is_pinned: bool
    given_at: datetime


@dataclass(frozen=True, slots=True)
class Parked:
    """A question put aside for later."""

    entry_id: str
    session_id: str
    participant_id: str
    text: str
    token: str
    is_done: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class SessionEvent:
    """What changed in a session; `pair` and `about_id` name whose phones it concerns, too."""

    event_id: int
    session_id: str
    kind: EventKind
    pair: int | None
    about_id: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """How useful a session was to a participant, from 1 to 4, and a sentence."""

    session_id: str
    participant_id: str
    useful: int
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Attendance:
    """Minutes of a group session that are credited to an account."""

    session_id: str
    account_id: str
    minutes: int
    credited_at: datetime
