"""Questions about what one sees and hears, scored at once by the key points that the words cover."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from homevisit.course.bands import Bands
from homevisit.course.fields import AsTuple, at_least, repeated
from homevisit.course.kinds.asked import AskedQuestion
from homevisit.course.kinds.key_point import KeyPoint
from homevisit.course.problems import refuse
from homevisit.course.words import WordChoices


class SeenQuestion(AskedQuestion):
    """Covering `enough` of the key points gives all points; each point says where to look again."""

    enough: Annotated[int, Field(ge=1)]
    key_points: Annotated[tuple[KeyPoint, ...], AsTuple, at_least(1)]
    bands: Bands | None = None
    words: WordChoices | None = None

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
        refuse(type(self).__name__, problems)
        return self
