"""Finds what may be the name of a person in a text, in English and in Spanish, from lists and capital letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein
from ruamel.yaml import YAML

from homevisit.scoring.language import fold, language_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

LISTS = Path(__file__).with_name("names.yml")
# Between two parts of one name.
_PARTICLES = "de del la las los y van von der den da dos di al el bin ibn"
PARTICLES = frozenset(_PARTICLES.split())
SAINTS = frozenset({"san", "santa", "santo", "st", "saint"})

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
# What may stand between two words of one name: a space, or the point of "Mr." and of an initial.
_GAP = re.compile(r"\.?[ \u00a0]{1,2}")
_SENTENCE_START = re.compile(
    r"(?:^|[.!?\u2026:;\n\"\u201c\u201d\u00ab\u00bf\u00a1(\u2022*\u2014-]['\")\u2019]*)\s*$"
)
# Shorter names differ by one letter too often: Ana, Ada, Ina.
_LONG_ENOUGH = 5
_OWN = re.compile(r"['\u2019]s$")


class Kind(Enum):
    """What a word with a capital letter may be."""

    KNOWN = "a name of the lesson"
    GIVEN = "a given name"
    WORD = "a given name and an ordinary word"
    PLACE = "a given name and a month or place"
    SURNAME = "a surname"
    OTHER = "no name of a person"
    ORDINARY = "an ordinary word"
    UNKNOWN = "in no list"


_NO_NAMES = frozenset({Kind.OTHER, Kind.ORDINARY})


@dataclass(frozen=True, slots=True)
class Known:
    """What a lesson says itself: its names, and its words in small letters."""

    names: frozenset[str]
    words: frozenset[str]

    def has_name(self, bare: str) -> bool:
        """Whether the lesson has this name; one letter more, less or other is a slip: Natalie for Nathalie."""
        if bare in self.names:
            return True
        return len(bare) >= _LONG_ENOUGH and any(
            name[0] == bare[0] and Levenshtein.distance(name, bare, score_cutoff=1) <= 1
            for name in self.names
            if len(name) >= _LONG_ENOUGH
        )

    @classmethod
    def of(cls, words: Collection[str]) -> Known:
        """Take words as a text has them: those with a capital letter are names."""
        capitals = frozenset(_bare(word) for word in words if word[:1].isupper())
        return cls(capitals, frozenset(_bare(word) for word in words if not word[:1].isupper()))


# A lesson's words do not matter for a word in small letters.
_NOTHING = Known(frozenset(), frozenset())


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text and what it may be."""

    bare: str
    start: int
    end: int
    kind: Kind
    is_first: bool
    is_capital: bool


@dataclass(frozen=True, slots=True)
class _Lists:
    given: frozenset[str]
    given_words: frozenset[str]
    given_places: frozenset[str]
    surnames: frozenset[str]
    titles: frozenset[str]
    not_names: frozenset[str]
    starters: frozenset[str]
    places: frozenset[str]
    person_verbs: frozenset[str]
    weak_verbs: frozenset[str]
    meeting: frozenset[str]
    naming: frozenset[str]
    phrases: re.Pattern[str]

    def kind(self, bare: str, known: Known, *, is_spanish: bool) -> Kind:
        """Give what a word with a capital letter may be."""
        if known.has_name(bare):
            return Kind.KNOWN
        if is_spanish and bare == "ella":
            return Kind.ORDINARY  # in Spanish, she
        if bare in self.given_places or (bare in self.given_words and bare in self.not_names):
            return Kind.PLACE
        for listed, kind in (
            (self.given, Kind.GIVEN),
            (self.given_words, Kind.WORD),
            (self.not_names, Kind.OTHER),
            (self.titles, Kind.OTHER),
            (self.surnames, Kind.SURNAME),
            (self.starters, Kind.ORDINARY),
            (known.words, Kind.ORDINARY),
        ):
            if bare in listed:
                return kind
        return Kind.UNKNOWN if self.given.isdisjoint(bare.split("-")) else Kind.GIVEN


def find_names(text: str, known: Known) -> Iterator[tuple[int, int]]:
    """Give the places of what may name a person, each from its start to after its end, in their order."""
    lists = _lists()
    hidden = lists.phrases.sub(lambda found: "," * len(found.group()), text)
    is_spanish = language_of(text) == "es"
    words = _words(hidden, known, lists, is_spanish=is_spanish)
    place = 0
    while place < len(words):
        if not words[place].is_capital:
            place += 1
            continue
        end = _run_end(hidden, words, place)
        title = _title_before(hidden, words, place, lists)
        for start, stop in _named(words, place, end, lists, title=title, is_spanish=is_spanish):
            yield (
                words[start].start,
                words[stop - 1].start + len(_OWN.sub("", _written(text, words[stop - 1]))),
            )
        place = end


@lru_cache(maxsize=20_000)
def _bare(word: str) -> str:
    return fold(_OWN.sub("", word).replace("\u2019", "'"))


def _written(text: str, word: Word) -> str:
    return text[word.start : word.end]


