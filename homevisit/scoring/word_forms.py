"""The forms in which an adjective or a verb of the word lists is written, in English and in Spanish.

More forms are made than a language has: one that nobody writes is never found, and so does no harm.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from homevisit.scoring.language import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from homevisit.scoring.language import Language

# What turns an English adjective into its opposite or its excess.
_PREFIXES = ("un", "in", "im", "ir", "dis", "non", "over", "under", "hyper")
_VOWELS = frozenset("aeiou")

_AR = "ar o as a amos an e aste o aron aba abas aban abamos ado ada ados adas ando es en emos ara aran aria arian ase"
_ER = (
    "er ir o es e emos imos en i iste io ieron ia ias ian iamos ido ida idos idas iendo yendo a as an amos iera "
    "ieran eria erian iria irian ira iran era eran yo yeron"
)
# Pronouns that are written as one word with the verb: asustarse, calmándolo.
_JOINED = ("", "se", "lo", "la", "le", "los", "las", "les", "me", "nos")


def adjective_forms(word: str, language: Language) -> Iterator[str]:
    """Give an adjective with its adverb, its noun, its degrees and its opposites."""
    return _english_adjective(word) if language == "en" else _spanish_adjective(word)


def verb_forms(word: str, language: Language) -> Iterator[str]:
    """Give a verb in the forms of its tenses; in Spanish, further stems follow a slash: preferir/prefier."""
    return iter(_english_verb(word)) if language == "en" else _spanish_verb(word)


def _english_adjective(word: str) -> Iterator[str]:
    if word.endswith("y"):
        stem = word[:-1] + "i"
        degrees = [stem + "ly", stem + "ness", stem + "er", stem + "est"]
    elif word.endswith("le"):
        degrees = [word[:-1] + "y", word + "ness", word + "r", word + "st"]
    elif word.endswith("ic"):
        degrees = [word + "ally"]
    else:
        longer = word.removesuffix("e")
        degrees = [word + "ly", word + "ness", longer + "er", longer + "est"]
    forms = [word, *degrees]
    return chain(forms, (prefix + form for prefix in _PREFIXES for form in forms))


def _english_verb(word: str) -> list[str]:
    if word.endswith("e"):
        return [word, word + "s", word + "d", word[:-1] + "ing"]
    if word.endswith("y") and word[-2] not in _VOWELS:
        return [word, word[:-1] + "ies", word[:-1] + "ied", word + "ing"]
    if word.endswith(("s", "sh", "ch", "x", "z")):
        return [word, word + "es", word + "ed", word + "ing"]
    return [word, word + "s", word + "ed", word + "ing"]


def _spanish_adjective(written: str) -> Iterator[str]:
    word = fold(written)
    if word.endswith("o"):
        stem = word[:-1]
        endings = ("o", "a", "os", "as", "amente", "isimo", "isima", "isimos", "isimas")
        return (stem + ending for ending in endings)
    if word.endswith("z"):
        return iter((word, word[:-1] + "ces", word + "mente"))
    if word[-1] in _VOWELS:
        return iter((word, word + "s", word + "mente"))
    # trabajador, trabajadora; llorón, llorona
    return (word + ending for ending in ("", "es", "a", "as", "mente"))


def _spanish_verb(written: str) -> Iterator[str]:
    infinitive, *stems = fold(written).split("/")
    endings = (_AR if infinitive.endswith("ar") else _ER).split()
    for stem in (infinitive[:-2], *stems):
        yield from _written_with_pronouns(stem + ending for ending in endings)


def _written_with_pronouns(forms: Iterable[str]) -> Iterator[str]:
    for form in forms:
        takes_pronoun = form.endswith(("ar", "er", "ir", "ndo"))
        yield from (form + pronoun for pronoun in _JOINED) if takes_pronoun else (form,)
