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
from homevisit.widgets.written import authored_course, written_clips, written_questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from homevisit.course.media import Clip

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


def ecomap(question_id: str) -> QuestionWidget | float:
    """Ask to draw the map of a family; ContentError when the lesson has no such question."""
    return _question(question_id, "ecomap")


def plan(question_id: str) -> QuestionWidget | float:
    """Ask for a plan of one socialization; ContentError when the lesson has no such question."""
    return _question(question_id, "plan")


def watch(question_id: str) -> QuestionWidget | float:
    """Ask to mark moments of a clip; ContentError when the lesson has no such question, or there is no such clip."""
    if is_grading():
        return graded(question_id)
    asked = _declared(question_id, "watch")
    asked.question = {**asked.question, "film": _shown_clip(asked.question["clip"])}
    return asked


def clip(clip_id: str) -> ClipWidget | None:
    """Show a clip of ``lessons/media/media.yml``; ContentError when there is none of this id."""
    if is_grading():
        return None
    return ClipWidget(lesson_id=_lesson_id(), question_id=clip_id, question=_shown_clip(clip_id))


def _shown_clip(clip_id: str) -> dict[str, Any]:
    """Give what a page shows of a clip."""
    clips, path = _clips()
    if clip_id not in clips:
        raise ContentError(f"There is no clip '{clip_id}'. {_choice_of(clips)}", path)
    found = clips[clip_id].model_dump(mode="json", exclude={"clip_id", "transcript", "scene"})
    return {
        "type": "clip",
        **found,
        "is_playable": clips[clip_id].is_playable,
        "scene_html": MarkdownIt("commonmark", {"html": False}).render(clips[clip_id].scene),
        "transcript_html": _transcript(path.parent, clips[clip_id].transcript),
    }


def finish() -> FinishWidget | None:
    """Show the questions of the lesson with their state, and the button that hands it in."""
    if is_grading():
        return None
    questions = [
        {"id": question_id, "type": question["type"], "prompt": question["prompt"]}
        for question_id, question in _questions()[0].items()
    ]
    return FinishWidget(lesson_id=_lesson_id(), question={"type": "finish", "questions": questions})


def _transcript(folder: Path, name: str) -> str:
    """Return a transcript as HTML, a line a line; an empty text when there is none."""
    try:
        text = (folder / name).read_text(encoding="utf-8-sig") if name else ""
    except (OSError, UnicodeDecodeError):
        return ""  # `homevisit media check` tells the author; the lesson goes on without it
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).render(text)


def _question(question_id: str, kind: str) -> QuestionWidget | float:
    return graded(question_id) if is_grading() else _declared(question_id, kind)


def _read_by_trainer(question_id: str, kind: str) -> QuestionWidget | None:
    return None if is_grading() else _declared(question_id, kind)


def _declared(question_id: str, kind: str) -> QuestionWidget:
    questions, path = _questions()
    if question_id not in questions:
        raise ContentError(
            f"There is no question '{question_id}' in this lesson. {_choice_of(questions)}", path
        )
    question: dict[str, Any] = questions[question_id]
    if question["type"] != kind:
        right = f'{question["type"]}("{question_id}")'
        raise ContentError(f"The question '{question_id}' is of another type: write {right}.", path)
    return QuestionWidget(lesson_id=_lesson_id(), question_id=question_id, question=question)


def _questions() -> tuple[dict[str, dict[str, Any]], Path]:
    """Give the lesson's questions and the file that they stand in."""
    course = authored_course()
    if course is not None:
        return written_questions(course, _lesson_id())
    return load_public_questions(QUESTIONS), QUESTIONS


def _clips() -> tuple[Mapping[str, Clip], Path]:
    """Give the course's clips and the file that they stand in."""
    course = authored_course()
    if course is not None:
        return written_clips(course)
    # pydantic and ruamel.yaml take 0.3 s to import, which a kernel without a clip can spare
    from homevisit.course.media import load_clips  # noqa: PLC0415

    return load_clips(CLIPS), CLIPS


def _choice_of(known: Iterable[str]) -> str:
    return f"Write one of: {', '.join(known)}."


def _lesson_id() -> str:
    return Path.cwd().name
