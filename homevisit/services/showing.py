"""Attempts as their learner may see them: with the trainer's marks, and with what is held back taken out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from homevisit.scoring.marks import with_marks
from homevisit.scoring.scored import Scored
from homevisit.scoring.showing import opened, shown_feedback
from homevisit.store import attempts as attempt_store
from homevisit.store import decisions as decision_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from homevisit.course.bands import Band
    from homevisit.services.learning import LessonState
    from homevisit.store.engine import Store
    from homevisit.store.values import Attempt


def shown_state(store: Store, state: LessonState) -> dict[str, list[Attempt]]:
    """Return the attempts at each question of a lesson as their learner may see them, oldest first."""
    ids = [attempt.attempt_id for tried in state.attempts.values() for attempt in tried]
    marks, asked = _decided(store, ids)
    return {question_id: _shown(tried, marks, asked) for question_id, tried in state.attempts.items()}


def shown_attempt(store: Store, attempt: Attempt) -> Attempt:
    """Return one attempt as its learner may see it."""
    with store.read() as conn:
        tried = attempt_store.attempts(conn, attempt.account_id, attempt.lesson_id, attempt.question_id)
    marks, asked = _decided(store, [found.attempt_id for found in tried])
    return next(shown for shown in _shown(tried, marks, asked) if shown.attempt_id == attempt.attempt_id)


def _decided(
    store: Store, attempt_ids: Iterable[str]
) -> tuple[dict[str, dict[str, Band]], dict[str, frozenset[str]]]:
    ids = list(attempt_ids)
    with store.read() as conn:
        return decision_store.marks(conn, ids), decision_store.requests(conn, ids)


def _shown(
    tried: Sequence[Attempt],
    marks: Mapping[str, Mapping[str, Band]],
    asked: Mapping[str, frozenset[str]],
) -> list[Attempt]:
    """Give the attempts at one question, oldest first; each knows the one before it."""
    shown: list[Attempt] = []
    before = None
    for attempt in tried:
        first = Scored(attempt.raw, attempt.max, attempt.feedback)
        counted = with_marks(first, marks.get(attempt.attempt_id, {}))
        feedback = shown_feedback(counted, tried=len(tried), asked=asked.get(attempt.attempt_id, ()))
        feedback["summary"] = opened(counted.feedback, attempt.number, before)
        shown.append(replace(attempt, raw=counted.raw, feedback=feedback))
        before = counted.feedback
    return shown
