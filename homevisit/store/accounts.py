"""Accounts: who may sign in, in which role and team."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from homevisit.errors import MissingEntryError
from homevisit.store import tables
from homevisit.store.failures import or_conflict
from homevisit.store.ids import new_id
from homevisit.store.values import Account, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Connection, Select

table = tables.accounts
EMAIL_TAKEN = "Another account has the e-mail address {email}; write a different one."
EMAIL_KNOWN = (
    "An account with the e-mail address {email} exists already; "
    "to change its name, role or team, import a roster with its new row."
)


def add_account(
    conn: Connection,
    *,
    email: str,
    name: str,
    role: Role,
    team: str = "",
    practice_of: str | None = None,
) -> Account:
    """Add an account without a password; the e-mail address is kept in lower case.

    Raises
    ------
    ConflictError
        The e-mail address is known already.
    """
    account_id = new_id("a-")
    row = {
        "account_id": account_id,
        "email": email.lower(),
        "name": name,
        "role": role,
        "team": team,
        "is_disabled": False,
        "practice_of": practice_of,
        "created_at": datetime.now(UTC),
    }
    with or_conflict(conn, EMAIL_KNOWN.format(email=email.lower())):
        conn.execute(insert(table).values(row))
    return find_account(conn, account_id)


def find_account(conn: Connection, account_id: str) -> Account:
    """Return an account, or raise MissingEntryError."""
    return _find(conn, table.c.account_id == account_id, "This account no longer exists.")


def find_account_by_email(conn: Connection, email: str) -> Account:
    """Return the account of an e-mail address in any case, or raise MissingEntryError."""
    sentence = f"There is no account with the e-mail address {email}; check the spelling, or add it first."
    return _find(conn, table.c.email == email.lower(), sentence)


def find_practice_account(conn: Connection, owner_id: str) -> Account | None:
    """Return the practice account of its owner, or None before the first practice."""
    row = conn.execute(_accounts().where(table.c.practice_of == owner_id)).mappings().one_or_none()
    return None if row is None else Account(**row)


def accounts(conn: Connection) -> list[Account]:
    """Return all accounts by e-mail address; practice accounts too, see `Account.is_practice`."""
    return [Account(**row) for row in conn.execute(_accounts().order_by(table.c.email)).mappings()]


def accounts_in(conn: Connection, roles: Iterable[Role]) -> list[Account]:
    """Return the accounts of some roles by name; practice accounts and closed ones too."""
    query = _accounts().where(table.c.role.in_(list(roles))).order_by(table.c.name, table.c.email)
    return [Account(**row) for row in conn.execute(query).mappings()]


def remove_account(conn: Connection, account_id: str) -> None:
    """Remove an account with all that names it as its owner; where it only stands beside a thing, that stays.

    Raises
    ------
    MissingEntryError
        There is no such account.
    """
    if conn.execute(delete(table).where(table.c.account_id == account_id)).rowcount == 0:
        raise MissingEntryError("This account no longer exists.")


def update_account(
    conn: Connection,
    account_id: str,
    *,
    email: str | None = None,
    name: str | None = None,
    role: Role | None = None,
    team: str | None = None,
    is_disabled: bool | None = None,
    password_hash: str | None = None,
) -> Account:
    """Change what is given and leave the rest; the e-mail address is kept in lower case.

    Raises
    ------
    MissingEntryError
        There is no such account.
    ConflictError
        Another account has the e-mail address.
    """
    given: dict[str, Any] = {
        "email": None if email is None else email.lower(),
        "name": name,
        "role": role,
        "team": team,
        "is_disabled": is_disabled,
        "password_hash": password_hash,
    }
    changes = {column: value for column, value in given.items() if value is not None}
    if changes:
        with or_conflict(conn, EMAIL_TAKEN.format(email=changes.get("email", ""))):
            conn.execute(update(table).where(table.c.account_id == account_id).values(changes))
    return find_account(conn, account_id)


def password_hash(conn: Connection, account_id: str) -> str | None:
    """Return the hash of the account's password; None before one was chosen, or for an unknown account."""
    return conn.execute(
        select(table.c.password_hash).where(table.c.account_id == account_id)
    ).scalar_one_or_none()


def _find(conn: Connection, condition: ColumnElement[bool], sentence: str) -> Account:
    row = conn.execute(_accounts().where(condition)).mappings().one_or_none()
    if row is None:
        raise MissingEntryError(sentence)
    return Account(**row)


def _accounts() -> Select[Any]:
    return select(
        table.c.account_id,
        table.c.email,
        table.c.name,
        table.c.role,
        table.c.team,
        table.c.is_disabled,
        table.c.password_hash.is_not(None).label("has_password"),
        table.c.practice_of,
        table.c.created_at,
    )
