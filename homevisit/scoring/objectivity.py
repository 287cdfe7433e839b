"""Points at words of a sentence that say more than somebody could see or hear, in English and in Spanish.

A list of words and short phrases for each language decides, so that every flag can be shown and explained.
What stands in quotation marks or was reported as said is left alone: it was heard. So are names.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from homevisit.scoring.language import bare_stem, fold, language_of
from homevisit.scoring.word_list import NAME, NAMES_OWN, PLAIN, REPORTED, content_words, word_list

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from homevisit.course.words import WordChoices
    from homevisit.scoring.language import Language
    from homevisit.scoring.word_list import WordList

INVITATIONS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "feeling or inner state": "is a feeling or an inner state; what did you see or hear?",
        "trait or label": "judges or labels; what would somebody beside you have seen or heard?",
        "intention": "says what somebody meant to do; what did the person do?",
        "guess": "is a guess; what did you see or hear that led you to it?",
        "generalisation": "goes beyond this one time; what happened this time?",
        "reason": "gives a reason, which nobody can see; what happened before, and what after?",
        "advice": "says what ought to be; what did you see or hear?",
    },
    "es": {
        "feeling or inner state": "es un sentimiento o algo que pasa por dentro; ¿qué vio u oyó usted?",
        "trait or label": "juzga o pone una etiqueta; ¿qué habría visto u oído alguien a su lado?",
        "intention": "dice lo que alguien quería lograr; ¿qué hizo esa persona?",
        "guess": "es una suposición; ¿qué vio u oyó usted que le hizo pensarlo?",
        "generalisation": "va más allá de esta vez; ¿qué pasó esta vez?",
        "reason": "da una razón, y las razones no se ven; ¿qué pasó antes, y qué pasó después?",
        "advice": "dice lo que debería ser; ¿qué vio u oyó usted?",
    },
}
_MARKS: Mapping[Language, str] = {"en": "\u201c{}\u201d", "es": "«{}»"}

# Bounded, so that a text full of single marks costs little. An apostrophe inside a word closes nothing.
_QUOTATION = re.compile(
    r'"[^"\n]{0,500}"|\u201c[^\u201d\n]{0,500}\u201d|\u00ab[^\u00bb\n]{0,500}\u00bb'
    r"|(?<!\w)'(?=\S)(?:[^'\n]|(?<=\w)'(?=\w)){1,300}'(?!\w)"
    # in Spanish, a dash opens what somebody says, and another one ends it
    r"|(?m:^)[ ]*\u2014(?=[^\W_]|[¿¡])[^\u2014\n]{1,500}(?:\u2014|$)",
    re.MULTILINE,
)
_TOKEN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*|\d+|[.,;:!?¿¡()\n\u2013\u2014]")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*|[.!?]+")
_SENTENCE_ENDS = frozenset(".;:!?¿¡\n(")
_CLAUSE_ENDS = frozenset(".,;:!?\n()\u2013\u2014")


# Category of an entry, and the places in the sentence where it begins and after it ends.
_Match = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Flag:
    """Words as they were written, the category they belong to, and the language they were read in."""

    words: str
    category: str
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class _Token:
    """A word or mark: in the form the list knows, and where it stands in the text."""

    form: str
    start: int
    end: int


def check(
    sentence: str,
    allow: Collection[str] = (),
    *,
    words: WordChoices | None = None,
    otherwise: Language = "en",
) -> list[Flag]:
    """Give the flags of a sentence, or of several, in their order; the same words are flagged once.

    Each sentence is read with the list of its own language.

    Parameters
    ----------
    sentence : str
        What a learner wrote.
    allow : collection of str
        Words that are not flagged here in any of their forms, such as those of the question's own key.
    words : WordChoices or None
        A programme's changes to the lists.
    otherwise : Language
        The language of a text that has no small words to tell it by.
    """
    text = unicodedata.normalize("NFC", sentence)
    masked = _masked(text)
    whole = language_of(masked, otherwise)
    flags: dict[tuple[str, str], Flag] = {}
    for part in _SENTENCE.finditer(masked):
        language = language_of(part.group(), whole)
        listed = word_list(language, words.of(language) if words else None)
        allowed = _stems(frozenset(allow), language)
        tokens = _tokens(part.group(), part.start(), listed)
        forms = [token.form for token in tokens]
        for category, begin, end in _joined(_matches(forms, listed), forms, listed):
            # Whether a key says "does not know" or a learner "doesn't know", "know" decides.
            said = [form for form in content_words(language, forms[begin:end]) if not form.endswith("n't")]
            if said and all(listed.stem(form) in allowed for form in said):
                continue
            written = text[tokens[begin].start : tokens[end - 1].end]
            flags.setdefault((written.casefold(), category), Flag(written, category, language))
    return list(flags.values())


def is_flagged(sentence: str) -> bool:
    """Whether any word of the sentence is flagged."""
    return bool(check(sentence))


def invitation(flag: Flag) -> str:
    """Give the sentence that names the words and asks for what was seen and heard instead, in their language."""
    return f"{_MARKS[flag.language].format(flag.words)} {INVITATIONS[flag.language][flag.category]}"


def flag_json(flag: Flag) -> dict[str, str]:
    """Give a flag as feedback holds it, with its invitation and the language that the invitation is in."""
    return {
        "words": flag.words,
        "category": flag.category,
        "invitation": invitation(flag),
        "language": flag.language,
    }


@lru_cache(maxsize=1024)
def unquoted_words(text: str) -> frozenset[str]:
    """Give the words of `text` outside quotations, in small letters."""
    return frozenset(found.group().casefold() for found in _TOKEN.finditer(_masked(text)))


@lru_cache(maxsize=256)
def _stems(words: frozenset[str], language: Language) -> frozenset[str]:
    return frozenset(
        bare_stem(fold(word) if language == "es" else word.casefold(), language) for word in words
    )


def _masked(text: str) -> str:
    """Give the text of the same length, a comma and spaces in the place of each quotation."""
    straight = text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace(
        "\N{LEFT SINGLE QUOTATION MARK}", "'"
    )
    return _QUOTATION.sub(lambda found: ",".ljust(len(found.group())), straight)


def _tokens(sentence: str, start: int, listed: WordList) -> list[_Token]:
    tokens: list[_Token] = []
    is_first = True
    for found in _TOKEN.finditer(sentence):
        word = found.group()
        form = listed.known_form(word)
        if _is_capitalised(word) and listed.is_name(form, is_first=is_first):
            form = NAMES_OWN if word.endswith("'s") else NAME
        tokens.append(_Token(form, start + found.start(), start + found.end()))
        is_first = form in _SENTENCE_ENDS
    return tokens


def _is_capitalised(word: str) -> bool:
    # A word all in capitals is shouted, not a name.
    return word[0].isupper() and not (word.isupper() and len(word) > 1)


def _matches(forms: Sequence[str], listed: WordList) -> Iterator[_Match]:
    place = 0
    while place < len(forms):
        found = listed.longest(forms, place)
        if found is None:
            place += 1
            continue
        category, length = found
        if category not in (PLAIN, REPORTED) and not listed.is_fine(forms[place : place + length]):
            yield category, place, place + length
        place += length
        if category == REPORTED:
            place = _clause_end(forms, place, listed)


def _joined(matches: Iterable[_Match], forms: Sequence[str], listed: WordList) -> Iterator[_Match]:
    """Give "very happy" as one match and not as two."""
    stronger: _Match | None = None
    for category, begin, end in matches:
        start = begin
        if stronger is not None and stronger[2] == begin:
            start = stronger[1]
        elif stronger is not None:
            yield stronger
        stronger = None
        if all(form in listed.intensifiers for form in forms[start:end]):
            stronger = (category, start, end)
        else:
            yield category, start, end
    if stronger is not None:
        yield stronger


def _clause_end(forms: Sequence[str], place: int, listed: WordList) -> int:
    """Give where reported speech ends: "said that she was tired and sad" goes on after its "and"."""
    while place < len(forms):
        goes_on = forms[place] in listed.goes_on and listed.longest(forms, place + 1) is not None
        if (forms[place] in _CLAUSE_ENDS or forms[place] in listed.clause_ends) and not goes_on:
            return place
        place += 1
    return place
