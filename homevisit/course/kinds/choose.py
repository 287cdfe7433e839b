"""Choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import model_validator

from homevisit.course.fields import MIXED, AsTuple, Text, at_least, repeated
from homevisit.course.given import clean, known, part, within_draft
from homevisit.course.kinds.asked import AskedQuestion, Given, Labels, Prompt, listed, one_for_each
from homevisit.course.problems import refuse
from homevisit.errors import InvalidResponseError


class ChoosePrompt(Prompt):
    """What a learner may see of a choice; the options stand in a mixed order."""

    options: Annotated[Labels, MIXED]


class ChooseQuestion(AskedQuestion):
    """Choose one option, or `several`; each option has feedback of its own."""

    type: Literal["choose"]
    several: bool
    public: ChoosePrompt
    correct: Annotated[tuple[str, ...], AsTuple, at_least(1)]
    feedback: Mapping[str, Text]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        options = self.public.options
        problems = repeated(("correct",), "", self.correct)
        problems += [
            (("correct", number), f"Write one of the options here: {listed(options)}.")
            for number, key in enumerate(self.correct)
            if key not in options
        ]
        if not self.several and len(self.correct) > 1:
            problems.append((("correct",), "Keep one correct option, or write 'several: true'."))
        problems += one_for_each("feedback", self.feedback, options, "option")
        refuse("ChooseQuestion", problems)
        return self

    def public_part(self) -> dict[str, Any]:
        """Give what a learner may see; whether several may be chosen is no secret."""
        return super().public_part() | {"several": self.several}

    def drafted(self, obj: object) -> Given:
        """Give the chosen keys."""
        chosen = [clean(key) for key in part(obj, "chosen", list)]
        within_draft(chosen)
        return {"chosen": chosen}

    def committed(self, draft: Given) -> Given:
        """Give the chosen keys in the order of the options."""
        chosen, options = draft["chosen"], self.public.options
        known(chosen, options)
        in_order = [key for key in options if key in chosen]
        if not in_order:
            wanted = "at least one option" if self.several else "one option"
            raise InvalidResponseError(f"Nothing is chosen yet. Choose {wanted}, then check again.")
        if len(in_order) > 1 and not self.several:
            raise InvalidResponseError(f"You have chosen {len(in_order)} options. Choose only one here.")
        return {"chosen": in_order}

    def as_text(self, draft: Mapping[str, Any]) -> str:
        """Write the chosen labels as a list."""
        options = self.public.options
        return "\n".join(f"- {options.get(key, key)}" for key in draft["chosen"])
