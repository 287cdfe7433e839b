"""Sorting tasks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import model_validator

from homevisit.course.fields import MIXED, Text
from homevisit.course.given import clean, counted, known, part, quoted, within_draft
from homevisit.course.kinds.asked import AskedQuestion, Given, Labels, Prompt, listed, one_for_each
from homevisit.course.problems import refuse
from homevisit.errors import InvalidResponseError


class SortPrompt(Prompt):
    """What a learner may see of a sorting task; the statements stand in a mixed order."""

    groups: Labels
    statements: Annotated[Labels, MIXED]


class SortQuestion(AskedQuestion):
    """Place each statement in the group it belongs to; each statement has feedback of its own."""

    type: Literal["sort"]
    public: SortPrompt
    correct: Mapping[str, str]
    feedback: Mapping[str, Text]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        groups, statements = self.public.groups, self.public.statements
        problems = one_for_each("correct", self.correct, statements, "statement")
        problems += [
            (("correct", key), f"Write one of the groups here: {listed(groups)}.")
            for key, group in self.correct.items()
            if key in statements and group not in groups
        ]
        refuse("SortQuestion", problems + one_for_each("feedback", self.feedback, statements, "statement"))
        return self

    def drafted(self, obj: object) -> Given:
        """Give the group of each placed statement."""
        placed = {clean(key): clean(group) for key, group in part(obj, "placed", dict).items()}
        within_draft([*placed, *placed.values()])
        return {"placed": placed}

    def committed(self, draft: Given) -> Given:
        """Give the groups in the order of the statements; each must be placed."""
        placed, statements = draft["placed"], self.public.statements
        known(placed, statements)
        known(placed.values(), {*self.public.groups, ""})
        unplaced = [text for key, text in statements.items() if not placed.get(key)]
        if unplaced:
            have = counted(len(unplaced), "statement", "no group yet.")
            raise InvalidResponseError(f"{have} Place {quoted(unplaced[0])}, then check again.")
        return {"placed": {key: placed[key] for key in statements}}

    def as_text(self, draft: Mapping[str, Any]) -> str:
        """Write each group with its statements."""
        groups, statements, placed = self.public.groups, self.public.statements, draft["placed"]
        lines: list[str] = []
        for group in [*groups, *dict.fromkeys(group for group in placed.values() if group not in groups)]:
            lines.append(f"{groups.get(group, group)}:")
            lines += [f"- {statements.get(key, key)}" for key, chosen in placed.items() if chosen == group]
        return "\n".join(lines)
