from __future__ import annotations

import pytest

from homevisit.scoring.language import bare_stem, fold, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The mother sits on the floor.", "en"),
        ("La mamá se sienta en el piso.", "es"),
        ("La mama se sienta en el piso.", "es"),
        ("¿Cansado?", "es"),
        ("durmió", "es"),
        ("José laughed.", "en"),
        ("She said «hola» to him.", "en"),
        ("", "en"),
        ("123", "en"),
    ],
)
def test_language_is_guessed_from_small_words(text, language):
    assert language_of(text) == language


def test_text_without_small_words_takes_the_language_around_it():
    assert language_of("Feliz.", "es") == "es"


def test_words_with_and_without_accents_are_one():
    assert fold("Niño") == fold("NINO") == "nino"


def test_stem_joins_the_forms_of_a_word():
    assert bare_stem("tries", "en") == bare_stem("tried", "en")
    assert bare_stem("contenta", "es") == bare_stem("contento", "es")
