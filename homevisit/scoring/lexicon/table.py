"""The table of word vectors: how alike two words are, and how much a word says.

README.md in this folder says what it was made from; ``scripts/word_table`` makes it anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

FOLDER = Path(__file__).parent
VECTORS = "vectors.npy"
STEMS = "stems.txt"
# What a word weighs that the table does not have: names and rare words say much.
UNKNOWN_WEIGHT = 4.5
# Shorter words have too many neighbours to guess what was meant.
SHORTEST_SLIP = 4


@dataclass(frozen=True)
class Table:
    """Stems, the commonest first, with the weight of each and its vector of small whole numbers."""

    rows: Mapping[str, int]
    weights: Sequence[float]
    vectors: NDArray[np.int8]

    def weight(self, stem: str) -> float:
        """Give how much a word says: the rarer, the more."""
        row = self.rows.get(stem)
        return UNKNOWN_WEIGHT if row is None else self.weights[row]

    def meant(self, stem: str) -> str:
        """Give the commonest stem of the table that `stem` can be a slip of the pen for, or ""."""
        if len(stem) < SHORTEST_SLIP or not stem.isalpha():
            return ""
        slips = slips_allowed(len(stem))
        near = [
            other
            for length in range(len(stem) - slips, len(stem) + slips + 1)
            for other in self._by_start.get((stem[0], length), ())
        ]
        if not near:
            return ""
        distances = cdist([stem], near, scorer=OSA.distance, score_cutoff=slips)[0]
        best = min(range(len(near)), key=lambda at: (distances[at], self.rows[near[at]]))
        return near[best] if distances[best] <= slips else ""

    @cached_property
    def _by_start(self) -> dict[tuple[str, int], list[str]]:
        found: dict[tuple[str, int], list[str]] = {}
        for stem in self.rows:
            found.setdefault((stem[0], len(stem)), []).append(stem)
        return found


def slips_allowed(length: int) -> int:
    """Give how many letters of a word of this length may be wrong, doubled, missing or swapped."""
    return 2 if length >= 8 else 1  # noqa: PLR2004  # long words have few neighbours


@lru_cache(maxsize=1)
def word_table() -> Table:
    """Give the table; it is read on first use and its vectors stay in the file."""
    lines = (FOLDER / STEMS).read_text(encoding="ascii").split()
    stems, ranks = lines[::2], np.array(lines[1::2], dtype=np.int64)
    vectors = np.load(FOLDER / VECTORS, mmap_mode="r")
    return Table(dict(zip(stems, range(len(stems)), strict=True)), np.log10(ranks + 3).tolist(), vectors)
