from __future__ import annotations

import pytest

from homevisit.course.papers_plan import (
    Plan,
    blank_plan,
    checked_plan,
    is_filled,
    line_counts,
    plan_as_text,
)
from homevisit.course.responses import parse_response, response_as_text
from homevisit.errors import InvalidResponseError

GOAL = {
    "goal": "Parents find one safe place to climb.",
    "child": "A boy waits for his turn.",
    "family": "A grandmother meets others.",
    "domain": "physical",
    "subdomain": "gross-motor",
    "readiness": "Children move with confidence.",
    "outcome": "Parents know families nearby.",
}


def plan(**given):
    return Plan.model_validate(checked_plan({**blank_plan(), **given}))


@pytest.mark.parametrize(
    ("text", "filled"),
    [("", False), ("songs", False), ("two songs", True), ("¿ ?", False), ("1 2", True), ("歌 遊び", True)],
)
def test_line_needs_two_words_to_count(text, filled):
    assert is_filled(text) is filled


def test_new_plan_has_eighteen_open_lines():
    assert [line.filled for line in line_counts(plan())] == [0] * 18


def test_each_goal_needs_its_own_connections():
    second = {**GOAL, "child": "", "domain": ""}
    counted = {line.key: (line.filled, line.goals) for line in line_counts(plan(goals=[GOAL, second, {}]))}
    assert counted["goal"] == counted["family"] == (2, 2)
    assert counted["child"] == counted["domain"] == (1, 2)
    assert counted["food"] == (0, 1)


def test_domain_that_the_framework_does_not_have_counts_nothing():
    counted = {line.key: line.filled for line in line_counts(plan(goals=[{**GOAL, "domain": "wisdom"}]))}
    assert counted["domain"] == 0


def test_plan_as_text_shows_the_framework_in_its_own_names():
    text = plan_as_text(
        plan(theme="Climbing", date="2026-12-04", goals=[GOAL], food="Soft pears").model_dump()
    )
    assert text.startswith(
        "Theme: Climbing\nDate: December 4, 2026\n\nWho takes part\n- Who plans it: (open)\n"
    )
    assert (
        "1. Goals, and 2. connection to other goals\n"
        "Goal: Parents find one safe place to climb.\n"
        "- A child's goal that this serves: A boy waits for his turn.\n"
        "- A family's goal that this serves: A grandmother meets others.\n"
        "- ELOF domain: Perceptual, Motor, and Physical Development: Gross Motor\n"
    ) in text
    assert "- What babies, toddlers, and adults eat, and who helps: Soft pears\n" in text


def test_plan_with_too_many_goals_is_refused():
    with pytest.raises(InvalidResponseError) as caught:
        checked_plan({**blank_plan(), "goals": [GOAL] * 9})
    assert caught.value.message == (
        "That is 9 goals; there is room for 8. Take some out; everything you wrote is still here."
    )


def test_committed_plan_is_stripped_and_empty_goals_are_dropped(asked):
    given = plan(goals=[{}, {**GOAL, "goal": " A goal. ", "subdomain": "memory"}], food=" Pears ").model_dump(
        mode="json"
    )
    committed = parse_response(asked["one-morning"], given)
    assert committed["goals"] == [{**GOAL, "goal": "A goal.", "subdomain": ""}]
    assert committed["food"] == "Pears"
    assert "- What babies, toddlers, and adults eat, and who helps: Pears" in response_as_text(
        asked["one-morning"], committed
    )


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"food": "Pears and bread"},
            (
                "Write at least one goal in a few words, then check again. "
                "What should be different when families leave?"
            ),
        ),
        (
            {"goals": [GOAL], "talk": "x" * 20_001},
            (
                'In "What parents learn or talk over", that is 20,001 characters; there is room for 20,000. '
                "Shorten it a little; everything you wrote is still here."
            ),
        ),
        (
            {"goals": [{**GOAL, "domain": "wisdom"}]},
            "This page does not fit the question any more. Reload the page; what you wrote is kept.",
        ),
    ],
)
def test_plan_that_cannot_be_checked_says_why_and_stays_a_draft(asked, given, sentence):
    typed = plan(**given).model_dump(mode="json")
    with pytest.raises(InvalidResponseError) as caught:
        parse_response(asked["one-morning"], typed)
    assert caught.value.message == sentence
    assert parse_response(asked["one-morning"], typed, draft=True) == typed
