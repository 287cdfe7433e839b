from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from homevisit.errors import (
    ConflictError,
    InvalidEntryError,
    MissingEntryError,
    NotAllowedError,
    NotSignedInError,
    SlowDownError,
)
from homevisit.services import accounts, practice, register, signin
from homevisit.services.tokens import token_hash
from homevisit.store import accounts as account_store
from homevisit.store import invitations, signins
from tests.services.people import PASSWORD, add_person
from tests.store.together import at_once

UNKNOWN = (
    "This invitation link is not known here, perhaps because a newer one was made; "
    "open the newest link, or ask for another."
)
USED = "This invitation link was used already; sign in with your password, or ask for a new link."


def add(store, name="Ann", role="learner"):
    return accounts.open_account(store, f"{name.lower()}@example.org", name, role)


def all_text(store):
    """Return every value of every row in one text."""
    from homevisit.store.tables import metadata

    with store.read() as conn:
        rows = [row for table in metadata.tables.values() for row in conn.execute(table.select())]
    return repr(rows)


def test_account_opened_holds_what_was_written(store):
    account = accounts.open_account(store, " Ann@Example.org", " Ann  Lee ", "Trainer", " North ")
    found = (account.email, account.name, account.role, account.team)
    assert found == ("ann@example.org", "Ann Lee", "trainer", "North")
    assert not account.has_password


@pytest.mark.parametrize(
    "entry",
    [("ann", "Ann", "learner"), ("ann@example.org", "", "learner"), ("ann@example.org", "Ann", "pupil")],
)
def test_account_with_a_bad_entry_is_not_opened(store, entry):
    with pytest.raises(InvalidEntryError):
        accounts.open_account(store, *entry)
    assert register.list_accounts(store) == []


def test_invitation_names_its_account_and_stays_good_when_looked_at(store):
    ann = add(store)
    token = accounts.invite(store, ann.account_id)
    assert accounts.find_invited(store, token) == ann
    assert accounts.find_invited(store, token) == ann


def test_invitation_accepted_sets_the_password_and_signs_in(store, fast_passwords):
    ann = add(store)
    token = accounts.invite(store, ann.account_id)
    sign_in = accounts.accept_invitation(store, token, PASSWORD, "Ann  Marie", passwords=fast_passwords)
    found = signin.signed_in(store, sign_in)
    assert found.account == found.owner
    assert (found.account.account_id, found.account.name) == (ann.account_id, "Ann Marie")
    assert found.account.has_password


def test_invitation_works_once(store, fast_passwords):
    token = accounts.invite(store, add(store).account_id)
    accounts.accept_invitation(store, token, PASSWORD, passwords=fast_passwords)
    for use in (accounts.find_invited, lambda *link: accounts.accept_invitation(*link, "another password")):
        with pytest.raises(ConflictError) as caught:
            use(store, token)
        assert caught.value.message == USED


def test_invitation_opened_in_two_windows_at_once_is_accepted_in_one(store, fast_passwords):
    token = accounts.invite(store, add(store).account_id)

    def accept(number):
        return accounts.accept_invitation(store, token, f"password number {number}", passwords=fast_passwords)

    results = at_once(4, accept)
    assert [type(result) for result in results].count(str) == 1
    assert [str(result) for result in results if isinstance(result, ConflictError)] == [USED] * 3


def test_invitation_unused_ends_when_a_newer_one_is_made(store):
    ann = add(store)
    old, new = accounts.invite(store, ann.account_id), accounts.invite(store, ann.account_id)
    with pytest.raises(MissingEntryError) as caught:
        accounts.find_invited(store, old)
    assert caught.value.message == UNKNOWN
    assert accounts.find_invited(store, new) == ann


def test_invitation_lasts_14_days(store):
    ann = add(store)
    token = accounts.invite(store, ann.account_id)
    with store.begin() as conn:
        left = invitations.find_invitation(conn, token_hash(token)).expires_at - datetime.now(UTC)
        invitations.add_invitation(
            conn, ann.account_id, token_hash("old"), datetime.now(UTC) - timedelta(seconds=1)
        )
    assert timedelta(days=13, hours=23) < left <= timedelta(days=14)
    with pytest.raises(ConflictError) as caught:
        accounts.find_invited(store, "old")
    assert caught.value.message == (
        "This invitation link is older than 14 days and no longer works; ask for a new one."
    )


@pytest.mark.parametrize("token", ["", "nothing", "\x00", "\ud83d", "a" * 10_000])
def test_invitation_that_is_unknown_is_missing(store, token):
    with pytest.raises(MissingEntryError) as caught:
        accounts.find_invited(store, token)
    assert caught.value.message == UNKNOWN


