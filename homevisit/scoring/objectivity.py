"""Points at words of a sentence that say more than somebody could see or hear.

A list of words and short phrases (``words_en.yml``) decides, so that every flag can be shown and explained.
What stands in quotation marks or was reported as said is left alone: it was heard. So are names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from homevisit.scoring.word_list import NAME, PLAIN, REPORTED, word_list

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from homevisit.scoring.word_list import WordList

INVITATIONS = {
    "feeling or inner state": "names a feeling or an inner state. What did you see or hear?",
    "trait or label": "judges or labels. What would somebody beside you have seen or heard?",
    "intention": "says what somebody meant to do. What did the person do?",
    "guess": "is a guess. What did you see or hear that led you to it?",
    "generalisation": "goes beyond this one time. What happened this time?",
    "reason": "gives a reason, which cannot be seen. What happened before, and what after?",
    "advice": "says what ought to be. What did you see or hear?",
}

# Bounded, so that a text full of single marks costs little. An apostrophe inside a word closes nothing.
_QUOTATION = re.compile(
    r'"[^"\n]{0,500}"|\u201c[^\u201d\n]{0,500}\u201d|\u00ab[^\u00bb\n]{0,500}\u00bb'
    r"|(?<!\w)'(?=\S)(?:[^'\n]|(?<=\w)'(?=\w)){1,300}'(?!\w)"
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+|[.,;:!?()\n\u2013\u2014]")
_SENTENCE_ENDS = frozenset(".;:!?\n(")
_CLAUSE_ENDS = frozenset(".,;:!?\n()\u2013\u2014") | {"and", "but", "while", "then"}


@dataclass(frozen=True, slots=True)
class Flag:
    """Words as they were written, and the category they belong to."""

    words: str
    category: str


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or mark: in the form the list knows, and where it stands in the text."""

    form: str
    start: int
    end: int


def check(sentence: str, allow: Collection[str] = ()) -> list[Flag]:
    """Give the flags of a sentence, or of several, in their order; the same words are flagged once.

    Parameters
    ----------
    sentence : str
        What a learner wrote.
    allow : collection of str
        Words that are not flagged here, such as those of the question's own key.
    """
    allowed = {word.casefold() for word in allow}
    flags: dict[tuple[str, str], Flag] = {}
    tokens = _tokens(sentence, word_list())
    for category, found in _matches(tokens, word_list()):
        if all(token.form in allowed for token in found):
            continue
        written = sentence[found[0].start : found[-1].end]
        flags.setdefault((written.casefold(), category), Flag(written, category))
    return list(flags.values())


def is_flagged(sentence: str) -> bool:
    """Whether any word of the sentence is flagged."""
    return bool(check(sentence))


def invitation(flag: Flag) -> str:
    """Give the sentence that names the words and asks for what was seen and heard instead."""
    return f"\u201c{flag.words}\u201d {INVITATIONS[flag.category]}"


@lru_cache(maxsize=1024)
def unquoted_words(text: str) -> frozenset[str]:
    """Give the words of `text` outside quotations, in small letters."""
    return frozenset(found.group().casefold() for found in _TOKEN.finditer(_masked(text)))


def _masked(text: str) -> str:
    """Give the text of the same length, a comma and spaces in the place of each quotation."""
    straight = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace(
        "\N{LEFT SINGLE QUOTATION MARK}", "'"
    )
    return _QUOTATION.sub(lambda found: ",".ljust(len(found.group())), straight)


def _tokens(text: str, listed: WordList) -> list[_Token]:
    masked = _masked(text)
    tokens: list[_Token] = []
    is_first = True
    for found in _TOKEN.finditer(masked):
        word = found.group()
        form = listed.known_form(word.casefold())
        if _is_capitalised(word) and listed.is_name(form, is_first=is_first):
            form = NAME
        tokens.append(_Token(form, *found.span()))
        is_first = form in _SENTENCE_ENDS
    return tokens


def _is_capitalised(word: str) -> bool:
    # A word all in capitals is shouted, not a name.
    return word[0].isupper() and not (word.isupper() and len(word) > 1)


def _matches(tokens: list[_Token], listed: WordList) -> Iterator[tuple[str, list[_Token]]]:
    forms = [token.form for token in tokens]
    place = 0
    while place < len(forms):
        found = listed.longest(forms, place)
        if found is None:
            place += 1
            continue
        category, length = found
        if category not in (PLAIN, REPORTED):
            yield category, tokens[place : place + length]
        place += length
        if category == REPORTED:
            place = _clause_end(forms, place, listed)


def _clause_end(forms: list[str], place: int, listed: WordList) -> int:
    """Give where reported speech ends: "said that she was tired and sad" goes on after its "and"."""
    while place < len(forms):
        goes_on = forms[place] == "and" and listed.longest(forms, place + 1) is not None
        if forms[place] in _CLAUSE_ENDS and not goes_on:
            return place
        place += 1
    return place
