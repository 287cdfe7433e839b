from __future__ import annotations

import copy
import re
from pathlib import Path

import pytest

from homevisit.course import ecomap
from homevisit.course.ecomap import drafted_map, map_as_text
from homevisit.course.responses import parse_response, response_as_text
from homevisit.errors import InvalidResponseError

WORDS = Path(__file__).parents[2] / "homevisit/web/static/lesson/ecomap-words.js"
KEPT = "everything you drew is still here."
SHORTER = "Shorten it a little; everything you wrote is still here."


def person(own_id, name, kind="family", **place):
    return {"id": own_id, "name": name, "kind": kind, **place}


def tie(first, second="family", **values):
    usual = {"strength": "strong", "direction": "both", "support": [], "note": ""}
    return {"from": first, "to": second, **usual, **values}


MAP = {
    "center": "the family on Tuesdays",
    "people": [person("gm", "the grandmother"), person("cl", "the clinic", "service", x=-120, y=40)],
    "ties": [
        tie("gm", support=["emotional", "spiritual"], note="She sings to him."),
        tie("cl", strength="weak", direction="one-way", support=["informational"]),
        tie("gm", "cl", strength="stressful"),
    ],
    "look_next": "Who could ride along?",
}


def changed(**parts):
    return {**copy.deepcopy(MAP), **parts}


def refused(obj):
    with pytest.raises(InvalidResponseError) as caught:
        drafted_map(obj)
    return caught.value.message


def test_map_comes_back_as_it_was_drawn():
    assert drafted_map(copy.deepcopy(MAP)) == MAP
    assert drafted_map(ecomap.blank_map()) == ecomap.blank_map()


def test_map_is_put_in_its_normal_form():
    drawn = changed(
        people=[person("gm", "the\x00 grandmother\r\n", x=1.4, y=-2.6)],
        ties=[tie("gm", support=["spiritual", "emotional", "spiritual"])],
    )
    given = drafted_map(drawn)
    assert given["people"] == [person("gm", "the grandmother\n", x=1, y=-3)]
    assert given["ties"][0]["support"] == ["emotional", "spiritual"]


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (
            {"people": [person(f"p{number}", "x") for number in range(300)], "ties": []},
            "That is 300 people and places; there is room for 60 on one map. "
            "Take some off the map, or draw a second one; " + KEPT,
        ),
        (
            {"ties": [tie("gm")] * 121},
            "That is 121 ties; there is room for 120 on one map. Remove some; " + KEPT,
        ),
        (
            {"ties": [tie("gm", "gm")]},
            "“the grandmother” is tied to itself. A tie needs two different ends: choose another one; "
            + KEPT,
        ),
        (
            {"ties": [tie("gm"), tie("family", "gm")]},
            "“the family on Tuesdays” and “the grandmother” are tied twice. "
            "Keep one tie and say the rest in its note; " + KEPT,
        ),
        (
            {"ties": [tie("nobody")]},
            "A tie leads to somebody who is not on the map. Remove it; " + KEPT,
        ),
        (
            {"people": [person("gm", "x", "alien")], "ties": []},
            "“alien” is no kind of person or place that a map can show. Choose one from the list; " + KEPT,
        ),
        (
            {"ties": [tie("gm", strength="purple")]},
            "“purple” is no kind of tie that a map can show. Choose one from the list; " + KEPT,
        ),
        (
            {"ties": [tie("gm", support=["<script>alert(1)</script>"])]},
            "“<script>alert(1)</script>” is no kind of support that a map can show. "
            "Choose one from the list; " + KEPT,
        ),
        (
            {"people": [person("gm", "n" * 5000)], "ties": []},
            f"The name “{'n' * 40}…” has 5,000 characters; there is room for 200. "
            "Shorten it, and write the rest in the note; " + KEPT,
        ),
        (
            {"look_next": "x" * 2_000_000},
            f"That is {2_000_000 + 22 + 15 + 10 + 17:,} characters; there is room for 200,000. {SHORTER}",
        ),
    ],
)
def test_map_with_too_much_or_unknown_parts_is_refused_with_a_sentence(parts, sentence):
    assert refused(changed(**parts)) == sentence


@pytest.mark.parametrize("x", [float("nan"), float("inf"), 1e300, -5001, True, "12", None])
def test_place_that_is_none_is_refused_by_name(x):
    drawn = changed(people=[person("gm", "the grandmother", x=x, y=0)], ties=[])
    assert refused(drawn) == (
        "The place of “the grandmother” lies outside the drawing. Choose “Arrange again”; " + KEPT
    )


