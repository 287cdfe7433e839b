"""The widgets of a lesson: they declare what the browser draws, and hold nothing a learner may not see."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets
from markdown_it import MarkdownIt

from homevisit.course.public_questions import load_public_questions
from homevisit.errors import ContentError
from homevisit.widgets.grading import graded, is_grading

if TYPE_CHECKING:
    from collections.abc import Iterable

# A lesson's kernel runs in the lesson's folder, and so does nbgrader.
QUESTIONS = Path("questions.json")
CLIPS = Path("../media/media.yml")


class QuestionWidget(anywidget.AnyWidget):
    """One question; `question` is the public part only, since any client can read a synced trait."""

    _esm = Path(__file__).with_name("loader.js")
    lesson_id = traitlets.Unicode().tag(sync=True)
    question_id = traitlets.Unicode().tag(sync=True)
    question = traitlets.Dict().tag(sync=True)


class ClipWidget(QuestionWidget):
    """One clip with its written scene; `question_id` is the id of the clip."""


class FinishWidget(QuestionWidget):
    """The panel that hands the lesson in."""


def observe(question_id: str) -> QuestionWidget | float:
    """Ask what one sees and hears; ContentError when the lesson has no such question."""
    return _question(question_id, "observe")


def choose(question_id: str) -> QuestionWidget | float:
    """Ask to choose one option, or several; ContentError when the lesson has no such question."""
    return _question(question_id, "choose")


def sort(question_id: str) -> QuestionWidget | float:
    """Ask to place each statement in a group; ContentError when the lesson has no such question."""
    return _question(question_id, "sort")


def order(question_id: str) -> QuestionWidget | float:
    """Ask to put steps in order; ContentError when the lesson has no such question."""
    return _question(question_id, "order")


def rephrase(question_id: str) -> QuestionWidget | float:
    """Ask to write a judging sentence anew; ContentError when the lesson has no such question."""
    return _question(question_id, "rephrase")


def reflect(question_id: str) -> QuestionWidget | None:
    """Ask for a text that a trainer reads; ContentError when the lesson has no such question."""
    return _read_by_trainer(question_id, "reflect")


def respond(question_id: str) -> QuestionWidget | None:
    """Ask what to say to a parent, for a trainer to read; ContentError when the lesson has no such question."""
    return _read_by_trainer(question_id, "respond")


def checklist(question_id: str) -> QuestionWidget | float:
    """Ask to rate oneself on each item; ContentError when the lesson has no such question."""
    return _question(question_id, "checklist")


def commitment(question_id: str) -> QuestionWidget | float:
    """Ask for a plan for a visit; ContentError when the lesson has no such question."""
    return _question(question_id, "commitment")


def clip(clip_id: str) -> ClipWidget | None:
    """Show a clip of ``lessons/media/media.yml``; ContentError when there is none of this id."""
    if is_grading():
        return None
    # pydantic and ruamel.yaml take 0.3 s to import, which a kernel without a clip can spare
    from homevisit.course.media import load_clips  # noqa: PLC0415

    clips = load_clips(CLIPS)
    if clip_id not in clips:
        raise ContentError(f"There is no clip '{clip_id}'. {_choice_of(clips)}", CLIPS)
    found = clips[clip_id].model_dump(mode="json", exclude={"clip_id", "known", "scene"})
    scene = MarkdownIt("commonmark", {"html": False}).render(clips[clip_id].scene)
    shown = {"type": "clip", **found, "scene_html": scene}
    return ClipWidget(lesson_id=_lesson_id(), question_id=clip_id, question=shown)


def finish() -> FinishWidget | None:
    """Show the questions of the lesson with their state, and the button that hands it in."""
    if is_grading():
        return None
    questions = [
        {"id": question_id, "type": question["type"], "prompt": question["prompt"]}
        for question_id, question in load_public_questions(QUESTIONS).items()
    ]
    return FinishWidget(lesson_id=_lesson_id(), question={"type": "finish", "questions": questions})


def _question(question_id: str, kind: str) -> QuestionWidget | float:
    return graded(question_id) if is_grading() else _declared(question_id, kind)


def _read_by_trainer(question_id: str, kind: str) -> QuestionWidget | None:
    return None if is_grading() else _declared(question_id, kind)


def _declared(question_id: str, kind: str) -> QuestionWidget:
    questions = load_public_questions(QUESTIONS)
    if question_id not in questions:
        raise ContentError(
            f"There is no question '{question_id}' in this lesson. {_choice_of(questions)}", QUESTIONS
        )
    question: dict[str, Any] = questions[question_id]
    if question["type"] != kind:
        right = f'{question["type"]}("{question_id}")'
        raise ContentError(f"The question '{question_id}' is of another type: write {right}.", QUESTIONS)
    return QuestionWidget(lesson_id=_lesson_id(), question_id=question_id, question=question)


def _choice_of(known: Iterable[str]) -> str:
    return f"Write one of: {', '.join(known)}."


def _lesson_id() -> str:
    return Path.cwd().name
