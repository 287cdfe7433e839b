"""The checks on sentences made up for measuring: no worse than docs/objectivity.md says."""

from __future__ import annotations

import pytest

from tests.scoring.measured import HALVES, judged, key_points, named_pieces


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("language", ["english", "spanish"])
def test_judging_sentences_are_flagged_and_objective_ones_are_left_alone(language, half):
    counts, by_category = judged(language, half)
    assert counts.precision >= 0.95, counts.wrong
    assert counts.recall >= 0.9, counts.missed
    assert all(named / sentences >= 0.8 for sentences, _, named in by_category.values())


def test_names_and_numbers_are_found_and_other_capitals_and_figures_are_left_alone():
    counts = named_pieces()
    assert counts.precision >= 0.95, counts.wrong
    assert counts.recall >= 0.95, counts.missed


def test_words_of_the_key_itself_are_never_flagged():
    assert key_points()[2] == 0
