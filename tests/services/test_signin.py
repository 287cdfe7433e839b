from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from homevisit.errors import InvalidEntryError, NotSignedInError, SlowDownError
from homevisit.services import accounts, signin, throttle
from homevisit.services.passwords import Passwords
from homevisit.services.tokens import token_hash
from homevisit.store import accounts as account_store
from homevisit.store import signins
from tests.services.people import PASSWORD, add_person
from tests.store.together import at_once

WRONG = "The e-mail address or the password is not right."


@pytest.fixture
def ann(store, fast_passwords):
    account, _token = add_person(store, fast_passwords, "Ann")
    return account


@pytest.fixture
def sign_in(store, ann, fast_passwords):  # noqa: ARG001  Ann is the one who signs in
    def try_it(email="ann@example.org", password=PASSWORD, address="192.0.2.1"):
        return signin.sign_in(store, email, password, address, passwords=fast_passwords)

    return try_it


def fail(store, gate, *, count, seconds_ago):
    with store.begin() as conn:
        for _ in range(count):
            signins.add_failure(conn, gate.key, datetime.now(UTC) - timedelta(seconds=seconds_ago))


def failures(store, gate):
    with store.read() as conn:
        return len(signins.failures_since(conn, gate.key, datetime.now(UTC) - timedelta(days=1)))


@pytest.mark.parametrize("email", ["ann@example.org", " ANN@Example.org "])
def test_sign_in_with_the_right_pair_is_known_by_its_token(store, ann, sign_in, email):
    found = signin.signed_in(store, sign_in(email))
    assert (found.account.account_id, found.owner.account_id) == (ann.account_id, ann.account_id)


def test_sign_in_lasts_30_days(store, ann, sign_in):
    token = sign_in()
    with store.begin() as conn:
        left = signins.find_sign_in(conn, token_hash(token)).expires_at - datetime.now(UTC)
        signins.add_sign_in(conn, token_hash("old"), ann.account_id, datetime.now(UTC) - timedelta(seconds=1))
    assert timedelta(days=29, hours=23) < left <= timedelta(days=30)
    with pytest.raises(NotSignedInError) as caught:
        signin.signed_in(store, "old")
    assert caught.value.message == "You were signed in for 30 days; please sign in again."


def test_sign_in_forgets_those_that_ended(store, ann, sign_in):
    with store.begin() as conn:
        signins.add_sign_in(conn, token_hash("old"), ann.account_id, datetime.now(UTC) - timedelta(days=1))
    sign_in()
    with pytest.raises(NotSignedInError) as caught:
        signin.signed_in(store, "old")
    assert caught.value.message == "You are not signed in, or were signed out; please sign in."


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ann@example.org", "not this one"),
        ("ann@example.org", ""),
        ("nobody@example.org", PASSWORD),
        ("invited@example.org", PASSWORD),
        ("ann@example.org", PASSWORD + "a" * 200),
        ("\x00", PASSWORD),
    ],
)
def test_sign_in_with_a_wrong_pair_always_says_the_same(store, sign_in, email, password):
    accounts.open_account(store, "invited@example.org", "Not yet", "learner")
    with pytest.raises(InvalidEntryError) as caught:
        sign_in(email, password)
    assert caught.value.message == WRONG


@pytest.mark.usefixtures("ann")
def test_sign_in_of_unknown_email_costs_one_check_like_a_known_one(store):
    class Counting(PasswordHasher):
        count = 0

        def verify(self, stored, password):
            self.count += 1
            return super().verify(stored, password)

    counts = []
    for email in ("ann@example.org", "nobody@example.org"):
        hasher = Counting(time_cost=1, memory_cost=8, parallelism=1)
        with pytest.raises(InvalidEntryError):
            signin.sign_in(store, email, "not this one", "desk", passwords=Passwords(hasher))
        counts.append(hasher.count)
    assert counts == [1, 1]


def test_sign_out_ends_this_browser_only(store, ann, sign_in):
    here, there = sign_in(), sign_in()
    signin.sign_out(store, here)
    signin.sign_out(store, "nothing")
    with pytest.raises(NotSignedInError):
        signin.signed_in(store, here)
    assert signin.signed_in(store, there).account.account_id == ann.account_id


