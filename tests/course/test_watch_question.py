"""Watching a clip: what an author writes, and what comes from a browser."""

from __future__ import annotations

import copy

import pytest
from pydantic import ValidationError

from homevisit.course.questions import QUESTION
from homevisit.errors import InvalidResponseError
from homevisit.scoring.marks import with_marks
from homevisit.scoring.score import score
from homevisit.scoring.showing import opened, shown_feedback

WRITTEN = {
    "type": "watch",
    "source": "000#Experience It",
    "points": 2,
    "enough": 2,
    "public": {
        "prompt": "What do they do?",
        "clip": "omar-drawn",
        "length": "1:53",
        "stops": [
            {"id": "first", "at": "0:33", "ask": "What now?"},
            {"id": "hands", "at": "1:25", "ask": "Whose hand?"},
        ],
    },
    "key_points": [
        {
            "id": "twist",
            "from": "1:25",
            "to": "1:28",
            "text": "His mother gives the block a small twist.",
            "look_again": "Hands.",
        },
        {
            "id": "walk",
            "from": "0:52",
            "to": "1:01",
            "text": "Omar walks after the green block.",
            "look_again": "Feet.",
        },
    ],
}
QUESTION_NOW = QUESTION.validate_python(WRITTEN)


def draft(marks=(), stops=None, position=0):
    return QUESTION_NOW.drafted({"marks": list(marks), "stops": stops or {}, "position": position})


def committed(**given):
    return QUESTION_NOW.committed(draft(**given))


def refusal(**given):
    with pytest.raises(InvalidResponseError) as refused:
        committed(**given)
    return refused.value.message


def test_public_part_holds_clip_length_and_stops_and_no_moment_of_the_key():
    assert QUESTION_NOW.public_part() == {"type": "watch", "points": 2, **WRITTEN["public"]}


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (("public", "stops", 0, "at"), "33", "minutes and seconds in quotes"),
        (("public", "stops", 0, "at"), "1:30", "in order"),
        (("public", "stops", 1, "at"), "2:30", "up to 1:53"),
        (("public", "stops", 1, "id"), "first", "stands above already"),
        (("key_points", 0, "to"), "1:20", "end after it begins"),
        (("key_points", 0, "to"), "1:59", "up to 1:53"),
        (("key_points", 0, "look_again"), "", "where to look again"),
        (("enough",), 3, "from 1 to 2"),
    ],
)
def test_author_is_told_what_to_write(place, value, sentence):
    written = copy.deepcopy(WRITTEN)
    *way, last = place
    inner = written
    for step in way:
        inner = inner[step]
    inner[last] = value
    with pytest.raises(ValidationError, match=sentence):
        QUESTION.validate_python(written)


def test_marks_come_in_the_order_of_their_times_and_typed_times_are_read():
    given = committed(
        marks=[
            {"at": "1:05", "saw": " Omar <b>stands</b>. "},
            {"at": 42.36, "saw": "She speaks."},
            {"at": "", "saw": " "},
        ],
        stops={"hands": "In her lap.", "first": "  "},
        position=500,
    )
    assert given == {
        "marks": [{"at": 42.4, "saw": "She speaks."}, {"at": 65, "saw": "Omar <b>stands</b>."}],
        "stops": {"hands": "In her lap."},
        "position": 113.0,
    }
    assert QUESTION_NOW.as_text(given) == (
        "0:42  She speaks.\n1:05  Omar <b>stands</b>.\nAt 1:25: Whose hand?\n   In her lap."
    )


def test_draft_keeps_what_was_typed_as_a_time():
    mark = {"at": "-3 or so", "saw": "x" * 30_000}
    assert draft(marks=[mark] * 3)["marks"] == [mark] * 3


def test_bad_input_gets_one_sentence_each():
    saw = {"saw": "She speaks."}
    assert refusal() == "Mark at least one moment and write what you saw or heard there, then check again."
    assert refusal(marks=[{"at": "soon", **saw}]).startswith(
        "In mark 1, write the time as minutes and seconds"
    )
    assert refusal(marks=[{"at": 3, "saw": ""}, {"at": -2, **saw}]).startswith(
        "In mark 2, the time lies before the start"
    )
    assert refusal(marks=[{"at": 114, **saw}]).startswith(
        "In mark 1, the time 1:54 lies after the end, which is at 1:53."
    )
    assert refusal(marks=[{"at": 3, **saw}] * 300).startswith("That is 300 marks; there is room for 100.")
    assert "In mark 1, that is 20,001 characters" in refusal(marks=[{"at": 3, "saw": "x" * 20_001}])
    assert "In the question at 0:33, that is 20,001 characters" in refusal(stops={"first": "x" * 20_001})
    assert committed(marks=[{"at": 3, "saw": "x" * 20_000}])["marks"][0]["saw"] == "x" * 20_000


@pytest.mark.parametrize(
    "obj",
    [
        {"marks": [], "stops": {}},
        {"marks": [], "stops": {}, "position": float("nan")},
        {"marks": [], "stops": {}, "position": True},
        {"marks": [{"at": 3}], "stops": {}, "position": 0},
        {"marks": [{"at": 3, "saw": 7}], "stops": {}, "position": 0},
        {"marks": [], "stops": {"gone": "x"}, "position": 0},
    ],
)
def test_other_shapes_are_refused(obj):
    with pytest.raises(InvalidResponseError, match="Reload the page"):
        QUESTION_NOW.drafted(obj)


def test_words_of_marks_and_stops_count_and_their_times_do_not():
    early = committed(marks=[{"at": 1, "saw": "His mother gives the block a small twist."}])
    late = committed(stops={"first": "His mother gives the block a small twist."})
    assert score(QUESTION_NOW, early).raw == score(QUESTION_NOW, late).raw == 1.0


def test_moment_of_a_point_is_held_back_with_its_words_until_the_second_try_or_a_trainers_mark():
    scored = score(
        QUESTION_NOW, committed(marks=[{"at": 86, "saw": "His mother gives the block a small twist."}])
    )
    twist, walk = shown_feedback(scored, tried=1)["points"]
    assert (twist["from"], twist["to"], twist["text"]) == (85, 88, WRITTEN["key_points"][0]["text"])
    assert walk == {"band": "none", "covered": False, "look_again": "Feet."}
    assert shown_feedback(scored, tried=2)["points"][1]["from"] == 52
    assert opened(scored.feedback, 1, None).startswith("A start.")
    marked = with_marks(scored, {"walk": "covered"})
    assert marked.raw == 2.0
    assert shown_feedback(marked, tried=1)["points"][1]["to"] == 61


def test_judging_words_of_a_mark_are_flagged_with_its_time_and_cost_nothing():
    scored = score(QUESTION_NOW, committed(marks=[{"at": 42, "saw": "The lazy mother sits there."}]))
    assert [(flag["row"], flag["at"], flag["words"]) for flag in scored.feedback["flags"]] == [
        (1, "0:42", "lazy")
    ]
