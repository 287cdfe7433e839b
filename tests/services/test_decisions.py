"""The trainer's mark wins: what is stored, what the learner sees, and when a submission is graded again."""

from __future__ import annotations

from uuid import uuid4

import pytest

from homevisit.errors import InvalidEntryError, MissingEntryError, NotAllowedError
from homevisit.scoring.bands import shipped_bands
from homevisit.services import decisions, learning, showing
from homevisit.store import accounts as account_store
from homevisit.store import decisions as decision_store
from homevisit.store import submissions as submission_store
from tests.web.course_server import LESSON
from tests.web.responses import CATALOGUE, KEY, good_response

QUESTION = "omar-observe"
POINTS = {point.id: point for point in KEY.questions[QUESTION].key_points}


@pytest.fixture
def ann(store):
    return person(store, "Ann")


@pytest.fixture
def toni(store):
    return person(store, "Toni", "trainer")


def person(store, name, role="learner"):
    email = f"{name.lower()}@example.org"
    with store.begin() as conn:
        return account_store.add_account(conn, email=email, name=name, role=role, team="")


def commit(store, learner, *point_ids, number=1, question_id=QUESTION, response=None):
    """Commit an observation that holds the words of some points."""
    rows = [{"saw": POINTS[point_id].text, "meaning": "", "at": ""} for point_id in point_ids]
    attempt, _ = learning.commit_attempt(
        store,
        CATALOGUE,
        learner.account_id,
        LESSON,
        question_id,
        response=response or {"rows": rows or [{"saw": "It rained.", "meaning": "", "at": ""}]},
        number=number,
        token=uuid4().hex,
    )
    return attempt


def hand_in(store, learner, *point_ids):
    """Commit a response to every question and hand in; return the attempt at the observation."""
    for question_id in KEY.questions:
        if question_id != QUESTION:
            commit(store, learner, question_id=question_id, response=good_response(question_id))
    attempt = commit(store, learner, *point_ids)
    return attempt, learning.submit_lesson(store, CATALOGUE, learner.account_id, LESSON, uuid4().hex)


def set_graded(store, submission):
    with store.begin() as conn:
        submission_store.set_submission_state(conn, submission.submission_id, "graded")


def state_of(store, submission):
    with store.read() as conn:
        return submission_store.find_submission(conn, submission.submission_id).state


def shown(store, attempt):
    found = showing.shown_attempt(store, attempt)
    return found, {point["id"]: point for point in found.feedback["points"] if "id" in point}


def test_learner_sees_the_trainers_mark_and_the_score_that_follows(store, ann, toni):
    attempt = commit(store, ann, "places")
    decided = decisions.decide(store, toni, attempt.attempt_id, {"mother-turns": "covered", "places": "none"})
    assert [(found.point_id, found.band, found.decided) for found in decided.decisions] == [
        ("mother-turns", "none", "covered"),
        ("places", "covered", "none"),
    ]
    assert decided.decisions[1].share > shipped_bands().covered
    assert decided.is_queued is False  # nothing is handed in yet
    found, points = shown(store, attempt)
    assert (attempt.raw, found.raw) == (1.0, 1.0)
    assert list(points) == ["mother-turns"]
    assert points["mother-turns"]["decided"] == "covered"
    assert found.feedback["covered"] == 1


def test_last_mark_counts_and_the_stored_attempt_stays(store, ann, toni):
    attempt = commit(store, ann, "places")
    for mark in ("covered", "none", "covered"):
        decisions.decide(store, toni, attempt.attempt_id, {"mother-hands": mark})
    found, _ = shown(store, attempt)
    assert found.raw == 2.0
    with store.read() as conn:
        stored = [found.decided for found in decision_store.decisions(conn, [attempt.attempt_id])]
        state = learning.lesson_state(store, CATALOGUE, ann.account_id, LESSON)
    assert stored == ["covered", "none", "covered"]
    assert state.attempts[QUESTION] == (attempt,)


@pytest.mark.parametrize(
    ("marks", "message"),
    [
        ({"places": "covered", "no-such-point": "none"}, decisions.NO_SUCH_POINT),
        ({"places": "maybe"}, "Mark each point as covered, as one to look again at, or as not found yet."),
    ],
)
def test_unknown_point_or_mark_is_refused_and_nothing_is_stored(store, ann, toni, marks, message):
    attempt = commit(store, ann, "places")
    with pytest.raises(InvalidEntryError) as caught:
        decisions.decide(store, toni, attempt.attempt_id, marks)
    assert caught.value.message == message
    with store.read() as conn:
        assert decision_store.decisions(conn, [attempt.attempt_id]) == []


