"""Forms pairs of those who are there; one of them may be three."""

from __future__ import annotations

import random
from itertools import combinations
from typing import TYPE_CHECKING

from homevisit.services.groups.attendance import is_here
from homevisit.store import groups_people

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from homevisit.store.values_groups import Participant

TRIES = 30
CHANCE = random.SystemRandom()
Pairing = list[list[str]]


def formed(people: Sequence[str], earlier: Collection[frozenset[str]] = ()) -> Pairing:
    """Return people in twos by chance, three where one would be left; who worked together before is kept apart.

    Of some mixed orders, the one with the fewest repeated pairs is taken.
    """
    if not people:
        return []
    best: tuple[int, Pairing] | None = None
    for _ in range(TRIES):
        mixed = list(people)
        CHANCE.shuffle(mixed)
        made = [mixed[start : start + 2] for start in range(0, len(mixed), 2)]
        if len(made) > 1 and len(made[-1]) == 1:
            made[-2:] = [made[-2] + made[-1]]
        repeated = sum(frozenset(two) in earlier for group in made for two in combinations(group, 2))
        if best is None or repeated < best[0]:
            best = (repeated, made)
        if repeated == 0:
            break
    return best[1] if best else []


def form_anew(conn: Connection, session_id: str, now: datetime) -> None:
    """Put all who are there into new pairs; pairs that were before get no number twice."""
    people = groups_people.participants(conn, session_id)
    before = [frozenset(two) for group in _groups(people).values() for two in combinations(group, 2)]
    here = [person.participant_id for person in people if is_here(person, now)]
    first = groups_people.highest_pair(conn, session_id) + 1
    numbered = {
        participant_id: number
        for number, group in enumerate(formed(here, before), first)
        for participant_id in group
    }
    groups_people.set_pairs(conn, session_id, numbered)


def complete(conn: Connection, session_id: str, now: datetime) -> None:
    """Keep the pairs whose people are there, and put those who have nobody into pairs with each other."""
    people = groups_people.participants(conn, session_id)
    here = {person.participant_id for person in people if is_here(person, now)}
    kept = {
        number: [one for one in group if one in here]
        for number, group in _groups(people).items()
        if sum(one in here for one in group) > 1
    }
    alone = sorted(here - {one for group in kept.values() for one in group})
    first = groups_people.highest_pair(conn, session_id) + 1
    if len(alone) == 1 and kept:
        smallest = min(kept, key=lambda number: (len(kept[number]), number))
        kept[smallest].append(alone[0])
    else:
        kept |= dict(enumerate(formed(alone), first))
    groups_people.set_pairs(
        conn, session_id, {one: number for number, group in kept.items() for one in group}
    )


def _groups(people: Sequence[Participant]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for person in people:
        if person.pair is not None:
            found.setdefault(person.pair, []).append(person.participant_id)
    return found
