"""Frozen values that the store gives to the layers above; rows never leave it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from homevisit.course.bands import Band

Role = Literal["learner", "trainer", "supervisor", "administrator"]
SubmissionState = Literal["queued", "grading", "graded", "failed"]
Outcome = Literal["done", "partly", "not yet"]
Response = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Account:
    """One person who may sign in; `practice_of` names the owner of a practice account."""

    account_id: str
    email: str
    name: str
    role: Role
    team: str
    is_disabled: bool
    has_password: bool
    practice_of: str | None
    created_at: datetime

    @property
    def is_practice(self) -> bool:
        """Whether the work of this account counts in no report."""
        return self.practice_of is not None


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that lets one account choose its password; `used_at` is None until it is opened."""

    account_id: str
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class SignIn:
    """One browser that is signed in; `acting_as` names a practice account while its owner tries a lesson."""

    account_id: str
    expires_at: datetime
    acting_as: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A response not yet committed; `version` grows by one with each save."""

    question_id: str
    response: Response
    version: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Attempt:
    """One committed response, never changed; `feedback` is what the learner got back."""

    attempt_id: str
    account_id: str
    lesson_id: str
    question_id: str
    number: int
    response: Response
    raw: float | None
    max: float
    feedback: dict[str, Any]
    committed_at: datetime


@dataclass(frozen=True, slots=True)
class Submission:
    """A lesson handed in; `attempt_ids` are the attempts it holds, one a question."""

    submission_id: str
    account_id: str
    lesson_id: str
    number: int
    state: SubmissionState
    problem: str
    attempt_ids: tuple[str, ...]
    submitted_at: datetime
    graded_at: datetime | None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What became of a commitment: `attempt_id` names the attempt in which it was made."""

    follow_up_id: str
    account_id: str
    attempt_id: str
    outcome: Outcome
    text: str
    told_at: datetime


@dataclass(frozen=True, slots=True)
class PaperHead:
    """What a list shows of a paper; `version` grows by one with each save."""

    paper_id: str
    account_id: str
    kind: str
    title: str
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Paper(PaperHead):
    """Something that a person made with a tool and keeps for oneself, such as an EcoMap."""

    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PointDecision:
    """A trainer's mark on one point of an attempt, beside what the first reading gave.

    `share` is None for an attempt that is older than bands; `decided_by` when that account is gone.
    """

    decision_id: int
    attempt_id: str
    point_id: str
    share: float | None
    band: Band
    decided: Band
    decided_by: str | None
    decided_at: datetime
