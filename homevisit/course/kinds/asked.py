"""What all types of question have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import Field

from homevisit.course.fields import Checked, Identifier, MaybeText, PointIds, Text, at_least
from homevisit.course.yaml_file import Place

Problems = list[tuple[Place, str]]
Points = Annotated[int, Field(ge=1)]
Labels = Annotated[Mapping[Identifier, Text], at_least(2)]
Given = dict[str, Any]


class Prompt(Checked):
    """What a learner may see of any question; `scene` names a clip whose scene can be read again beside it."""

    prompt: Text
    hint: MaybeText = ""
    scene: MaybeText = ""


class AskedQuestion(Checked, ABC):
    """A question as its author wrote it, and how a response to it is read."""

    type: str
    source: Text
    points_of: PointIds = ()
    points: Points
    public: Prompt

    @property
    def is_read_by_trainer(self) -> bool:
        """Whether a trainer reads and rates the response; all others are scored at once."""
        return False

    def public_part(self) -> dict[str, Any]:
        """Give only what a learner may see, in the form of ``questions.json`` (levels have text keys)."""
        shown = self.public.model_dump(mode="json", exclude_defaults=True)
        return {"type": self.type, "points": self.points, **shown}

    @abstractmethod
    def drafted(self, obj: object) -> Given:
        """Give what came from a browser as it was typed; InvalidResponseError for its shape or size only."""

    @abstractmethod
    def committed(self, draft: Given) -> Given:
        """Give a draft in the form that is stored and scored; InvalidResponseError says what is missing."""

    @abstractmethod
    def as_text(self, draft: Mapping[str, Any]) -> str:
        """Write a response as plain text; a key that the question has no more stands for itself."""


def listed(keys: Iterable[str]) -> str:
    """Give keys as a sentence names them."""
    return ", ".join(keys)


def one_for_each(field: str, given: Iterable[str], wanted: Iterable[str], noun: str) -> Problems:
    """Give the problems of the mapping `field`, which must have one line for each wanted key."""
    given, wanted = list(given), list(wanted)
    unknown = [key for key in given if key not in wanted]
    missing = [key for key in wanted if key not in given]
    problems: Problems = [((field, key), f"Remove this line; there is no {noun} '{key}'.") for key in unknown]
    if missing:
        problems.append(((field,), f"Add a line for each {noun}; missing: {listed(missing)}."))
    return problems
