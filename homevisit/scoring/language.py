"""Guesses the language of a sentence from its small words; the course checks English and Spanish."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import Stemmer

if TYPE_CHECKING:
    from collections.abc import Mapping

Language = Literal["en", "es"]
LANGUAGES: tuple[Language, ...] = ("en", "es")

# Words that stand in most sentences of one language and hardly ever in the other; accents are folded.
_ENGLISH = """
the and of to in is was are were it he she his her they their them with for on at that this an by from up out then
when while who what not but has had have been be will would i you we my your our its as or so because into down him
mom dad baby child says said looks sits
"""
_SPANISH = """
el la los las un una unos unas de del al y en que se su sus con por para lo le les mi tu esta este esa ese eso esto
es era son fue estaba pero muy como cuando mientras porque ella ellos ellas nos yo mama papa nino nina bebe dice dijo
hay ya mas si sin sobre hasta desde donde todo toda tiene tal vez poco mucho siempre nunca casi deberia deberian necesita
quiere quieren estan eran fueron lloro les dio puso
"""
_SMALL: Mapping[Language, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    "es": frozenset(_SPANISH.split()),
}
_STEMMERS: Mapping[Language, str] = {"en": "english", "es": "spanish"}
# A name such as José stands in English too; a word in small letters with an accent hardly ever does.
_SPANISH_LETTER = re.compile(r"[¿¡]|\b[^\W\d_A-ZÁÉÍÓÚÑ]*[áéíóúñ]")
_WORD = re.compile(r"[^\W\d_]+")


def fold(text: str) -> str:
    """Give `text` in small letters and without accents, so that "niño" and "nino" are one word."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def small_words(language: Language) -> frozenset[str]:
    """Give the small words of a language, folded."""
    return _SMALL[language]


def language_of(text: str, otherwise: Language = "en") -> Language:
    """Give the language that more of the small words belong to; `otherwise` where neither has more."""
    words = _WORD.findall(fold(text))
    counts = {language: sum(word in _SMALL[language] for word in words) for language in LANGUAGES}
    if counts["en"] == counts["es"]:
        return "es" if _SPANISH_LETTER.search(text) else otherwise
    return max(LANGUAGES, key=counts.__getitem__)


@lru_cache(maxsize=20_000)
def bare_stem(form: str, language: Language) -> str:
    """Give what the forms of one folded word have in common."""
    # A stemmer object is not safe between threads, and making one costs less than a microsecond.
    return str(Stemmer.Stemmer(_STEMMERS[language], 0).stemWord(form))
