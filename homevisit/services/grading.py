"""From a submission to points: assemble its notebook, let nbgrader grade it, read the points."""

from __future__ import annotations

import copy
import html
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from homevisit.course.responses import response_as_text
from homevisit.errors import CourseError
from homevisit.services.desk import posting
from homevisit.services.gradebook import Gradebook
from homevisit.services.locks import alone
from homevisit.services.quick_nbgrader import import_quickly
from homevisit.store import accounts as account_store
from homevisit.store import attempts as attempt_store
from homevisit.store import decisions as decision_store
from homevisit.store import gradebook as points_store
from homevisit.store import submissions as submission_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from homevisit.config import Settings
    from homevisit.course.bands import Band
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
    return _gradebook(
        catalogue, settings.practice_gradebook_dir if learner.is_practice else settings.gradebook_dir
    )


@lru_cache(maxsize=2)
def _gradebook(catalogue: Catalogue, directory: Path) -> Gradebook:
    """Keep what takes long to open: a grading process works in few gradebooks."""
    return Gradebook(catalogue, directory)


def written(text: str) -> str:
    """Return Markdown that shows `text` as it was typed: no mark-up, no script, no formula."""
    return f'<pre style="white-space: pre-wrap">{html.escape(text, quote=False).translate(MARKED)}</pre>'


def assemble(
    gradebook: Gradebook,
    catalogue: Catalogue,
    learner: Account,
    submission: Submission,
    attempts: Iterable[Attempt],
    *,
    marks: Mapping[str, Mapping[str, Band]] | None = None,
) -> Path:
    """Write the submission notebook from stored responses; return its path.

    Each response goes into the Markdown cell below its question: escaped text for people, and the
    stored JSON in the cell's metadata, from which autograde scores it. A trainer's `marks` on its points, by
    attempt and point, go beside it and count in the score.
    """
    import nbformat  # noqa: PLC0415  heavy: its schema checker loads a grammar

    lesson_id = submission.lesson_id
    notebook = copy.deepcopy(gradebook.released(lesson_id))
    given = {attempt.question_id: attempt for attempt in attempts}
    questions = catalogue.key(lesson_id).questions
    for cell in notebook.cells:
        question_id = cell.metadata.get("homevisit", {}).get("response_to")
        if question_id in given and question_id in questions:
            _fill(cell, questions[question_id], given[question_id].response)
            if marked := (marks or {}).get(given[question_id].attempt_id):
                cell.metadata["homevisit"]["marks"] = dict(marked)
    folder = gradebook.submitted_dir(learner.account_id, lesson_id)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{lesson_id}.ipynb"
    nbformat.write(notebook, path)
    stamp = submission.submitted_at.strftime("%Y-%m-%d %H:%M:%S.%f UTC")
    (folder / "timestamp.txt").write_text(stamp, encoding="utf-8")
    return path


def grade_submission(store: Store, settings: Settings, catalogue: Catalogue, submission: Submission) -> None:
    """Assemble and autograde one submission, and record how it went.

    The gradebook holds one submission of a lesson by a learner: two are graded one after the other, and
    an older one never takes the place of a newer one that another process was quicker with. Where a trainer
    has marked points meanwhile, it is queued again.
    """
    with store.read() as conn:
        learner = account_store.find_account(conn, submission.account_id)
        tried = attempt_store.attempts(conn, submission.account_id, submission.lesson_id)
        marks = decision_store.marks(conn, submission.attempt_ids)
    chosen = [attempt for attempt in tried if attempt.attempt_id in submission.attempt_ids]
    gradebook = gradebook_for(settings, catalogue, learner)
    with alone(gradebook.submitted_dir(learner.account_id, submission.lesson_id)):
        with store.read() as conn:
            latest = submission_store.latest_submission(conn, submission.account_id, submission.lesson_id)
        if latest is None:
            return  # the account was removed meanwhile, and its texts with it
        if latest.number == submission.number or latest.state != "graded":
            assemble(gradebook, catalogue, learner, submission, chosen, marks=marks)
            gradebook.autograde(learner, submission.lesson_id)
            if not learner.is_practice:
                posting.post_after_grading(
                    store, settings, catalogue, submission.account_id, submission.attempt_ids
                )
        with store.begin() as conn:
            submission_store.set_submission_state(conn, submission.submission_id, "graded")
            if decision_store.marks(conn, submission.attempt_ids) != marks:
                submission_store.requeue_graded(conn, submission.submission_id)


def grade_next(
    store: Store, settings: Settings, catalogue: Catalogue, lesson_id: str | None = None
) -> Submission | None:
    """Grade the oldest waiting submission, of one lesson or of any; return it, or None when none waits.

    A submission that cannot be graded is marked so, with the reason; the learner can hand in again.
    """
    with store.begin() as conn:
        submission = submission_store.claim_queued(conn, lesson_id=lesson_id)
    if submission is None:
        return None
    try:
        grade_submission(store, settings, catalogue, submission)
    except (CourseError, OSError, ValueError) as exc:
        with store.begin() as conn:
            submission_store.set_submission_state(conn, submission.submission_id, "failed", problem=str(exc))
    except BaseException:
        # this process is broken or told to end: another one may take it up at once
        with store.begin() as conn:
            submission_store.requeue(conn, submission.submission_id)
        raise
    return submission


def grade_while_busy(
    store: Store,
    settings: Settings,
    catalogue: Catalogue,
    linger: float,
    *,
    lesson_id: str | None = None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Grade what waits, and go on until nothing came for `linger` seconds; return how many were graded.

    Parameters
    ----------
    lesson_id : str or None
        The lesson whose submissions are graded; all lessons when None.
    is_stopped : function
        Asked between two submissions; what is being graded is finished first.
    """
    import_quickly()
    graded, until = 0, time.monotonic() + linger
    while not is_stopped():
        if grade_next(store, settings, catalogue, lesson_id) is not None:
            graded, until = graded + 1, time.monotonic() + linger
        elif time.monotonic() >= until:
            break
        else:
            time.sleep(0.2)
    return graded


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
