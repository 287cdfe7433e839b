"""Replies to a parent."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import model_validator

from homevisit.course.fields import AsTuple, Text, at_least
from homevisit.course.kinds.asked import Prompt
from homevisit.course.kinds.rubric import RatedQuestion
from homevisit.course.problems import refuse


class RespondPrompt(Prompt):
    """What a learner may see: who is there and what happened, and what the parent says."""

    situation: Text
    says: Text
    readers: Literal["trainer"]


class RespondQuestion(RatedQuestion):
    """Write what one would say to a parent; rubric and examples are shown once it is committed."""

    type: Literal["respond"]
    public: RespondPrompt
    examples: Annotated[tuple[Text, ...], AsTuple, at_least(1)]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        refuse("RespondQuestion", self.rated_problems())
        return self
