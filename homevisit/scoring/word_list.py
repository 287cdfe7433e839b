"""The lists behind the objectivity check: ``words_en.yml`` and ``words_es.yml``, with a programme's changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from homevisit.scoring.language import bare_stem, fold, small_words
from homevisit.scoring.word_forms import adjective_forms, verb_forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from homevisit.course.words import Words
    from homevisit.scoring.language import Language

NAME = "<name>"
NAMES_OWN = NAME + "'s"
PLAIN = "plain"
REPORTED = "reported"
# A part of the word that stands for "is", as in "the mother's here", is dropped with the rest.
_POSSESSIVE = "'s"


@dataclass(frozen=True, slots=True)
class Part:
    """One word of an entry: one of `words`, or, where it excludes, any word but these."""

    words: frozenset[str]
    excludes: bool = False

    def takes(self, form: str) -> bool:
        """Whether a word of a text stands at this part."""
        if self.excludes:
            return form not in self.words and (form.startswith(NAME) or form[0].isalpha())
        return form in self.words


@dataclass(frozen=True, slots=True)
class Shape:
    """Words of no list that belong to a category by how they begin or end."""

    begins: str
    ends: str
    category: str
    exceptions: frozenset[str]

    def has(self, form: str) -> bool:
        """Whether a word has this shape."""
        is_longer = len(form) > len(self.begins) + len(self.ends) + 1
        is_such = form.startswith(self.begins) and form.endswith(self.ends)
        return is_longer and is_such and form not in self.exceptions


Entry = tuple[tuple[Part, ...], str]


@dataclass(frozen=True, slots=True, eq=False)
class WordList:
    """All entries by their possible first words, longest first; and how words of a text are read.

    `fine` holds, as stems, what a programme has removed.
    """

    language: Language
    entries: Mapping[str, Sequence[Entry]]
    vocabulary: frozenset[str]
    shapes: tuple[Shape, ...]
    spellings: Mapping[str, str]
    people: frozenset[str]
    names: frozenset[str]
    seems: frozenset[str]
    clause_ends: frozenset[str]
    goes_on: frozenset[str]
    intensifiers: frozenset[str]
    fine: tuple[tuple[str, ...], ...] = ()

    def longest(self, forms: Sequence[str], place: int) -> tuple[str, int] | None:
        """Give category and number of words of the longest entry that stands at `place`."""
        if place >= len(forms):
            return None
        for phrase, category in self.entries.get(forms[place], ()):
            there = forms[place : place + len(phrase)]
            if len(there) == len(phrase) and all(map(Part.takes, phrase, there)):
                return category, len(phrase)
        category = _category_by_shape(self, forms[place])
        return (category, 1) if category else None

    def known_form(self, word: str) -> str:
        """Give a word as the entries know it: over-excited as excited, the mother's as mother."""
        return _known_form(self, word)

    def is_name(self, form: str, *, is_first: bool) -> bool:
        """Whether a word with a capital letter is a name; `is_first` at the start of a sentence."""
        if is_first:
            return form in self.names
        return form not in self.people

    def stem(self, form: str) -> str:
        """Give what the forms of one word have in common."""
        return bare_stem(form, self.language)

    def is_fine(self, forms: Sequence[str]) -> bool:
        """Whether a programme has removed these words, or some of them that stand side by side."""
        stems = tuple(map(self.stem, forms))
        return any(
            removed == stems[start : start + len(removed)]
            for removed in self.fine
            for start in range(len(stems) - len(removed) + 1)
        )

    def holds(self, entry: str) -> bool:
        """Whether a word or phrase is, in one of its forms, all or part of an entry."""
        forms = self._split(entry)
        wanted = [self.stem(form) for form in forms]
        if len(wanted) == 1 and _category_by_shape(self, forms[0]):
            return True
        # An entry stands once below each of its possible first words.
        phrases = {
            phrase
            for found in self.entries.values()
            for phrase, category in found
            if category not in (PLAIN, REPORTED)
        }
        stems: dict[frozenset[str], frozenset[str]] = {}
        return any(
            all(stem in self._stems(part.words, stems) for stem, part in zip(wanted, parts, strict=True))
            for phrase in phrases
            for parts in _runs(phrase, len(wanted))
        )

    def _stems(self, words: frozenset[str], known: dict[frozenset[str], frozenset[str]]) -> frozenset[str]:
        if words not in known:
            known[words] = frozenset(map(self.stem, words))
        return known[words]

    def changed(self, words: Words) -> WordList:
        """Give the list with a programme's changes."""
        entries = {first: list(found) for first, found in self.entries.items()}
        added = [(self._split(entry), category) for entry, category in words.added]
        if words.seems == "fine":
            added += [([form], PLAIN) for form in self.seems]
        for forms, category in added:
            phrase = tuple(Part(frozenset({form})) for form in forms)
            # Before those of the shipped list that are as long: what a programme says counts.
            entries[forms[0]] = sorted([(phrase, category), *entries.get(forms[0], ())], key=_by_length)
        fine = tuple(tuple(map(self.stem, self._split(entry))) for entry in words.remove)
        vocabulary = self.vocabulary | set(chain.from_iterable(forms for forms, _ in added))
        return replace(self, entries=entries, vocabulary=vocabulary, fine=fine)

    def _split(self, entry: str) -> list[str]:
        folded = fold(entry) if self.language == "es" else entry.casefold()
        return folded.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split()


