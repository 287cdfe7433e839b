"""Two readings of one text: where they differ, and how well trainers agree on each criterion over time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from homevisit.services.desk import rubrics
from homevisit.services.desk.queueing import need_reader, prompt_of
from homevisit.services.team.days import day_of
from homevisit.store import desk_items
from homevisit.store import readings as reading_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from homevisit.course.catalogue import Catalogue
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_desk import DeskItem, Reading

# Readings that differ by a whole band of the usual three levels, or by a fifth of all points, are talked over.
FAR_LEVELS = 2
FAR_SHARE = 0.2
# Below this many pairs a kappa says more about chance than about trainers.
FEWEST_PAIRS = 10


@dataclass(frozen=True, slots=True)
class Difference:
    """A text that two trainers rated differently; `is_far` asks for a resolution, `is_resolved` has one."""

    item: DeskItem
    prompt: str
    first: float
    second: float
    criteria: tuple[str, ...]
    is_far: bool
    is_resolved: bool


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well two readings agree on a criterion in a month; `kappa` is None for too few pairs."""

    month: str
    criterion: str
    pairs: int
    same: int
    kappa: float | None


def weighted_kappa(pairs: Sequence[tuple[int, int]]) -> float | None:
    """Return Cohen's kappa with quadratic weights, 1 for full agreement, 0 for that of chance.

    Returns None where it is not defined: no pair, or one and the same level in all of them.
    Source of the rule: J. Cohen, Weighted kappa, Psychological Bulletin 70 (1968).
    """
    if not pairs:
        return None
    firsts, seconds = [one for one, _ in pairs], [two for _, two in pairs]
    seen = sum((one - two) ** 2 for one, two in pairs) / len(pairs)
    by_chance = sum((one - two) ** 2 for one in firsts for two in seconds) / len(pairs) ** 2
    return None if by_chance == 0 else round(1 - seen / by_chance, 3)


def differences(store: Store, catalogue: Catalogue, viewer: Account) -> list[Difference]:
    """Return the texts on which two readings differ, the ones to resolve first."""
    need_reader(viewer)
    found = [
        _difference(catalogue, item, first, second, is_resolved=is_resolved)
        for item, first, second, is_resolved in _twice_read(store)
        if first.ratings != second.ratings or first.outcome != second.outcome
    ]
    return sorted(found, key=lambda one: (one.is_resolved, not one.is_far, one.item.queued_at))


def agreements(store: Store, catalogue: Catalogue, viewer: Account) -> list[Agreement]:
    """Return the agreement on each criterion by month of the second reading, newest month first."""
    need_reader(viewer)
    pairs: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for item, first, second, _ in _twice_read(store):
        month = f"{day_of(second.done_at or second.saved_at):%Y-%m}"
        names = rubrics.names(rubrics.rated_question(catalogue, item), first)
        for criterion in first.ratings.keys() & second.ratings.keys():
            pairs[month, names.get(criterion, criterion)].append(
                (first.ratings[criterion], second.ratings[criterion])
            )
    return [
        Agreement(
            month,
            criterion,
            pairs=len(rated),
            same=sum(one == two for one, two in rated),
            kappa=weighted_kappa(rated) if len(rated) >= FEWEST_PAIRS else None,
        )
        for (month, criterion), rated in sorted(
            pairs.items(), key=lambda one: (one[0][0], one[0][1]), reverse=True
        )
    ]


def _twice_read(store: Store) -> list[tuple[DeskItem, Reading, Reading, bool]]:
    """Return (item, first, second, whether it is resolved) for every text with two finished readings."""
    with store.read() as conn:
        items = {item.item_id: item for item in desk_items.all_items(conn)}
        done = reading_store.done_readings(conn)
    by_item: dict[str, dict[str, Reading]] = defaultdict(dict)
    for reading in done:
        by_item[reading.item_id][reading.kind] = reading
    return [
        (items[item_id], kinds["first"], kinds["second"], "resolution" in kinds)
        for item_id, kinds in by_item.items()
        if item_id in items and "first" in kinds and "second" in kinds
    ]


def _difference(
    catalogue: Catalogue, item: DeskItem, first: Reading, second: Reading, *, is_resolved: bool
) -> Difference:
    names = rubrics.names(rubrics.rated_question(catalogue, item), first)
    apart = {
        criterion: abs(first.ratings[criterion] - second.ratings[criterion])
        for criterion in first.ratings.keys() & second.ratings.keys()
        if first.ratings[criterion] != second.ratings[criterion]
    }
    one, two = first.points or 0.0, second.points or 0.0
    question = rubrics.rated_question(catalogue, item)
    most = float(question.points) if question else max(one, two, 1.0)
    is_far = (
        first.outcome != second.outcome
        or any(levels >= FAR_LEVELS for levels in apart.values())
        or abs(one - two) > FAR_SHARE * most
    )
    return Difference(
        item=item,
        prompt=prompt_of(catalogue, item.lesson_id, item.question_id),
        first=one,
        second=two,
        criteria=tuple(_sorted(names.get(name, name) for name in apart)),
        is_far=is_far,
        is_resolved=is_resolved,
    )


def _sorted(words: Iterable[str]) -> list[str]:
    return sorted(words, key=str.casefold)
