from __future__ import annotations

import pytest

from homevisit.course.responses import parse_response, response_as_text
from homevisit.errors import InvalidResponseError

OUT_OF_STEP = "This page does not fit the question any more. Reload the page; what you wrote is kept."


def row(saw="", meaning="", at=""):
    return {"saw": saw, "meaning": meaning, "at": at}


def refused(question, obj, **how):
    with pytest.raises(InvalidResponseError) as caught:
        parse_response(question, obj, **how)
    return caught.value.message


def test_observation_is_stripped_and_empty_rows_are_dropped(asked):
    given = {"rows": [row(" She sits. ", "", " 01:05"), row(), row("...", " ", "2:00"), {"saw": "He waves."}]}
    assert parse_response(asked["blocks-observe"], given) == {
        "rows": [row("She sits.", "", "1:05"), row("He waves.")]
    }


@pytest.mark.parametrize("rows", [[], [row()], [row("", "She is glad")], [row("?!")], [row("\u200b \n")]])
def test_observation_with_nothing_seen_is_refused(asked, rows):
    message = "Write down at least one thing that you saw or heard, then check again."
    assert refused(asked["blocks-observe"], {"rows": rows}) == message


@pytest.mark.parametrize("at", ["1", "1:5", "1:65", "-1:05", "one", "1:05:09", "\u0661:\u0660\u0665"])
def test_observation_with_a_bad_time_names_the_row(asked, at):
    message = "In observation 2, write the time as minutes and seconds, for example 1:05."
    assert refused(asked["blocks-observe"], {"rows": [row("She sits."), row("He waves.", "", at)]}) == message


def test_observation_too_long_says_how_long_it_may_be(asked):
    assert refused(asked["blocks-observe"], {"rows": [row("a" * 20_001)]}) == (
        "In observation 1, that is 20,001 characters; there is room for 20,000. "
        "Shorten it a little; everything you wrote is still here."
    )
    longest = {"rows": [row("a" * 20_000)]}
    assert parse_response(asked["blocks-observe"], longest) == longest


def test_observation_with_too_many_rows_is_refused_once_committed(asked):
    rows = [row(f"Act {number}") for number in range(101)]
    message = "That is 101 rows; there is room for 100. Join a few; nothing is lost."
    assert refused(asked["blocks-observe"], {"rows": rows}) == message
    assert parse_response(asked["blocks-observe"], {"rows": rows}, draft=True) == {"rows": rows}


def test_choice_is_put_in_the_order_of_the_options(asked):
    given = {"chosen": ["mail", "cousin", "mail"]}
    assert parse_response(asked["who-belongs"], given) == {"chosen": ["cousin", "mail"]}


@pytest.mark.parametrize(
    ("question_id", "chosen", "message"),
    [
        ("one-step", [], "Nothing is chosen yet. Choose one option, then check again."),
        ("who-belongs", [], "Nothing is chosen yet. Choose at least one option, then check again."),
        ("one-step", ["ride", "times"], "You have chosen 2 options. Choose only one here."),
        ("one-step", ["walk"], OUT_OF_STEP),
        ("one-step", [1], OUT_OF_STEP),
        ("one-step", [["ride"]], OUT_OF_STEP),
    ],
)
def test_choice_that_cannot_be_taken_says_why(asked, question_id, chosen, message):
    assert refused(asked[question_id], {"chosen": chosen}) == message


def test_sorting_is_put_in_the_order_of_the_statements(asked):
    given = {"placed": {"puzzle": "goods", "boots": "goods", "errand": "services"}}
    parsed = parse_response(asked["what-kind"], given)
    assert list(parsed["placed"].items()) == [("boots", "goods"), ("puzzle", "goods"), ("errand", "services")]


@pytest.mark.parametrize(
    ("placed", "message"),
    [
        (
            {"boots": "goods"},
            '2 statements have no group yet. Place "She lends a puzzle.", then check again.',
        ),
        (
            {"boots": "goods", "errand": "services", "puzzle": ""},
            '1 statement has no group yet. Place "She lends a puzzle.", then check again.',
        ),
        ({"boots": "food", "errand": "services", "puzzle": "goods"}, OUT_OF_STEP),
        ({"boots": "goods", "errand": "services", "puzzle": "goods", "hat": "goods"}, OUT_OF_STEP),
        ({"boots": 1, "errand": "services", "puzzle": "goods"}, OUT_OF_STEP),
    ],
)
def test_sorting_that_cannot_be_taken_says_why(asked, placed, message):
    assert refused(asked["what-kind"], {"placed": placed}) == message


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ('"I never ask."', '"I never ask."'),
        ('He says, "Keep walking."', "\"He says, 'Keep walking.'\""),
        ('"Keep walking," he says.', "\"'Keep walking,' he says.\""),
    ],
)
def test_statement_that_quotes_somebody_is_named_in_one_pair_of_marks(asked, statement, named):
    public = asked["what-kind"].public
    quoting = public.model_copy(update={"statements": public.statements | {"boots": statement}})
    question = asked["what-kind"].model_copy(update={"public": quoting})
    message = f"1 statement has no group yet. Place {named}, then check again."
    assert refused(question, {"placed": {"errand": "services", "puzzle": "goods"}}) == message


