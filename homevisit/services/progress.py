"""How far people are: one's own lessons, and what a role looks after."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from homevisit.services import register
from homevisit.services.grading import results
from homevisit.services.learning import lesson_state
from homevisit.store import accounts as account_store
from homevisit.store import submissions as submission_store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.config import Settings
    from homevisit.course.catalogue import Catalogue
    from homevisit.course.syllabus import LessonInfo
    from homevisit.store.engine import Store
    from homevisit.store.values import Account, Submission

Stage = Literal["not started", "started", "ready to hand in", "handed in"]


@dataclass(frozen=True, slots=True)
class OwnLesson:
    """One line of a learner's home page."""

    info: LessonInfo
    stage: Stage
    checked: int
    questions: int
    next_question: str

    @property
    def percent(self) -> int:
        """Share of questions that have an attempt, in whole per cent."""
        return round(100 * self.checked / self.questions) if self.questions else 0


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One submission in a trainer's or supervisor's list.

    `waiting` texts are with the trainer, `returned` ones with the learner; None while it is not graded.
    """

    learner: Account
    info: LessonInfo
    submission: Submission
    waiting: int | None
    returned: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What the people who look after the course see on their first page."""

    people: Mapping[str, int]
    handed_in: tuple[HandedIn, ...]


def own_lessons(store: Store, catalogue: Catalogue, account_id: str) -> tuple[OwnLesson, ...]:
    """Return every lesson of the syllabus with how far this learner is."""
    return tuple(_own_lesson(store, catalogue, account_id, info) for info in catalogue.lessons())


def overview(store: Store, settings: Settings, catalogue: Catalogue, viewer: Account) -> Overview:
    """Return counts of people and the submissions that `viewer` looks after.

    Trainers and administrators see all learners, a supervisor the learners of their own team and
    how many reflections wait, never a text. Practice work is left out.
    """
    with store.read() as conn:
        people = register.people(conn)
        submissions = submission_store.submissions(conn)
        returned = submission_store.returned_counts(conn)
    if viewer.role == "supervisor":
        people = [account for account in people if viewer.team and account.team == viewer.team]
    by_id = {account.account_id: account for account in people}
    infos = {info.lesson_id: info for info in catalogue.lessons()}
    newest = {
        (submission.account_id, submission.lesson_id): submission
        for submission in sorted(submissions, key=lambda found: found.number)
        if submission.account_id in by_id and submission.lesson_id in infos
    }
    handed_in = tuple(
        HandedIn(
            learner=by_id[account_id],
            info=infos[lesson_id],
            submission=submission,
            waiting=_waiting(
                settings, catalogue, by_id[account_id], submission, returned.get((account_id, lesson_id), 0)
            ),
            returned=returned.get((account_id, lesson_id), 0),
        )
        for (account_id, lesson_id), submission in sorted(newest.items(), key=lambda row: row[1].submitted_at)
    )
    return Overview(people=Counter(account.role for account in people), handed_in=handed_in)


def is_store_reachable(store: Store) -> bool:
    """Return True when the store answers; StoreError when it does not."""
    with store.read() as conn:
        account_store.accounts(conn)
    return True


def _own_lesson(store: Store, catalogue: Catalogue, account_id: str, info: LessonInfo) -> OwnLesson:
    state = lesson_state(store, catalogue, account_id, info.lesson_id)
    stage: Stage = "not started"
    if state.submission is not None:
        stage = "handed in"
    elif not state.uncommitted:
        stage = "ready to hand in"
    elif state.is_started:
        stage = "started"
    return OwnLesson(
        info,
        stage,
        checked=len(state.latest),
        questions=len(state.question_ids),
        next_question=state.uncommitted[0] if state.uncommitted and state.is_started else "",
    )


def _waiting(
    settings: Settings, catalogue: Catalogue, learner: Account, submission: Submission, returned: int
) -> int | None:
    if submission.state != "graded":
        return None
    undecided = sum(row.is_waiting for row in results(settings, catalogue, learner, submission.lesson_id))
    return max(undecided - returned, 0)
