"""Rubrics, and the questions whose text a trainer rates by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from homevisit.course.bands import Bands
from homevisit.course.fields import AsTuple, Checked, Identifier, MaybeText, Text, at_least, repeated
from homevisit.course.given import committed_text, drafted_text
from homevisit.course.kinds.asked import AskedQuestion, Given, Problems
from homevisit.course.kinds.key_point import KeyPoint
from homevisit.course.problems import refuse

NOTHING_WRITTEN = "Nothing is written yet. Write a few sentences, then check again."


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


class RatedQuestion(AskedQuestion):
    """A question whose text a trainer reads and rates; a program looks for its key points, if any, first."""

    rubric: Annotated[tuple[Criterion, ...], AsTuple, at_least(1)]
    key_points: Annotated[tuple[KeyPoint, ...], AsTuple] = ()
    bands: Bands | None = None

    @property
    def is_read_by_trainer(self) -> bool:
        """Always true."""
        return True

    def shown_rubric(self) -> list[dict[str, Any]]:
        """Give criteria and levels without the trainer's notes."""
        seen = {"id", "criterion", "levels"}
        return [criterion.model_dump(mode="json", include=seen) for criterion in self.rubric]

    def drafted(self, obj: object) -> Given:
        """Give the text as it was typed."""
        return drafted_text(obj)

    def committed(self, draft: Given) -> Given:
        """Give the text stripped; it must hold a word."""
        return {"text": committed_text(draft["text"], NOTHING_WRITTEN)}

    def as_text(self, draft: Mapping[str, Any]) -> str:
        """Give the text itself."""
        return str(draft["text"])

    def rated_problems(self) -> Problems:
        """Give what is wrong with the key points, with the rubric and with its total."""
        problems = repeated(("key_points",), "id", (point.id for point in self.key_points))
        problems += repeated(("rubric",), "id", (criterion.id for criterion in self.rubric))
        total = sum(criterion.highest for criterion in self.rubric)
        if total != self.points:
            message = f"Write {total} here, or change the rubric: its highest levels add up to {total}."
            problems.append((("points",), message))
        return problems
