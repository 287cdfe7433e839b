from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from homevisit.errors import ConflictError, MissingEntryError
from homevisit.store import submissions
from homevisit.store.values import Submission
from tests.store.together import at_once

LESSON = "04-roles-for-parents"


def hand_in(store, account, token, lesson_id=LESSON, attempt_ids=("t-1", "t-2")):
    with store.begin() as conn:
        return submissions.add_submission(conn, account.account_id, lesson_id, token, attempt_ids)


def claim(store, at=None):
    with store.begin() as conn:
        return submissions.claim_queued(conn, at)


def test_submission_handed_in_is_queued_under_the_next_number(store, ann, bo):
    first = hand_in(store, ann, "one")
    second = hand_in(store, ann, "two")
    other = hand_in(store, bo, "three")
    assert [first.number, second.number, other.number] == [1, 2, 1]
    assert first == Submission(
        submission_id=first.submission_id,
        account_id=ann.account_id,
        lesson_id=LESSON,
        number=1,
        state="queued",
        problem="",
        attempt_ids=("t-1", "t-2"),
        submitted_at=first.submitted_at,
        graded_at=None,
    )
    assert first.submitted_at.tzinfo is UTC


def test_submission_is_found_by_id_and_as_the_latest(store, ann):
    first, second = hand_in(store, ann, "one"), hand_in(store, ann, "two")
    with store.read() as conn:
        assert submissions.find_submission(conn, first.submission_id) == first
        assert submissions.latest_submission(conn, ann.account_id, LESSON) == second
        assert submissions.latest_submission(conn, ann.account_id, "05-social-connections") is None


def test_submission_with_known_token_is_refused(store, ann):
    first = hand_in(store, ann, "one")
    with store.begin() as conn:
        with pytest.raises(ConflictError) as caught:
            submissions.add_submission(conn, ann.account_id, LESSON, "one", ["t-9"])
        assert submissions.submissions(conn) == [first]
    assert caught.value.message == (
        "This lesson was handed in elsewhere at the same moment; load the page again."
    )


def test_submissions_are_listed_oldest_first_for_account_and_lesson(store, ann, bo):
    first = hand_in(store, ann, "one")
    second = hand_in(store, bo, "two")
    third = hand_in(store, ann, "three", "05-social-connections")
    with store.read() as conn:
        assert submissions.submissions(conn) == [first, second, third]
        assert submissions.submissions(conn, account_id=ann.account_id) == [first, third]
        assert submissions.submissions(conn, lesson_id=LESSON) == [first, second]
        assert submissions.submissions(conn, ann.account_id, LESSON) == [first]


def test_submission_that_waits_longest_is_claimed_first_and_once(store, ann):
    first, second = hand_in(store, ann, "one"), hand_in(store, ann, "two")
    claimed = [claim(store), claim(store), claim(store)]
    assert [one and one.submission_id for one in claimed] == [
        first.submission_id,
        second.submission_id,
        None,
    ]
    assert claimed[0].state == "grading"


def test_submission_whose_worker_stopped_is_claimed_again_after_five_minutes(store, ann):
    first = hand_in(store, ann, "one")
    start = datetime.now(UTC)
    assert claim(store, start).submission_id == first.submission_id
    assert claim(store, start + timedelta(minutes=5)) is None
    again = start + timedelta(minutes=5, seconds=1)
    assert claim(store, again).submission_id == first.submission_id
    assert claim(store, again) is None


@pytest.mark.parametrize("state", ["graded", "failed"])
def test_submission_finished_is_never_claimed_again(store, ann, state):
    handed_in = hand_in(store, ann, "one")
    claim(store)
    with store.begin() as conn:
        submissions.set_submission_state(conn, handed_in.submission_id, state)
    assert claim(store, datetime.now(UTC) + timedelta(days=1)) is None


def test_submission_state_keeps_the_problem_and_the_time(store, ann):
    handed_in = hand_in(store, ann, "one")
    at = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    with store.begin() as conn:
        submissions.set_submission_state(conn, handed_in.submission_id, "failed", "The notebook broke.")
        failed = submissions.find_submission(conn, handed_in.submission_id)
        submissions.set_submission_state(conn, handed_in.submission_id, "graded", graded_at=at)
        graded = submissions.find_submission(conn, handed_in.submission_id)
        submissions.set_submission_state(conn, handed_in.submission_id, "graded")
        graded_now = submissions.find_submission(conn, handed_in.submission_id)
    assert (failed.state, failed.problem, failed.graded_at) == ("failed", "The notebook broke.", None)
    assert (graded.state, graded.problem, graded.graded_at) == ("graded", "", at)
    assert graded_now.graded_at > at


