"""Scores the EcoMap of a family for completeness."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from homevisit.course.ecomap_rule import rule_parts
from homevisit.scoring.scored import Scored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.questions import EcomapQuestion


def score_ecomap(question: EcomapQuestion, response: Mapping[str, Any]) -> Scored:
    """Score a map: points * parts of the rule that it meets / all parts, as the page says beforehand."""
    parts = rule_parts(question.public.rule, response)
    met = sum(part.met for part in parts)
    feedback = {
        "type": "ecomap",
        "summary": _summary(met, len(parts)),
        "rule": [asdict(part) for part in parts],
        "examples": list(question.examples),
    }
    return Scored(round(question.points * met / len(parts), 2), float(question.points), feedback)


def _summary(met: int, parts: int) -> str:
    if met == parts:
        return "Your map is complete. What matters now is what you and the family see on it."
    return f"{met} of {parts} parts of a complete map are there."