@pytest.mark.parametrize("token", ["", "nothing", "\x00", "\ud83d"])
def test_signed_in_with_an_unknown_token_is_nobody(store, token):
    with pytest.raises(NotSignedInError) as caught:
        signin.signed_in(store, token)
    assert caught.value.message == "You are not signed in, or were signed out; please sign in."


@pytest.mark.parametrize("email", ["ann@example.org", "nobody@example.org"])
def test_sign_in_slows_down_after_five_failures_of_one_email(sign_in, email):
    for number in range(5):
        with pytest.raises(InvalidEntryError):
            sign_in(email, f"guess number {number}", f"192.0.2.{number}")
    with pytest.raises(SlowDownError) as caught:
        sign_in(email.upper(), PASSWORD, "198.51.100.1")
    assert caught.value.seconds == 1
    assert (
        caught.value.message
        == "There were too many tries with a wrong password; wait 1 second, then try again."
    )


@pytest.mark.parametrize(
    ("count", "seconds_ago", "wait"),
    [(6, 0, 2), (9, 0, 16), (14, 0, 512), (15, 0, 900), (40, 0, 900), (9, 10, 6), (15, 880, 20)],
)
def test_sign_in_wait_doubles_with_each_failure_up_to_15_minutes(store, sign_in, count, seconds_ago, wait):
    fail(store, throttle.email_gate("ann@example.org"), count=count, seconds_ago=seconds_ago)
    with pytest.raises(SlowDownError) as caught:
        sign_in()
    assert wait - 1 <= caught.value.seconds <= wait
    assert caught.value.message == (
        f"There were too many tries with a wrong password; wait {caught.value.seconds} "
        f"second{'s' if caught.value.seconds > 1 else ''}, then try again."
    )


@pytest.mark.parametrize(("count", "seconds_ago"), [(9, 17), (40, 901), (40, 3601)])
def test_sign_in_works_again_after_the_wait_and_clears_the_failures(store, sign_in, count, seconds_ago):
    gate = throttle.email_gate("ann@example.org")
    fail(store, gate, count=count, seconds_ago=seconds_ago)
    sign_in()
    assert failures(store, gate) == 0


def test_sign_in_refused_while_waiting_does_not_count_as_a_failure(store, sign_in):
    gate = throttle.email_gate("ann@example.org")
    fail(store, gate, count=8, seconds_ago=0)
    for _ in range(3):
        with pytest.raises(SlowDownError):
            sign_in()
    assert failures(store, gate) == 8


def test_sign_in_slows_down_after_twenty_failures_of_one_address(sign_in):
    for number in range(20):
        with pytest.raises(InvalidEntryError):
            sign_in(f"guess{number}@example.org")
    with pytest.raises(SlowDownError):
        sign_in()
    sign_in(address="192.0.2.2")


@pytest.mark.parametrize("count", [30, 2_000])
def test_guesser_in_a_training_room_keeps_the_others_out_for_half_a_minute_at_most(store, sign_in, count):
    fail(store, throttle.address_gate("192.0.2.1"), count=count, seconds_ago=0)
    with pytest.raises(SlowDownError) as caught:
        sign_in()
    assert caught.value.seconds <= 30


def test_sign_in_of_a_whole_training_room_is_not_slowed_down(store, sign_in, fast_passwords):
    for number in range(25):
        add_person(store, fast_passwords, f"learner{number}")
        sign_in(f"learner{number}@example.org")
    assert failures(store, throttle.address_gate("192.0.2.1")) == 0


def test_sign_in_guesses_sent_at_once_count_one_by_one(sign_in):
    def guess(number):
        return sign_in(password=f"guess number {number}")

    results = at_once(12, guess)
    assert (
        sorted(type(result).__name__ for result in results)
        == ["InvalidEntryError"] * 5 + ["SlowDownError"] * 7
    )


def test_failures_that_no_longer_count_are_forgotten(store, sign_in):
    gate = throttle.email_gate("other@example.org")
    fail(store, gate, count=3, seconds_ago=3601)
    sign_in()
    assert failures(store, gate) == 0


def test_sign_in_renews_a_hash_of_lower_costs(store, ann):
    passwords = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    signin.sign_in(store, "ann@example.org", PASSWORD, "desk", passwords=passwords)
    with store.read() as conn:
        stored = account_store.password_hash(conn, ann.account_id)
    assert "m=16,t=2,p=1" in stored
    signin.sign_in(store, "ann@example.org", PASSWORD, "desk", passwords=passwords)