@pytest.mark.parametrize(
    "obj",
    [
        None,
        [],
        "map",
        {},
        {**MAP, "more": 1},
        changed(people={}),
        changed(ties=None),
        changed(people=[{"id": "gm", "name": "x"}]),
        changed(people=[person("gm", "x", x=1)]),
        changed(people=[person("family", "x")]),
        changed(people=[person("GM!", "x")]),
        changed(people=[person("gm", "x"), person("gm", "y")], ties=[]),
        changed(ties=[{"from": "gm"}]),
        changed(ties=[{**tie("gm"), "support": "emotional"}]),
    ],
)
def test_map_of_another_shape_asks_for_a_reload(obj):
    assert refused(obj) == "This page and the map do not fit each other any more. Reload the page; " + KEPT


def test_map_with_odd_text_keeps_it():
    names = ["<script>alert(1)</script>", "الجدة", "雅子さん", "👵🏽", "a\u0301", "'; DROP TABLE papers; --"]
    drawn = changed(people=[person(f"p{number}", name) for number, name in enumerate(names)], ties=[])
    assert [each["name"] for each in drafted_map(drawn)["people"]] == names


def test_map_as_text_says_everything_that_is_drawn():
    assert map_as_text(MAP) == (
        "EcoMap of: the family on Tuesdays\n"
        "\n"
        "People and places around the family:\n"
        "- the grandmother (family member): strong tie, both ways; emotional, spiritual support; "
        'note: "She sings to him."\n'
        "- the clinic (service or agency): weak tie, one way, to the family on Tuesdays; "
        "informational support\n"
        "\n"
        "Ties between them:\n"
        "- the grandmother and the clinic: stressful tie, both ways; no kind of support named\n"
        "\n"
        "To look at next:\n"
        "Who could ride along?"
    )


def test_map_as_text_of_a_map_that_was_just_begun():
    drawn = {**ecomap.blank_map(), "people": [person("a", " \n")]}
    assert map_as_text(drawn) == (
        "EcoMap of: the family\n\nPeople and places around the family:\n"
        "- someone without a name (family member): no tie to the family is drawn"
    )
    assert map_as_text(ecomap.blank_map()).endswith("- nobody yet")


def test_name_cannot_break_the_line_or_turn_the_text_around_it():
    drawn = changed(people=[person("gm", "the \u202egrand\nmother"), person("cl", "x")])
    assert "- the grand mother (family member)" in map_as_text(drawn)


def test_browser_and_server_have_the_same_words():
    script = WORDS.read_text(encoding="utf-8")

    def block(name):
        body = re.search(rf"export const {name} = \{{\n(.*?)\n\}};", script, re.DOTALL)[1]
        return dict(re.findall(r'^  "?([a-z-]+)"?: "(.*)",$', body, re.MULTILINE))

    assert block("KINDS") == ecomap.KINDS
    assert block("STRENGTHS") == ecomap.STRENGTHS
    assert tuple(block("SUPPORTS")) == tuple(block("SIGNS")) == ecomap.SUPPORTS
    assert f"MOST_PEOPLE = {ecomap.MAX_PEOPLE};" in script
    assert f"LONGEST_NAME = {ecomap.MAX_NAME};" in script


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (
            {"people": [], "ties": []},
            "Nobody is on the map yet. Put one person or place on it at least, then check again.",
        ),
        (
            {"people": [person("gm", " ?"), person("cl", "x")]},
            "Somebody on the map is without a name. Write a role there, or take them off, then check again.",
        ),
        (
            {"ties": [tie("gm", "cl")]},
            "No tie to the family is drawn yet. Choose a person and say how the tie is, then check again.",
        ),
        (
            {"look_next": "x" * 20_001},
            f"In what to look at next, that is 20,001 characters; there is room for 20,000. {SHORTER}",
        ),
    ],
)
def test_map_that_is_not_finished_passes_as_a_draft_and_is_not_committed(asked, parts, sentence):
    drawn = changed(**parts)
    assert parse_response(asked["around-her"], drawn, draft=True) == drawn
    with pytest.raises(InvalidResponseError) as caught:
        parse_response(asked["around-her"], drawn)
    assert caught.value.message == sentence


def test_committed_map_is_stripped_and_read_as_text(asked):
    drawn = changed(
        center=" us ", look_next=" Who? ", people=[person("gm", " the grandmother "), MAP["people"][1]]
    )
    given = parse_response(asked["around-her"], drawn)
    assert (given["center"], given["look_next"], given["people"][0]["name"]) == (
        "us",
        "Who?",
        "the grandmother",
    )
    assert response_as_text(asked["around-her"], given) == map_as_text(given)
    assert response_as_text(asked["around-her"], {"text": "from before"}) == "from before"
