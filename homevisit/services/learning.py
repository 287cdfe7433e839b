"""What a learner does in a lesson: see its state, keep drafts, commit attempts, hand in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from homevisit.course.responses import parse_response
from homevisit.errors import ConflictError, InvalidResponseError
from homevisit.scoring.score import score
from homevisit.services.desk import queueing
from homevisit.store import accounts as account_store
from homevisit.store import attempts as attempt_store
from homevisit.store import drafts as draft_store
from homevisit.store import submissions as submission_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from homevisit.course.catalogue import Catalogue
    from homevisit.store.engine import Store
    from homevisit.store.values import Attempt, Draft, Submission

TOKEN_LENGTHS = range(8, 65)


@dataclass(frozen=True, slots=True)
class LessonState:
    """Everything one learner has in one lesson.

    `attempts` maps each question id to the attempts at it, oldest first.
    """

    lesson_id: str
    title: str
    question_ids: tuple[str, ...]
    drafts: Mapping[str, Draft]
    attempts: Mapping[str, tuple[Attempt, ...]]
    submission: Submission | None

    @property
    def latest(self) -> dict[str, Attempt]:
        """Return the newest attempt at each question that has one."""
        return {question_id: tried[-1] for question_id, tried in self.attempts.items() if tried}

    @property
    def uncommitted(self) -> list[str]:
        """Return the questions without an attempt, in the lesson's order."""
        return [question_id for question_id in self.question_ids if question_id not in self.latest]

    @property
    def has_changed_since_submission(self) -> bool:
        """Whether an attempt is newer than the submission."""
        if self.submission is None:
            return False
        return {attempt.attempt_id for attempt in self.latest.values()} != set(self.submission.attempt_ids)

    @property
    def is_started(self) -> bool:
        """Whether there is any draft or attempt."""
        return bool(self.drafts or self.latest)


def lesson_state(store: Store, catalogue: Catalogue, account_id: str, lesson_id: str) -> LessonState:
    """Return what the learner has in the lesson; MissingEntryError for an unknown lesson."""
    info = catalogue.lesson(lesson_id)
    question_ids = tuple(catalogue.key(lesson_id).questions)
    with store.read() as conn:
        drafts = draft_store.drafts(conn, account_id, lesson_id)
        tried = attempt_store.attempts(conn, account_id, lesson_id)
        submission = submission_store.latest_submission(conn, account_id, lesson_id)
    return LessonState(
        lesson_id=lesson_id,
        title=info.title,
        question_ids=question_ids,
        drafts={draft.question_id: draft for draft in drafts},
        attempts=_by_question(question_ids, tried),
        submission=submission,
    )


def save_draft(
    store: Store,
    catalogue: Catalogue,
    account_id: str,
    lesson_id: str,
    question_id: str,
    *,
    response: Any,
    base: int,
) -> Draft:
    """Keep what a learner is writing.

    Parameters
    ----------
    base : int
        The version the browser last saw, 0 for none; ConflictError when another device saved since.

    Raises
    ------
    InvalidResponseError
        The shape is wrong, or the text is longer than a draft may be.
    """
    question = catalogue.question(lesson_id, question_id)
    draft = parse_response(question, response, draft=True)
    with store.begin() as conn:
        return draft_store.save_draft(conn, account_id, lesson_id, question_id, draft, base)


def find_draft(store: Store, account_id: str, lesson_id: str, question_id: str) -> Draft | None:
    """Return the server's draft of one question, if any."""
    with store.read() as conn:
        return draft_store.find_draft(conn, account_id, lesson_id, question_id)


def commit_attempt(
    store: Store,
    catalogue: Catalogue,
    account_id: str,
    lesson_id: str,
    question_id: str,
    *,
    response: Any,
    number: int,
    token: str,
) -> tuple[Attempt, bool]:
    """Commit a response and score it; return the attempt and whether it is new.

    Parameters
    ----------
    number : int
        The number this attempt should get; ConflictError when another device committed meanwhile.
    token : str
        Made once for each press of the button: the same token again returns the same attempt.

    Raises
    ------
    InvalidResponseError
        The response is empty, too long or misshapen; the draft stays as it is.
    """
    question = catalogue.question(lesson_id, question_id)
    if len(token) not in TOKEN_LENGTHS:
        raise InvalidResponseError(
            "The page sent an incomplete request. Reload the page; what you wrote is kept."
        )
    # the account is part of the token, so that nobody can name another's
    own_token = f"{account_id}:{token}"
    with store.read() as conn:
        known = attempt_store.find_attempt_by_token(conn, own_token)
        if known is not None:
            return known, False
    given = parse_response(question, response)
    scored = score(question, given)
    with store.begin() as conn:
        done = len(attempt_store.attempts(conn, account_id, lesson_id, question_id))
        if number != done + 1:
            raise ConflictError(
                "You have checked this question on another device or in another tab meanwhile. "
                "The newer feedback is shown now; what you wrote here is kept. Check again if you wish."
            )
        attempt = attempt_store.add_attempt(
            conn,
            account_id=account_id,
            lesson_id=lesson_id,
            question_id=question_id,
            number=number,
            token=own_token,
            response=given,
            raw=scored.raw,
            max=scored.max,
            feedback=scored.feedback,
        )
    return attempt, True


def submit_lesson(
    store: Store, catalogue: Catalogue, account_id: str, lesson_id: str, token: str
) -> Submission:
    """Hand in the newest attempt at every question.

    Raises
    ------
    InvalidResponseError
        Some question has no attempt yet; the sentence says how many.
    """
    if len(token) not in TOKEN_LENGTHS:
        raise InvalidResponseError("The page sent an incomplete request. Reload the page; nothing is lost.")
    state = lesson_state(store, catalogue, account_id, lesson_id)
    need_all_checked(state)
    attempt_ids = tuple(attempt.attempt_id for attempt in state.latest.values())
    with store.begin() as conn:
        latest = submission_store.latest_submission(conn, account_id, lesson_id)
        if latest is not None and latest.attempt_ids == attempt_ids and latest.state != "failed":
            return latest
        submission = submission_store.add_submission(
            conn, account_id, lesson_id, f"{account_id}:{token}", attempt_ids
        )
        queueing.enqueue(conn, catalogue, account_store.find_account(conn, account_id), state.latest.values())
        return submission


def need_all_checked(state: LessonState) -> None:
    """Raise InvalidResponseError while a question has no attempt yet; the sentence says which."""
    if not state.uncommitted:
        return
    numbers = [str(state.question_ids.index(question_id) + 1) for question_id in state.uncommitted]
    said = f"Questions {', '.join(numbers[:-1])} and {numbers[-1]} are not checked yet. Check them"
    if len(numbers) == 1:
        said = f"Question {numbers[0]} is not checked yet. Check it"
    raise InvalidResponseError(f"{said}, then hand in; everything so far is saved.")


def _by_question(question_ids: Iterable[str], tried: list[Attempt]) -> dict[str, tuple[Attempt, ...]]:
    return {
        question_id: tuple(attempt for attempt in tried if attempt.question_id == question_id)
        for question_id in question_ids
    }
