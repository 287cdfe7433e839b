"""A text as the matcher sees it: its sentences, and for each word that says something what it can stand for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from homevisit.scoring.language import bare_stem, fold, language_of
from homevisit.scoring.lexicon.lists import spanish_words
from homevisit.scoring.lexicon.table import UNKNOWN_WEIGHT, word_table
from homevisit.scoring.text import STOP_WORDS, sentences, stem, words

if TYPE_CHECKING:
    from homevisit.scoring.language import Language

_SPANISH_STOP = """
a al ante aquel aquella aquello aquellos aquellas asi aunque bajo cada como con contra cual cuales cuando cuanto cuyo
de del desde donde durante e el ella ellas ello ellos en entonces entre era eran eres es esa esas ese eso esos esta
estaba estaban estado estan estamos estar estas este esto estos estoy estuvo fue fueron fui ha haber habia habian han
has hasta hay he hemos hubo la las le les lo los me mi mis mucho muy nos nosotros nuestra nuestro o os para pero
por porque pues que quien quienes se sea ser si sido siendo sobre solo son soy su sus tal te ti tu tus u un una
unas uno unos usted ustedes va van vaya voy y ya yo puede pueden podria podrian podia debe deben tiene tienen tenia
tener tengo tuvo hacer hace hacen hizo haciendo
"""
SPANISH_STOP_WORDS = frozenset(_SPANISH_STOP.split())
_SPANISH_NOT = frozenset(
    {"no", "nunca", "jamas", "nada", "nadie", "ni", "tampoco", "sin", "ningun", "ninguna"}
)
NOT = stem("not")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was written, and what it can stand for.

    `stems` begins with its own; `guesses` are those that it is only a slip of the pen for. `rows` are those of
    the word table, none where it has no such word, and `weight` says how much the word tells.
    """

    written: str
    stems: tuple[str, ...]
    guesses: tuple[str, ...]
    rows: tuple[int, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A text: for each line, the words of each sentence of it that say something."""

    lines: tuple[tuple[tuple[Word, ...], ...], ...]


def read(text: str, otherwise: Language = "en") -> Reading:
    """Read a text; each sentence counts as English or Spanish, one that could be either as the text is."""
    language = language_of(text, otherwise)
    lines = (
        tuple(found for sentence in sentences(line) if (found := read_sentence(sentence, language)))
        for line in text.splitlines()
    )
    return Reading(tuple(line for line in lines if line))


def read_sentence(sentence: str, otherwise: Language = "en") -> tuple[Word, ...]:
    """Give the words of a sentence that say something; of one without such words, all."""
    written = words(sentence)
    if language_of(sentence, otherwise) == "es":
        folded = [fold(word) for word in written]
        return tuple(_spanish(word) for word in folded if word not in SPANISH_STOP_WORDS) or tuple(
            map(_spanish, folded)
        )
    return tuple(_english(word) for word in written if word not in STOP_WORDS) or tuple(
        map(_english, written)
    )


@lru_cache(maxsize=10_000)
def _english(written: str) -> Word:
    own, table = stem(written), word_table()
    if own in table.rows:
        return Word(written, (own,), (), (table.rows[own],), table.weight(own))
    if meanings := _meanings(fold(written)):
        return _known(written, (own, *meanings))
    guess = table.meant(own)
    rows = (table.rows[guess],) if guess else ()
    return Word(written, (own,), (guess,) if guess else (), rows, table.weight(guess or own))


@lru_cache(maxsize=10_000)
def _spanish(folded: str) -> Word:
    own = bare_stem(folded, "es")
    if folded in _SPANISH_NOT:
        return _known(folded, (own, NOT))
    meanings = _meanings(folded)
    # A name or an English word in a Spanish sentence keeps its English stem.
    return _known(folded, (own, *(meanings or (stem(folded),))))


def _known(written: str, stems: tuple[str, ...]) -> Word:
    table = word_table()
    rows = tuple(dict.fromkeys(table.rows[each] for each in stems[1:] if each in table.rows))
    weight = min((table.weights[row] for row in rows), default=UNKNOWN_WEIGHT)
    return Word(written, tuple(dict.fromkeys(stems)), (), rows, weight)


def _meanings(folded: str) -> tuple[str, ...]:
    exact = spanish_words().get(folded)
    english = exact if exact is not None else _by_spanish_stem().get(bare_stem(folded, "es"), ())
    return tuple(dict.fromkeys(map(stem, english)))


@lru_cache(maxsize=1)
def _by_spanish_stem() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for form, english in spanish_words().items():
        found.setdefault(bare_stem(form, "es"), []).extend(english)
    return {form: tuple(dict.fromkeys(english)) for form, english in found.items()}
