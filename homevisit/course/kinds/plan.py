"""Plans of one socialization for a described group, on the form with five elements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import model_validator

from homevisit.course.elof import DOMAINS
from homevisit.course.fields import AsTuple, Text
from homevisit.course.given import known, within_field
from homevisit.course.kinds.asked import AskedQuestion, Given, Prompt, one_for_each
from homevisit.course.papers_plan import (
    HEAD,
    SECTIONS,
    checked_plan,
    is_filled,
    plan_as_text,
)
from homevisit.course.problems import refuse
from homevisit.errors import InvalidResponseError

LINES = sum(len(lines) for _, lines in SECTIONS.values())
RULE = (
    f"The form has {LINES} lines. A line counts when at least two words "
    "stand in it; the ELOF line counts when a domain is chosen. If you write several goals, each needs its own "
    "connections. Your points are the share of lines that are filled."
)
NO_GOAL = (
    "Write at least one goal in a few words, then check again. What should be different when families leave?"
)


class PlanPrompt(Prompt):
    """What a learner may see: all of it. `group` describes the families, `facts` is a list beside it."""

    group: Text
    facts: Annotated[tuple[Text, ...], AsTuple] = ()


class PlanQuestion(AskedQuestion):
    """Fill in the planning form; every filled line counts the same. Each section has feedback of its own."""

    type: Literal["plan"]
    public: PlanPrompt
    feedback: Mapping[str, Text]

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        refuse("PlanQuestion", one_for_each("feedback", self.feedback, SECTIONS, "section"))
        return self

    def public_part(self) -> dict[str, Any]:
        """Give what a learner may see; the rule that gives points stands on the page."""
        return super().public_part() | {"rule": RULE}

    def drafted(self, obj: object) -> Given:
        """Give the plan as it was typed."""
        return checked_plan(obj)

    def committed(self, draft: Given) -> Given:
        """Give the plan stripped, without empty goals; at least one goal must be written."""
        goals = [_stripped_goal(goal) for goal in draft["goals"]]
        goals = [goal for goal in goals if any(goal.values())]
        if not any(is_filled(goal["goal"]) for goal in goals):
            raise InvalidResponseError(NO_GOAL)
        captions = HEAD | {key: caption for _, lines in SECTIONS.values() for key, caption in lines.items()}
        given = {key: text.strip() for key, text in draft.items() if key != "goals"}
        for fields in (given, *goals):
            for key, text in fields.items():
                within_field(text, f'"{captions.get(key, key)}"')
        return {key: goals if key == "goals" else given[key] for key in draft}

    def as_text(self, draft: Mapping[str, Any]) -> str:
        """Write the plan section by section."""
        return plan_as_text(draft)


def _stripped_goal(goal: Mapping[str, str]) -> dict[str, str]:
    stripped = {key: text.strip() for key, text in goal.items()}
    if stripped["domain"]:
        known([stripped["domain"]], DOMAINS)
        if stripped["subdomain"] not in DOMAINS[stripped["domain"]].subdomains:
            stripped["subdomain"] = ""
    return stripped
