"""A first plan to change as one likes: 45 minutes from a lesson's own sections, or the PIWI order."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from homevisit.course.closing import read_closing
from homevisit.course.session_plan import MAX_SHOW, MAX_TITLE, SessionPlan, Step, StepKind
from homevisit.services.plans import wording
from homevisit.services.plans.scenes import sections_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from homevisit.course.catalogue import Catalogue
    from homevisit.course.lesson_sections import Section
    from homevisit.course.questions import Question

# A section with fewer words than this is no scene by itself; the one before it tells what happens.
FEWEST_WORDS = 150
# So many sections before it may hold the clip that it speaks of.
REACH = 2
# What a group can do best together stands first.
MAIN_TYPES = ("observe", "reflect", "respond", "choose", "sort", "order", "rephrase", "watch")
TALK_TYPES = ("reflect", "respond", "choose", "sort", "rephrase")


def make_plan(catalogue: Catalogue, lesson_id: str) -> SessionPlan:
    """Return a plan of 45 minutes: welcome, scene, a question for one, two and all, talk, closing.

    Raises
    ------
    MissingEntryError
        There is no such lesson.
    """
    info, questions = catalogue.lesson(lesson_id), catalogue.key(lesson_id).questions
    sections = sections_of(catalogue, lesson_id)
    main = _main_question(questions)
    talk = _talk_question(questions, main)
    scene = _scene_for(sections, questions, main)
    steps = [step("welcome", "talk", "Welcome", 3, wording.WELCOME, f"Today: {info.title}")]
    if scene is not None:
        steps.append(
            step("scene", "scene", scene.title, 6, wording.SCENE, wording.LOOK, section=scene.section_id)
        )
    if main:
        title = f"{wording.QUESTION_TITLES.get(questions[main].type, 'Question')}: alone, in pairs, together"
        steps.append(step("first-question", "question", title, 16, wording.THREE_TIMES, question_id=main))
    if talk:
        steps.append(step("second-question", "question", "Discussion", 10, wording.TALK, question_id=talk))
    takeaway = _taken_along(catalogue, lesson_id)
    steps.append(step("take-along", "talk", "What we take along", 6, wording.TAKE_ALONG, takeaway))
    steps.append(step("closing", "talk", "Closing", 4, wording.CLOSING, wording.THANKS))
    return SessionPlan(_short(info.title), lesson_id, tuple(steps))


def piwi_plan() -> SessionPlan:
    """Return the seven parts of the PIWI model (Yates & McCollum) as a plan for rehearsing a socialization."""
    steps = [
        step(step_id, "talk", title, minutes, say, show)
        for step_id, title, minutes, say, show in wording.PIWI_STEPS
    ]
    return SessionPlan(wording.PIWI_TITLE, "", tuple(steps))


def step(  # noqa: PLR0917  what every step has, in the order in which it is read
    step_id: str,
    kind: StepKind,
    title: str,
    minutes: int,
    say: str = "",
    show: str = "",
    *,
    question_id: str = "",
    section: str = "",
) -> Step:
    """Return a step; what does not belong to its kind stays empty."""
    return Step(step_id, kind, _short(title), minutes, say, show[:MAX_SHOW], question_id, section)


def _main_question(questions: Mapping[str, Question]) -> str:
    for wanted in MAIN_TYPES:
        found = [question_id for question_id, question in questions.items() if question.type == wanted]
        with_scene = [question_id for question_id in found if questions[question_id].public.scene]
        if found:
            return (with_scene or found)[0]
    return ""


def _talk_question(questions: Mapping[str, Question], main: str) -> str:
    order = list(questions)
    later = order[order.index(main) + 1 :] if main else order
    for wanted in TALK_TYPES:
        for question_id in (*later, *order):
            if question_id != main and questions[question_id].type == wanted:
                return question_id
    return ""


def _scene_for(sections: Sequence[Section], questions: Mapping[str, Question], main: str) -> Section | None:
    if not sections:
        return None
    clip_id = questions[main].public.scene if main else ""
    with_clip = next((section for section in sections if clip_id and clip_id in section.clips), None)
    if with_clip is not None:
        return with_clip
    at = next((number for number, section in enumerate(sections) if main in section.questions), None)
    if at is None:
        return sections[0]
    if sections[at].words >= FEWEST_WORDS or sections[at].clips or at == 0:
        return sections[at]
    near = sections[max(0, at - REACH) : at]
    return next((section for section in reversed(near) if section.clips), near[-1])


def _taken_along(catalogue: Catalogue, lesson_id: str) -> str:
    html = catalogue.read(catalogue.notebook_path(lesson_id), read_closing).html
    points = [
        unescape(re.sub(r"<[^>]+>", "", point)) for point in re.findall(r"<li>(.*?)</li>", html, re.DOTALL)
    ]
    lines = [f"• {' '.join(point.split())}" for point in points]
    while len("\n".join(lines)) > MAX_SHOW:
        lines.pop()
    return "\n".join(lines)


def _short(title: str) -> str:
    return title if len(title) <= MAX_TITLE else title[: MAX_TITLE - 1].rstrip() + "…"
