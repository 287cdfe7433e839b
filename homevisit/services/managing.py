"""Look after people without a terminal: add, find, change and close them, and make their links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import quote, urlencode

from homevisit.errors import ConflictError, InvalidEntryError, MissingEntryError
from homevisit.services.entries import checked_email, checked_name, checked_role, checked_team
from homevisit.services.register import LAST, is_last_administrator, list_accounts, people, set_disabled
from homevisit.services.roster import is_almost
from homevisit.services.tokens import open_invitation
from homevisit.store import accounts, invitations

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from homevisit.store.engine import Store
    from homevisit.store.values import Account, Role

PER_PAGE = 50
GONE = "This account no longer exists."
KNOWN = "{name} has an account with the e-mail address {email} already; open it to change it or to make a new link."
OWN_ACCOUNT = (
    "This is your own account, and closing it would shut you out; ask another administrator to close it."
)
OWN_ROLE = "You cannot change your own role; ask another administrator to do it."
OWN_ADDRESS = "Change your own e-mail address on your account page, where your password is asked for."
COURSE = "Home Visitor's Course"
FIRST_SUBJECT, AGAIN_SUBJECT = "Your invitation to the ", "A new password for the "
FIRST = "{name},\n\nthe Home Visitor's Course is ready for you. Open this link and choose a password:"
AGAIN = "{name},\n\nwith this link you choose a new password for the Home Visitor's Course:"
LETTER = (
    "Hello {lead}\n\n{link}\n\nThe link works once, for 14 days. It is for you alone: please do not pass it on. "
    "From then on you sign in at {address} with your e-mail address, {email}.\n"
)


class _Checked(TypedDict):
    """What a form says of somebody, as it is stored."""

    email: str
    name: str
    role: Role
    team: str


class KnownPersonError(ConflictError):
    """The e-mail address belongs to somebody already; `account_id` says to whom."""

    def __init__(self, account: Account) -> None:
        super().__init__(KNOWN.format(name=account.name, email=account.email))
        self.account_id = account.account_id


@dataclass(frozen=True, slots=True)
class People:
    """A page of the people that were looked for; `teams` are all that exist."""

    rows: tuple[Account, ...]
    total: int
    page: int
    pages: int
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """One person; `link_until` is None where no link works, `almost` names teams written almost like this one's."""

    account: Account
    link_until: datetime | None
    teams: tuple[str, ...]
    almost: tuple[str, ...]


def list_people(store: Store, wanted: str = "", page: int = 1) -> People:
    """Return the people whose name, e-mail address, role or team holds each word of `wanted`, by name."""
    everybody = list_accounts(store)
    words = wanted.casefold().split()
    found = sorted(
        (one for one in everybody if all(word in _searched(one) for word in words)),
        key=lambda one: (one.name.casefold(), one.email),
    )
    pages = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, page), pages)
    rows = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    return People(tuple(rows), len(found), page, pages, _teams(everybody))


def find_person(store: Store, account_id: str, now: datetime) -> Person:
    """Return one person; MissingEntryError for nobody and for a practice account."""
    with store.read() as conn:
        account = _find(conn, account_id)
        until = invitations.works_until(conn, account_id, now)
        teams = _teams(people(conn))
    almost = (team for team in teams if team != account.team and is_almost(team, account.team))
    return Person(account, until, teams, tuple(almost) if account.team else ())


def add_person(store: Store, *, email: str, name: str, role: str, team: str) -> tuple[Account, str]:
    """Add somebody, and return the account with the token of an invitation.

    Raises
    ------
    InvalidEntryError
        The e-mail address, name, role or team cannot be used.
    KnownPersonError
        Somebody has this e-mail address already.
    """
    checked = _checked(email, name, role, team)
    with store.begin() as conn:
        _check_free(conn, checked["email"])
        account = accounts.add_account(conn, **checked)
        return account, open_invitation(conn, account.account_id)


def change_person(
    store: Store, viewer: Account, account_id: str, *, email: str, name: str, role: str, team: str
) -> Account:
    """Change what is known of somebody; with another e-mail address, a link sent to the earlier one ends.

    Raises
    ------
    InvalidEntryError
        Something cannot be used, or it is one's own e-mail address.
    MissingEntryError
        There is no such person.
    ConflictError
        It is one's own role or that of the only administrator, or the e-mail address is somebody else's.
    """
    checked = _checked(email, name, role, team)
    with store.begin() as conn:
        account = _find(conn, account_id)
        is_own = account_id == viewer.account_id
        if checked["role"] != account.role:
            if checked["role"] != "administrator" and is_last_administrator(conn, account):
                raise ConflictError(LAST.format(name=account.name))
            if is_own:
                raise ConflictError(OWN_ROLE)
        if checked["email"] != account.email:
            if is_own:
                raise InvalidEntryError(OWN_ADDRESS)
            _check_free(conn, checked["email"])
            invitations.remove_unused_invitations(conn, account_id)
        return accounts.update_account(conn, account_id, **checked)


def set_closed(store: Store, viewer: Account, account_id: str, *, is_closed: bool) -> Account:
    """Close somebody's account or open it again, see `register.set_disabled`; nobody closes their own.

    Raises
    ------
    MissingEntryError
        There is no such person.
    ConflictError
        It is one's own account, or that of the only administrator.
    """
    with store.read() as conn:
        account = _find(conn, account_id)
        if is_closed and account_id == viewer.account_id and not is_last_administrator(conn, account):
            raise ConflictError(OWN_ACCOUNT)
    return set_disabled(store, account_id, is_disabled=is_closed)


def letter(account: Account, address: str, link: str) -> str:
    """Return a mailto address with a mail to somebody, ready to be sent; `address` is that of the course."""
    lead = (AGAIN if account.has_password else FIRST).format(name=account.name)
    subject = (AGAIN_SUBJECT if account.has_password else FIRST_SUBJECT) + COURSE
    text = LETTER.format(lead=lead, link=link, address=address, email=account.email)
    # lines end here as they do in mail
    parts = {"subject": subject, "body": text.replace("\n", "\r\n")}
    return f"mailto:{quote(account.email, safe='@')}?{urlencode(parts, quote_via=quote)}"


def _checked(email: str, name: str, role: str, team: str) -> _Checked:
    return {
        "name": checked_name(name),
        "email": checked_email(email),
        "role": checked_role(role),
        "team": checked_team(team),
    }


def _find(conn: Connection, account_id: str) -> Account:
    account = accounts.find_account(conn, account_id)
    if account.is_practice:
        raise MissingEntryError(GONE)
    return account


def _check_free(conn: Connection, email: str) -> None:
    try:
        known = accounts.find_account_by_email(conn, email)
    except MissingEntryError:
        return
    raise KnownPersonError(known)


def _teams(everybody: Iterable[Account]) -> tuple[str, ...]:
    return tuple(sorted({account.team for account in everybody if account.team}, key=str.casefold))


def _searched(account: Account) -> str:
    return f"{account.name} {account.email} {account.role} {account.team}".casefold()
