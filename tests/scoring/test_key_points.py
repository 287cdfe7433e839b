from __future__ import annotations

import random

import pytest

from homevisit.scoring.key_points import evidence, evidences, match

COVERED = 0.51  # as in bands.yml
QUESTION = "What do you see while Omar and his mother stack the blocks?"
POINTS = [
    "His mother sits beside Omar; the home visitor faces him from across.",
    "His mother turns the blocks so that the next one fits.",
    "The home visitor comments on what he figured out.",
    "Eye contact",
]
TEXT = "Mom is sitting next to him. She turns a block. It fits. The home visitor made a coment!"


def test_match_gives_one_score_for_each_point_from_nothing_to_all():
    assert match(QUESTION, POINTS, "") == [0.0] * 4
    assert match(QUESTION, POINTS, " ".join(POINTS)) == [1.0] * 4
    assert match(QUESTION, [], TEXT) == []


def test_match_is_the_same_each_time():
    assert [match(QUESTION, POINTS, TEXT) for _ in range(3)] == [match(QUESTION, POINTS, TEXT)] * 3


def test_match_stays_between_nothing_and_all_for_any_text():
    vocabulary = sorted({*" ".join(POINTS).split(), *TEXT.split(), "...", "\n", "it's", "Ünïcode", "七"})
    chance = random.Random(4)
    for _ in range(200):
        text = " ".join(chance.choices(vocabulary, k=chance.randrange(40)))
        assert all(0.0 <= score <= 1.0 for score in match(QUESTION, POINTS, text))


def test_match_never_falls_when_more_is_written():
    chance = random.Random(5)
    vocabulary = " ".join(POINTS).split()
    for _ in range(100):
        text = " ".join(chance.choices(vocabulary, k=8))
        more = text + "\n" + " ".join(chance.choices(vocabulary, k=4))
        assert all(a <= b for a, b in zip(match("", POINTS, text), match("", POINTS, more), strict=True))


def test_match_does_not_depend_on_the_order_of_lines():
    lines = [*POINTS, *TEXT.split(". "), "He waves. She turns the blocks."]
    chance = random.Random(6)
    expected = match(QUESTION, POINTS, "\n".join(lines))
    for _ in range(20):
        chance.shuffle(lines)
        assert match(QUESTION, POINTS, "\n".join(lines)) == expected


def test_match_gives_little_for_words_of_the_question():
    (repeated,) = match(QUESTION, POINTS[1:2], QUESTION)
    (said,) = match(QUESTION, POINTS[1:2], "She turns it and it fits.")
    assert repeated < 0.2
    assert said > COVERED


def test_match_gives_little_for_a_word_that_most_points_share():
    points = ["The visitor smiles", "The visitor claps", "The visitor leaves", "The visitor sings"]
    scores = match("", points, "The visitor is here and she claps.")
    assert [score >= COVERED for score in scores] == [False, True, False, False]
    assert scores[0] < 0.2


def test_match_never_takes_one_word_for_a_point_of_two():
    assert match("", ["Eye contact"], "My eye is sore today.")[0] < COVERED
    assert match("", ["Eye contact"], "They make eye contact.")[0] > 0.9


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [("encurragement", "encouragement"), ("blcoks", "blocks"), ("setps", "steps"), ("visiter", "visitor")],
)
def test_match_forgives_misspelling_a_little(misspelt, meant):
    (slip,) = match("", [f"{meant} grows"], f"{misspelt} grows")
    assert COVERED < slip < match("", [f"{meant} grows"], f"{meant} grows")[0] == 1.0


@pytest.mark.parametrize(
    ("word", "other"), [("hand", "hard"), ("stack", "snack"), ("block", "clock"), ("sit", "fit")]
)
def test_match_tells_short_words_apart_where_it_can(word, other):
    (score,) = match("", [f"{word} table"], f"{other} window")
    assert score < COVERED


def test_match_prefers_a_point_made_in_one_place():
    together = match("", ["Dogs chase yellow balls"], "Dogs chase yellow balls.\nA\nB")[0]
    scattered = match("", ["Dogs chase yellow balls"], "Dogs.\nThey chase.\nYellow.\nBalls.")[0]
    assert scattered < together == 1.0


def test_evidence_is_the_sentence_that_holds_most():
    sentences = ["Mom is happy.", "Mom turned the block so it fits.", "The block is red."]
    assert evidence(POINTS[1], sentences) == sentences[1]
    assert evidence(POINTS[1], sentences, question=QUESTION, points=POINTS) == sentences[1]
    assert evidence(POINTS[3], sentences) == ""
    assert evidence(POINTS[1], []) == ""


def test_evidences_agree_with_evidence():
    sentences = TEXT.split(". ")
    single = [evidence(point, sentences, question=QUESTION, points=POINTS) for point in POINTS]
    assert evidences(QUESTION, POINTS, sentences) == single


def test_match_knows_kindred_words_and_numbers():
    assert match("", ["She gives him the ring"], "She passes him the ring.")[0] >= COVERED
    assert match("", ["She waits two minutes"], "She waits 2 minutes.")[0] >= COVERED


def test_match_reads_spanish_against_spanish_and_english_points():
    said = "La mamá gira el bloque y el niño lo pone en el poste."
    assert match("", ["La madre gira los bloques"], said)[0] >= COVERED
    turned, sang = match("", ["The mother turns the blocks", "They sing a song together"], said)
    assert turned > 2 * sang


def test_match_takes_a_text_of_twenty_thousand_characters_and_any_script():
    for text in ("She turns the block. " * 950, "\u202eحسن\u202c " * 2000, "七" * 20_000, "<script>" * 2000):
        assert all(0.0 <= share <= 1.0 for share in match(QUESTION, POINTS, text))