@pytest.mark.parametrize(
    ("password", "name"), [("short", None), (PASSWORD, "=1+1"), ("ann@example.org", None)]
)
def test_invitation_stays_good_when_password_or_name_cannot_be_used(store, fast_passwords, password, name):
    ann = add(store)
    token = accounts.invite(store, ann.account_id)
    with pytest.raises(InvalidEntryError):
        accounts.accept_invitation(store, token, password, name, passwords=fast_passwords)
    assert accounts.find_invited(store, token) == ann


def test_invitation_for_a_forgotten_password_signs_other_browsers_out(store, fast_passwords):
    ann, before = add_person(store, fast_passwords, "Ann")
    token = accounts.invite(store, ann.account_id)
    after = accounts.accept_invitation(store, token, "another password", passwords=fast_passwords)
    with pytest.raises(NotSignedInError):
        signin.signed_in(store, before)
    assert signin.signed_in(store, after).account.account_id == ann.account_id


def test_invitation_is_refused_for_a_closed_or_practice_account(store, fast_passwords):
    ann, token = add_person(store, fast_passwords, "Ann", "trainer")
    with pytest.raises(NotAllowedError) as caught:
        accounts.invite(store, practice.start_practice(store, token).account_id)
    assert caught.value.message == "A practice account needs no invitation; invite its owner."
    register.set_disabled(store, ann.account_id, is_disabled=True)
    with pytest.raises(ConflictError) as caught:
        accounts.invite(store, ann.account_id)
    assert caught.value.message == "The account of Ann is closed; open it again before you invite."


def test_tokens_and_passwords_are_stored_as_hashes_only(store, fast_passwords):
    ann, sign_in = add_person(store, fast_passwords, "Ann")
    invitation = accounts.invite(store, ann.account_id)
    with pytest.raises(InvalidEntryError):
        signin.sign_in(store, "tim@example.org", PASSWORD, "203.0.113.7", passwords=fast_passwords)
    text = all_text(store)
    assert [
        secret
        for secret in (PASSWORD, sign_in, invitation, "tim@example.org", "203.0.113.7")
        if secret in text
    ] == []
    assert token_hash(sign_in) in text
    assert token_hash(invitation) in text


def test_password_changed_keeps_this_browser_and_signs_the_others_out(store, fast_passwords):
    ann, here = add_person(store, fast_passwords, "Ann")
    there = signin.sign_in(store, ann.email, PASSWORD, "phone", passwords=fast_passwords)
    accounts.change_password(
        store, ann.account_id, PASSWORD, "another password", keep_token=here, passwords=fast_passwords
    )
    assert signin.signed_in(store, here).account.account_id == ann.account_id
    with pytest.raises(NotSignedInError):
        signin.signed_in(store, there)
    with pytest.raises(InvalidEntryError):
        signin.sign_in(store, ann.email, PASSWORD, "phone", passwords=fast_passwords)
    signin.sign_in(store, ann.email, "another password", "phone", passwords=fast_passwords)


def test_password_stays_when_the_present_one_is_wrong_or_the_new_one_too_short(store, fast_passwords):
    ann, token = add_person(store, fast_passwords, "Ann")
    for old, new, sentence in (
        ("not this one", "another password", "The present password is not right; write it again."),
        (
            PASSWORD,
            "short",
            "The password is too short; use at least 10 characters, for example three or four words.",
        ),
    ):
        with pytest.raises(InvalidEntryError) as caught:
            accounts.change_password(store, ann.account_id, old, new, passwords=fast_passwords)
        assert caught.value.message == sentence
    assert signin.signed_in(store, token).account.account_id == ann.account_id
    signin.sign_in(store, ann.email, PASSWORD, "desk", passwords=fast_passwords)


def test_password_guessed_in_the_change_form_slows_down(store, fast_passwords):
    ann, _token = add_person(store, fast_passwords, "Ann")
    for number in range(5):
        with pytest.raises(InvalidEntryError):
            accounts.change_password(
                store, ann.account_id, f"guess number {number}", "another password", passwords=fast_passwords
            )
    with pytest.raises(SlowDownError):
        accounts.change_password(
            store, ann.account_id, PASSWORD, "another password", passwords=fast_passwords
        )


