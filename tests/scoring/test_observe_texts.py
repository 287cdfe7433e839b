"""What observers might write, made by hand, and the points that a reader finds in each."""

from __future__ import annotations

from pathlib import Path

import pytest

from homevisit.course.answer_keys import load_answer_key
from homevisit.course.yaml_file import read_yaml
from homevisit.scoring.score import score

KEY = Path(__file__).parents[2] / "answer_keys" / "04-roles-for-parents.yml"
OBSERVED = read_yaml(Path(__file__).with_name("observed.yml")).content
SAME_POINTS = {
    "places": "places",
    "turns": "mother-turns",
    "hands": "mother-hands",
    "comments": "visitor-comments",
    "tries": "omar-acts",
}


def covered(question, text):
    rows = [{"saw": line, "meaning": "", "at": ""} for line in text.split("\n")]
    points = score(question, {"rows": rows}).feedback["points"]
    return {point["id"] for point in points if point["covered"]}


@pytest.mark.parametrize("name", OBSERVED["blocks"])
def test_observation_covers_what_a_reader_finds(asked, name):
    observed = OBSERVED["blocks"][name]
    expected = set(observed["holds"]) - set(observed.get("missed", []))
    assert covered(asked["blocks-observe"], observed["saw"]) == expected


@pytest.fixture(scope="module")
def found_in_the_lesson():
    """For the lesson's own keys: (point, is in the text, was found) of every text."""
    questions = load_answer_key(KEY).questions
    written = [(questions["omar-observe"], text) for text in OBSERVED["blocks"].values()]
    written += [(questions["omar-support"], text) for text in OBSERVED["support"].values()]
    return [
        (point.id in {SAME_POINTS.get(holds, holds) for holds in text["holds"]}, point.id in found)
        for question, text in written
        for found in [covered(question, text["saw"])]
        for point in question.key_points
    ]


def test_observation_finds_no_point_of_the_lesson_that_is_not_there(found_in_the_lesson):
    assert [pair for pair in found_in_the_lesson if pair == (False, True)] == []


def test_observation_finds_most_points_of_the_lesson_that_are_there(found_in_the_lesson):
    there = [was_found for is_there, was_found in found_in_the_lesson if is_there]
    assert sum(there) / len(there) > 0.6


@pytest.mark.parametrize(
    ("lesson", "question_id", "saw", "point"),
    [
        (
            "04-roles-for-parents",
            "omar-observe",
            "She hands her son the blocks, so he places them correctly.",
            "mother-hands",
        ),
        (
            "04-roles-for-parents",
            "omar-support",
            "She is nearby and the mother guides what Omar does.",
            "mother-leads",
        ),
        (
            "02-secure-relationship",
            "nathalie-observe",
            "Nathalie and both parents play in the group.",
            "both-parents",
        ),
    ],
)
def test_short_observation_of_what_anybody_sees_first_covers_its_point(lesson, question_id, saw, point):
    question = load_answer_key(KEY.with_name(f"{lesson}.yml")).questions[question_id]
    assert covered(question, saw) == {point}
