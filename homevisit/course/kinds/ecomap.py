"""Drawing the EcoMap of a family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from homevisit.course.ecomap import FAMILY, blank_map, drafted_map, map_as_text
from homevisit.course.ecomap_rule import EcomapRule, rule_parts
from homevisit.course.fields import AsTuple, MaybeText, Text
from homevisit.course.given import is_blank, within_field
from homevisit.course.kinds.asked import AskedQuestion, Given, Prompt
from homevisit.errors import InvalidResponseError

if TYPE_CHECKING:
    from collections.abc import Mapping


class EcomapPrompt(Prompt):
    """What a learner may see: all but the examples. `family` is what the middle of the map is called."""

    family: MaybeText = ""
    rule: EcomapRule


class EcomapQuestion(AskedQuestion):
    """Draw the map of a family; each part of the rule that the map meets counts the same."""

    type: Literal["ecomap"]
    public: EcomapPrompt
    examples: Annotated[tuple[Text, ...], AsTuple] = ()

    def public_part(self) -> dict[str, Any]:
        """Give what a learner may see, with the rule in words."""
        lines = [part.text for part in rule_parts(self.public.rule, blank_map())]
        return {**super().public_part(), "rule_lines": lines}

    def drafted(self, obj: object) -> Given:
        """Give the map as it was drawn."""
        return drafted_map(obj)

    def committed(self, draft: Given) -> Given:
        """Give the map; somebody must be on it, each with a name, and one at least tied to the family."""
        people, ties = draft["people"], draft["ties"]
        if not people:
            raise InvalidResponseError(
                "Nobody is on the map yet. Put one person or place on it at least, then check again."
            )
        if any(is_blank(person["name"]) for person in people):
            raise InvalidResponseError(
                "Somebody on the map is without a name. Write a role there, or take them off, then check again."
            )
        if not any(FAMILY in {tie["from"], tie["to"]} for tie in ties):
            raise InvalidResponseError(
                "No tie to the family is drawn yet. Choose a person and say how the tie is, then check again."
            )
        within_field(draft["look_next"], "what to look at next")
        return {
            "center": draft["center"].strip(),
            "people": [{**person, "name": person["name"].strip()} for person in people],
            "ties": [{**tie, "note": tie["note"].strip()} for tie in ties],
            "look_next": draft["look_next"].strip(),
        }

    def as_text(self, draft: Mapping[str, Any]) -> str:
        """Write the map in words."""
        return map_as_text(draft)
