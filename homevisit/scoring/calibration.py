"""How well a first reading agrees with what people decided, and which limits agree best."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from homevisit.course.bands import Band, Bands

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# How many of the points read as covered should be decided so, and how many of those read as not found should not be:
# a learner who is told so should be able to trust it. What is less sure goes between the two, to look at again.
COVERED_RIGHT = 0.85
NONE_RIGHT = 0.95
# Fewer would follow the words of a few texts by chance.
LEAST_DECISIONS = 100
LEAST_QUESTIONS = 5
_STEPS = tuple(step / 100 for step in range(2, 99))


@dataclass(frozen=True, slots=True)
class Judged:
    """One point of one response: the program's share and band for it, and the band that people gave it."""

    question: str
    language: str
    share: float
    first: Band
    decided: Band


@dataclass(frozen=True, slots=True)
class Agreement:
    """How readings agree with decisions; a share of nothing is None.

    `covered_right` is the share of points read as covered that were decided so, `none_right` the same of
    those read as not found; `missed` is the share of the latter that were decided to be covered.
    """

    count: int
    accuracy: float | None
    kappa: float | None
    covered: int
    covered_right: float | None
    none: int
    none_right: float | None
    missed: float | None


@dataclass(frozen=True, slots=True)
class _Limit:
    """What a limit does: `right` of the `count` points on its outer side, and `agreed` on both its sides."""

    right: int
    count: int
    agreed: int

    @property
    def rightness(self) -> float:
        return (self.right + 1) / (self.count + 2)


def agreement(pairs: Iterable[tuple[Band, Band]]) -> Agreement:
    """Compare readings with decisions, given as pairs of (read, decided)."""
    table = Counter(pairs)
    count = sum(table.values())
    read = {band: sum(table[band, other] for other in get_args(Band)) for band in get_args(Band)}
    decided = {band: sum(table[other, band] for other in get_args(Band)) for band in get_args(Band)}
    same = sum(table[band, band] for band in get_args(Band))
    by_chance = sum(read[band] * decided[band] for band in get_args(Band))
    rest = count * count - by_chance
    return Agreement(
        count=count,
        accuracy=_share(same, count),
        kappa=(count * same - by_chance) / rest if rest else None,
        covered=read["covered"],
        covered_right=_share(table["covered", "covered"], read["covered"]),
        none=read["none"],
        none_right=_share(table["none", "none"], read["none"]),
        missed=_share(table["none", "covered"], read["none"]),
    )


def is_enough(judged: Sequence[Judged]) -> bool:
    """Whether limits may be fitted to so many decisions."""
    return len(judged) >= LEAST_DECISIONS and len({each.question for each in judged}) >= LEAST_QUESTIONS


def fitted(judged: Sequence[Judged]) -> Bands:
    """Give the limits with which most points are read as they were decided, if both sides are right often enough.

    Where no limit reaches that, the one that comes nearest is taken. A share of few counts less than one of
    many (one right and one wrong case are added to each).
    """
    ordered = sorted(judged, key=lambda each: each.share)
    shares = [each.share for each in ordered]
    place = {step: bisect_left(shares, step) for step in _STEPS}
    covered, again, none = (_running([each.decided == band for each in ordered]) for band in get_args(Band))
    upper = {
        step: _Limit(covered[-1] - covered[at], len(ordered) - at, covered[-1] - covered[at] + again[at])
        for step, at in place.items()
    }
    lower = {step: _Limit(at - covered[at], at, none[at] - again[at]) for step, at in place.items()}
    first = _best(upper, _STEPS[1:], COVERED_RIGHT)
    return Bands(covered=first, again=_best(lower, [step for step in _STEPS if step < first], NONE_RIGHT))


def cross_validated(judged: Sequence[Judged]) -> list[tuple[Band, Band]]:
    """Read each question with limits fitted to all the others; give (read, decided) of every point."""
    pairs: list[tuple[Band, Band]] = []
    for question in sorted({each.question for each in judged}):
        bands = fitted([each for each in judged if each.question != question])
        pairs += [(bands.band(each.share), each.decided) for each in judged if each.question == question]
    return pairs


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _running(held: Iterable[bool]) -> list[int]:
    sums = [0]
    for each in held:
        sums.append(sums[-1] + each)
    return sums


def _best(limits: Mapping[float, _Limit], steps: Sequence[float], wanted: float) -> float:
    sound = [step for step in steps if limits[step].rightness >= wanted]
    if not sound:
        return max(steps, key=lambda step: limits[step].rightness)
    most = max(limits[step].agreed for step in sound)
    best = [step for step in sound if limits[step].agreed == most]
    return best[len(best) // 2]
