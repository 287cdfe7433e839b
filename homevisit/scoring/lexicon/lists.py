"""The hand-written word lists: a word, a colon, and the words that say the same."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.scoring.language import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def same_words() -> Mapping[str, str]:
    """Give for English forms and words that visitors use for one another the word that stands for them."""
    return {form: word for word, forms in _entries("english.txt") for form in forms}


@lru_cache(maxsize=1)
def spanish_words() -> Mapping[str, tuple[str, ...]]:
    """Give for a Spanish form, without accents, the English words that say the same."""
    found: dict[str, list[str]] = {}
    for word, forms in _entries("spanish.txt"):
        for form in dict.fromkeys(map(fold, forms)):
            found.setdefault(form, []).append(word)
    return {form: tuple(words) for form, words in found.items()}


def _entries(name: str) -> Iterator[tuple[str, list[str]]]:
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        word, colon, forms = line.partition(":")
        if colon and not line.startswith("#"):
            yield word.strip(), forms.split()
