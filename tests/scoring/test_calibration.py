from __future__ import annotations

import pytest

from homevisit.course.bands import Bands
from homevisit.scoring.calibration import (
    Judged,
    agreement,
    cross_validated,
    fitted,
    is_enough,
)

SAME = [("covered", "covered")] * 4 + [("again", "again")] * 2 + [("none", "none")] * 4


def judged(shares, decided, question="a"):
    return [Judged(question, "en", share, "none", decided) for share in shares]


def spread(low, high, count):
    return [low + (high - low) * place / count for place in range(count)]


def clear_case(questions=5):
    """Points whose share says it all: from 0.7 on covered, from 0.3 on to look at again, below that not there."""
    return [
        each
        for number in range(questions)
        for each in (
            *judged(spread(0.7, 1.0, 20), "covered", f"q{number}"),
            *judged(spread(0.3, 0.68, 6), "again", f"q{number}"),
            *judged(spread(0.0, 0.28, 20), "none", f"q{number}"),
        )
    ]


def test_agreement_of_readings_that_are_all_right_is_whole():
    found = agreement(SAME)
    assert (
        found.count,
        found.accuracy,
        found.kappa,
        found.covered_right,
        found.none_right,
        found.missed,
    ) == (10, 1.0, 1.0, 1.0, 1.0, 0.0)


def test_agreement_counts_each_kind_of_mistake():
    found = agreement(
        [*SAME, ("covered", "again"), ("none", "covered"), ("none", "again"), ("again", "none")]
    )
    assert found.count == 14
    assert (found.covered, found.covered_right) == (5, 0.8)
    assert (found.none, found.none_right, found.missed) == (6, pytest.approx(4 / 6), pytest.approx(1 / 6))
    assert found.accuracy == pytest.approx(10 / 14)
    by_chance = (5 * 5 + 3 * 4 + 6 * 5) / 14**2
    assert found.kappa == pytest.approx((10 / 14 - by_chance) / (1 - by_chance))


def test_agreement_of_nothing_is_not_known():
    found = agreement([])
    assert (found.count, found.accuracy, found.kappa, found.covered_right, found.none_right) == (
        0,
        None,
        None,
        None,
        None,
    )


def test_agreement_of_one_band_alone_has_no_kappa():
    assert agreement([("none", "none")] * 3).kappa is None


def test_limits_are_set_where_the_decisions_change():
    bands = fitted(clear_case())
    assert 0.28 < bands.again <= 0.31
    assert 0.62 < bands.covered <= 0.71


def test_limits_of_a_clear_case_hold_on_questions_that_took_no_part():
    found = agreement(cross_validated(clear_case()))
    assert found.count == 5 * 46
    assert found.covered_right >= 0.85
    assert found.none_right >= 0.9


def test_limits_do_not_follow_one_lucky_text():
    lucky = [*clear_case(), *judged([0.99] * 1, "none", "q9")]
    assert fitted(lucky).covered == pytest.approx(fitted(clear_case()).covered, abs=0.05)


def test_limits_of_shares_that_say_nothing_are_still_limits():
    noise = judged([0.5] * 60, "covered") + judged([0.5] * 60, "none", "b")
    bands = fitted(noise)
    assert isinstance(bands, Bands)
    assert 0 < bands.again < bands.covered < 1


@pytest.mark.parametrize(
    ("count", "questions", "enough"), [(100, 5, True), (99, 5, False), (200, 4, False), (0, 0, False)]
)
def test_limits_need_enough_decisions_over_enough_questions(count, questions, enough):
    found = [Judged(f"q{number % questions}", "en", 0.5, "none", "none") for number in range(count)]
    assert is_enough(found) is enough
