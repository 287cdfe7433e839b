from __future__ import annotations

import pytest

from homevisit.scoring.privacy import Finding, check

KNOWN = {"Omar", "Tweety", "Yates", "Illinois", "Rosa", "neighbors", "granny"}


def pieces(text, known=KNOWN):
    return [(finding.text, finding.kind) for finding in check(text, known)]


@pytest.mark.parametrize(
    ("text", "piece", "kind"),
    [
        ("Then Maria Lopez came in.", "Maria Lopez", "a name"),
        ("Maria said no.", "Maria", "a name"),
        ("I met with Xiomara.", "Xiomara", "a name"),
        ("Zyair laughed.", "Zyair", "a name"),
        ("maria lopez came in", "maria lopez", "a name"),
        ("Mr. Okafor sat down.", "Mr. Okafor", "a name"),
        ("We called dr. Smith today.", "dr. Smith", "a name"),
        ("La señora Gómez cocinó.", "señora Gómez", "a name"),
        ("Ana de la Cruz vino.", "Ana de la Cruz", "a name"),
        ("Omar Jones is her son.", "Omar Jones", "a name"),
        ("May told me about it.", "May", "a name"),
        ("It is at 9 Elm Court, Apt 2.", "9 Elm Court, Apt 2", "an address"),
        ("Vive en Calle Sol #12.", "Calle Sol #12", "an address"),
        ("Her number is (217) 555-0134.", "(217) 555-0134", "a phone number"),
        ("ann.b@example.org is hers.", "ann.b@example.org", "an e-mail address"),
        ("Born on May 4, 2020, at home.", "May 4, 2020", "a date of birth"),
        ("Nació el 4 de mayo.", "4 de mayo", "a date of birth"),
        ("We met on 3/14/2025.", "3/14/2025", "a full date"),
        ("SSN: 900-12-3456", "900-12-3456", "a Social Security number"),
        ("Case #21-0045 is open.", "21-0045", "a case number"),
        ("It says 40021783 on top.", "40021783", "a long number"),
    ],
)
def test_piece_that_may_tell_who_somebody_is_gets_pointed_out(text, piece, kind):
    assert pieces(text) == [(piece, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "Omar and Rosa sat with Tweety Yates in Illinois.",
        "Will she come in May, on Monday at 10?",
        "A rose. Rose petals were on the floor.",
        "It is 3 blocks down the road, past Room 4.",
        "He is 11 months old and got 12 of 15.",
        "Head Start and Sesame Street were on the list.",
        "Neighbors laughed. Granny said no.",
        "The rule is 45 CFR 1302.22, from 2019-2020.",
        "They did it 2-3 times in 10-15 minutes.",
        "San Antonio is far. Santa Rosa is not.",
        "Vino el lunes 3 de mayo a las 10.",
        "",
        "?!",
    ],
)
def test_other_capitals_and_figures_are_left_alone(text):
    assert pieces(text) == []


def test_name_of_the_lesson_is_a_name_again_in_another_lesson():
    text = "I met with Rosa. Rosa said no."
    assert pieces(text, known=()) == [("Rosa", "a name")]
    assert pieces(text) == []


def test_finding_says_where_it_stands_and_the_same_piece_comes_once():
    text = "Then Irma Diaz and IRMA DIAZ."
    assert check(text) == [Finding("Irma Diaz", "a name", 5, 14)]


@pytest.mark.parametrize("piece", ["Maria said no. ", "12 a b c d ", "calle ", "5 ", "x.y@", "born "])
def test_long_text_of_one_piece_is_taken(piece):
    assert len(check(piece * 3_000)) <= 1
