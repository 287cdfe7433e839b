"""The labelled pairs hang together: every pair is read, and the table is in step with its sources."""

from __future__ import annotations

import pytest

from homevisit.course.yaml_file import read_yaml
from tests.scoring.labelled_pairs import (
    FOLDER,
    LABELS,
    labelled_pairs,
    labels_of,
    pairs_csv,
    pairs_with_spanish_key,
)


@pytest.fixture(scope="module")
def pairs():
    return labelled_pairs()


@pytest.mark.parametrize("reader", ["reader_1", "reader_2"])
def test_reader_labels_only_pairs_that_there_are(pairs, reader):
    labels = labels_of(FOLDER / f"{reader}.csv")
    assert labels.keys() <= {(pair.response_id, pair.point_id) for pair in pairs}
    assert set(labels.values()) <= set(LABELS)


def test_every_response_belongs_to_a_question_with_key_points(pairs):
    responses = read_yaml(FOLDER / "responses.yml").content
    written = [given["id"] for responses_to_one in responses.values() for given in responses_to_one]
    assert len(set(written)) == len(written)
    assert set(written) == {pair.response_id for pair in pairs}


def test_pairs_spread_over_lessons_questions_voices_and_languages(pairs):
    assert len(pairs) >= 450
    assert len({pair.question_id for pair in pairs}) >= 12
    assert len({pair.lesson_id for pair in pairs}) >= 4
    assert len({pair.voice for pair in pairs}) == 8
    assert sum(pair.language == "es" for pair in pairs) >= 80
    assert len(pairs_with_spanish_key()) >= 40


def test_table_of_pairs_is_in_step_with_responses_and_labels():
    """Write it anew with ``python -m tests.scoring.labelled_pairs``."""
    assert (FOLDER / "pairs.csv").read_text(encoding="utf-8") == pairs_csv()
