"""The list behind the objectivity check, read once from ``words_en.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

WORDS = Path(__file__).with_name("words_en.yml")
NAME = "<name>"
PLAIN = "plain"
REPORTED = "reported"
# First names that are words of the list too, and so cannot be told apart at the start of a sentence.
NAMES = frozenset(
    {"angel", "charity", "faith", "grace", "hope", "joy", "mercy", "patience", "precious", "sunny"}
)

Phrase = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class WordList:
    """All entries by their possible first words, longest first; and which words mean a person."""

    entries: Mapping[str, Sequence[tuple[Phrase, str]]]
    people: frozenset[str]

    def longest(self, forms: Sequence[str], place: int) -> tuple[str, int] | None:
        """Give category and number of words of the longest entry that stands at `place`."""
        if place >= len(forms):
            return None
        for phrase, category in self.entries.get(forms[place], ()):
            there = forms[place : place + len(phrase)]
            if len(there) == len(phrase) and all(
                form in choice for form, choice in zip(there, phrase, strict=True)
            ):
                return category, len(phrase)
        return None

    def known_form(self, form: str) -> str:
        """Give a word with hyphens as it is when it is listed, else its last part: over-excited, excited."""
        return form if form in self.entries else form.rpartition("-")[2]

    def is_name(self, form: str, *, is_first: bool) -> bool:
        """Whether a word with a capital letter is a name; `is_first` at the start of a sentence."""
        if is_first:
            return form in NAMES
        return form not in self.people


@lru_cache(maxsize=1)
def word_list() -> WordList:
    """Read the list, once in a process."""
    content = YAML(typ="safe", pure=True).load(WORDS.read_text(encoding="utf-8"))
    sets = {name: frozenset(written.split()) for name, written in content["sets"].items()}
    found = [(_phrase(written, sets), PLAIN) for written in content[PLAIN]]
    found += [(_phrase(written, sets), REPORTED) for written in content[REPORTED]]
    for category, lists in content["categories"].items():
        found += [(phrase, category) for phrase in _phrases(lists, sets)]
    entries: dict[str, list[tuple[Phrase, str]]] = {}
    # Of entries of one length, the first in the file counts: plain ones stand before all others.
    for phrase, category in sorted(found, key=lambda entry: -len(entry[0])):
        for first in phrase[0]:
            entries.setdefault(first, []).append((phrase, category))
    return WordList(entries, sets["person"] | {"i", "i'm"})


def _phrases(lists: Mapping[str, Any], sets: Mapping[str, frozenset[str]]) -> Iterator[Phrase]:
    adjectives = lists.get("adjectives", "").split()
    forms = chain(
        chain.from_iterable(_adjective_forms(word) for word in adjectives),
        (f"un{word}" for word in adjectives),
        chain.from_iterable(_verb_forms(word) for word in lists.get("verbs", "").split()),
        lists.get("words", "").split(),
    )
    yield (frozenset(forms),)
    for written in lists.get("phrases", ()):
        yield _phrase(written, sets)


def _phrase(written: str, sets: Mapping[str, frozenset[str]]) -> Phrase:
    return tuple(_choice(part.split("|"), sets) for part in written.split())


def _choice(names: Iterable[str], sets: Mapping[str, frozenset[str]]) -> frozenset[str]:
    parts: list[Collection[str]] = [sets[name[1:-1]] if name.startswith("{") else (name,) for name in names]
    return frozenset(chain.from_iterable(parts))


def _adjective_forms(word: str) -> list[str]:
    if word.endswith("y"):
        stem = word[:-1] + "i"
        return [word, stem + "ly", stem + "ness", stem + "er", stem + "est"]
    if word.endswith("le"):
        return [word, word[:-1] + "y", word + "ness", word + "r", word + "st"]
    if word.endswith("ic"):
        return [word, word + "ally"]
    longer = word.removesuffix("e")
    return [word, word + "ly", word + "ness", longer + "er", longer + "est"]


def _verb_forms(word: str) -> list[str]:
    if word.endswith("e"):
        return [word, word + "s", word + "d", word[:-1] + "ing"]
    if word.endswith("y") and word[-2] not in "aeiou":
        return [word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
    if word.endswith(("s", "sh", "ch", "x", "z")):
        return [word, word + "es", word + "ed", word + "ing"]
    return [word, word + "s", word + "ed", word + "ing"]
