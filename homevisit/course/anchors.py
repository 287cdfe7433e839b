"""Anchor texts: made-up reflections with agreed ratings, on which a new trainer practices before grading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from homevisit.course.fields import AsTuple, Checked, Identifier, Text, at_least, repeated
from homevisit.course.problems import content_errors, refuse
from homevisit.course.yaml_file import all_in_one, read_yaml
from homevisit.errors import ContentError

if TYPE_CHECKING:
    from pathlib import Path

    from homevisit.course.kinds.rubric import RatedQuestion
    from homevisit.course.yaml_file import Place

# They stand beside the answer keys, one file for a lesson, and reach nobody but trainers.
FOLDER = "anchors"


class AgreedLevel(Checked):
    """The level of one criterion that was agreed on for a text, and one sentence that says why."""

    level: Annotated[int, Field(ge=0)]
    why: Text


class Anchor(Checked):
    """A text and what was agreed on, criterion by criterion."""

    id: Identifier
    language: Literal["en", "es"] = "en"
    text: Text
    agreed: Annotated[Mapping[Identifier, AgreedLevel], at_least(1)]


Anchors = Annotated[tuple[Anchor, ...], AsTuple, at_least(1)]


class _AnchorFile(Checked):
    anchors: Annotated[Mapping[Identifier, Anchors], at_least(1)]

    @model_validator(mode="after")
    def _have_names_of_their_own(self) -> Self:
        problems: list[tuple[Place, str]] = []
        for question_id, anchors in self.anchors.items():
            problems += repeated(("anchors", question_id), "id", (anchor.id for anchor in anchors))
        refuse("Anchors", problems)
        return self


def load_anchors(path: Path) -> Mapping[str, tuple[Anchor, ...]]:
    """Load the anchors of a lesson by question; none where there is no file.

    Raises
    ------
    ContentError
        The first problem of the file, the rest in `others`.
    """
    if not path.is_file():
        return {}
    file = read_yaml(path)
    try:
        return _AnchorFile.model_validate(file.content).anchors
    except ValidationError as exc:
        raise all_in_one(content_errors(exc, file)) from exc


def disagreements(question: RatedQuestion, anchor: Anchor) -> list[tuple[Place, str]]:
    """Give what of an anchor does not fit the rubric of its question: (place inside the anchor, what to write)."""
    criteria = {criterion.id: criterion for criterion in question.rubric}
    problems: list[tuple[Place, str]] = [
        (("agreed",), f"Add {name} here, with its level and why; the rubric has it.")
        for name in criteria.keys() - anchor.agreed.keys()
    ]
    for name, agreed in anchor.agreed.items():
        if name not in criteria:
            known = ", ".join(criteria)
            problems.append((("agreed", name), f"Name a criterion of the rubric here: {known}."))
        elif agreed.level not in criteria[name].levels:
            levels = ", ".join(str(level) for level in sorted(criteria[name].levels))
            problems.append((("agreed", name, "level"), f"Write a level of the rubric here: {levels}."))
    return sorted(problems, key=lambda problem: str(problem[0]))


def anchor_problems(path: Path, questions: Mapping[str, RatedQuestion]) -> list[ContentError]:
    """Give everything that is wrong in a lesson's anchors, where it has any.

    Parameters
    ----------
    questions : mapping
        From the id of each question of the lesson that a trainer rates to the question.
    """
    try:
        found = load_anchors(path)
    except ContentError as exc:
        return [exc, *exc.others]
    if not found:
        return []
    file = read_yaml(path)
    problems = []
    for question_id, anchors in found.items():
        if question_id not in questions:
            known = ", ".join(questions)
            message = f"Name a question here that a trainer rates: {known}."
            problems.append(file.problem(("anchors", question_id), message))
            continue
        for number, anchor in enumerate(anchors):
            at: Place = ("anchors", question_id, number)
            wrong = disagreements(questions[question_id], anchor)
            problems += [file.problem((*at, *place), message) for place, message in wrong]
    return problems
