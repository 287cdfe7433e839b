"""What a learner takes along from a lesson, on a page or two of paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from homevisit.course.closing import Closing, read_closing
from homevisit.course.responses import response_as_text
from homevisit.services.commitments import Commitment, commitments
from homevisit.store import attempts as attempt_store

if TYPE_CHECKING:
    from homevisit.course.catalogue import Catalogue
    from homevisit.course.syllabus import LessonInfo
    from homevisit.store.engine import Store


@dataclass(frozen=True, slots=True)
class OwnText:
    """A text that the learner wrote for the trainer, and what was asked."""

    prompt: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What a learner plans to try, and the newest text to each question that a trainer reads."""

    commitment: Commitment | None
    texts: tuple[OwnText, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The lesson in short; nothing of it belongs to one learner."""

    info: LessonInfo
    closing: Closing
    credit: str


def lesson_summary(catalogue: Catalogue, lesson_id: str) -> Summary:
    """Return the summary of a lesson; MissingEntryError when there is no such lesson."""
    info = catalogue.lesson(lesson_id)
    closing = catalogue.read(catalogue.notebook_path(lesson_id), read_closing)
    return Summary(info, closing, catalogue.course().credit)


def own_words(store: Store, catalogue: Catalogue, account_id: str, lesson_id: str) -> OwnWords:
    """Return what this learner wrote in a lesson and may want on paper; checked responses only."""
    planned = [
        found for found in commitments(store, catalogue, account_id) if found.info.lesson_id == lesson_id
    ]
    with store.read() as conn:
        tried = attempt_store.attempts(conn, account_id, lesson_id)
    newest = {attempt.question_id: attempt for attempt in tried}
    texts = tuple(
        OwnText(question.public.prompt, response_as_text(question, newest[question_id].response))
        for question_id, question in catalogue.key(lesson_id).questions.items()
        if question.is_read_by_trainer and question_id in newest
    )
    return OwnWords(planned[-1] if planned else None, texts)
