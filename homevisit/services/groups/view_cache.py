"""Keeps the parts of a group session's views that are the same for all who see them."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

View = dict[str, Any]
MAX_KEPT = 300


class ViewCache:
    """The parts of views that are the same for all who see them, made once for each version."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], View] = OrderedDict()
        self._making: dict[tuple[object, ...], Lock] = {}
        self._lock = Lock()

    def get(self, key: tuple[object, ...], make: Callable[[], View]) -> View:
        """Return what is kept under a key; where nothing is, one caller makes it and the others wait."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            turn = self._making.setdefault(key, Lock())
        with turn:
            with self._lock:
                if key in self._kept:
                    return self._kept[key]
            try:
                made = make()
                with self._lock:
                    self._kept[key] = made
                    while len(self._kept) > MAX_KEPT:
                        self._kept.popitem(last=False)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return made
