from __future__ import annotations

import pytest

from homevisit.course.budget_sums import add_up, budget_as_text
from homevisit.course.papers_budget import Budget, blank_budget, budget_notes, checked_budget
from homevisit.errors import InvalidResponseError


def budget(**given):
    return Budget.model_validate(
        checked_budget({**blank_budget(), "transportation": [], "materials": [], **given})
    )


def item(what="Paint", count="1", price="1", per="each"):
    return {"what": what, "count": count, "price": price, "per": per}


FULL = {
    "families": "8",
    "socializations": "22",
    "ceiling": "$2,000",
    "infants": {"count": "4", "price": "1.50"},
    "toddlers": {"count": "5", "price": "2.25"},
    "adults": {"count": "8", "price": "3.10"},
    "transportation": [item("Bus tickets", "16", "2.50")],
    "materials": [item("Water tub", "3", "19.99", "year")],
}


def test_budget_is_added_up_for_one_socialization_the_year_and_each_family():
    sums = add_up(budget(**FULL))
    assert dict(sums.by_heading) == {
        "food": (600 + 1125 + 2480, 0),
        "transportation": (4000, 0),
        "materials": (0, 5997),
        "other": (0, 0),
    }
    assert (sums.each, sums.yearly, sums.year) == (8205, 5997, 186_507)
    # 18 65.07 / 22 = 84.7759, / 8 = 233.13375, and 82.05 / 8 = 10.25625
    assert (sums.each_with_yearly, sums.family_year, sums.family_each) == (8478, 23_313, 1026)
    assert (sums.ceiling, sums.left, sums.is_complete) == (200_000, 13_493, True)


def test_half_a_cent_goes_up():
    sums = add_up(budget(families="2", socializations="1", other=[item(price="0.25")]))
    assert sums.family_each == 13


def test_ten_cents_many_times_do_not_drift():
    sums = add_up(budget(socializations="366", other=[item(count="1", price="0.10") for _ in range(30)]))
    assert (sums.each, sums.year) == (300, 109_800)


def test_largest_amounts_are_exact():
    biggest = [item(count="10,000", price="9,999.99") for _ in range(30)]
    sums = add_up(budget(socializations="366", transportation=biggest, materials=biggest, other=biggest))
    assert sums.year == 10_000 * 999_999 * 90 * 366


def test_what_is_missing_is_not_guessed():
    sums = add_up(budget(infants={"count": "4", "price": "1"}))
    assert (sums.each, sums.year, sums.family_each, sums.left) == (400, None, None, None)


def test_year_above_the_ceiling_says_by_how_much():
    text = budget_as_text(budget(**FULL | {"ceiling": "1,000"}).model_dump(mode="json"))
    assert "The year costs $865.07 more than the ceiling." in text


def test_amounts_that_cannot_be_right_get_a_sentence_and_count_nothing():
    given = budget(
        families="0",
        socializations="1000",
        ceiling="-5",
        infants={"count": "10,000", "price": "1"},
        adults={"count": "8", "price": ""},
        toddlers={"count": "", "price": "2"},
        transportation=[item(price="-2")],
        materials=[item(price="1000000000")],
        other=[item(what=" ", count="two")],
    )
    assert {note.at: note.say for note in budget_notes(given)} == {
        "families": "Write a number from 1 to 500.",
        "socializations": "That is more than fits here. Write a number up to 366.",
        "ceiling": "An amount cannot be below zero. Write what it costs, such as 12.50.",
        "infants.count": "That is more than fits here. Write a number up to 500.",
        "adults.price": "Write what one costs.",
        "toddlers.count": "Write how many there are.",
        "transportation.0.price": "An amount cannot be below zero. Write what it costs, such as 12.50.",
        "materials.0.price": "That is more than fits here. Write an amount up to $10,000.",
        "other.0.count": "Write a whole number, such as 8.",
        "other.0.what": "Say what this is.",
    }
    sums = add_up(given)
    assert (sums.each, sums.is_complete) == (0, False)


def test_everything_typed_is_kept_as_it_was():
    typed = {**FULL, "other": [item("<script>", "abc", "=1+1")]}
    assert checked_budget({**blank_budget(), **typed})["other"] == typed["other"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"other": [item()] * 400},
            "That is 400 rows; there is room for 30. Take some out; everything you wrote is still here.",
        ),
        (
            {"other": [item("x" * 200_001)]},
            (
                "That is 200,015 characters; there is room for 200,000. "
                "Shorten it a little; everything you wrote is still here."
            ),
        ),
        (
            {"surprise": 1},
            "This page does not fit the tool any more. Reload the page; what you wrote is kept.",
        ),
        (
            {"families": 8},
            "This page does not fit the tool any more. Reload the page; what you wrote is kept.",
        ),
    ],
)
def test_budget_that_cannot_be_kept_says_why(change, sentence):
    with pytest.raises(InvalidResponseError) as caught:
        checked_budget({**blank_budget(), **change})
    assert caught.value.message == sentence


def test_budget_as_text_names_what_is_not_counted():
    text = budget_as_text(budget(**FULL, other=[item("Van", "1", "a lot")]).model_dump(mode="json"))
    assert text.splitlines()[:8] == [
        "Families: 8",
        "Socializations in the year: 22",
        "",
        "Food: $42.05 at each socialization",
        "- Infants: 4 at 1.50",
        "- Toddlers: 5 at 2.25",
        "- Adults: 8 at 3.10",
        "",
    ]
    assert text.endswith("- Write an amount in dollars and cents, such as 12.50. (Other, row 1, price)")