@lru_cache(maxsize=20_000)
def _category_by_shape(listed: WordList, form: str) -> str:
    return next((shape.category for shape in listed.shapes if shape.has(form)), "")


@lru_cache(maxsize=20_000)
def _known_form(listed: WordList, word: str) -> str:
    form = fold(word) if listed.language == "es" else word.casefold()
    form = listed.spellings.get(form, form)
    if form in listed.vocabulary:
        return form
    form = form.removesuffix(_POSSESSIVE)
    return form if _category_by_shape(listed, form) else form.rpartition("-")[2]


def word_list(language: Language, words: Words | None = None) -> WordList:
    """Give the list of a language, read once in a process, with a programme's changes."""
    if words is None or not (words.add or words.remove or words.seems):
        return _shipped(language)
    return _changed(language, words.model_dump_json())


@lru_cache(maxsize=32)
def _changed(language: Language, written: str) -> WordList:
    from homevisit.course.words import Words  # noqa: PLC0415  pydantic, where a programme has changes only

    return _shipped(language).changed(Words.model_validate_json(written))


@lru_cache(maxsize=2)
def _shipped(language: Language) -> WordList:
    path = Path(__file__).with_name(f"words_{language}.yml")
    content = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return _Reader(language, content).read()


class _Reader:
    """Turns the content of a file into a list."""

    def __init__(self, language: Language, content: Mapping[str, Any]) -> None:
        self.language, self.content = language, content
        self.sets = {name: self._words(written) for name, written in content["sets"].items()}

    def read(self) -> WordList:
        """Give the list; of entries of one length, the first in the file counts."""
        content = self.content
        found = [(phrase, kind) for kind in (PLAIN, REPORTED) for phrase in self._phrases(content[kind])]
        for category, lists in content["categories"].items():
            forms = frozenset(self._single_words(lists))
            found += [((Part(forms),), category)]
            found += [(phrase, category) for phrase in self._phrases(lists.get("phrases", ()))]
        entries: dict[str, list[Entry]] = {}
        for entry in sorted(found, key=_by_length):
            for first in entry[0][0].words:
                entries.setdefault(first, []).append(entry)
        return WordList(
            self.language,
            entries,
            frozenset(chain.from_iterable(part.words for phrase, _ in found for part in phrase)),
            tuple(self._shapes()),
            {variant: form for form, listed in content["spellings"].items() for variant in listed.split()},
            self.sets["person"] | {"i", "i'm"},
            self._words(content["names"]),
            self._words(content["seems"]),
            self._words(content["clause_ends"]),
            self._words(content["goes_on"]),
            self._words(content["intensifiers"]),
        )

    def _words(self, written: str) -> frozenset[str]:
        return frozenset(fold(written).split() if self.language == "es" else written.split())

    def _single_words(self, lists: Mapping[str, Any]) -> Iterator[str]:
        for adjective in lists.get("adjectives", "").split():
            yield from adjective_forms(adjective, self.language)
        for verb in lists.get("verbs", "").split():
            yield from verb_forms(verb, self.language)
        yield from self._words(lists.get("words", ""))

    def _shapes(self) -> Iterator[Shape]:
        for shape in self.content["shapes"]:
            exceptions = self._words(shape["except"])
            for ends in shape.get("ends", "").split():
                yield Shape("", ends, shape["category"], exceptions)
            if "begins" in shape:
                yield Shape(shape["begins"], "", shape["category"], exceptions)

    def _phrases(self, listed: Sequence[str]) -> Iterator[tuple[Part, ...]]:
        for written in listed:
            parts = (fold(written) if self.language == "es" else written).split()
            choices = [(part[:-1], None) if part.endswith("?") else (part,) for part in parts]
            for chosen in product(*choices):
                yield tuple(self._part(part) for part in chosen if part is not None)

    def _part(self, written: str) -> Part:
        if written == "*":
            return Part(frozenset(), excludes=True)
        excludes = written.startswith("!")
        names = written.removeprefix("!").split("|")
        sets = [self.sets[name[1:-1]] if name.startswith("{") else {name} for name in names]
        return Part(frozenset(chain.from_iterable(sets)), excludes)


def _by_length(entry: Entry) -> int:
    return -len(entry[0])


def _runs(phrase: tuple[Part, ...], length: int) -> Iterator[tuple[Part, ...]]:
    return (phrase[start : start + length] for start in range(len(phrase) - length + 1))


def content_words(language: Language, forms: Sequence[str]) -> list[str]:
    """Give the words that say something; all of them where none does."""
    return [form for form in forms if form not in small_words(language)] or list(forms)
