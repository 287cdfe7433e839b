"""What of an attempt's feedback its learner may see: before a second try, the words of the key stay back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.scoring.observe import BY_POINTS, counted_band

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from homevisit.scoring.scored import Scored

# From so many tries on, everything is shown.
TRIES_FOR_ALL = 2
A_START = "A start."
# Types whose examples say what a learner could find with another look.
WITH_EXAMPLES = frozenset({"ecomap", "rephrase"})


def shown_feedback(scored: Scored, *, tried: int, asked: Collection[str] = ()) -> dict[str, Any]:
    """Give of an attempt's feedback what its learner may see after `tried` attempts at the question.

    Of a point that is not covered only its band and where to look again; of a sentence written anew and of
    an EcoMap no examples, unless it has full points. `held_back` says whether anything is missing; points
    whose ids are in `asked` say that a trainer is asked to read them.
    """
    feedback = {**scored.feedback, "held_back": False}
    if tried < TRIES_FOR_ALL and feedback["type"] in WITH_EXAMPLES and scored.raw != scored.max:
        feedback |= {"examples": [], "held_back": True}
    if "points" in feedback:
        feedback["points"] = [
            {**point, "asked": point["id"] in asked}
            if tried >= TRIES_FOR_ALL or point["covered"]
            else _pointer(point)
            for point in feedback["points"]
        ]
        feedback["held_back"] = any("text" not in point for point in feedback["points"])
    return feedback


def opened(feedback: Mapping[str, Any], number: int, before: Mapping[str, Any] | None) -> str:
    """Give the summary of an attempt, with a word on the first step or on what is new since the attempt before."""
    summary: str = feedback["summary"]
    if feedback["type"] not in BY_POINTS:
        return summary
    covered = feedback["covered"]
    is_near = any(counted_band(point) != "none" for point in feedback["points"])
    if number == 1 and covered < feedback["enough"] and (covered or is_near):
        return f"{A_START} {summary}"
    gained = covered - (before or feedback).get("covered", covered)
    if gained > 0:
        return f"You found {'one' if gained == 1 else gained} more than in your try before. {summary}"
    return summary


def _pointer(point: Mapping[str, Any]) -> dict[str, Any]:
    # not even the id, which an author makes of the key's own words
    kept = ("covered", "decided", "look_again")
    return {"band": counted_band(point)} | {name: point[name] for name in kept if name in point}
