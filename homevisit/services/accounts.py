"""Accounts and the way into them: invitations, passwords and the first administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from homevisit.errors import ConflictError, InvalidEntryError, NotAllowedError
from homevisit.services import throttle
from homevisit.services.entries import checked_email, checked_name, checked_role, checked_team
from homevisit.services.passwords import STANDARD, Passwords, check_new_password
from homevisit.services.register import manages
from homevisit.services.tokens import open_invitation, open_sign_in, token_hash
from homevisit.store import accounts, invitations, signins

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from homevisit.store.engine import Store
    from homevisit.store.values import Account

FIRST_ADMINISTRATOR = "administrator@localhost"
EXPIRED = "This invitation link is older than 14 days and no longer works; ask for a new one."


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is there: `account` is the one acted as, `owner` the one that signed in."""

    account: Account
    owner: Account


def open_account(store: Store, email: str, name: str, role: str = "learner", team: str = "") -> Account:
    """Add an account; its person gets in with an invitation.

    Raises
    ------
    InvalidEntryError
        The e-mail address, name, role or team cannot be used.
    ConflictError
        The e-mail address has an account already.
    """
    email, name, team = checked_email(email), checked_name(name), checked_team(team)
    with store.begin() as conn:
        return accounts.add_account(conn, email=email, name=name, role=checked_role(role), team=team)


def invite(store: Store, account_id: str) -> str:
    """Return the token of a new invitation, valid for 14 days and once; an earlier unused one ends.

    Raises
    ------
    ConflictError
        The account is closed.
    NotAllowedError
        It is a practice account, which nobody signs in to.
    """
    with store.begin() as conn:
        account = accounts.find_account(conn, account_id)
        if account.is_practice:
            raise NotAllowedError("A practice account needs no invitation; invite its owner.")
        if account.is_disabled:
            raise ConflictError(f"The account of {account.name} is closed; open it again before you invite.")
        return open_invitation(conn, account_id)


def find_invited(store: Store, token: str) -> Account:
    """Return whom an invitation is for; looking does not use it up.

    Raises
    ------
    MissingEntryError
        The invitation is unknown, or a newer one replaced it.
    ConflictError
        It was used, or is older than 14 days.
    """
    with store.read() as conn:
        return open_invited(conn, token)


def accept_invitation(
    store: Store, token: str, password: str, name: str | None = None, *, passwords: Passwords = STANDARD
) -> str:
    """Choose a password by an invitation and return a sign-in token; other browsers are signed out.

    Raises
    ------
    InvalidEntryError
        The password breaks the rule, or the name cannot be used; the invitation stays good.
    MissingEntryError, ConflictError
        The invitation does not work, see `find_invited`.
    """
    chosen = None if name is None else checked_name(name)
    invited = find_invited(store, token)
    check_new_password(password, invited)
    hashed = passwords.hash(password)
    with store.begin() as conn:
        account = open_invited(conn, token)
        invitations.use_invitation(conn, token_hash(token), datetime.now(UTC))
        accounts.update_account(conn, account.account_id, name=chosen, password_hash=hashed)
        signins.clear_failures(conn, throttle.email_gate(account.email).key)
        signins.remove_sign_ins(conn, account.account_id)
        return open_sign_in(conn, account.account_id)


def change_password(
    store: Store,
    account_id: str,
    old: str,
    new: str,
    *,
    keep_token: str | None = None,
    passwords: Passwords = STANDARD,
) -> None:
    """Replace a password and sign the account out of all browsers but the one of `keep_token`.

    Raises
    ------
    InvalidEntryError
        The present password is not right, or the new one breaks the rule.
    SlowDownError
        Too many wrong tries.
    """
    now = datetime.now(UTC)
    with store.begin() as conn:
        account = accounts.find_account(conn, account_id)
        check_new_password(new, account)
        gate = throttle.email_gate(account.email)
        throttle.enter(conn, gate, now)
        stored = accounts.password_hash(conn, account_id)
    if not passwords.matches(stored, old):
        raise InvalidEntryError("The present password is not right; write it again.")
    hashed = passwords.hash(new)
    with store.begin() as conn:
        signins.clear_failures(conn, gate.key)
        accounts.update_account(conn, account_id, password_hash=hashed)
        signins.remove_sign_ins(conn, account_id, keep=token_hash(keep_token) if keep_token else None)


def change_address(
    store: Store, account_id: str, email: str, password: str, *, passwords: Passwords = STANDARD
) -> Account:
    """Give an administrator another e-mail address to sign in with.

    The first administrator begins with one that the course made up. All others ask an administrator.

    Raises
    ------
    NotAllowedError
        It is no administrator.
    InvalidEntryError
        The address cannot be used, or the password is not right.
    ConflictError
        Another account has the address.
    SlowDownError
        Too many wrong tries.
    """
    now = datetime.now(UTC)
    with store.begin() as conn:
        account = accounts.find_account(conn, account_id)
        if account.role != "administrator":
            raise NotAllowedError("Ask the person who looks after the course to change your e-mail address.")
        address = checked_email(email)
        gate = throttle.email_gate(account.email)
        throttle.enter(conn, gate, now)
        stored = accounts.password_hash(conn, account_id)
    if not passwords.matches(stored, password):
        raise InvalidEntryError("The password is not right; write it again.")
    with store.begin() as conn:
        signins.clear_failures(conn, gate.key)
        return accounts.update_account(conn, account_id, email=address)


def ensure_administrator(store: Store) -> str | None:
    """Return an invitation token for the first administrator; None when one has a password."""
    with store.begin() as conn:
        found = [account for account in accounts.accounts(conn) if manages(account)]
        if any(account.has_password for account in found):
            return None
        account = found[0] if found else _add_administrator(conn)
        return open_invitation(conn, account.account_id)


def open_invited(conn: Connection, token: str) -> Account:
    """Return whom a working invitation is for, or raise as `find_invited` does."""
    entry = invitations.find_invitation(conn, token_hash(token))
    if entry.used_at is not None:
        raise ConflictError(invitations.USED)
    if entry.expires_at <= datetime.now(UTC):
        raise ConflictError(EXPIRED)
    return accounts.find_account(conn, entry.account_id)


def _add_administrator(conn: Connection) -> Account:
    return accounts.add_account(conn, email=FIRST_ADMINISTRATOR, name="Administrator", role="administrator")
