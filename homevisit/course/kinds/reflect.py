"""Reflections."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from homevisit.course.fields import Checked
from homevisit.course.kinds.asked import Prompt
from homevisit.course.kinds.rubric import RatedQuestion
from homevisit.course.problems import refuse


class Length(Checked):
    """How long a reflection should be; fewer words are pointed out, never refused."""

    soft_minimum_words: Annotated[int, Field(ge=0)]


class ReflectPrompt(Prompt):
    """What a learner may see of a reflection, beside its rubric."""

    length: Length
    readers: Literal["trainer"]


class ReflectQuestion(RatedQuestion):
    """Write a text that a trainer reads and rates; key points, if any, are shown after the second try."""

    type: Literal["reflect"]
    public: ReflectPrompt

    def public_part(self) -> dict[str, Any]:
        """Give what a learner may see, the rubric included: it stands beside the text."""
        return super().public_part() | {"rubric": self.shown_rubric()}

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        refuse("ReflectQuestion", self.rated_problems())
        return self
