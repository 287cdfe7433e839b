"""Sign in and out; every sign-in is a random token that the store knows by its hash."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from homevisit.errors import InvalidEntryError, MissingEntryError, NotAllowedError, NotSignedInError
from homevisit.services import throttle
from homevisit.services.accounts import SignedIn
from homevisit.services.passwords import STANDARD, Passwords
from homevisit.services.tokens import open_sign_in, token_hash
from homevisit.store import accounts, signins

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from homevisit.store.engine import Store
    from homevisit.store.values import Account

WRONG = "The e-mail address or the password is not right."
SIGN_IN_FIRST = "You are not signed in, or were signed out; please sign in."
CLOSED = "This account is closed; ask the person who runs the course to open it again."


def sign_in(store: Store, email: str, password: str, address: str, *, passwords: Passwords = STANDARD) -> str:
    """Check a password and return a new sign-in token, valid for 30 days.

    Parameters
    ----------
    address : str
        Network address of the browser; many failures from one address slow it down.

    Raises
    ------
    InvalidEntryError
        The pair is not right; an unknown e-mail address takes as long and says the same.
    SlowDownError
        Too many failures; `seconds` says how long to wait.
    NotAllowedError
        The password is right, but the account is closed.
    """
    now = datetime.now(UTC)
    email_gate, address_gate = throttle.email_gate(email), throttle.address_gate(address)
    with store.begin() as conn:
        throttle.check(conn, address_gate, now)
        throttle.enter(conn, email_gate, now)
        account, stored = _known(conn, email)
    fits = passwords.matches(stored, password)
    if account is None or stored is None or not fits:
        with store.begin() as conn:
            throttle.note_failure(conn, address_gate, now)
        raise InvalidEntryError(WRONG)
    renewed = passwords.hash(password) if passwords.is_outdated(stored) else None
    with store.begin() as conn:
        signins.clear_failures(conn, email_gate.key)
        signins.remove_expired_sign_ins(conn, now)
        if accounts.update_account(conn, account.account_id, password_hash=renewed).is_disabled:
            raise NotAllowedError(CLOSED)
        return open_sign_in(conn, account.account_id)


def sign_out(store: Store, token: str) -> None:
    """Sign one browser out; nothing happens where it is not signed in."""
    with store.begin() as conn:
        signins.remove_sign_in(conn, token_hash(token))


def signed_in(store: Store, token: str) -> SignedIn:
    """Return who is signed in with a token.

    Raises
    ------
    NotSignedInError
        The token is unknown or expired, or the account was closed.
    """
    with store.read() as conn:
        return find_signed_in(conn, token)


def find_signed_in(conn: Connection, token: str) -> SignedIn:
    """Return who is signed in with a token, or raise NotSignedInError; see `signed_in`."""
    try:
        entry = signins.find_sign_in(conn, token_hash(token))
    except MissingEntryError as exc:
        raise NotSignedInError(SIGN_IN_FIRST) from exc
    if entry.expires_at <= datetime.now(UTC):
        raise NotSignedInError("You were signed in for 30 days; please sign in again.")
    owner = accounts.find_account(conn, entry.account_id)
    account = owner if entry.acting_as is None else accounts.find_account(conn, entry.acting_as)
    # A practice account that signed in by itself ends with the account it belongs to.
    person = owner if owner.practice_of is None else accounts.find_account(conn, owner.practice_of)
    if person.is_disabled or account.is_disabled:
        raise NotSignedInError(CLOSED)
    return SignedIn(account=account, owner=owner)


def _known(conn: Connection, email: str) -> tuple[Account | None, str | None]:
    try:
        account = accounts.find_account_by_email(conn, email.strip() if email.isprintable() else "")
    except MissingEntryError:
        return None, None
    return account, accounts.password_hash(conn, account.account_id)