def _words(text: str, known: Known, lists: _Lists, *, is_spanish: bool) -> list[Word]:
    words = []
    for found in _WORD.finditer(text):
        written = found.group()
        bare = _bare(written)
        is_capital = _is_capital(written, bare, lists)
        is_first = is_capital and bool(
            _SENTENCE_START.search(text, max(0, found.start() - 12), found.start())
        )
        kind = lists.kind(bare, known if is_capital else _NOTHING, is_spanish=is_spanish)
        words.append(Word(bare, *found.span(), kind, is_first, is_capital))
    return [_as_lower_case(words, place, lists) for place in range(len(words))]


def _is_capital(written: str, bare: str, lists: _Lists) -> bool:
    if not written[0].isupper():
        return False
    if written.isupper() and len(written) > 1:
        # WIC is no name; MARIA is one.
        return bare in lists.given or bare in lists.surnames
    return bare not in ("i", "i'm", "i've", "i'd", "i'll")


def _as_lower_case(words: Sequence[Word], place: int, lists: _Lists) -> Word:
    """Count a given name in small letters with a surname beside it, "maria lopez", as if it were written right."""
    word = words[place]
    before = words[place - 1] if place else None
    after = words[place + 1] if place + 1 < len(words) else None
    is_first_part = word.bare in lists.given and after is not None and after.kind is Kind.SURNAME
    is_last_part = word.kind is Kind.SURNAME and before is not None and before.bare in lists.given
    if word.is_capital or not (is_first_part or is_last_part):
        return word
    return Word(word.bare, word.start, word.end, word.kind, is_first=word.is_first, is_capital=True)


def _run_end(text: str, words: Sequence[Word], place: int) -> int:
    """Give where the words that belong together end: capitals side by side, with "de la" between them."""
    end = place + 1
    while end < len(words):
        inner = end
        while inner < len(words) and words[inner].bare in PARTICLES and not words[inner].is_capital:
            inner += 1
        if inner >= len(words) or not words[inner].is_capital:
            return end
        if not all(_is_beside(text, words[at - 1], words[at]) for at in range(end, inner + 1)):
            return end
        end = inner + 1
    return end


def _is_beside(text: str, left: Word, right: Word) -> bool:
    gap = text[left.end : right.start]
    ends_sentence = gap.startswith(".") and left.end - left.start > 1 and left.bare not in _lists().titles
    return bool(_GAP.fullmatch(gap)) and not (ends_sentence and left.bare not in SAINTS)


def _is_particle(word: Word) -> bool:
    return word.bare in PARTICLES and not word.is_capital


def _title_before(text: str, words: Sequence[Word], place: int, lists: _Lists) -> int | None:
    """Give the place of a title in small letters before a run, as in "the señora Gomez"."""
    if place == 0 or words[place - 1].bare not in lists.titles:
        return None
    is_beside = _GAP.fullmatch(text[words[place - 1].end : words[place].start])
    return place - 1 if is_beside else None


def _named(
    words: Sequence[Word], start: int, end: int, lists: _Lists, *, title: int | None, is_spanish: bool
) -> Iterator[tuple[int, int]]:
    """Give the parts of a run of capitals, from `start` to before `end`, that may name a person."""
    has_place = any(word.bare in lists.places for word in words[start + 1 : end])
    if has_place or words[start].bare in SAINTS:
        return
    place = start
    while place < end:
        first = place
        while place < end and (words[place].kind not in _NO_NAMES or _is_particle(words[place])):
            place += 1
        part = words[first:place]
        is_titled = (first > start and words[first - 1].bare in lists.titles) or (
            first == start and title is not None
        )
        if part and _is_person(words, first, place, lists, is_titled=is_titled, is_spanish=is_spanish):
            yield (first - 1 if is_titled else first), place
        place += 1


def _is_person(
    words: Sequence[Word], start: int, end: int, lists: _Lists, *, is_titled: bool, is_spanish: bool
) -> bool:
    # Initials tell nobody's name.
    part = [word for word in words[start:end] if not _is_particle(word) and len(word.bare) > 1]
    if {word.kind for word in part} <= {Kind.KNOWN}:
        return False
    if is_titled or len(part) > 1 or part[0].kind is Kind.GIVEN:
        return True
    word, has_cue = part[0], _has_cue(words, start, end, lists)
    if word.kind is Kind.UNKNOWN and word.is_first:
        # Only a lesson's words tell an ordinary word at the start of a sentence, and the lessons are English.
        return has_cue and not is_spanish and not word.bare.endswith(("s", "ing", "ed", "ly"))
    return has_cue or (word.kind in (Kind.WORD, Kind.SURNAME) and not word.is_first)


def _has_cue(words: Sequence[Word], start: int, end: int, lists: _Lists) -> bool:
    """Whether a verb of speaking or doing follows, or "named", "name is" or "met" stands before."""
    follows = end < len(words) and words[end].bare in lists.person_verbs
    if words[start].is_first:
        follows = follows and words[end].bare not in lists.weak_verbs
    before = [word.bare for word in words[max(0, start - 2) : start]]
    if follows or not before:
        return follows
    return before[-1] in lists.naming or before[-1] in lists.meeting or before == ["name", "is"]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    content = YAML(typ="safe", pure=True).load(LISTS.read_text(encoding="utf-8"))
    phrases = [re.escape(phrase).replace(r"\ ", " ") for phrase in content.pop("phrases")]
    either = re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)
    return _Lists(
        **{name: frozenset(fold(listed).split()) for name, listed in content.items()}, phrases=either
    )
