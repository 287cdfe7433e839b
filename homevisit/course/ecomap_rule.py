"""The rule by which an EcoMap is complete, in words that learners read beforehand and in what a map has of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from homevisit.course.ecomap import FAMILY, SUPPORTS, names
from homevisit.course.fields import Checked
from homevisit.course.given import is_blank

if TYPE_CHECKING:
    from collections.abc import Mapping

COSTLY = ("weak", "stressful", "strong-stressful")
Count = Annotated[int, Field(ge=0)]


class EcomapRule(Checked):
    """What a complete map has; 0 and false leave a part of the rule out."""

    ties: Annotated[int, Field(ge=1)]
    supports: bool = True
    costs: Count = 1
    one_way: Count = 1
    look_next: bool = True


@dataclass(frozen=True, slots=True)
class RulePart:
    """One part of the rule; `have` says what the map has of it, or asks for what is missing."""

    id: str
    text: str
    met: bool
    have: str


def rule_parts(rule: EcomapRule, drawn: Mapping[str, Any]) -> tuple[RulePart, ...]:
    """Give all parts of the rule, in the order in which they are shown."""
    parts = [_ties(rule, drawn)]
    if rule.supports:
        parts.append(_supports(drawn))
    if rule.costs:
        parts.append(_costs(rule, drawn))
    if rule.one_way:
        parts.append(_one_way(rule, drawn))
    if rule.look_next:
        parts.append(_look_next(drawn))
    return tuple(parts)


def _ties(rule: EcomapRule, drawn: Mapping[str, Any]) -> RulePart:
    count = sum(FAMILY in {tie["from"], tie["to"]} for tie in drawn["ties"])
    met = count >= rule.ties
    more = (
        ""
        if met
        else f" Who or what else is in their week? {rule.ties - count} more, and this part is there."
    )
    return RulePart(
        "ties",
        f"at least {_counted(rule.ties, 'person or place', 'people or places')} with a tie to the family",
        met,
        f"Your map has {_counted(count, 'tie', 'ties')} to the family.{more}",
    )


def _supports(drawn: Mapping[str, Any]) -> RulePart:
    there = {kind for tie in drawn["ties"] for kind in tie["support"]}
    missing = [kind for kind in SUPPORTS if kind not in there]
    said = (
        f"Not on the map yet: {_listed(missing)} support. Who brings it?"
        if missing
        else "All four are there."
    )
    return RulePart("supports", f"each kind of support somewhere: {_listed(SUPPORTS)}", not missing, said)


def _costs(rule: EcomapRule, drawn: Mapping[str, Any]) -> RulePart:
    found = _ends(drawn, [tie for tie in drawn["ties"] if tie["strength"] in COSTLY])
    met = len(found) >= rule.costs
    asked = "Which tie costs this family strength, or holds only a little?"
    return RulePart(
        "costs",
        f"at least {_counted(rule.costs, 'tie', 'ties')} that {'is' if rule.costs == 1 else 'are'} weak or stressful",
        met,
        _found(found, met=met, otherwise=asked),
    )


def _one_way(rule: EcomapRule, drawn: Mapping[str, Any]) -> RulePart:
    found = _ends(drawn, [tie for tie in drawn["ties"] if tie["direction"] == "one-way"])
    met = len(found) >= rule.one_way
    asked = "Where does something flow in one direction only?"
    return RulePart(
        "one-way",
        f"at least {_counted(rule.one_way, 'tie', 'ties')} that {'goes' if rule.one_way == 1 else 'go'} one way only",
        met,
        _found(found, met=met, otherwise=asked),
    )


def _look_next(drawn: Mapping[str, Any]) -> RulePart:
    met = not is_blank(drawn["look_next"])
    said = "You wrote it down." if met else "Write down one thing. A question to the parent will do."
    return RulePart("look-next", "a note on what you would like to look at next with the family", met, said)


def _ends(drawn: Mapping[str, Any], ties: list[Mapping[str, Any]]) -> list[str]:
    called = names(drawn)
    between = [" and ".join(called[end] for end in (tie["from"], tie["to"]) if end != FAMILY) for tie in ties]
    return [f"“{name}”" for name in between]


def _found(found: list[str], *, met: bool, otherwise: str) -> str:
    there = f"On your map: {', '.join(found)}." if found else "There is none on your map yet."
    return there if met else f"{there} {otherwise}"


def _counted(count: int, one: str, several: str) -> str:
    return f"1 {one}" if count == 1 else f"{count} {several}"


def _listed(kinds: list[str] | tuple[str, ...]) -> str:
    return kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} and {kinds[-1]}"
