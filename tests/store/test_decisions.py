from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from homevisit.errors import MissingEntryError
from homevisit.store import accounts, attempts, decisions, tables
from homevisit.store.values import PointDecision
from tests.store.test_attempts import commit


@pytest.fixture
def toni(store):
    with store.begin() as conn:
        return accounts.add_account(conn, email="toni@example.org", name="Toni", role="trainer")


def decide(conn, attempt, trainer, **changes):
    row = {"point_id": "claps", "share": 0.31, "band": "again", "decided": "covered"}
    return decisions.add_decision(
        conn, attempt_id=attempt.attempt_id, decided_by=trainer.account_id, **row | changes
    )


def test_decision_added_is_found_as_it_was(store, ann, toni):
    with store.begin() as conn:
        attempt = commit(conn, ann)
        added = decide(conn, attempt, toni)
    assert added == PointDecision(
        decision_id=added.decision_id,
        attempt_id=attempt.attempt_id,
        point_id="claps",
        share=0.31,
        band="again",
        decided="covered",
        decided_by=toni.account_id,
        decided_at=added.decided_at,
    )
    assert abs(datetime.now(UTC) - added.decided_at) < timedelta(minutes=1)
    with store.read() as conn:
        assert decisions.decisions(conn, [attempt.attempt_id]) == [added]


def test_earlier_decision_stays_and_the_last_one_counts(store, ann, toni):
    with store.begin() as conn:
        attempt = commit(conn, ann)
        moment = datetime.now(UTC)
        added = [
            decide(conn, attempt, toni, decided=decided, decided_at=moment)
            for decided in ("covered", "none", "again")
        ]
        added.append(decide(conn, attempt, toni, point_id="laughs", decided="none", share=None))
    with store.read() as conn:
        assert decisions.decisions(conn, [attempt.attempt_id]) == added
        assert decisions.marks(conn, [attempt.attempt_id, "t-nothing"]) == {
            attempt.attempt_id: {"claps": "again", "laughs": "none"}
        }


def test_decision_about_an_unknown_attempt_is_refused(store, ann, toni):
    with store.begin() as conn:
        attempt = commit(conn, ann)
    with pytest.raises(MissingEntryError), store.begin() as conn:
        decisions.add_decision(
            conn,
            attempt_id="t-nothing",
            point_id="claps",
            share=None,
            band="none",
            decided="none",
            decided_by=toni.account_id,
        )
    with store.read() as conn:
        assert decisions.marks(conn, [attempt.attempt_id]) == {}


def test_decision_outlives_the_trainers_account_and_goes_with_the_learners(store, ann, bo, toni):
    with store.begin() as conn:
        first, second = commit(conn, ann), commit(conn, bo, token="press-2")
        for attempt in (first, second):
            decide(conn, attempt, toni)
            decisions.add_request(conn, attempt.attempt_id, "claps")
    with store.begin() as conn:
        for account in (ann, toni):
            conn.execute(tables.accounts.delete().where(tables.accounts.c.account_id == account.account_id))
    with store.read() as conn:
        both = [first.attempt_id, second.attempt_id]
        (left,) = decisions.decisions(conn, both)
        assert (left.attempt_id, left.decided_by) == (second.attempt_id, None)
        assert decisions.requests(conn, both) == {second.attempt_id: {"claps"}}


def test_request_made_twice_is_there_once(store, ann):
    with store.begin() as conn:
        attempt = commit(conn, ann)
        for point_id in ("claps", "claps", "laughs"):
            decisions.add_request(conn, attempt.attempt_id, point_id)
    with store.read() as conn:
        assert decisions.requests(conn, [attempt.attempt_id]) == {attempt.attempt_id: {"claps", "laughs"}}
        assert decisions.requests(conn, []) == {}


def test_marked_attempts_are_those_with_a_decision_and_no_practice(store, ann, bo, toni):
    with store.begin() as conn:
        practice = accounts.add_account(
            conn, email="p@invalid", name="Practice", role="learner", practice_of=toni.account_id
        )
        first, second = commit(conn, ann), commit(conn, ann, 2, "press-2")
        commit(conn, bo, token="press-3")
        tried_out = commit(conn, practice, token="press-4")
        for attempt in (second, first, tried_out):
            decide(conn, attempt, toni)
            decide(conn, attempt, toni, point_id="laughs")
    with store.read() as conn:
        assert decisions.marked_attempts(conn) == [first, second]
        assert attempts.find_attempt(conn, first.attempt_id) == first
