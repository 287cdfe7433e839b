"""What a learner handed in, and the points it has so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from homevisit.course.responses import response_as_text
from homevisit.store import attempts as attempt_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from homevisit.course.catalogue import Catalogue
    from homevisit.services.grading import QuestionResult
    from homevisit.store.engine import Store
    from homevisit.store.values import Submission


@dataclass(frozen=True, slots=True)
class HandedInResponse:
    """One response of a submission as plain text."""

    text: str
    number: int
    committed_at: datetime


@dataclass(frozen=True, slots=True)
class Total:
    """Points so far of those that are decided, and what waits for the trainer apart from them."""

    raw: float
    max: float
    waiting_points: float
    waiting: int


def total(rows: Iterable[QuestionResult]) -> Total:
    """Add up a result; what waits counts neither as reached nor as missed."""
    rows = tuple(rows)
    decided = [row for row in rows if not row.is_waiting]
    waiting = [row for row in rows if row.is_waiting]
    return Total(
        raw=round(sum(row.raw or 0.0 for row in decided), 2),
        max=sum(row.max for row in decided),
        waiting_points=sum(row.max for row in waiting),
        waiting=len(waiting),
    )


def handed_in_responses(
    store: Store, catalogue: Catalogue, submission: Submission
) -> Mapping[str, HandedInResponse]:
    """Return the responses of a submission by question id, as they were handed in."""
    questions = catalogue.key(submission.lesson_id).questions
    with store.read() as conn:
        tried = attempt_store.attempts(conn, submission.account_id, submission.lesson_id)
    return {
        attempt.question_id: HandedInResponse(
            response_as_text(questions[attempt.question_id], attempt.response),
            attempt.number,
            attempt.committed_at,
        )
        for attempt in tried
        if attempt.attempt_id in submission.attempt_ids and attempt.question_id in questions
    }