@pytest.mark.parametrize("text", ["", "   \n", "...", "\u200b"])
def test_reflection_without_a_word_is_refused(asked, text):
    message = "Nothing is written yet. Write a few sentences, then check again."
    assert refused(asked["own-lens"], {"text": text}) == message


def test_reflection_too_long_says_how_long_it_may_be(asked):
    assert refused(asked["own-lens"], {"text": "a" * 50_000}) == (
        "That is 50,000 characters; there is room for 20,000. "
        "Shorten it a little; everything you wrote is still here."
    )


def test_response_loses_control_characters_and_half_characters_only(asked):
    given = {"text": "A\x00b\x07\r\nc\td\ud800 \U0001f600é\x85"}
    assert parse_response(asked["own-lens"], given) == {"text": "Ab\nc\td \U0001f600é"}
    assert parse_response(asked["own-lens"], given, draft=True) == {"text": "Ab\nc\td \U0001f600é"}


@pytest.mark.parametrize(
    ("question_id", "obj", "message"),
    [
        ("visit-steps", {"order": ["greet", "talk", "play", "plan", "sing"]}, OUT_OF_STEP),
        ("visit-steps", {"order": ["greet", "greet", "talk", "play", "plan"]}, OUT_OF_STEP),
        (
            "visit-steps",
            {"order": ["greet", "play"]},
            '2 steps have no place yet. Place "Plan the next visit", then check again.',
        ),
        (
            "visit-steps",
            {"order": ["greet", "play", "talk"]},
            '1 step has no place yet. Place "Plan the next visit", then check again.',
        ),
        (
            "say-it-anew",
            {"text": " ..."},
            "Nothing is written yet. Write the sentence in your words, then check again.",
        ),
        ("long-week", {"text": ""}, "Nothing is written yet. Write a few sentences, then check again."),
        (
            "before",
            {"ratings": {}},
            '2 lines have no rating yet. Rate "I wait before I speak", then check again.',
        ),
        (
            "before",
            {"ratings": {"wait": 0}},
            '1 line has no rating yet. Rate "I ask what the parent saw", then check again.',
        ),
        ("before", {"ratings": {"wait": 0, "ask": 3}}, OUT_OF_STEP),
        ("before", {"ratings": {"wait": 0, "ask": 1, "sing": 1}}, OUT_OF_STEP),
        (
            "try-it",
            {"plan": "", "text": "On Tuesday"},
            "Nothing is chosen yet. Choose what you will try, then check again.",
        ),
        ("try-it", {"plan": "sing", "text": "On Tuesday"}, OUT_OF_STEP),
        (
            "try-it",
            {"plan": "count", "text": " \n"},
            "Write in your own words when you will try it and what you will do, then check again.",
        ),
    ],
)
def test_response_that_cannot_be_taken_says_why(asked, question_id, obj, message):
    assert refused(asked[question_id], obj) == message


def test_steps_that_nobody_moved_are_no_response_and_stay_in_the_draft(asked):
    question = asked["visit-steps"]
    untouched = {"order": list(question.public.steps)}
    assert refused(question, untouched).endswith("Move at least one, then check again.")
    assert parse_response(question, untouched, draft=True) == untouched


@pytest.mark.parametrize(
    ("question_id", "obj", "parsed"),
    [
        ("visit-steps", {"order": ["plan", "greet", "talk", "play"]}, None),
        ("say-it-anew", {"text": " He sat on the rug. "}, {"text": "He sat on the rug."}),
        ("long-week", {"text": "A whole week.\n"}, {"text": "A whole week."}),
        ("before", {"ratings": {"ask": 2, "wait": 0}}, {"ratings": {"wait": 0, "ask": 2}}),
        ("try-it", {"plan": "count", "text": " Tuesday "}, {"plan": "count", "text": "Tuesday"}),
    ],
)
def test_response_is_put_in_one_form(asked, question_id, obj, parsed):
    once = parse_response(asked[question_id], obj)
    assert once == (parsed or obj)
    assert parse_response(asked[question_id], once) == once


def test_checklist_is_put_in_the_order_of_the_items(asked):
    given = parse_response(asked["before"], {"ratings": {"ask": 2, "wait": 0}})
    assert list(given["ratings"]) == ["wait", "ask"]


