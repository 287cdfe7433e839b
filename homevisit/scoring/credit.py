"""How well one word stands for another, and the sense of some words taken together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA

from homevisit.scoring.lexicon.table import word_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from homevisit.scoring.reading import Word

    Floats = NDArray[np.float64]

MISSPELT = 0.85
# Two words this alike (cosine of their vectors) begin to stand for one another, up to KINDRED.
LEAST_ALIKE, MOST_ALIKE = 0.3, 0.9
KINDRED = 0.8


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words to be found in texts: their vectors, and by stem, and by first letter of each form, where they stand."""

    words: tuple[Word, ...]
    vectors: Floats
    by_stem: Mapping[str, Sequence[int]]
    by_letter: Mapping[str, Sequence[tuple[str, int]]]

    def slips(self, word: Word) -> set[int]:
        """Give the places of the wanted words that `word` may be a slip of the pen for."""
        return {
            at
            for written in {word.written, word.stems[0]}
            for form, at in self.by_letter.get(written[0], ())
            if (room := _slips_allowed(written, form))
            and OSA.distance(written, form, score_cutoff=room) <= room
        }


def wanted(words: Sequence[Word]) -> Wanted:
    """Prepare words that are to be found in texts."""
    by_stem: dict[str, list[int]] = {}
    by_letter: dict[str, list[tuple[str, int]]] = {}
    for at, word in enumerate(words):
        for stem in word.stems:
            by_stem.setdefault(stem, []).append(at)
        for form in {word.written, word.stems[0]}:
            by_letter.setdefault(form[0], []).append((form, at))
    return Wanted(tuple(words), vectors(words), by_stem, by_letter)


def credit_of(sought: Wanted, given: Sequence[Word], given_vectors: Floats) -> Floats:
    """Give for each wanted word (rows) how well each given word (columns) stands for it, from 0 to 1."""
    alike = sought.vectors @ given_vectors.T
    credit: Floats = KINDRED * np.clip((alike - LEAST_ALIKE) / (MOST_ALIKE - LEAST_ALIKE), 0, 1)
    for column, word in enumerate(given):
        exact = [at for stem in word.stems for at in sought.by_stem.get(stem, ())]
        if not exact:
            near = [at for guess in word.guesses for at in sought.by_stem.get(guess, ())]
            near += sought.slips(word)
            if near:
                credit[near, column] = np.maximum(credit[near, column], MISSPELT)
        else:
            credit[exact, column] = 1.0
    return credit


def vectors(words: Sequence[Word]) -> Floats:
    """Give the vectors of words as rows of length 1; of several meanings their middle, of none nothing."""
    table = word_table().vectors
    found = np.zeros((len(words), table.shape[1]))
    single = [at for at, word in enumerate(words) if len(word.rows) == 1]
    found[single] = table[[words[at].rows[0] for at in single]]
    for at, word in enumerate(words):
        if len(word.rows) > 1:
            found[at] = table[list(word.rows)].sum(axis=0, dtype=np.float64)
    return unit(found)


def unit(rows: Floats) -> Floats:
    """Give rows with length 1; a row of nothing stays so."""
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    found: Floats = rows / np.maximum(lengths, 1e-9)[:, None]
    return found


def _slips_allowed(written: str, form: str) -> int:
    # Short words have many neighbours that are words themselves (hand, hard): only swapped letters count.
    if len(form) >= 8 and len(written) >= 7:  # noqa: PLR2004
        return 2
    if len(form) >= 5 and len(written) >= 4:  # noqa: PLR2004
        return 1
    return int(len(form) == 4 and sorted(written) == sorted(form))  # noqa: PLR2004
