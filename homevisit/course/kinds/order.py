"""Steps to put in order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import model_validator

from homevisit.course.fields import AsTuple, Identifier, Text, at_least, repeated
from homevisit.course.given import OUT_OF_STEP, clean, counted, known, part, quoted, within_draft
from homevisit.course.kinds.asked import AskedQuestion, Given, Problems, Prompt, listed, one_for_each
from homevisit.course.problems import refuse
from homevisit.errors import InvalidResponseError

AS_IT_STOOD = (
    "Nothing is moved yet, and the steps do not stand in their order. Move at least one, then check again."
)


class OrderPrompt(Prompt):
    """What a learner may see: the steps, in the mixed order in which they stand here."""

    steps: Annotated[Mapping[Identifier, Text], at_least(3)]


class OrderQuestion(AskedQuestion):
    """Put steps in order; each step has feedback of its own."""

    type: Literal["order"]
    public: OrderPrompt
    correct: Annotated[tuple[str, ...], AsTuple]
    feedback: Mapping[str, Text]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        steps = self.public.steps
        problems = self._correct_problems()
        if tuple(steps) == self.correct:
            message = (
                "Write the steps in another order than 'correct'; learners first see them as they stand here."
            )
            problems.append((("public", "steps"), message))
        problems += [
            (("public", "steps", key), "Name this step by a word; browsers put plain numbers in order.")
            for key in steps
            if key.isdigit()
        ]
        refuse("OrderQuestion", problems + one_for_each("feedback", self.feedback, steps, "step"))
        return self

    def _correct_problems(self) -> Problems:
        steps = self.public.steps
        problems = repeated(("correct",), "", self.correct)
        problems += [
            (("correct", number), f"Write one of the steps here: {listed(steps)}.")
            for number, key in enumerate(self.correct)
            if key not in steps
        ]
        missing = [key for key in steps if key not in self.correct]
        if missing:
            problems.append((("correct",), f"Add each step in its place; missing: {listed(missing)}."))
        return problems

    def drafted(self, obj: object) -> Given:
        """Give the keys in the order they were put in."""
        order = [clean(key) for key in part(obj, "order", list)]
        within_draft(order)
        return {"order": order}

    def committed(self, draft: Given) -> Given:
        """Give the keys; each step must be there once."""
        order, steps = draft["order"], self.public.steps
        known(order, steps)
        if len(set(order)) < len(order):
            raise InvalidResponseError(OUT_OF_STEP)
        missing = [text for key, text in steps.items() if key not in order]
        if missing:
            have = counted(len(missing), "step", "no place yet.")
            raise InvalidResponseError(f"{have} Place {quoted(missing[0])}, then check again.")
        if order == list(steps):
            raise InvalidResponseError(AS_IT_STOOD)
        return {"order": order}

    def as_text(self, draft: Mapping[str, Any]) -> str:
        """Write the steps with their numbers."""
        steps = self.public.steps
        return "\n".join(f"{number}. {steps.get(key, key)}" for number, key in enumerate(draft["order"], 1))