def test_administrator_is_invited_until_one_has_a_password(store, fast_passwords):
    first = accounts.ensure_administrator(store)
    second = accounts.ensure_administrator(store)
    with pytest.raises(MissingEntryError):
        accounts.find_invited(store, first)
    invited = accounts.find_invited(store, second)
    assert (invited.email, invited.role) == ("administrator@localhost", "administrator")
    accounts.accept_invitation(store, second, PASSWORD, passwords=fast_passwords)
    assert accounts.ensure_administrator(store) is None
    signin.sign_in(store, "administrator@localhost", PASSWORD, "desk", passwords=fast_passwords)


def test_administrator_added_before_is_the_one_invited(store):
    ann = add(store, "Ann", "administrator")
    assert accounts.find_invited(store, accounts.ensure_administrator(store)) == ann
    assert register.list_accounts(store) == [ann]


def test_register_lists_people_without_their_practice_accounts(store, fast_passwords):
    ann, token = add_person(store, fast_passwords, "Ann", "trainer")
    practice.start_practice(store, token)
    with store.read() as conn:
        assert len(account_store.accounts(conn)) == 2
    assert [one.account_id for one in register.list_accounts(store)] == [ann.account_id]
    assert register.find_account_by_email(store, " ANN@example.org ").account_id == ann.account_id


def test_account_closed_is_signed_out_at_once_and_opened_again(store, fast_passwords):
    ann, token = add_person(store, fast_passwords, "Ann")
    invitation = accounts.invite(store, ann.account_id)
    assert register.set_disabled(store, ann.account_id, is_disabled=True).is_disabled
    with pytest.raises(NotSignedInError):
        signin.signed_in(store, token)
    with pytest.raises(MissingEntryError):
        accounts.find_invited(store, invitation)
    with pytest.raises(NotAllowedError) as caught:
        signin.sign_in(store, ann.email, PASSWORD, "desk", passwords=fast_passwords)
    assert caught.value.message == (
        "This account is closed; ask the person who runs the course to open it again."
    )
    register.set_disabled(store, ann.account_id, is_disabled=False)
    signin.sign_in(store, ann.email, PASSWORD, "desk", passwords=fast_passwords)


def test_account_closed_by_other_means_is_signed_out_too(store, fast_passwords):
    ann, token = add_person(store, fast_passwords, "Ann")
    with store.begin() as conn:
        account_store.update_account(conn, ann.account_id, is_disabled=True)
        assert signins.find_sign_in(conn, token_hash(token)).account_id == ann.account_id
    with pytest.raises(NotSignedInError):
        signin.signed_in(store, token)


def test_last_administrator_cannot_be_closed(store):
    ann, bo = add(store, "Ann", "administrator"), add(store, "Bo", "administrator")
    register.set_disabled(store, bo.account_id, is_disabled=True)
    with pytest.raises(ConflictError) as caught:
        register.set_disabled(store, ann.account_id, is_disabled=True)
    assert caught.value.message == "Ann is the only administrator; make somebody else an administrator first."


def test_administrator_changes_the_address_to_sign_in_with(store, fast_passwords):
    token = accounts.ensure_administrator(store)
    accounts.accept_invitation(store, token, PASSWORD, passwords=fast_passwords)
    account = register.find_account_by_email(store, accounts.FIRST_ADMINISTRATOR)
    changed = accounts.change_address(
        store, account.account_id, " Ada@Example.org ", PASSWORD, passwords=fast_passwords
    )
    assert changed.email == "ada@example.org"
    assert signin.sign_in(store, "ada@example.org", PASSWORD, "1.2.3.4", passwords=fast_passwords)


def test_address_that_cannot_be_taken_changes_nothing(store, fast_passwords):
    add(store, "Ann")
    admin, _ = add_person(store, fast_passwords, "Adi", "administrator")
    for email, password, error, sentence in (
        (
            "ada",
            PASSWORD,
            InvalidEntryError,
            "“ada” is not an e-mail address; write one such as ann@example.org.",
        ),
        ("ada@example.org", "wrong", InvalidEntryError, "The password is not right; write it again."),
        (
            "ANN@example.org",
            PASSWORD,
            ConflictError,
            "Another account has the e-mail address ann@example.org; write a different one.",
        ),
    ):
        with pytest.raises(error) as caught:
            accounts.change_address(store, admin.account_id, email, password, passwords=fast_passwords)
        assert caught.value.message == sentence
    assert register.find_account_by_email(store, admin.email).account_id == admin.account_id


def test_only_administrators_change_their_address_themselves(store, fast_passwords):
    ann, _ = add_person(store, fast_passwords, "Ann")
    with pytest.raises(NotAllowedError):
        accounts.change_address(store, ann.account_id, "a@example.org", PASSWORD, passwords=fast_passwords)
