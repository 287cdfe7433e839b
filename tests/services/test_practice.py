from __future__ import annotations

import pytest

from homevisit.errors import InvalidEntryError, MissingEntryError, NotAllowedError, NotSignedInError
from homevisit.services import accounts, practice, register, signin
from tests.services.people import PASSWORD, add_person


@pytest.mark.parametrize("role", ["trainer", "supervisor", "administrator"])
def test_practice_acts_as_a_learner_of_its_own_and_comes_back(store, fast_passwords, role):
    owner, token = add_person(store, fast_passwords, "Ann", role)
    account = practice.start_practice(store, token)
    assert (account.role, account.practice_of) == ("learner", owner.account_id)
    assert account.email == f"practice+{owner.account_id}@invalid"
    assert account.name == "Ann (practice)"
    acting = signin.signed_in(store, token)
    assert (acting.account, acting.owner.account_id) == (account, owner.account_id)
    practice.stop_practice(store, token)
    assert signin.signed_in(store, token).account.account_id == owner.account_id


def test_practice_goes_on_where_it_was(store, fast_passwords):
    _owner, token = add_person(store, fast_passwords, "Ann", "trainer")
    first = practice.start_practice(store, token)
    assert practice.start_practice(store, token) == first
    practice.stop_practice(store, token)
    assert practice.start_practice(store, token) == first


def test_practice_in_one_browser_leaves_the_others_as_they_are(store, fast_passwords):
    owner, token = add_person(store, fast_passwords, "Ann", "trainer")
    other = signin.sign_in(store, owner.email, PASSWORD, "phone", passwords=fast_passwords)
    practice.start_practice(store, token)
    assert signin.signed_in(store, other).account.account_id == owner.account_id


def test_practice_is_not_for_learners(store, fast_passwords):
    _learner, token = add_person(store, fast_passwords, "Ann")
    with pytest.raises(NotAllowedError) as caught:
        practice.start_practice(store, token)
    assert caught.value.message == (
        "Practice is for those who teach; your own lessons are open to you already."
    )


def test_practice_account_cannot_sign_in(store, fast_passwords):
    _owner, token = add_person(store, fast_passwords, "Ann", "trainer")
    account = practice.start_practice(store, token)
    with pytest.raises(InvalidEntryError):
        signin.sign_in(store, account.email, PASSWORD, "desk", passwords=fast_passwords)
    with pytest.raises(InvalidEntryError):
        accounts.change_password(store, account.account_id, "", "another password", passwords=fast_passwords)


def test_practice_ends_when_its_owner_is_closed(store, fast_passwords):
    owner, token = add_person(store, fast_passwords, "Ann", "trainer")
    practice.start_practice(store, token)
    register.set_disabled(store, owner.account_id, is_disabled=True)
    with pytest.raises(NotSignedInError):
        signin.signed_in(store, token)


@pytest.mark.parametrize("act", [practice.start_practice, practice.stop_practice])
def test_practice_needs_a_sign_in(store, act):
    with pytest.raises(NotSignedInError):
        act(store, "nothing")


def test_practice_by_invitation_leaves_the_invitation_unused(store, fast_passwords):
    invitation = accounts.ensure_administrator(store)
    token = practice.start_practice_by_invitation(store, invitation)
    acting = signin.signed_in(store, token)
    invited = accounts.find_invited(store, invitation)
    assert (acting.account.role, acting.account.practice_of) == ("learner", invited.account_id)
    accounts.accept_invitation(store, invitation, PASSWORD, passwords=fast_passwords)


def test_practice_by_invitation_never_gets_the_rights_of_its_owner(store):
    token = practice.start_practice_by_invitation(store, accounts.ensure_administrator(store))
    acting = signin.signed_in(store, token)
    assert acting.owner == acting.account
    assert practice.start_practice(store, token) == acting.account
    practice.stop_practice(store, token)
    with pytest.raises(NotSignedInError):
        signin.signed_in(store, token)


def test_practice_by_invitation_ends_when_its_owner_is_closed(store):
    other = accounts.open_account(store, "ann@example.org", "Ann", "administrator")
    bo = accounts.open_account(store, "bo@example.org", "Bo", "administrator")
    token = practice.start_practice_by_invitation(store, accounts.invite(store, bo.account_id))
    register.set_disabled(store, bo.account_id, is_disabled=True)
    with pytest.raises(NotSignedInError):
        signin.signed_in(store, token)
    assert not other.is_disabled


def test_practice_by_invitation_is_not_for_learners_or_strangers(store):
    ann = accounts.open_account(store, "ann@example.org", "Ann", "learner")
    with pytest.raises(NotAllowedError):
        practice.start_practice_by_invitation(store, accounts.invite(store, ann.account_id))
    with pytest.raises(MissingEntryError):
        practice.start_practice_by_invitation(store, "nothing")
