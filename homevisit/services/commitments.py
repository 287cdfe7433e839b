"""What learners meant to try on a visit, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, get_args

from homevisit.course.given import MAX_TEXT
from homevisit.errors import InvalidEntryError, MissingEntryError
from homevisit.store import attempts as attempt_store
from homevisit.store import follow_ups as follow_up_store
from homevisit.store.values import Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from homevisit.course.catalogue import Catalogue
    from homevisit.course.syllabus import LessonInfo
    from homevisit.store.engine import Store
    from homevisit.store.values import Attempt, FollowUp


@dataclass(frozen=True, slots=True)
class Commitment:
    """One commitment of a learner; `plan` is the chosen thing to try, `words` the learner's own."""

    info: LessonInfo
    attempt: Attempt
    plan: str
    words: str
    after: timedelta
    told: tuple[FollowUp, ...]

    def is_due(self, now: datetime) -> bool:
        """Whether to ask how it went: when the time is over, and again after each "not yet"."""
        if not self.told:
            return now - self.attempt.committed_at >= self.after
        last = self.told[-1]
        return last.outcome == "not yet" and now - last.told_at >= self.after


def commitments(store: Store, catalogue: Catalogue, account_id: str) -> tuple[Commitment, ...]:
    """Return the newest commitment a learner made in each lesson, in the order of the syllabus."""
    found = []
    with store.read() as conn:
        told = follow_up_store.follow_ups(conn, account_id)
        for info in catalogue.lessons():
            tried = attempt_store.attempts(conn, account_id, info.lesson_id)
            for question_id, question in catalogue.key(info.lesson_id).questions.items():
                own = [attempt for attempt in tried if attempt.question_id == question_id]
                if question.type == "commitment" and own:
                    found.append(
                        Commitment(
                            info=info,
                            attempt=own[-1],
                            plan=question.public.plans.get(own[-1].response["plan"], ""),
                            words=own[-1].response["text"],
                            after=timedelta(days=question.public.after_days),
                            told=tuple(entry for entry in told if entry.attempt_id == own[-1].attempt_id),
                        )
                    )
    return tuple(found)


def due_commitments(
    store: Store, catalogue: Catalogue, account_id: str, now: datetime
) -> tuple[Commitment, ...]:
    """Return the commitments to ask about now."""
    return tuple(found for found in commitments(store, catalogue, account_id) if found.is_due(now))


def tell(
    store: Store,
    catalogue: Catalogue,
    account_id: str,
    attempt_id: str,
    *,
    outcome: str,
    text: str,
    now: datetime,
) -> FollowUp:
    """Keep how a commitment went.

    Raises
    ------
    InvalidEntryError
        No outcome is chosen, or the text is too long.
    MissingEntryError
        It is not a commitment of this learner that waits to be told about.
    """
    if outcome not in get_args(Outcome):
        raise InvalidEntryError("Choose how it went, then send it again. What you wrote is kept here.")
    if len(text) > MAX_TEXT:
        raise InvalidEntryError(
            f"That is {len(text):,} characters; there is room for {MAX_TEXT:,}. Shorten it; it is kept here."
        )
    waiting = {found.attempt.attempt_id for found in due_commitments(store, catalogue, account_id, now)}
    if attempt_id not in waiting:
        raise MissingEntryError(
            "You have told us about this one already. Nothing is lost; go to the home page."
        )
    chosen: Outcome = "done" if outcome == "done" else "partly" if outcome == "partly" else "not yet"
    with store.begin() as conn:
        return follow_up_store.add_follow_up(
            conn, account_id=account_id, attempt_id=attempt_id, outcome=chosen, text=text.strip(), told_at=now
        )
