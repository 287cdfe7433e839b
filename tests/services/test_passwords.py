from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from argon2 import PasswordHasher

from homevisit.errors import InvalidEntryError
from homevisit.services.passwords import STANDARD, Passwords, check_new_password
from homevisit.store.values import Account

ANN = Account(
    account_id="a-1",
    email="ann.lee@example.org",
    name="Ann Marie Lee",
    role="learner",
    team="",
    is_disabled=False,
    has_password=False,
    practice_of=None,
    created_at=datetime.now(UTC),
)


def test_password_fits_its_own_hash_only(fast_passwords):
    stored = fast_passwords.hash("quiet river morning")
    assert stored.startswith("$argon2id$")
    assert fast_passwords.matches(stored, "quiet river morning")
    assert not fast_passwords.matches(stored, "quiet river evening")
    assert not fast_passwords.matches(stored, "")
    assert not fast_passwords.matches(None, "quiet river morning")
    assert not fast_passwords.matches("not a hash", "quiet river morning")


def test_password_without_a_hash_is_checked_at_full_cost():
    class Counting(PasswordHasher):
        verified = ()

        def verify(self, stored, password):
            Counting.verified = (*Counting.verified, stored)
            return super().verify(stored, password)

    passwords = Passwords(Counting(time_cost=2, memory_cost=16, parallelism=1))
    stored = passwords.hash("quiet river morning")
    Counting.verified = ()
    assert not passwords.matches(stored, "not this one")
    assert not passwords.matches(None, "not this one")
    costs = [hashed.split("$")[3] for hashed in Counting.verified]
    assert costs == ["m=16,t=2,p=1"] * 2


def test_password_typed_on_another_keyboard_fits(fast_passwords):
    composed = unicodedata.normalize("NFC", "café au lait")
    taken_apart = unicodedata.normalize("NFD", composed)
    assert composed != taken_apart
    assert fast_passwords.matches(fast_passwords.hash(composed), taken_apart)


def test_password_of_200_characters_fits_and_a_longer_one_never(fast_passwords):
    assert fast_passwords.matches(fast_passwords.hash("a" * 200), "a" * 200)
    assert not fast_passwords.matches(fast_passwords.hash("a" * 201), "a" * 201)


def test_password_hash_of_other_costs_is_outdated(fast_passwords):
    stored = fast_passwords.hash("quiet river morning")
    assert not fast_passwords.is_outdated(stored)
    assert STANDARD.is_outdated(stored)


@pytest.mark.parametrize("password", ["ten chars!", "a" * 200, "  spaces count  ", "密码密码密码密码密码"])
def test_new_password_within_the_rule_is_taken(password):
    check_new_password(password, ANN)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "The password is too short; use at least 10 characters, for example three or four words."),
        (
            "nine char",
            "The password is too short; use at least 10 characters, for example three or four words.",
        ),
        ("a" * 201, "The password is too long; use at most 200 characters."),
        (
            "Ann.Lee@Example.org",
            "The password is the same as your name or e-mail address; choose another one.",
        ),
        (" ann marie lee ", "The password is the same as your name or e-mail address; choose another one."),
    ],
)
def test_new_password_outside_the_rule_is_refused(password, sentence):
    with pytest.raises(InvalidEntryError) as caught:
        check_new_password(password, ANN)
    assert caught.value.message == sentence
