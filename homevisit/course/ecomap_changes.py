"""What is different between two EcoMaps of one family, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.course.ecomap import FAMILY, KINDS, STRENGTHS, SUPPORTS, names, tie_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

Map = dict[str, Any]
Ends = frozenset[str]


def same_ids(before: Map, after: Map) -> Map:
    """Give the later map with the ids of the earlier one.

    A copy of a map has them already. Somebody who is on both maps under one name, in whatever capitals, is
    taken for the same; so are those of one id.
    """
    earlier = {person["id"] for person in before["people"]}
    known = {person["id"] for person in after["people"]} & earlier
    by_name = {
        _folded(person): person["id"]
        for person in before["people"]
        if person["id"] not in known and _folded(person)
    }
    new_ids = {FAMILY: FAMILY}
    for person in after["people"]:
        own_id = person["id"]
        new_ids[own_id] = own_id if own_id in known else by_name.pop(_folded(person), own_id)
    return {
        **after,
        "people": [{**person, "id": new_ids[person["id"]]} for person in after["people"]],
        "ties": [{**tie, "from": new_ids[tie["from"]], "to": new_ids[tie["to"]]} for tie in after["ties"]],
    }


def changes(before: Map, after: Map) -> tuple[str, ...]:
    """Give a sentence for each difference; `after` has the ids that `same_ids` gives.

    First who came and who went, then the ties that are new, gone or changed. Places on the drawing do not
    count.
    """
    old, new = _people(before), _people(after)
    called = {**names(before), **names(after)}
    sentences = [
        f"New on the map: “{called[own_id]}” ({KINDS[new[own_id]['kind']]})."
        for own_id in new
        if own_id not in old
    ]
    sentences += [f"No longer on the map: “{called[own_id]}”." for own_id in old if own_id not in new]
    for own_id in new:
        if own_id in old:
            sentences += _renamed(old[own_id], new[own_id], before, after)
    return (*sentences, *_tie_changes(before, after, called))


def _tie_changes(before: Map, after: Map, called: Mapping[str, str]) -> list[str]:
    old, new = _ties(before), _ties(after)
    gone = {*_people(before)} - {*_people(after)}
    sentences = []
    for ends, tie in new.items():
        if ends not in old:
            sentences.append(f"New: {_between(tie, called)} ({tie_in_words(tie, called)}).")
        else:
            told = _told(old[ends], tie, called)
            sentences += [f"Changed: {_between(tie, called)}: {'; '.join(told)}."] if told else []
    for ends, tie in old.items():
        # Whoever went took all ties along; one sentence is enough.
        if ends not in new and not ends & gone:
            sentences.append(f"Gone: {_between(tie, called)}, which was {STRENGTHS[tie['strength']]}.")
    return sentences


def _told(old: Mapping[str, Any], new: Mapping[str, Any], called: Mapping[str, str]) -> list[str]:
    told = []
    if old["strength"] != new["strength"]:
        told.append(f"it was {STRENGTHS[old['strength']]} and is now {STRENGTHS[new['strength']]}")
    if _way(old, called) != _way(new, called):
        told.append(f"it went {_way(old, called)} and now goes {_way(new, called)}")
    came = [kind for kind in SUPPORTS if kind in new["support"] and kind not in old["support"]]
    went = [kind for kind in SUPPORTS if kind in old["support"] and kind not in new["support"]]
    told += [f"{' and '.join(came)} support has come"] if came else []
    told += [f"{' and '.join(went)} support is no longer there"] if went else []
    if old["note"].strip() != new["note"].strip():
        told.append("the note is another one")
    return told


def _renamed(old: Mapping[str, Any], new: Mapping[str, Any], before: Map, after: Map) -> list[str]:
    sentences = []
    old_name, new_name = names(before)[old["id"]], names(after)[new["id"]]
    if _folded(old) != _folded(new):
        sentences.append(f"“{old_name}” is now called “{new_name}”.")
    if old["kind"] != new["kind"]:
        sentences.append(f"“{new_name}” was a {KINDS[old['kind']]} and is now a {KINDS[new['kind']]}.")
    return sentences


def _way(tie: Mapping[str, Any], called: Mapping[str, str]) -> str:
    return "both ways" if tie["direction"] == "both" else f"one way, to {called[tie['to']]}"


def _between(tie: Mapping[str, Any], called: Mapping[str, str]) -> str:
    first, second = (called[tie[end]] for end in ("from", "to"))
    if FAMILY in {tie["from"], tie["to"]}:
        other = second if tie["from"] == FAMILY else first
        return f"the tie to “{other}”"
    return f"the tie between “{first}” and “{second}”"


def _people(drawn: Map) -> dict[str, Map]:
    return {person["id"]: person for person in drawn["people"]}


def _ties(drawn: Map) -> dict[Ends, Map]:
    return {frozenset((tie["from"], tie["to"])): tie for tie in drawn["ties"]}


def _folded(person: Mapping[str, Any]) -> str:
    return " ".join(person["name"].casefold().split())
