from __future__ import annotations

from datetime import date

import pytest

from homevisit.course.typed import (
    AMOUNT_BELOW,
    COUNT_BELOW,
    NO_AMOUNT,
    NO_COUNT,
    NO_DAY,
    day_in_words,
    money,
    read_amount,
    read_count,
    read_day,
)


@pytest.mark.parametrize(
    ("text", "value", "say"),
    [
        ("", None, ""),
        (" 8 ", 8, ""),
        ("007", 7, ""),
        ("1,000", 1000, ""),
        ("0", 0, ""),
        ("-3", None, COUNT_BELOW),
        ("−3", None, COUNT_BELOW),  # noqa: RUF001  as a phone may type it
        ("2.5", None, NO_COUNT),
        ("eight", None, NO_COUNT),
        ("1,00", None, NO_COUNT),
        ("٣", None, NO_COUNT),
        ("=1+1", None, NO_COUNT),
        ("1001", None, "That is more than fits here. Write a number up to 1,000."),
        ("9" * 5000, None, "That is more than fits here. Write a number up to 1,000."),
    ],
)
def test_count_is_a_whole_number_or_says_why_not(text, value, say):
    assert read_count(text, 1000) == (value, say)


@pytest.mark.parametrize(
    ("text", "cents", "say"),
    [
        ("", None, ""),
        ("12", 1200, ""),
        ("12.5", 1250, ""),
        ("12.50", 1250, ""),
        ("$ 1,250.00", 125000, ""),
        (".05", 5, ""),
        ("12.", 1200, ""),
        ("0.1", 10, ""),
        ("-0.01", None, AMOUNT_BELOW),
        ("$-5", None, AMOUNT_BELOW),
        ("12,50", None, NO_AMOUNT),
        ("0.333", None, NO_AMOUNT),
        ("1e9", None, NO_AMOUNT),
        (".", None, NO_AMOUNT),
        ("$", None, NO_AMOUNT),
        ("10000.00", 1_000_000, ""),
        ("10000.01", None, "That is more than fits here. Write an amount up to $10,000."),
        ("1000000000", None, "That is more than fits here. Write an amount up to $10,000."),
    ],
)
def test_amount_is_read_in_cents_or_says_why_not(text, cents, say):
    assert read_amount(text, 10_000) == (cents, say)


@pytest.mark.parametrize(
    "text", ["20260-01-01", "2026-02-30", "1999-12-31", "2101-01-01", "10/5/2026", "soon"]
)
def test_day_that_is_none_says_so(text):
    assert read_day(text) == (None, NO_DAY)


def test_day_and_money_are_said_in_words():
    assert read_day(" 2028-02-29 ") == (date(2028, 2, 29), "")
    assert day_in_words(date(2026, 10, 5)) == "October 5, 2026"
    assert [money(cents) for cents in (0, 5, 123_450, -7_001)] == ["$0.00", "$0.05", "$1,234.50", "-$70.01"]
