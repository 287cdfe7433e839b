"""Reads a lesson's attempts and readings, and puts its report together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from homevisit.scoring.marks import with_marks
from homevisit.scoring.scored import Scored
from homevisit.services.desk.posting import effective
from homevisit.services.desk.queueing import need_reader
from homevisit.services.reports import items
from homevisit.services.reports.breakdown import of_criterion, of_first_attempts
from homevisit.services.reports.values import (
    FEW,
    FEWEST,
    Breakdown,
    Figure,
    LessonLine,
    LessonReport,
    QuestionReport,
    Tried,
)
from homevisit.store import reporting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from homevisit.course.bands import Band
    from homevisit.course.catalogue import Catalogue
    from homevisit.course.questions import Question
    from homevisit.store.engine import Store
    from homevisit.store.values import Account, Attempt
    from homevisit.store.values_desk import DeskItem, Reading

BY_TRAINER = "A trainer reads this question, so a first try has no points of its own."
NOTHING = Figure(None, 0, FEW)


def course_report(store: Store, catalogue: Catalogue, viewer: Account) -> tuple[LessonLine, ...]:
    """Return a line for each lesson of the syllabus; NotAllowedError for who is no trainer. One query."""
    need_reader(viewer)
    with store.read() as conn:
        found = reporting.first_tries(conn)
    lines = []
    for info in catalogue.lessons():
        learners, mean = found.get(info.lesson_id, (0, 0.0))
        first = Figure(None, learners, FEW) if learners < FEWEST else Figure(mean, learners)
        lines.append(LessonLine(info.lesson_id, info.title, first))
    return tuple(lines)


def lesson_report(store: Store, catalogue: Catalogue, viewer: Account, lesson_id: str) -> LessonReport:
    """Return all figures of a lesson; four queries, however many learners there are.

    Raises
    ------
    NotAllowedError
        The viewer is neither trainer nor administrator.
    MissingEntryError
        There is no such lesson.
    """
    need_reader(viewer)
    info, questions = catalogue.lesson(lesson_id), catalogue.key(lesson_id).questions
    with store.read() as conn:
        attempts = reporting.lesson_attempts(conn, lesson_id)
        marks = reporting.lesson_marks(conn, lesson_id)
        texts = reporting.lesson_readings(conn, lesson_id)
    counting = _Counting(questions, attempts, marks, texts)
    return LessonReport(
        lesson_id=lesson_id,
        title=info.title,
        learners=len({attempt.account_id for attempt in attempts}),
        questions=tuple(
            counting.report(number, question_id) for number, question_id in enumerate(questions, 1)
        ),
    )


class _Counting:
    """The attempts and readings of a lesson, sorted by question."""

    def __init__(
        self,
        questions: Mapping[str, Question],
        attempts: Iterable[Attempt],
        marks: Mapping[str, Mapping[str, Band]],
        texts: Iterable[tuple[DeskItem, Sequence[Reading]]],
    ) -> None:
        self.questions = questions
        self.attempts: dict[str, list[Attempt]] = defaultdict(list)
        for attempt in attempts:
            question = questions.get(attempt.question_id)
            # what was given while this was a question of another type says nothing about today's
            if question is not None and attempt.feedback.get("type", question.type) == question.type:
                self.attempts[attempt.question_id].append(_marked(attempt, marks.get(attempt.attempt_id, {})))
        self.readings = {
            item.attempt_id: (item, reading)
            for item, readings in texts
            if (reading := effective(readings)) is not None
        }
        self.tried = {
            question_id: [self._tried(questions[question_id], one) for one in self.attempts[question_id]]
            for question_id in questions
        }
        self.discriminations = items.discriminations(
            (one for tried in self.tried.values() for one in tried),
            {question_id: question.points for question_id, question in questions.items()},
            [question_id for question_id, question in questions.items() if not question.is_read_by_trainer],
        )

    def report(self, number: int, question_id: str) -> QuestionReport:
        """Return the figures of one question."""
        question, tried = self.questions[question_id], self.tried[question_id]
        learners = len({one.account_id for one in tried})
        is_few, by_trainer = learners < FEWEST, question.is_read_by_trainer
        # of what a trainer reads, the last accepted text counts, not the last one written
        counted = [one for one in tried if one.share is not None] if by_trainer else tried
        firsts = list({one.account_id: one for one in reversed(self.attempts[question_id])}.values())
        return QuestionReport(
            number=number,
            question_id=question_id,
            type=question.type,
            prompt=question.public.prompt,
            is_read_by_trainer=by_trainer,
            tried=learners,
            first=NOTHING if is_few else Figure(None, 0, BY_TRAINER) if by_trainer else items.facility(tried),
            last=NOTHING if is_few else items.facility(counted, last=True),
            discrimination=NOTHING if is_few else self.discriminations[question_id],
            minutes=NOTHING if is_few else items.minutes_between(tried),
            breakdowns=() if is_few else (*self._breakdowns(question_id, firsts), *self._levels(question_id)),
        )

    def _breakdowns(self, question_id: str, firsts: Sequence[Attempt]) -> Iterable[Breakdown]:
        yield from of_first_attempts(self.questions[question_id], firsts)
        if lines := items.until_full(self.tried[question_id]):
            lead = "When learners had all points that the question gives."
            yield Breakdown("attempts", "Attempts until it is full", lead, lines)

    def _levels(self, question_id: str) -> Iterable[Breakdown]:
        """Give the spread of each criterion over the newest rated text of each learner."""
        newest = {
            item.account_id: reading.ratings
            for item, reading in self.readings.values()
            if item.question_id == question_id and reading.ratings
        }
        for criterion in getattr(self.questions[question_id], "rubric", ()):
            found = of_criterion(criterion, newest.values())
            if found is not None:
                yield found

    def _tried(self, question: Question, attempt: Attempt) -> Tried:
        points, is_full = attempt.raw, None
        if question.is_read_by_trainer:
            _, reading = self.readings.get(attempt.attempt_id, (None, None))
            points = reading.points if reading is not None and reading.outcome == "accepted" else None
        elif points is not None:
            is_full = points >= attempt.max
        share = None if points is None else points / attempt.max
        return Tried(
            attempt.account_id, attempt.question_id, attempt.number, share, is_full, attempt.committed_at
        )


def _marked(attempt: Attempt, marks: Mapping[str, Band]) -> Attempt:
    """Return an attempt with a trainer's marks on its points, as it counts in the gradebook."""
    scored = with_marks(Scored(attempt.raw, attempt.max, attempt.feedback), marks)
    return replace(attempt, raw=scored.raw, feedback=scored.feedback)
