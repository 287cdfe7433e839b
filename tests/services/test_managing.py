"""What an administrator does with people on the page People."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from homevisit.errors import ConfigError, ConflictError, InvalidEntryError, MissingEntryError
from homevisit.services import accounts, mailing, managing, practice, register, signin
from homevisit.services.managing import KnownPersonError
from tests.services.people import PASSWORD, add_person

LAST = "Ada is the only administrator; make somebody else an administrator first."


def add(store, name, role="learner", team=""):
    return managing.add_person(store, email=f"{name.lower()}@example.org", name=name, role=role, team=team)[0]


def change(store, viewer, account, **more):
    known = {"email": account.email, "name": account.name, "role": account.role, "team": account.team}
    return managing.change_person(store, viewer, account.account_id, **(known | more))


def test_person_added_comes_in_by_the_link(store, fast_passwords):
    account, token = managing.add_person(
        store, email=" Mia@Example.org", name="Mia  Long", role="learner", team=" North "
    )
    assert (account.email, account.name, account.team) == ("mia@example.org", "Mia Long", "North")
    assert register.state_of(account) == "invited"
    accounts.accept_invitation(store, token, PASSWORD, passwords=fast_passwords)
    assert signin.sign_in(store, "mia@example.org", PASSWORD, "1.2.3.4", passwords=fast_passwords)
    now = datetime.now(UTC)
    person = managing.find_person(store, account.account_id, now)
    assert (register.state_of(person.account), person.link_until) == ("active", None)


@pytest.mark.parametrize("wrong", [{"email": "mia"}, {"name": " "}, {"role": "pupil"}, {"team": "=1"}])
def test_person_with_a_bad_entry_is_not_added(store, wrong):
    with pytest.raises(InvalidEntryError):
        managing.add_person(
            store, **({"email": "m@example.org", "name": "M", "role": "learner", "team": ""} | wrong)
        )
    assert managing.list_people(store).total == 0


def test_address_of_somebody_else_is_refused_and_says_whose_it_is(store):
    ann, bo = add(store, "Ann"), add(store, "Bo")
    ada = add(store, "Ada", "administrator")
    sentence = (
        "Ann has an account with the e-mail address ann@example.org already; "
        "open it to change it or to make a new link."
    )
    with pytest.raises(KnownPersonError) as caught:
        managing.add_person(store, email="ANN@example.org", name="Ann", role="learner", team="")
    assert (caught.value.message, caught.value.account_id) == (sentence, ann.account_id)
    with pytest.raises(KnownPersonError) as caught:
        change(store, ada, bo, email="ann@example.org")
    assert caught.value.message == sentence


def test_list_is_by_name_in_pages_and_finds_each_word(store, fast_passwords):
    for number in range(managing.PER_PAGE + 1):
        add(store, f"Person{number:02}", team="North")
    tara, token = add_person(store, fast_passwords, "abe", "trainer")
    practice.start_practice(store, token)
    first, second = managing.list_people(store), managing.list_people(store, page=2)
    assert (first.total, first.pages, len(first.rows), len(second.rows)) == (52, 2, 50, 2)
    assert (first.rows[0].account_id, first.teams) == (tara.account_id, ("North",))
    assert managing.list_people(store, page=9).rows == second.rows
    for wanted, count in (("NORTH", 51), ("person07", 1), ("trainer", 1), ("07 north", 1), ("07 south", 0)):
        assert managing.list_people(store, wanted).total == count


def test_practice_and_unknown_accounts_are_nobody(store, fast_passwords):
    ada = add(store, "Ada", "administrator")
    _, token = add_person(store, fast_passwords, "Tara", "trainer")
    for account_id in (practice.start_practice(store, token).account_id, "a-nobody"):
        for attempt in (
            lambda one: managing.find_person(store, one, datetime.now(UTC)),
            lambda one: managing.set_closed(store, ada, one, is_closed=True),
            lambda one: managing.change_person(
                store, ada, one, email="x@example.org", name="X", role="learner", team=""
            ),
        ):
            with pytest.raises(MissingEntryError) as caught:
                attempt(account_id)
            assert caught.value.message == "This account no longer exists."


def test_changed_address_ends_the_link_that_went_to_the_other(store):
    ada = add(store, "Ada", "administrator")
    mia, token = managing.add_person(store, email="mai@example.org", name="Mia", role="learner", team="")
    change(store, ada, mia, name="Mia Long", role="trainer", team="North")
    now = datetime.now(UTC)
    until = managing.find_person(store, mia.account_id, now).link_until
    assert timedelta(days=13) < until - now <= timedelta(days=14)
    assert managing.find_person(store, mia.account_id, until).link_until is None
    changed = change(store, ada, mia, email="Mia@example.org")
    assert (changed.email, changed.role) == ("mia@example.org", "learner")
    assert managing.find_person(store, mia.account_id, now).link_until is None
    with pytest.raises(MissingEntryError):
        accounts.find_invited(store, token)


def test_only_administrator_keeps_role_and_account(store):
    ada = add(store, "Ada", "administrator")
    with pytest.raises(ConflictError) as caught:
        change(store, ada, ada, role="learner")
    assert caught.value.message == LAST
    with pytest.raises(ConflictError) as caught:
        managing.set_closed(store, ada, ada.account_id, is_closed=True)
    assert caught.value.message == LAST
    assert change(store, ada, ada, name="Ada Lee", team="North").name == "Ada Lee"


def test_nobody_closes_or_demotes_their_own_account(store):
    ada, bo = add(store, "Ada", "administrator"), add(store, "Bo", "administrator")
    for attempt, sentence in (
        (lambda: change(store, ada, ada, role="trainer"), managing.OWN_ROLE),
        (lambda: change(store, ada, ada, email="new@example.org"), managing.OWN_ADDRESS),
        (lambda: managing.set_closed(store, ada, ada.account_id, is_closed=True), managing.OWN_ACCOUNT),
    ):
        with pytest.raises((ConflictError, InvalidEntryError)) as caught:
            attempt()
        assert caught.value.message == sentence
    assert change(store, bo, ada, role="trainer").role == "trainer"
    assert register.find_account_by_email(store, "ada@example.org").role == "trainer"


def test_account_is_closed_and_opened_again(store):
    ada, mia = add(store, "Ada", "administrator"), add(store, "Mia")
    closed = managing.set_closed(store, ada, mia.account_id, is_closed=True)
    assert register.state_of(closed) == "closed"
    assert managing.find_person(store, mia.account_id, datetime.now(UTC)).link_until is None
    assert register.state_of(managing.set_closed(store, ada, mia.account_id, is_closed=False)) == "invited"


def test_team_written_almost_like_another_is_pointed_out(store):
    add(store, "Ann", team="North")
    add(store, "Bo", team="Harbor")
    mia, ned = add(store, "Mia", team="north"), add(store, "Ned")
    now = datetime.now(UTC)
    assert managing.find_person(store, mia.account_id, now).almost == ("North",)
    assert managing.find_person(store, ned.account_id, now).almost == ()


def test_letter_holds_link_and_address_whatever_the_name_holds(store):
    mia, _ = managing.add_person(
        store, email="mia+work@example.org", name="Mía & Co?=%", role="learner", team=""
    )
    parts = urlsplit(
        managing.letter(mia, "https://course.example.org/", "https://course.example.org/invite/x")
    )
    assert (parts.scheme, unquote(parts.path)) == ("mailto", "mia+work@example.org")
    # a mail program reads a plus as a plus
    assert "+" not in parts.path + parts.query
    found = parse_qs(parts.query, strict_parsing=True)
    assert found["subject"] == ["Your invitation to the Home Visitor's Course"]
    assert found["body"][0].startswith("Hello Mía & Co?=%,\r\n\r\n")
    assert "\r\n\r\nhttps://course.example.org/invite/x\r\n\r\n" in found["body"][0]


def test_address_for_links_is_checked_without_mail_too():
    assert mailing.public_address({}) == ""
    environ = {"HOMEVISIT_PUBLIC_ADDRESS": " https://course.example.org/course "}
    assert mailing.public_address(environ) == "https://course.example.org/course/"
    assert mailing.mail_settings(environ) is None
    with pytest.raises(ConfigError, match="Set HOMEVISIT_PUBLIC_ADDRESS"):
        mailing.mail_settings({"HOMEVISIT_PUBLIC_ADDRESS": "course.example.org"})
