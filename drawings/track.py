"""Movement: each number of a scene over time, from one place to the next."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import Any

from drawings.shapes import mixed

Values = dict[str, Any]


class Track:
    """What changes in a scene; a moment is asked for with `at`.

    A name such as ``omar.lx`` joins who and what. Numbers glide, words jump.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self._words: dict[str, list[tuple[float, Any]]] = defaultdict(list)
        self._talk: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def begin(self, who: str, **values: Any) -> None:
        """Say how everything stands at the start."""
        for what, value in values.items():
            kept = self._numbers if isinstance(value, int | float) else self._words
            kept[f"{who}.{what}"].append((0.0, value))

    def move(self, who: str, start: float, end: float, **targets: float) -> None:
        """Let numbers glide to their targets between two times; calls stand in the order of time."""
        for what, target in targets.items():
            keys = self._numbers[f"{who}.{what}"]
            keys.append((max(start, keys[-1][0]), keys[-1][1]))
            keys.append((end, target))

    def turn_to(self, who: str, time: float, **words: Any) -> None:
        """Let words jump at a time."""
        for what, word in words.items():
            self._words[f"{who}.{what}"].append((time, word))

    def talk(self, who: str, start: float, end: float) -> None:
        """Let somebody speak."""
        self._talk[who].append((start, end))

    def is_talking(self, who: str, time: float) -> bool:
        """Whether somebody speaks at this time."""
        return any(start <= time < end for start, end in self._talk[who])

    def at(self, time: float) -> Values:
        """Give everything at one time."""
        numbers = {name: _glide(keys, time) for name, keys in self._numbers.items()}
        words = {name: [word for at, word in keys if at <= time][-1] for name, keys in self._words.items()}
        return numbers | words


def _glide(keys: list[tuple[float, float]], time: float) -> float:
    after = bisect_right([at for at, _ in keys], time)
    if after == len(keys):
        return keys[-1][1]
    (start, before), (end, target) = keys[after - 1], keys[after]
    share = (time - start) / (end - start) if end > start else 1.0
    return mixed(before, target, share * share * (3 - 2 * share))
