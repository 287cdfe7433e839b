"""How a learner's text changed from one attempt to the next."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from homevisit.store.values import Attempt

# A text is compared word by word, with the spaces that follow.
_PIECES = re.compile(r"\s*\S+")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier attempt, and what changed from it to the next: (kept | added | gone, words) in order."""

    number: int
    committed_at: datetime
    changes: tuple[tuple[str, str], ...]


def changes(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Return how `before` became `after`: (kept | added | gone, words) in the order of reading."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    steps: list[tuple[str, str]] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            steps.append(("kept", "".join(old[i:j])))
            continue
        if j > i:
            steps.append(("gone", "".join(old[i:j])))
        if m > k:
            steps.append(("added", "".join(new[k:m])))
    return tuple(steps)


def earlier_tries(tried: Sequence[Attempt], attempt: Attempt) -> tuple[Earlier, ...]:
    """Return the attempts before one, oldest first, each with what changed to the next."""
    until = [one for one in tried if one.number <= attempt.number]
    texts = [str(one.response.get("text", "")) for one in until]
    return tuple(
        Earlier(one.number, one.committed_at, changes(texts[index], texts[index + 1]))
        for index, one in enumerate(until[:-1])
    )
