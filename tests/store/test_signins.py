from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from homevisit.errors import MissingEntryError
from homevisit.store import signins
from homevisit.store.values import SignIn

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def find_all(conn, *token_hashes):
    found = []
    for token_hash in token_hashes:
        try:
            found.append(signins.find_sign_in(conn, token_hash))
        except MissingEntryError:
            found.append(None)
    return found


def test_sign_in_is_found_until_it_is_removed(store, ann):
    with store.begin() as conn:
        signins.add_sign_in(conn, "hash", ann.account_id, NOON)
        assert signins.find_sign_in(conn, "hash") == SignIn(ann.account_id, NOON, None)
        signins.remove_sign_in(conn, "hash")
        with pytest.raises(MissingEntryError) as caught:
            signins.find_sign_in(conn, "hash")
        signins.remove_sign_in(conn, "hash")
    assert caught.value.message == "This browser is not signed in; please sign in."


def test_sign_in_acts_as_another_account_and_as_itself_again(store, ann, bo):
    with store.begin() as conn:
        signins.add_sign_in(conn, "hash", ann.account_id, NOON)
        signins.set_acting_as(conn, "hash", bo.account_id)
        assert signins.find_sign_in(conn, "hash").acting_as == bo.account_id
        signins.set_acting_as(conn, "hash", None)
        assert signins.find_sign_in(conn, "hash").acting_as is None


def test_sign_ins_of_one_account_are_removed_but_one(store, ann, bo):
    with store.begin() as conn:
        for token_hash in ("phone", "laptop", "desk"):
            signins.add_sign_in(conn, token_hash, ann.account_id, NOON)
        signins.add_sign_in(conn, "other", bo.account_id, NOON)
        signins.remove_sign_ins(conn, ann.account_id, keep="laptop")
        kept = find_all(conn, "phone", "laptop", "desk", "other")
        signins.remove_sign_ins(conn, ann.account_id)
        after = find_all(conn, "laptop", "other")
    assert [one and one.account_id for one in kept] == [None, ann.account_id, None, bo.account_id]
    assert [one and one.account_id for one in after] == [None, bo.account_id]


def test_sign_ins_that_ended_are_forgotten(store, ann):
    with store.begin() as conn:
        signins.add_sign_in(conn, "old", ann.account_id, NOON)
        signins.add_sign_in(conn, "new", ann.account_id, NOON + timedelta(seconds=1))
        signins.remove_expired_sign_ins(conn, NOON)
        assert [one is not None for one in find_all(conn, "old", "new")] == [False, True]


def test_failures_are_counted_by_key_since_a_moment(store):
    with store.begin() as conn:
        for minutes in (3, 1, 2):
            signins.add_failure(conn, "ann", NOON + timedelta(minutes=minutes))
        signins.add_failure(conn, "bo", NOON)
        since = NOON + timedelta(minutes=2)
        assert signins.failures_since(conn, "ann", since) == [since, NOON + timedelta(minutes=3)]
        signins.clear_failures(conn, "ann")
        assert signins.failures_since(conn, "ann", NOON) == []
        assert signins.failures_since(conn, "bo", NOON) == [NOON]
        signins.remove_failures_before(conn, NOON + timedelta(seconds=1))
        assert signins.failures_since(conn, "bo", NOON) == []


def test_time_comes_back_as_the_same_moment_whatever_zone_it_was_written_in(store, ann):
    from datetime import timezone

    written = datetime(2026, 10, 25, 2, 30, 15, 123456, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    with store.begin() as conn:
        signins.add_sign_in(conn, "hash", ann.account_id, written)
    with store.read() as conn:
        read = signins.find_sign_in(conn, "hash").expires_at
    assert read == written
    assert read.tzinfo is UTC


def test_time_without_a_zone_is_a_mistake_of_ours(store, ann):
    from sqlalchemy.exc import StatementError

    with pytest.raises(StatementError, match="a time needs its zone"), store.begin() as conn:
        signins.add_sign_in(conn, "hash", ann.account_id, NOON.replace(tzinfo=None))
