from __future__ import annotations

import pytest

from homevisit.scoring.text import STOP_WORDS, normalise, sentences, stem, stemmed, words


def test_normalise_folds_case_width_and_apostrophes():
    assert normalise("STRAẞE \uff21 \ufb01t It\u2019s") == "strasse a fit it's"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He doesn't, she's; the boy\u2019s.", ["he", "doesn't", "she", "the", "boy"]),
        ("Eye-hand, 2 cans", ["eye", "hand", "2", "cans"]),
        ("Mom sits next to him", ["mom", "sits", "beside", "him"]),
        ("Él miró", ["él", "miró"]),
        ("?! ...", []),
        ("a" * 100, ["a" * 40]),
    ],
)
def test_words_are_folded_words(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She sits. He waves! Why?", ["She sits.", "He waves!", "Why?"]),
        (
            '"Good job," she says. \u201cYou did it.\u201d He laughs.',
            ['"Good job," she says.', "\u201cYou did it.\u201d", "He laughs."],
        ),
        ("Mrs. Lopez sits, e.g. here. He waves.", ["Mrs. Lopez sits, e.g. here.", "He waves."]),
        ("1. She sits\n2. He waves", ["1. She sits", "2. He waves"]),
        ("one line\n\n  another  ", ["one line", "another"]),
        ("She has 3. He has 4.", ["She has 3.", "He has 4."]),
        ("no end", ["no end"]),
        (" \n ", []),
    ],
)
def test_sentences_are_the_learners_own(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("one", "another"),
    [
        ("turning", "turned"),
        ("blocks", "block"),
        ("mommy", "mother"),
        ("said", "tells"),
        ("places", "putting"),
    ],
)
def test_stem_joins_forms_and_words_used_for_one_another(one, another):
    assert stem(one) == stem(another)


def test_stemmed_leaves_out_words_that_say_little():
    assert stemmed("Mom is beside him, and she turns it") == [
        ("mom", "mother"),
        ("beside", "besid"),
        ("turns", "turn"),
    ]
    assert stemmed(" ".join(sorted(STOP_WORDS))) == []
