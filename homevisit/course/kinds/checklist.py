"""Checklists by which learners rate themselves, once or twice in a lesson."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from homevisit.course.fields import MaybeText, Text, at_least
from homevisit.course.given import OUT_OF_STEP, clean, counted, known, part, quoted, within_draft
from homevisit.course.kinds.asked import AskedQuestion, Given, Labels, Prompt
from homevisit.course.problems import refuse
from homevisit.errors import InvalidResponseError

_LEVELS = range(100)


class ChecklistPrompt(Prompt):
    """What a learner may see: all of it. `compares_with` is the `question_id` of an earlier checklist."""

    items: Labels
    levels: Annotated[Mapping[Annotated[int, Field(ge=0)], Text], at_least(2)]
    compares_with: MaybeText = ""

    @model_validator(mode="after")
    def _counts_up(self) -> Self:
        if sorted(self.levels) != list(range(len(self.levels))):
            refuse("ChecklistPrompt", [(("levels",), "Number the levels 0, 1, 2 and so on, without a gap.")])
        return self


class ChecklistQuestion(AskedQuestion):
    """Rate oneself on each item; filling it in gives all points."""

    type: Literal["checklist"]
    public: ChecklistPrompt

    def drafted(self, obj: object) -> Given:
        """Give the level of each rated item."""
        ratings = {clean(key): _level(level) for key, level in part(obj, "ratings", dict).items()}
        within_draft(ratings)
        return {"ratings": ratings}

    def committed(self, draft: Given) -> Given:
        """Give the levels in the order of the items; each must be rated."""
        ratings, items = draft["ratings"], self.public.items
        known(ratings, items)
        if not set(ratings.values()) <= set(self.public.levels):
            raise InvalidResponseError(OUT_OF_STEP)
        unrated = [text for key, text in items.items() if key not in ratings]
        if unrated:
            have = counted(len(unrated), "line", "no rating yet.")
            raise InvalidResponseError(f"{have} Rate {quoted(unrated[0])}, then check again.")
        return {"ratings": {key: ratings[key] for key in items}}

    def as_text(self, draft: Mapping[str, Any]) -> str:
        """Write each item with its level in words."""
        items, levels = self.public.items, self.public.levels
        return "\n".join(
            f"- {items.get(key, key)}: {levels.get(level, level)}" for key, level in draft["ratings"].items()
        )


def _level(level: object) -> int:
    # Python counts true and false as whole numbers too.
    if not isinstance(level, int) or isinstance(level, bool) or level not in _LEVELS:
        raise InvalidResponseError(OUT_OF_STEP)
    return level