@pytest.mark.parametrize("how", [{}, {"draft": True}])
@pytest.mark.parametrize(
    ("question_id", "obj"),
    [
        ("blocks-observe", None),
        ("blocks-observe", []),
        ("blocks-observe", {}),
        ("blocks-observe", {"rows": "x"}),
        ("blocks-observe", {"rows": ["x"]}),
        ("blocks-observe", {"rows": [{"saw": 1}]}),
        ("blocks-observe", {"rows": [{"saw": "a", "heard": "b"}]}),
        ("blocks-observe", {"rows": [], "text": ""}),
        ("one-step", {"chosen": "ride"}),
        ("what-kind", {"placed": ["boots"]}),
        ("own-lens", {"text": None}),
        ("own-lens", {"text": {"$ne": 1}}),
        ("visit-steps", {"order": {"greet": 1}}),
        ("visit-steps", {"order": [1]}),
        ("say-it-anew", {"text": ["x"]}),
        ("long-week", {"text": 1}),
        ("before", {"ratings": ["wait"]}),
        ("before", {"ratings": {"wait": True}}),
        ("before", {"ratings": {"wait": "1"}}),
        ("before", {"ratings": {"wait": 1.0}}),
        ("before", {"ratings": {"wait": -1}}),
        ("before", {"ratings": {"wait": 10**30}}),
        ("try-it", {"plan": "count"}),
        ("try-it", {"plan": None, "text": ""}),
        ("try-it", {"plan": "count", "text": "", "more": ""}),
    ],
)
def test_response_of_the_wrong_shape_is_refused(asked, question_id, obj, how):
    assert refused(asked[question_id], obj, **how) == OUT_OF_STEP


@pytest.mark.parametrize(
    ("question_id", "draft"),
    [
        ("blocks-observe", {"rows": []}),
        ("blocks-observe", {"rows": [row(" a", "", "1:")]}),
        ("one-step", {"chosen": []}),
        ("one-step", {"chosen": ["gone"]}),
        ("what-kind", {"placed": {"boots": ""}}),
        ("own-lens", {"text": "  "}),
        ("own-lens", {"text": "a" * 200_000}),
        ("visit-steps", {"order": ["greet", "gone"]}),
        ("say-it-anew", {"text": " a"}),
        ("long-week", {"text": ""}),
        ("before", {"ratings": {}}),
        ("before", {"ratings": {"gone": 2}}),
        ("try-it", {"plan": "", "text": " a"}),
    ],
)
def test_draft_is_kept_as_it_was_typed(asked, question_id, draft):
    assert parse_response(asked[question_id], draft, draft=True) == draft


def test_draft_has_an_upper_size_over_all_its_text(asked):
    message = (
        "That is 200,001 characters; there is room for 200,000. "
        "Shorten it a little; everything you wrote is still here."
    )
    rows = [row("a" * 100_000, "b" * 100_000), row("c")]
    assert refused(asked["blocks-observe"], {"rows": rows}, draft=True) == message
    assert refused(asked["own-lens"], {"text": "a" * 200_001}, draft=True) == message


def test_committed_response_is_taken_again_unchanged(asked):
    given = {"rows": [row(" She sits. ", "Calm", "01:05"), row()]}
    once = parse_response(asked["blocks-observe"], given)
    assert parse_response(asked["blocks-observe"], once) == once


@pytest.mark.parametrize(
    ("question_id", "response", "text"),
    [
        (
            "blocks-observe",
            {"rows": [row("She sits.", "At ease", "0:42"), row("He waves.")]},
            "1. (0:42) She sits.\n   What it may mean: At ease\n2. He waves.",
        ),
        ("who-belongs", {"chosen": ["cousin", "nurse"]}, "- A cousin\n- The nurse"),
        ("who-belongs", {"chosen": ["cousin", "gone"]}, "- A cousin\n- gone"),
        (
            "what-kind",
            {"placed": {"boots": "goods", "errand": "services", "puzzle": "x"}},
            "Material goods:\n- She lends boots.\nServices:\n- He runs an errand.\nx:\n- She lends a puzzle.",
        ),
        ("own-lens", {"text": "I grew up\nelsewhere."}, "I grew up\nelsewhere."),
        ("visit-steps", {"order": ["greet", "gone", "play"]}, "1. Greet everyone\n2. gone\n3. Play together"),
        ("say-it-anew", {"text": "He sat."}, "He sat."),
        ("long-week", {"text": "A whole week."}, "A whole week."),
        (
            "before",
            {"ratings": {"wait": 2, "gone": 9}},
            "- I wait before I speak: On most visits\n- gone: 9",
        ),
        ("try-it", {"plan": "count", "text": "On Tuesday"}, "Count to ten first\nOn Tuesday"),
        ("try-it", {"plan": "gone", "text": "On Tuesday"}, "gone\nOn Tuesday"),
    ],
)
def test_response_as_text_reads_well(asked, question_id, response, text):
    assert response_as_text(asked[question_id], response) == text


def test_response_as_text_shows_what_was_written_even_if_the_question_changed_its_type(asked):
    written = {"rows": [row("She sits.", "Calm", "0:42")]}
    assert response_as_text(asked["own-lens"], written) == "She sits.\nCalm\n0:42"