def test_submission_state_of_unknown_submission_is_missing(store):
    with store.begin() as conn, pytest.raises(MissingEntryError) as caught:
        submissions.set_submission_state(conn, "s-nothing", "graded")
    assert caught.value.message == "This submission is not stored; load the page again."


def test_submission_of_another_lesson_is_not_claimed_for_one(store, ann):
    hand_in(store, ann, "one")
    other = hand_in(store, ann, "two", "05-social-connections")
    with store.begin() as conn:
        assert submissions.claim_queued(conn, lesson_id="06-unknown") is None
        claimed = submissions.claim_queued(conn, lesson_id="05-social-connections")
        assert claimed.submission_id == other.submission_id
        assert submissions.claim_queued(conn, lesson_id="05-social-connections") is None


def test_submission_put_back_is_claimed_again_at_once_and_keeps_when_it_was_graded(store, ann):
    handed_in = hand_in(store, ann, "one")
    at = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    with store.begin() as conn:
        submissions.set_submission_state(conn, handed_in.submission_id, "graded", graded_at=at)
        submissions.requeue(conn, handed_in.submission_id)
    claimed = claim(store)
    assert (claimed.submission_id, claimed.state, claimed.graded_at) == (
        handed_in.submission_id,
        "grading",
        at,
    )
    with store.begin() as conn:
        submissions.requeue(conn, handed_in.submission_id)
    assert claim(store).submission_id == handed_in.submission_id


def test_lesson_put_back_is_the_last_submission_of_each_learner(store, ann, bo):
    first, second = hand_in(store, ann, "one"), hand_in(store, ann, "two")
    third, other = hand_in(store, bo, "three"), hand_in(store, bo, "four", "05-social-connections")
    with store.begin() as conn:
        submissions.set_submission_state(conn, third.submission_id, "failed", "The notebook broke.")
        for found in (first, second, other):
            submissions.set_submission_state(conn, found.submission_id, "graded")
        submissions.requeue_lesson(conn, LESSON)
        latest = submissions.latest_submissions(conn, LESSON)
        states = {
            found.submission_id: (found.state, found.problem) for found in submissions.submissions(conn)
        }
    assert [found.submission_id for found in latest] == [second.submission_id, third.submission_id]
    assert states == {
        first.submission_id: ("graded", ""),
        second.submission_id: ("queued", ""),
        third.submission_id: ("queued", ""),
        other.submission_id: ("graded", ""),
    }


def test_lesson_put_back_leaves_what_is_being_graded_with_its_worker(store, ann, bo):
    hand_in(store, ann, "one")
    hand_in(store, bo, "two")
    claimed = claim(store)
    with store.begin() as conn:
        submissions.requeue_lesson(conn, LESSON)
        assert submissions.find_submission(conn, claimed.submission_id).state == "grading"


def test_submissions_claimed_by_many_workers_go_to_one_each(store, ann):
    handed_in = [hand_in(store, ann, f"press-{number}").submission_id for number in range(20)]

    def work(_number):
        claimed = []
        while (found := claim(store)) is not None:
            claimed.append(found.submission_id)
        return claimed

    results = at_once(6, work)
    assert sorted(one for claimed in results for one in claimed) == sorted(handed_in)


def test_submission_claimed_in_an_open_transaction_is_not_given_to_another_worker(postgres):
    from homevisit.store import accounts
    from homevisit.store.engine import open_store

    name = postgres.add_database()
    store = open_store(postgres.url(name))
    with store.begin() as conn:
        ann = accounts.add_account(conn, email="ann@example.org", name="Ann", role="learner")
    first, second = hand_in(store, ann, "one"), hand_in(store, ann, "two")
    with store.begin() as conn:
        assert submissions.claim_queued(conn).submission_id == first.submission_id
        assert claim(store).submission_id == second.submission_id
        assert claim(store) is None
    store.close()
    postgres.remove_database(name)
