"""The register of accounts: list, find, close and open them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from homevisit.errors import ConflictError
from homevisit.store import accounts, invitations, signins

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from homevisit.store.engine import Store
    from homevisit.store.values import Account

State = Literal["invited", "active", "closed"]
LAST = "{name} is the only administrator; make somebody else an administrator first."


def list_accounts(store: Store) -> list[Account]:
    """Return all accounts by e-mail address, without practice accounts."""
    with store.read() as conn:
        return people(conn)


def people(conn: Connection) -> list[Account]:
    """Return all accounts but practice accounts, within a transaction."""
    return [account for account in accounts.accounts(conn) if not account.is_practice]


def state_of(account: Account) -> State:
    """Say whether somebody can sign in, has still to choose a password, or may not come in."""
    if account.is_disabled:
        return "closed"
    return "active" if account.has_password else "invited"


def find_account_by_email(store: Store, email: str) -> Account:
    """Return the account of an e-mail address, or raise MissingEntryError."""
    with store.read() as conn:
        return accounts.find_account_by_email(conn, email.strip())


def set_disabled(store: Store, account_id: str, *, is_disabled: bool) -> Account:
    """Close an account, signing it out everywhere and taking back its invitation, or open it again.

    Raises
    ------
    ConflictError
        Without this account nobody could manage the others.
    """
    with store.begin() as conn:
        account = accounts.find_account(conn, account_id)
        if is_disabled:
            if is_last_administrator(conn, account):
                raise ConflictError(LAST.format(name=account.name))
            practice = accounts.find_practice_account(conn, account_id)
            for closed in (account, *([practice] if practice else [])):
                signins.remove_sign_ins(conn, closed.account_id)
            invitations.remove_unused_invitations(conn, account_id)
        return accounts.update_account(conn, account_id, is_disabled=is_disabled)


def manages(account: Account) -> bool:
    """Whether an account can manage the others."""
    return account.role == "administrator" and not account.is_disabled


def is_last_administrator(conn: Connection, account: Account) -> bool:
    """Whether nobody could manage the accounts without this one."""
    others = (other for other in accounts.accounts(conn) if other.account_id != account.account_id)
    return manages(account) and not any(manages(other) for other in others)
