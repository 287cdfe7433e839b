"""EcoMaps: the people and places around a family and the ties to them, checked and written as text."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from homevisit.course.given import clean, within_draft
from homevisit.errors import InvalidResponseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# The end of a tie that is the family in the middle.
FAMILY = "family"
# The relationships that the sheet on social connections names, and the places of the families we visit.
KINDS = {
    "family": "family member",
    "friend": "friend",
    "neighbor": "neighbor",
    "coworker": "co-worker",
    "group": "group or club",
    "faith": "place of worship",
    "service": "service or agency",
    "place": "school, child care or work",
}
STRENGTHS = {
    "strong": "strong",
    "weak": "weak",
    "stressful": "stressful",
    "strong-stressful": "strong and stressful",
}
DIRECTIONS = ("both", "one-way")
SUPPORTS = ("emotional", "informational", "instrumental", "spiritual")
MAX_PEOPLE = 60
MAX_TIES = 120
MAX_NAME = 200
FARTHEST = 5000

KEPT = "everything you drew is still here"
OUT_OF_STEP = f"This page and the map do not fit each other any more. Reload the page; {KEPT}."
_ID = re.compile(r"[a-z0-9-]{1,40}")
# Marks that turn the direction of all text after them.
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def blank_map() -> dict[str, Any]:
    """Give a map with nobody on it."""
    return {"center": "", "people": [], "ties": [], "look_next": ""}


def drafted_map(obj: object) -> dict[str, Any]:
    """Give a map in its normal form; it may be unfinished.

    Raises
    ------
    InvalidResponseError
        In a plain sentence: what is too much, unknown or misshapen.
    """
    fields = _entries(obj, ("center", "people", "ties", "look_next"))
    people, ties = fields["people"], fields["ties"]
    if not isinstance(people, list) or not isinstance(ties, list):
        raise InvalidResponseError(OUT_OF_STEP)
    _room_for(len(people), MAX_PEOPLE, "people and places", "Take some off the map, or draw a second one")
    _room_for(len(ties), MAX_TIES, "ties", "Remove some")
    drawn: dict[str, Any] = {
        "center": clean(fields["center"]),
        "people": [_person(person) for person in people],
        "ties": [_tie(tie) for tie in ties],
        "look_next": clean(fields["look_next"]),
    }
    within_draft(_texts(drawn))
    _named_in_short([drawn["center"], *(person["name"] for person in drawn["people"])])
    _joined(drawn)
    return drawn


def names(drawn: Mapping[str, Any]) -> dict[str, str]:
    """Give what each end of a tie is called, by its id."""
    called = {person["id"]: shown_name(person["name"]) for person in drawn["people"]}
    return {FAMILY: shown_name(drawn["center"], "the family"), **called}


def shown_name(text: str, otherwise: str = "someone without a name") -> str:
    """Give a name as one line that cannot turn the text around it."""
    return " ".join(_TURNS.sub("", text).split()) or otherwise


def map_as_text(drawn: Mapping[str, Any]) -> str:
    """Write a map as plain text: each person or place with the tie to the family, then all other ties."""
    called = names(drawn)
    to_family = {_other_end(tie): tie for tie in drawn["ties"] if FAMILY in {tie["from"], tie["to"]}}
    others = [tie for tie in drawn["ties"] if FAMILY not in {tie["from"], tie["to"]}]
    lines = [f"EcoMap of: {called[FAMILY]}", "", "People and places around the family:"]
    lines += [
        f"- {called[person['id']]} ({KINDS[person['kind']]}): {_said(to_family.get(person['id']), called)}"
        for person in drawn["people"]
    ] or ["- nobody yet"]
    if others:
        lines += ["", "Ties between them:"]
        lines += [f"- {called[tie['from']]} and {called[tie['to']]}: {_said(tie, called)}" for tie in others]
    if drawn["look_next"].strip():
        lines += ["", "To look at next:", drawn["look_next"].strip()]
    return "\n".join(lines)


def _said(tie: Mapping[str, Any] | None, called: Mapping[str, str]) -> str:
    if tie is None:
        return "no tie to the family is drawn"
    return tie_in_words(tie, called) + (f'; note: "{tie["note"].strip()}"' if tie["note"].strip() else "")


def tie_in_words(tie: Mapping[str, Any], called: Mapping[str, str]) -> str:
    """Write strength, direction and kinds of support of a tie."""
    way = "both ways" if tie["direction"] == "both" else f"one way, to {called[tie['to']]}"
    support = f"{', '.join(tie['support'])} support" if tie["support"] else "no kind of support named"
    return f"{STRENGTHS[tie['strength']]} tie, {way}; {support}"


def _other_end(tie: Mapping[str, Any]) -> str:
    return str(tie["to"] if tie["from"] == FAMILY else tie["from"])


def _entries(obj: object, wanted: tuple[str, ...], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    if not isinstance(obj, dict) or not set(wanted) <= set(obj) <= {*wanted, *optional}:
        raise InvalidResponseError(OUT_OF_STEP)
    return obj


def _room_for(count: int, room: int, what: str, advice: str) -> None:
    if count > room:
        raise InvalidResponseError(
            f"That is {count:,} {what}; there is room for {room} on one map. {advice}; {KEPT}."
        )


def _person(obj: object) -> dict[str, Any]:
    person = _entries(obj, ("id", "name", "kind"), ("x", "y"))
    own_id, name = clean(person["id"]), clean(person["name"])
    if not _ID.fullmatch(own_id) or own_id == FAMILY:
        raise InvalidResponseError(OUT_OF_STEP)
    placed = [_coordinate(person[axis], name) for axis in ("x", "y") if axis in person]
    if len(placed) == 1:
        raise InvalidResponseError(OUT_OF_STEP)
    kind = _one_of(person["kind"], KINDS, "kind of person or place")
    return {"id": own_id, "name": name, "kind": kind, **dict(zip(("x", "y"), placed, strict=False))}


def _tie(obj: object) -> dict[str, Any]:
    tie = _entries(obj, ("from", "to", "strength", "direction", "support", "note"))
    given = tie["support"]
    if not isinstance(given, list):
        raise InvalidResponseError(OUT_OF_STEP)
    support = {_one_of(kind, SUPPORTS, "kind of support") for kind in given}
    return {
        "from": clean(tie["from"]),
        "to": clean(tie["to"]),
        "strength": _one_of(tie["strength"], STRENGTHS, "kind of tie"),
        "direction": _one_of(tie["direction"], DIRECTIONS, "direction of a tie"),
        "support": [kind for kind in SUPPORTS if kind in support],
        "note": clean(tie["note"]),
    }


def _one_of(given: object, known: Iterable[str], what: str) -> str:
    text = clean(given)
    if text not in known:
        raise InvalidResponseError(
            f"“{_short(text)}” is no {what} that a map can show. Choose one from the list; {KEPT}."
        )
    return text


def _coordinate(given: object, name: str) -> int:
    # Python counts true and false as numbers, and its JSON reader takes NaN and Infinity.
    is_number = isinstance(given, int | float) and not isinstance(given, bool)
    if not is_number or not math.isfinite(given) or abs(given) > FARTHEST:  # type: ignore[arg-type]
        raise InvalidResponseError(
            f"The place of “{_short(name)}” lies outside the drawing. Choose “Arrange again”; {KEPT}."
        )
    return round(given)  # type: ignore[call-overload,no-any-return]


def _named_in_short(called: Iterable[str]) -> None:
    for name in called:
        if len(name) > MAX_NAME:
            raise InvalidResponseError(
                f"The name “{_short(name)}” has {len(name):,} characters; there is room for {MAX_NAME}. "
                f"Shorten it, and write the rest in the note; {KEPT}."
            )


def _joined(drawn: Mapping[str, Any]) -> None:
    ids = [person["id"] for person in drawn["people"]]
    if len(set(ids)) < len(ids):
        raise InvalidResponseError(OUT_OF_STEP)
    called = names(drawn)
    seen = set()
    for tie in drawn["ties"]:
        ends = frozenset((tie["from"], tie["to"]))
        if not ends <= set(called):
            raise InvalidResponseError(f"A tie leads to somebody who is not on the map. Remove it; {KEPT}.")
        first, second = (_short(called[end]) for end in (tie["from"], tie["to"]))
        if len(ends) == 1:
            raise InvalidResponseError(
                f"“{first}” is tied to itself. A tie needs two different ends: choose another one; {KEPT}."
            )
        if ends in seen:
            raise InvalidResponseError(
                f"“{first}” and “{second}” are tied twice. Keep one tie and say the rest in its note; {KEPT}."
            )
        seen.add(ends)


def _texts(drawn: Mapping[str, Any]) -> list[str]:
    called = [person["name"] for person in drawn["people"]]
    return [drawn["center"], drawn["look_next"], *called, *(tie["note"] for tie in drawn["ties"])]


def _short(name: str) -> str:
    shown = shown_name(name)
    return f"{shown[:40]}…" if len(shown) > 40 else shown  # noqa: PLR2004  fits into a sentence
