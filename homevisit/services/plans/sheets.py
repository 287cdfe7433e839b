"""A plan on paper: the handout that everybody gets, and the leader's own with notes and what to expect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from homevisit.errors import MissingEntryError
from homevisit.services.plans.scenes import Block, scene_of

if TYPE_CHECKING:
    from homevisit.course.catalogue import Catalogue
    from homevisit.course.session_plan import SessionPlan, Step
    from homevisit.course.syllabus import LessonInfo

# Lines to write on by hand, by type of question.
LINES = {"observe": 8, "watch": 8, "reflect": 8, "respond": 7, "rephrase": 4, "ecomap": 0, "plan": 0}
FEW_LINES = 3


@dataclass(frozen=True, slots=True)
class SheetStep:
    """A step with what everybody reads on paper; `question` is its public part, None without one."""

    step: Step
    number: int
    blocks: tuple[Block, ...]
    question: dict[str, Any] | None
    lines: int


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """A plan ready to be printed; `info` is None for a plan without a lesson."""

    plan: SessionPlan
    steps: tuple[SheetStep, ...]
    info: LessonInfo | None
    credit: str


def plan_sheet(catalogue: Catalogue, plan: SessionPlan) -> PlanSheet:
    """Return a plan for paper; scenes and questions that the lesson lost meanwhile are left out."""
    steps = tuple(_sheet_step(catalogue, plan, step, number) for number, step in enumerate(plan.steps, 1))
    info = next((one for one in catalogue.lessons() if one.lesson_id == plan.lesson_id), None)
    return PlanSheet(plan, steps, info, catalogue.course().credit if info else "")


def question_of(catalogue: Catalogue, plan: SessionPlan, step: Step) -> dict[str, Any] | None:
    """Return the public part of a step's question; None without one, or when the lesson has lost it."""
    if not step.question_id or not plan.lesson_id:
        return None
    try:
        return catalogue.question(plan.lesson_id, step.question_id).public_part()
    except MissingEntryError:
        return None


def scene_in(catalogue: Catalogue, plan: SessionPlan, step: Step) -> tuple[Block, ...] | None:
    """Return what a scene step shows; None without a scene, or when the lesson has lost it."""
    if not step.section or not plan.lesson_id:
        return None
    try:
        return tuple(scene_of(catalogue, plan.lesson_id, step.section))
    except MissingEntryError:
        return None


def _sheet_step(catalogue: Catalogue, plan: SessionPlan, step: Step, number: int) -> SheetStep:
    question = question_of(catalogue, plan, step)
    lines = LINES.get(question["type"], FEW_LINES) if question else 0
    return SheetStep(step, number, scene_in(catalogue, plan, step) or (), question, lines)
