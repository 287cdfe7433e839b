"""The step that a group session is at, as every screen shows it: its words, its question, its scene."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.course.kinds.watch import WatchQuestion
from homevisit.errors import MissingEntryError
from homevisit.services.plans import clip_of, scene_of

if TYPE_CHECKING:
    from homevisit.course.catalogue import Catalogue
    from homevisit.course.questions import Question
    from homevisit.course.session_plan import SessionPlan
    from homevisit.store.values_groups import GroupSession


def shown_step(
    catalogue: Catalogue, session: GroupSession, plan: SessionPlan, question: Question | None
) -> dict[str, Any]:
    """Return the lesson and the step; it is the same until the stage changes."""
    step, lesson = plan.steps[session.position], None
    if session.lesson_id:
        lesson = {"lesson_id": session.lesson_id, "title": catalogue.lesson(session.lesson_id).title}
    asked = None if question is None else question.public_part() | {"question_id": step.question_id}
    scene = None
    if asked is not None:
        # what a lesson's page finds further up: the film to watch, the scene that the question speaks of
        if isinstance(question, WatchQuestion):
            asked["film"] = clip_of(catalogue, asked["clip"])
        clip = clip_of(catalogue, asked.get("scene") or "")
        scene = [{"kind": "clip", "clip_id": asked["scene"], "clip": clip}] if clip else None
    if step.kind == "scene" and session.lesson_id and step.section:
        try:
            scene = scene_of(catalogue, session.lesson_id, step.section)
        except MissingEntryError:
            scene = []  # the lesson was changed since; the step goes on with its other words
    return {
        "lesson": lesson,
        "step": {
            "position": session.position,
            "of": len(plan.steps),
            "kind": step.kind,
            "title": step.title,
            "minutes": step.minutes,
            "show": step.show,
            "question": asked,
            "scene": scene,
        },
    }
