"""Limits between what a text covers, what to look at again, and what is not found in it yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from pydantic import ValidationError, model_validator

from homevisit.course.fields import Checked, Text
from homevisit.course.problems import content_errors, refuse
from homevisit.course.yaml_file import all_in_one, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from homevisit.course.yaml_file import Place

# covered; look again, since some of it is there; not found yet
Band = Literal["covered", "again", "none"]
# A programme's own limits stand beside its answer keys; `homevisit calibrate --write` makes them.
PROGRAMME_FILE = "bands.yml"


class Bands(Checked):
    """The shares of a point from which on it counts as covered, and as one to look at again."""

    covered: float
    again: float

    @model_validator(mode="after")
    def _stand_in_order(self) -> Self:
        problems: list[tuple[Place, str]] = [
            ((name,), "Write a number between 0 and 1 here, such as 0.4.")
            for name, limit in (("covered", self.covered), ("again", self.again))
            if not 0 < limit < 1
        ]
        if not problems and self.again >= self.covered:
            problems = [(("again",), f"Write a number below {self.covered:g}, from which on it is covered.")]
        refuse("Bands", problems)
        return self

    def band(self, share: float) -> Band:
        """Give the band of a share from 0 to 1; a share that equals a limit belongs above it."""
        if share >= self.covered:
            return "covered"
        return "again" if share >= self.again else "none"


class _BandsFile(Bands):
    """Limits in a file of their own, with what they rest on."""

    rests_on: Text


def load_bands(path: Path) -> Bands:
    """Load a file of limits; raise `ContentError` for its first problem, the rest in `others`."""
    file = read_yaml(path)
    try:
        found = _BandsFile.model_validate(file.content)
    except ValidationError as exc:
        raise all_in_one(content_errors(exc, file)) from exc
    return Bands(covered=found.covered, again=found.again)


def programme_bands(path: Path) -> Bands | None:
    """Load a programme's own limits, ``answer_keys/bands.yml``; None where it has set none."""
    return load_bands(path) if path.is_file() else None
