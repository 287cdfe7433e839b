from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from homevisit.errors import ConflictError, MissingEntryError
from homevisit.store import accounts
from homevisit.store.values import Account


def test_account_added_is_found_by_id_and_by_email_in_any_case(store):
    with store.begin() as conn:
        added = accounts.add_account(
            conn, email="Ann.Lee@Example.org", name="Ann Lee", role="learner", team="North"
        )
    with store.read() as conn:
        assert accounts.find_account(conn, added.account_id) == added
        assert accounts.find_account_by_email(conn, "ANN.lee@example.ORG") == added
    assert added == Account(
        account_id=added.account_id,
        email="ann.lee@example.org",
        name="Ann Lee",
        role="learner",
        team="North",
        is_disabled=False,
        has_password=False,
        practice_of=None,
        created_at=added.created_at,
    )
    assert added.created_at.tzinfo is UTC
    assert abs(datetime.now(UTC) - added.created_at) < timedelta(minutes=1)


def test_account_id_is_short_and_plain(store):
    with store.begin() as conn:
        account = accounts.add_account(conn, email="ann@example.org", name="Ann", role="trainer")
    assert account.account_id[:2] == "a-"
    assert len(account.account_id) == 12
    assert set(account.account_id[2:]) <= set("abcdefghijklmnopqrstuvwxyz234567")


def test_account_with_known_email_is_refused_and_the_transaction_goes_on(store):
    with store.begin() as conn:
        first = accounts.add_account(conn, email="ann@example.org", name="Ann", role="learner")
        with pytest.raises(ConflictError) as caught:
            accounts.add_account(conn, email="ANN@example.org", name="Other", role="trainer")
        second = accounts.add_account(conn, email="bo@example.org", name="Bo", role="trainer")
    assert caught.value.message == (
        "An account with the e-mail address ann@example.org exists already; "
        "to change its name, role or team, import a roster with its new row."
    )
    with store.read() as conn:
        assert accounts.accounts(conn) == [first, second]


def test_account_that_is_unknown_is_missing(store):
    with store.read() as conn:
        with pytest.raises(MissingEntryError) as by_id:
            accounts.find_account(conn, "a-nobody")
        with pytest.raises(MissingEntryError) as by_email:
            accounts.find_account_by_email(conn, "nobody@example.org")
        assert accounts.password_hash(conn, "a-nobody") is None
    assert by_id.value.message == "This account no longer exists."
    assert by_email.value.message == (
        "There is no account with the e-mail address nobody@example.org; check the spelling, or add it first."
    )


def test_account_update_changes_only_what_is_given(store):
    with store.begin() as conn:
        added = accounts.add_account(conn, email="ann@example.org", name="Ann", role="learner", team="North")
        renamed = accounts.update_account(conn, added.account_id, name="Ann Lee")
        closed = accounts.update_account(conn, added.account_id, is_disabled=True, team="")
        hashed = accounts.update_account(conn, added.account_id, password_hash="some hash")
    assert (renamed.name, renamed.role, renamed.team) == ("Ann Lee", "learner", "North")
    assert (closed.name, closed.team, closed.is_disabled) == ("Ann Lee", "", True)
    assert hashed.has_password
    with store.read() as conn:
        assert accounts.password_hash(conn, added.account_id) == "some hash"


def test_account_update_of_unknown_account_is_missing(store):
    with store.begin() as conn, pytest.raises(MissingEntryError):
        accounts.update_account(conn, "a-nobody", name="Nobody")


def test_practice_account_is_found_by_its_owner_and_is_one_only(store):
    with store.begin() as conn:
        owner = accounts.add_account(conn, email="ann@example.org", name="Ann", role="trainer")
        assert accounts.find_practice_account(conn, owner.account_id) is None
        practice = accounts.add_account(
            conn, email="practice@invalid", name="Ann", role="learner", practice_of=owner.account_id
        )
        with pytest.raises(ConflictError):
            accounts.add_account(
                conn, email="second@invalid", name="Ann", role="learner", practice_of=owner.account_id
            )
    with store.read() as conn:
        assert accounts.find_practice_account(conn, owner.account_id) == practice
    assert practice.is_practice
    assert not owner.is_practice
