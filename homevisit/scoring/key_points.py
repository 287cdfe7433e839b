"""Tells which points of a list a text covers, by words, kindred words and the sense of whole sentences.

docs/matching.md describes the method, what each part of it is worth and what was tried in vain.
Nothing here understands a text: a swap of who did what looks the same as the point itself.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from homevisit.scoring.credit import credit_of, unit, vectors, wanted
from homevisit.scoring.language import language_of
from homevisit.scoring.reading import read, read_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from homevisit.scoring.credit import Wanted
    from homevisit.scoring.reading import Reading, Word

    Floats = NDArray[np.float64]

# Words of the question weigh little, because everybody repeats them; so do words that most points share.
QUESTION_WEIGHT = 0.1
SHARED_WEIGHT = 0.05
# How far question and list are taken out of the sense of a sentence before two senses are compared.
QUESTION_SENSE = 0.5
LIST_SENSE = 0.5
# How much likeness of sense counts beside the words held, and how much where question or list is missing, so
# that less of what everybody writes can be taken out of it.
SENSE = 0.4
SENSE_ALONE = 0.25
# A sentence that holds less of a point is not shown as evidence for it.
LEAST_EVIDENCE = 0.1


@dataclass(frozen=True, slots=True)
class _KeyList:
    """The points of one question: their words, the weight of each word in each point, and their senses.

    `bases` is what is taken out of every sense, and `senses` the points' own without it: once list and
    question, once the list alone. `sense` is what likeness of sense counts. `longest` is the number of
    sentences of the longest point.
    """

    words: Wanted
    weights: Floats
    bases: tuple[Floats, ...]
    senses: tuple[Floats, ...]
    sense: float
    longest: int


def match(question: str, points: Sequence[str], response: str) -> list[float]:
    """Give for each point how surely `response` covers it, from 0 to 1.

    The same input always gives the same output.
    """
    if not points:
        return []
    key = _key_list(question, tuple(points))
    units = _units(read(response), key.longest)
    if not units:
        return [0.0] * len(points)
    whole, held, alike = _compared(key, units)
    # A sentence speaks for the point that it holds most of, and less for the others.
    rival = (held * held / np.maximum(held.max(axis=0), 1e-9)).max(axis=1)
    shares = (whole + held.max(axis=1) + rival) / 3
    shares = (shares + key.sense * alike.max(axis=1)) / (1 + key.sense)
    return [round(float(share), 4) for share in np.clip(shares, 0, 1)]


def evidence(
    point: str, response_sentences: Sequence[str], *, question: str = "", points: Sequence[str] = ()
) -> str:
    """Give the sentence that holds most of `point`, as it was written, or "" where none holds much of it.

    With the question and the whole list of points, words common to them weigh little here too.
    """
    others = tuple(other for other in points if other != point)
    return evidences(question, (point, *others), response_sentences)[0]


def evidences(question: str, points: Sequence[str], response_sentences: Sequence[str]) -> list[str]:
    """Give for each point what `evidence` gives, reading the sentences only once."""
    language = language_of(" ".join(response_sentences))
    read_ones = [(text, words) for text in response_sentences if (words := read_sentence(text, language))]
    if not read_ones or not points:
        return [""] * len(points)
    key = _key_list(question, tuple(points))
    units = [words for _, words in read_ones]
    _, held, alike = _compared(key, units)
    best = np.argmax(held + key.sense * alike, axis=1)
    return [
        read_ones[at][0] if held[point, at] >= LEAST_EVIDENCE else ""
        for point, at in enumerate(best.tolist())
    ]


def _units(reading: Reading, longest: int) -> list[tuple[Word, ...]]:
    """Give the sentences, and for points of several sentences as many of one line taken together."""
    units = []
    for line in reading.lines:
        for size in range(1, min(longest, len(line)) + 1):
            units += [
                tuple(word for sentence in line[start : start + size] for word in sentence)
                for start in range(len(line) - size + 1)
            ]
    return units


def _compared(key: _KeyList, units: Sequence[tuple[Word, ...]]) -> tuple[Floats, Floats, Floats]:
    """Compare each point (rows) with each unit (columns).

    Give how much of each point all units together hold, how much each unit holds, and how alike the two are
    in sense, all from 0 to 1.
    """
    words = tuple(dict.fromkeys(word for unit in units for word in unit))
    columns = {word: column for column, word in enumerate(words)}
    order = [columns[word] for words_of_one in units for word in words_of_one]
    starts = np.cumsum([0, *(len(words_of_one) for words_of_one in units[:-1])])
    own = vectors(words)
    credit = credit_of(key.words, words, own)
    held = key.weights @ np.maximum.reduceat(credit[:, order], starts, axis=1)
    weighed = own * np.array([word.weight for word in words])[:, None]
    senses = unit(np.add.reduceat(weighed[order], starts, axis=0))
    alike = [own @ unit(senses - base).T for own, base in zip(key.senses, key.bases, strict=True)]
    return key.weights @ credit.max(axis=1), held, np.clip(sum(alike) / len(alike), 0, 1)


@lru_cache(maxsize=128)
def _key_list(question: str, points: tuple[str, ...]) -> _KeyList:
    language = language_of(" ".join((question, *points)))
    readings = [read(point, language) for point in points]
    of_points = [
        {word.stems[0]: word for line in reading.lines for sentence in line for word in sentence}
        for reading in readings
    ]
    asked = {stem for word in read_sentence(question, language) for stem in word.stems}
    words = {stem: word for held in of_points for stem, word in held.items()}
    holders = Counter(stem for held in of_points for stem in held)
    columns = {stem: column for column, stem in enumerate(words)}
    weights = np.zeros((len(points), len(words)))
    for row, held in enumerate(of_points):
        for stem, word in held.items():
            weights[row, columns[stem]] = word.weight * _own(holders[stem], len(points))
        in_question = [columns[stem] for stem, word in held.items() if asked.intersection(word.stems)]
        if len(in_question) < len(held):
            weights[row, in_question] *= QUESTION_WEIGHT
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    senses = np.array([_sense(tuple(held.values())) for held in of_points])
    asked_sense = QUESTION_SENSE * _sense(read_sentence(question, language))
    is_list = len(points) > 2  # noqa: PLR2004  # two have little in common that is not their own
    shared = LIST_SENSE * senses.mean(axis=0) if is_list else 0 * asked_sense
    bases = (asked_sense + shared, shared)
    longest = max((sum(map(len, reading.lines)) for reading in readings), default=1)
    return _KeyList(
        words=wanted(tuple(words.values())),
        weights=weights,
        bases=bases,
        senses=tuple(unit(senses - base) for base in bases),
        sense=SENSE if is_list and asked else SENSE_ALONE,
        longest=min(3, longest),
    )


def _sense(words: Sequence[Word]) -> Floats:
    """Give the direction in which the vectors of some words point together."""
    weights = np.array([word.weight for word in words])
    found: Floats = unit((weights @ vectors(words))[None])[0]
    return found


def _own(holders: int, points: int) -> float:
    if points <= 2:  # noqa: PLR2004  # of one or two points, "most" says nothing
        return 1.0
    return max(SHARED_WEIGHT, math.log((points + 1) / holders) / math.log(points + 1))
