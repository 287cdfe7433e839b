"""Loads ``course.yml``: the course's title, its credit line and its lessons in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, ValidationError, model_validator

from homevisit.course.fields import AsTuple, Checked, Identifier, MaybeText, Text, at_least, repeated
from homevisit.course.problems import content_errors, refuse
from homevisit.course.yaml_file import all_in_one, read_yaml

if TYPE_CHECKING:
    from pathlib import Path


class LessonInfo(Checked):
    """One lesson as lists and headings name it; `audience` is whom the source document addresses."""

    lesson_id: Annotated[Identifier, Field(alias="id")]
    title: Text
    audience: Text
    minutes: Annotated[int, Field(ge=1)]
    objectives: Annotated[tuple[Text, ...], AsTuple, at_least(1)]
    source_title: Text
    source_note: MaybeText = ""


class Course(Checked):
    """The course: its lessons stand in the order in which they are taken.

    `pass_percent` is the pass mark of a lesson, in percent of its points; each programme sets its own.
    """

    title: Text
    credit: Text
    pass_percent: Annotated[int, Field(ge=1, le=100)] = 70
    lessons: Annotated[tuple[LessonInfo, ...], AsTuple, at_least(1)]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        refuse("Course", repeated(("lessons",), "id", (lesson.lesson_id for lesson in self.lessons)))
        return self


def load_course(path: Path) -> Course:
    """Load ``course.yml``; raise `ContentError` for its first problem, the rest in `others`."""
    file = read_yaml(path)
    try:
        return Course.model_validate(file.content)
    except ValidationError as exc:
        raise all_in_one(content_errors(exc, file)) from exc
