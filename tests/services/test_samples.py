from __future__ import annotations

import pytest

from homevisit.course.responses import parse_response
from homevisit.scoring.score import score
from homevisit.services.demo import LEARNERS
from homevisit.services.samples import sample_response
from tests.course.key_files import questions


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    return questions(tmp_path_factory.mktemp("key"))


@pytest.mark.parametrize("number", range(len(LEARNERS)))
def test_sample_response_to_every_type_of_question_can_be_committed(asked, number):
    share = LEARNERS[number].share
    for question in asked.values():
        response = sample_response(question, share, number)
        assert parse_response(question, response) == parse_response(question, response, draft=True)


def test_sample_responses_of_the_best_learner_get_all_points(asked):
    for question in asked.values():
        scored = score(question, parse_response(question, sample_response(question, 1.0, 0)))
        assert scored.raw == (None if question.is_read_by_trainer else scored.max)


def test_sample_responses_of_a_beginner_leave_something_to_find(asked):
    for question_id in ("blocks-observe", "one-step", "what-kind", "visit-steps", "say-it-anew"):
        scored = score(asked[question_id], sample_response(asked[question_id], 0.3, 5))
        assert scored.raw < scored.max, question_id


def test_sample_checklist_is_rated_no_lower_the_second_time(asked):
    for number, learner in enumerate(LEARNERS):
        first = sample_response(asked["before"], learner.share, number)["ratings"]
        second = sample_response(asked["after"], learner.share, number)["ratings"]
        assert all(second[item] >= level for item, level in first.items())
