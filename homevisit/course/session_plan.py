"""The plan of a group session: its steps in order, what the leader says and what everybody sees."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Literal, get_args

from homevisit.course.given import clean
from homevisit.errors import InvalidEntryError, InvalidResponseError

if TYPE_CHECKING:
    from collections.abc import Mapping

StepKind = Literal["talk", "scene", "question", "break"]

KINDS: tuple[StepKind, ...] = get_args(StepKind)
MAX_TITLE = 120
MAX_SAY = 4_000
MAX_SHOW = 2_000
MAX_MINUTES = 240
MAX_STEPS = 40
MAX_ID = 120
OUT_OF_STEP = "This page does not fit the plan any more. Reload the page, then make your change again."
NO_STEPS = "A plan needs at least one step. Add one, or restore one that was removed."


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `say` is for the leader alone, `show` is what everybody sees.

    `question_id` is empty unless the step is a question; `section` is empty unless it is a scene, and then
    the id of the heading in the lesson whose text is shown.
    """

    step_id: str
    kind: StepKind
    title: str
    minutes: int
    say: str
    show: str
    question_id: str
    section: str


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A plan; `lesson_id` is empty for one that is made from no lesson."""

    title: str
    lesson_id: str
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        """How long all steps take together."""
        return sum(step.minutes for step in self.steps)


def read_plan(content: object) -> SessionPlan:
    """Give a plan from decoded JSON; which lessons and questions there are is not looked at.

    Raises
    ------
    InvalidEntryError
        Something is missing, too long or misshapen; the sentence names the step.
    """
    if not isinstance(content, dict) or set(content) != {"title", "lesson_id", "steps"}:
        raise InvalidEntryError(OUT_OF_STEP)
    entries = content["steps"]
    if not isinstance(entries, list):
        raise InvalidEntryError(OUT_OF_STEP)
    if not entries:
        raise InvalidEntryError(NO_STEPS)
    if len(entries) > MAX_STEPS:
        raise InvalidEntryError(
            f"That is {len(entries)} steps; a plan has room for {MAX_STEPS}. Remove some, then save again."
        )
    title = _line(content["title"], "the plan", MAX_TITLE)
    if not title:
        raise InvalidEntryError("Write a title for the plan; then save again.")
    steps = tuple(_step(entry, number) for number, entry in enumerate(entries, 1))
    ids = [step.step_id for step in steps]
    if len(set(ids)) != len(ids):
        raise InvalidEntryError(OUT_OF_STEP)
    return SessionPlan(title, _text(content["lesson_id"], "the plan", MAX_ID), steps)


def plan_json(plan: SessionPlan) -> dict[str, Any]:
    """Give a plan as JSON; `read_plan` makes the same plan of it."""
    steps = [asdict(step) for step in plan.steps]
    return {"title": plan.title, "lesson_id": plan.lesson_id, "steps": steps}


def _step(entry: object, number: int) -> Step:
    if not isinstance(entry, dict) or set(entry) != {field.name for field in fields(Step)}:
        raise InvalidEntryError(OUT_OF_STEP)
    kind = entry["kind"]
    if kind not in KINDS:
        raise InvalidEntryError(OUT_OF_STEP)
    title = _line(entry["title"], f"step {number}", MAX_TITLE)
    if not title:
        raise InvalidEntryError(f"Write a title for step {number}; then save again.")
    where = f"step {number} (“{title}”)"
    step_id = _text(entry["step_id"], where, MAX_ID)
    if not step_id:
        raise InvalidEntryError(OUT_OF_STEP)
    return Step(
        step_id=step_id,
        kind=kind,
        title=title,
        minutes=_minutes(entry["minutes"], where),
        say=_text(entry["say"], where, MAX_SAY),
        show=_text(entry["show"], where, MAX_SHOW),
        **_target(entry, kind, where),
    )


def _target(entry: Mapping[str, Any], kind: StepKind, where: str) -> dict[str, str]:
    """Give the question or the section that a step names, and that alone."""
    question_id = _text(entry["question_id"], where, MAX_ID) if kind == "question" else ""
    section = _text(entry["section"], where, MAX_ID) if kind == "scene" else ""
    if kind == "question" and not question_id:
        raise InvalidEntryError(f"Choose a question for {where}, or make it a talk.")
    return {"question_id": question_id, "section": section}


def _minutes(value: object, where: str) -> int:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if not is_whole or not 0 <= value <= MAX_MINUTES:  # type: ignore[operator]  # a whole number by now
        raise InvalidEntryError(f"Write whole minutes from 0 to {MAX_MINUTES} in {where}, such as 10.")
    return value  # type: ignore[return-value]  # as above


def _line(value: object, where: str, room: int) -> str:
    return " ".join(_text(value, where, room).split())


def _text(value: object, where: str, room: int) -> str:
    try:
        text = clean(value).strip()
    except InvalidResponseError as exc:
        raise InvalidEntryError(OUT_OF_STEP) from exc
    if len(text) > room:
        raise InvalidEntryError(
            f"A text in {where} has {len(text):,} characters; there is room for {room:,}. "
            "Shorten it; everything you wrote is still here."
        )
    return text
