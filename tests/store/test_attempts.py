from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from homevisit.errors import ConflictError, MissingEntryError
from homevisit.store import attempts
from homevisit.store.values import Attempt
from tests.store.together import at_once

LESSON = "04-roles-for-parents"


def commit(conn, account, number=1, token="press-1", question_id="omar-observe", **changes):
    row = {
        "lesson_id": LESSON,
        "response": {"rows": [{"saw": "He claps ✋", "meaning": "Joy", "at": "0:42"}]},
        "raw": 2.5,
        "max": 4.0,
        "feedback": {"type": "observe", "points": [{"id": "claps", "covered": True}], "covered": 1},
    }
    return attempts.add_attempt(
        conn,
        account_id=account.account_id,
        question_id=question_id,
        number=number,
        token=token,
        **row | changes,
    )


def test_attempt_added_is_found_by_id_and_token_as_it_was(store, ann):
    with store.begin() as conn:
        added = commit(conn, ann)
    with store.read() as conn:
        assert attempts.find_attempt(conn, added.attempt_id) == added
        assert attempts.find_attempt_by_token(conn, "press-1") == added
        assert attempts.find_attempt_by_token(conn, "press-2") is None
    assert (added.raw, added.max, added.number) == (2.5, 4.0, 1)
    assert added.committed_at.tzinfo is UTC
    assert abs(datetime.now(UTC) - added.committed_at) < timedelta(minutes=1)


def test_attempt_that_a_trainer_has_to_read_has_no_score(store, ann):
    with store.begin() as conn:
        added = commit(conn, ann, raw=None, feedback={"type": "reflect", "waiting": True})
    with store.read() as conn:
        assert attempts.find_attempt(conn, added.attempt_id).raw is None


def test_attempt_that_is_unknown_is_missing(store):
    with store.read() as conn, pytest.raises(MissingEntryError) as caught:
        attempts.find_attempt(conn, "t-nothing")
    assert caught.value.message == "This attempt is not stored; load the page again."


@pytest.mark.parametrize(("number", "token"), [(1, "press-2"), (2, "press-1")])
def test_attempt_with_taken_number_or_token_is_refused_and_nothing_changes(store, ann, number, token):
    with store.begin() as conn:
        first = commit(conn, ann)
        with pytest.raises(ConflictError) as caught:
            commit(conn, ann, number, token, response={"text": "late"})
        assert attempts.attempts(conn, ann.account_id, LESSON) == [first]
    assert caught.value.message == (
        f"Attempt {number} at this question is stored already; load the page again to see it."
    )


def test_attempts_are_listed_by_question_and_number_for_one_account(store, ann, bo):
    with store.begin() as conn:
        last = commit(conn, ann, 1, "a", "parents-sort")
        second = commit(conn, ann, 2, "b")
        first = commit(conn, ann, 1, "c")
        commit(conn, bo, 1, "d")
        commit(conn, ann, 1, "e", lesson_id="05-social-connections")
        assert attempts.attempts(conn, ann.account_id, LESSON) == [first, second, last]
        assert attempts.attempts(conn, ann.account_id, LESSON, "parents-sort") == [last]


def test_attempt_pressed_many_times_at_once_is_stored_once(store, ann):
    def press(number):
        with store.begin() as conn:
            return commit(conn, ann, 1, f"press-{number}")

    results = at_once(6, press)
    stored = [result for result in results if isinstance(result, Attempt)]
    assert len(stored) == 1
    assert {type(result) for result in results if result is not stored[0]} == {ConflictError}
    with store.read() as conn:
        assert attempts.attempts(conn, ann.account_id, LESSON) == stored


def test_attempts_of_many_learners_at_once_are_all_stored(store, ann):
    def press(number):
        with store.begin() as conn:
            return commit(conn, ann, 1, f"press-{number}", f"question-{number:02}")

    results = at_once(12, press)
    with store.read() as conn:
        assert attempts.attempts(conn, ann.account_id, LESSON) == results
