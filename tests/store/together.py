"""Let several threads start the same moment, as several people would."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier


def at_once(count, work):
    """Return what `work(number)` returned or raised, for `count` threads that start together."""
    barrier = Barrier(count)

    def start(number):
        barrier.wait(10)
        try:
            return work(number)
        except Exception as exc:  # noqa: BLE001  the caller looks at it
            return exc

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(start, range(count)))
