"""From a submission to points: assemble its notebook, let nbgrader grade it, read the points."""

from __future__ import annotations

import html
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from homevisit.course.responses import response_as_text
from homevisit.errors import CourseError
from homevisit.services.gradebook import Gradebook
from homevisit.store import accounts as account_store
from homevisit.store import attempts as attempt_store
from homevisit.store import gradebook as points_store
from homevisit.store import submissions as submission_store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from homevisit.config import Settings
    from homevisit.course.catalogue import Catalogue
    from homevisit.course.questions import Question
    from homevisit.store.engine import Store
    from homevisit.store.values import Account, Attempt, Response, Submission

# Characters that Markdown, LaTeX or HTML would take for more than text.
MARKED = {ord(mark): f"&#{ord(mark)};" for mark in "$\\`*_[]{}|~#"}


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """Points of one question as a learner sees them."""

    question_id: str
    prompt: str
    raw: float | None
    max: float
    is_waiting: bool
    comment: str


def gradebook_for(settings: Settings, catalogue: Catalogue, learner: Account) -> Gradebook:
    """Return the gradebook that takes a learner's work; practice accounts have one apart."""
    return Gradebook(
        catalogue, settings.practice_gradebook_dir if learner.is_practice else settings.gradebook_dir
    )


def written(text: str) -> str:
    """Return Markdown that shows `text` as it was typed: no mark-up, no script, no formula."""
    return f'<pre style="white-space: pre-wrap">{html.escape(text).translate(MARKED)}</pre>'


def assemble(
    gradebook: Gradebook,
    catalogue: Catalogue,
    learner: Account,
    submission: Submission,
    attempts: Iterable[Attempt],
) -> Path:
    """Write the submission notebook from stored responses; return its path.

    Each response goes into the Markdown cell below its question: escaped text for people, and the
    stored JSON in the cell's metadata, from which autograde scores it.
    """
    import nbformat  # noqa: PLC0415  heavy: its schema checker loads a grammar

    lesson_id = submission.lesson_id
    notebook = nbformat.read(gradebook.release_if_changed(lesson_id), as_version=4)
    responses = {attempt.question_id: attempt.response for attempt in attempts}
    questions = catalogue.key(lesson_id).questions
    for cell in notebook.cells:
        question_id = cell.metadata.get("homevisit", {}).get("response_to")
        if question_id in responses and question_id in questions:
            _fill(cell, questions[question_id], responses[question_id])
    folder = gradebook.submitted_dir(learner.account_id, lesson_id)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{lesson_id}.ipynb"
    nbformat.write(notebook, path)
    stamp = submission.submitted_at.strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    (folder / "timestamp.txt").write_text(stamp, encoding="utf-8")
    return path


def grade_submission(store: Store, settings: Settings, catalogue: Catalogue, submission: Submission) -> None:
    """Assemble and autograde one submission, and record how it went."""
    with store.read() as conn:
        learner = account_store.find_account(conn, submission.account_id)
        tried = attempt_store.attempts(conn, submission.account_id, submission.lesson_id)
    chosen = [attempt for attempt in tried if attempt.attempt_id in submission.attempt_ids]
    gradebook = gradebook_for(settings, catalogue, learner)
    assemble(gradebook, catalogue, learner, submission, chosen)
    gradebook.autograde(learner, submission.lesson_id)
    with store.begin() as conn:
        submission_store.set_submission_state(conn, submission.submission_id, "graded")


def grade_next(store: Store, settings: Settings, catalogue: Catalogue) -> Submission | None:
    """Grade the oldest waiting submission; return it as it was claimed, None when none waits.

    A submission that cannot be graded is marked so, with the reason; the learner can hand in again.
    """
    with store.begin() as conn:
        submission = submission_store.claim_queued(conn)
    if submission is None:
        return None
    try:
        grade_submission(store, settings, catalogue, submission)
    except (CourseError, OSError, ValueError) as exc:
        with store.begin() as conn:
            submission_store.set_submission_state(conn, submission.submission_id, "failed", problem=str(exc))
    return submission


def grade_while_busy(store: Store, settings: Settings, catalogue: Catalogue, linger: float) -> int:
    """Grade what waits, and go on until nothing came for `linger` seconds; return how many were graded."""
    graded, until = 0, time.monotonic() + linger
    while True:
        if grade_next(store, settings, catalogue) is not None:
            graded, until = graded + 1, time.monotonic() + linger
        elif time.monotonic() >= until:
            return graded
        else:
            time.sleep(0.2)


def results(
    settings: Settings, catalogue: Catalogue, learner: Account, lesson_id: str
) -> tuple[QuestionResult, ...]:
    """Return the points of each question of the lesson, from nbgrader's gradebook, in lesson order."""
    directory = settings.practice_gradebook_dir if learner.is_practice else settings.gradebook_dir
    stored = points_store.points(directory / "gradebook.db", learner.account_id, lesson_id)
    return tuple(
        _result(question_id, question, stored.get(question_id))
        for question_id, question in catalogue.key(lesson_id).questions.items()
    )


def _result(
    question_id: str, question: Question, stored: points_store.QuestionPoints | None
) -> QuestionResult:
    prompt = question.public.prompt
    if stored is None:
        return QuestionResult(question_id, prompt, None, float(question.points), is_waiting=True, comment="")
    return QuestionResult(question_id, prompt, stored.raw, stored.max, stored.is_waiting, stored.comment)


def _fill(cell: Any, question: Question, response: Response) -> None:
    cell.source = written(response_as_text(question, response))
    cell.metadata["homevisit"]["response"] = response