def test_only_trainers_and_administrators_mark(store, ann):
    attempt = commit(store, ann, "places")
    for viewer in (ann, person(store, "Sam", "supervisor")):
        with pytest.raises(NotAllowedError):
            decisions.decide(store, viewer, attempt.attempt_id, {"places": "none"})
    decisions.decide(store, person(store, "Ada", "administrator"), attempt.attempt_id, {"places": "none"})


def test_unknown_attempt_is_missing(store, toni):
    with pytest.raises(MissingEntryError):
        decisions.decide(store, toni, "t-nothing", {"places": "none"})


def test_submission_is_graded_again_only_where_the_score_changes(store, ann, toni):
    attempt, submission = hand_in(store, ann, "places")
    assert decisions.decide(store, toni, attempt.attempt_id, {"places": "none"}).is_queued is False
    set_graded(store, submission)
    assert decisions.decide(store, toni, attempt.attempt_id, {"places": "again"}).is_queued is False
    assert state_of(store, submission) == "graded"
    assert decisions.decide(store, toni, attempt.attempt_id, {"places": "covered"}).is_queued is True
    assert state_of(store, submission) == "queued"


def test_marks_on_an_attempt_that_a_newer_submission_leaves_out_grade_nothing_again(store, ann, toni):
    attempt, _ = hand_in(store, ann, "places")
    commit(store, ann, "places", "mother-turns", number=2)
    second = learning.submit_lesson(store, CATALOGUE, ann.account_id, LESSON, uuid4().hex)
    set_graded(store, second)
    assert decisions.decide(store, toni, attempt.attempt_id, {"places": "none"}).is_queued is False
    assert state_of(store, second) == "graded"


def test_learner_asks_for_a_point_to_be_read_and_gets_no_points_for_it(store, ann):
    commit(store, ann)
    second = commit(store, ann, "places", number=2)
    asked = ask(store, ann, 2, "mother-turns")
    assert asked == second
    found, points = shown(store, second)
    assert [point_id for point_id, point in points.items() if point["asked"]] == ["mother-turns"]
    assert found.raw == second.raw == 1.0
    assert ask(store, ann, 2, "mother-turns") == second


@pytest.mark.parametrize(
    "case",
    [
        (2, "places", InvalidEntryError, "This point counts as covered already"),
        (2, "mother-turns", InvalidEntryError, "Your trainer has marked this point already."),
        (2, "no-such-point", InvalidEntryError, "This response has no such point."),
        (3, "omar-acts", MissingEntryError, "This try is not stored."),
    ],
)
def test_request_that_makes_no_sense_is_refused_with_a_sentence(store, ann, toni, case):
    number, point_id, error, begin = case
    commit(store, ann)
    second = commit(store, ann, "places", number=2)
    decisions.decide(store, toni, second.attempt_id, {"mother-turns": "none"})
    with pytest.raises(error, match=begin):
        ask(store, ann, number, point_id)


def test_point_that_is_held_back_cannot_be_asked_for(store, ann):
    commit(store, ann, "places")
    with pytest.raises(InvalidEntryError, match="This response has no such point"):
        ask(store, ann, 1, "mother-turns")


def ask(store, learner, number, point_id):
    return decisions.ask_to_read(
        store, learner.account_id, LESSON, QUESTION, number=number, point_id=point_id
    )


def test_first_try_holds_back_what_the_second_shows_for_both(store, ann):
    first = commit(store, ann, "places")
    assert showing.shown_attempt(store, first).feedback["held_back"] is True
    commit(store, ann, "places", "omar-acts", number=2)
    state = learning.lesson_state(store, CATALOGUE, ann.account_id, LESSON)
    both = showing.shown_state(store, state)[QUESTION]
    assert [found.feedback["held_back"] for found in both] == [False, False]
    assert both[0].feedback["summary"].startswith("A start. Your words match 1 of the 5 points")
    assert both[1].feedback["summary"].startswith("You found one more than in your try before. ")
    assert [set(point) >= {"id", "text", "share"} for point in both[0].feedback["points"]] == [True] * 5
