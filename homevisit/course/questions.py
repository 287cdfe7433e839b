"""The four kinds of question, checked; and the part of each that a learner may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, TypeAdapter, model_validator

from homevisit.course.fields import AsTuple, Checked, Identifier, MaybeText, Text, at_least, repeated
from homevisit.course.problems import refuse
from homevisit.course.yaml_file import Place

Problems = list[tuple[Place, str]]
Points = Annotated[int, Field(ge=1)]
Labels = Annotated[Mapping[Identifier, Text], at_least(2)]


class KeyPoint(Checked):
    """One entry of the handbook's "Answers may include", and where to look again for it."""

    id: Identifier
    text: Text
    look_again: MaybeText = ""


class Criterion(Checked):
    """One row of a rubric; a rating is one of its levels, and `note` is for the trainer only."""

    id: Identifier
    criterion: Text
    levels: Annotated[Mapping[Annotated[int, Field(ge=0)], Text], at_least(2)]
    note: MaybeText = ""

    @property
    def highest(self) -> int:
        """The most that this criterion gives."""
        return max(self.levels)

    @model_validator(mode="after")
    def _starts_at_nothing(self) -> Self:
        if 0 not in self.levels:
            message = "Add a level 0, for a text that does not show this yet."
            refuse("Criterion", [(("levels",), message)])
        return self


class Prompt(Checked):
    """What a learner may see of any question."""

    prompt: Text
    hint: MaybeText = ""


class ObservePrompt(Prompt):
    """What a learner may see of an observation; `timed` asks for the minute and second of each row."""

    timed: bool = False


class ChoosePrompt(Prompt):
    """What a learner may see of a choice."""

    options: Labels


class SortPrompt(Prompt):
    """What a learner may see of a sorting task."""

    groups: Labels
    statements: Labels


class Length(Checked):
    """How long a reflection should be; fewer words are pointed out, never refused."""

    soft_minimum_words: Annotated[int, Field(ge=0)]


class ReflectPrompt(Prompt):
    """What a learner may see of a reflection, beside its rubric."""

    length: Length
    readers: Literal["trainer"]


class ObserveQuestion(Checked):
    """Write what you see and hear; covering `enough` of the key points gives all points."""

    type: Literal["observe"]
    source: Text
    points: Points
    public: ObservePrompt
    enough: Annotated[int, Field(ge=1)]
    key_points: Annotated[tuple[KeyPoint, ...], AsTuple, at_least(1)]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        problems = repeated(("key_points",), "id", (point.id for point in self.key_points))
        problems += [
            (("key_points", number, "look_again"), "Say where to look again for this point.")
            for number, point in enumerate(self.key_points)
            if not point.look_again
        ]
        if self.enough > len(self.key_points):
            message = f"Write a number from 1 to {len(self.key_points)}, the number of key points."
            problems.append((("enough",), message))
        refuse("ObserveQuestion", problems)
        return self


class ChooseQuestion(Checked):
    """Choose one option, or `several`; each option has feedback of its own."""

    type: Literal["choose"]
    source: Text
    points: Points
    several: bool
    public: ChoosePrompt
    correct: Annotated[tuple[str, ...], AsTuple, at_least(1)]
    feedback: Mapping[str, Text]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        options = self.public.options
        problems = repeated(("correct",), "", self.correct)
        problems += [
            (("correct", number), f"Write one of the options here: {_listed(options)}.")
            for number, key in enumerate(self.correct)
            if key not in options
        ]
        if not self.several and len(self.correct) > 1:
            problems.append((("correct",), "Keep one correct option, or write 'several: true'."))
        problems += _one_for_each("feedback", self.feedback, options, "option")
        refuse("ChooseQuestion", problems)
        return self


class SortQuestion(Checked):
    """Place each statement in the group it belongs to; each statement has feedback of its own."""

    type: Literal["sort"]
    source: Text
    points: Points
    public: SortPrompt
    correct: Mapping[str, str]
    feedback: Mapping[str, Text]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        groups, statements = self.public.groups, self.public.statements
        problems = _one_for_each("correct", self.correct, statements, "statement")
        problems += [
            (("correct", key), f"Write one of the groups here: {_listed(groups)}.")
            for key, group in self.correct.items()
            if key in statements and group not in groups
        ]
        refuse("SortQuestion", problems + _one_for_each("feedback", self.feedback, statements, "statement"))
        return self


class ReflectQuestion(Checked):
    """Write a text that a trainer reads and rates; key points, if any, are shown once it is committed."""

    type: Literal["reflect"]
    source: Text
    points: Points
    public: ReflectPrompt
    rubric: Annotated[tuple[Criterion, ...], AsTuple, at_least(1)]
    key_points: Annotated[tuple[KeyPoint, ...], AsTuple] = ()

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        problems = repeated(("rubric",), "id", (criterion.id for criterion in self.rubric))
        problems += repeated(("key_points",), "id", (point.id for point in self.key_points))
        total = sum(criterion.highest for criterion in self.rubric)
        if total != self.points:
            message = f"Write {total} here, or change the rubric: its highest levels add up to {total}."
            problems.append((("points",), message))
        refuse("ReflectQuestion", problems)
        return self


Question = ObserveQuestion | ChooseQuestion | SortQuestion | ReflectQuestion
QUESTION: TypeAdapter[Question] = TypeAdapter(Annotated[Question, Field(discriminator="type")])


def public_part(question: Question) -> dict[str, Any]:
    """Give only what a learner may see, in the form of ``questions.json`` (rubric levels have text keys)."""
    part: dict[str, Any] = {"type": question.type, "points": question.points}
    if isinstance(question, ChooseQuestion):
        part["several"] = question.several
    part |= question.public.model_dump(mode="json", exclude_defaults=True)
    if isinstance(question, ReflectQuestion):
        seen = {"id", "criterion", "levels"}
        part["rubric"] = [criterion.model_dump(mode="json", include=seen) for criterion in question.rubric]
    return part


def _listed(keys: Mapping[str, str]) -> str:
    return ", ".join(keys)


def _one_for_each(field: str, given: Mapping[str, str], wanted: Mapping[str, str], noun: str) -> Problems:
    missing = [key for key in wanted if key not in given]
    unknown = [key for key in given if key not in wanted]
    problems: Problems = [((field, key), f"Remove this line; there is no {noun} '{key}'.") for key in unknown]
    if missing:
        problems.append(((field,), f"Add a line for each {noun}; missing: {', '.join(missing)}."))
    return problems
