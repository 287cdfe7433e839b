"""Sign-ins of browsers, and the failed tries that slow a guesser down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from homevisit.errors import MissingEntryError
from homevisit.store import tables
from homevisit.store.values import SignIn

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

table = tables.sign_ins
failures = tables.sign_in_failures


def add_sign_in(
    conn: Connection, token_hash: str, account_id: str, expires_at: datetime, acting_as: str | None = None
) -> None:
    """Keep a sign-in under the hash of its token."""
    conn.execute(
        insert(table).values(
            token_hash=token_hash, account_id=account_id, expires_at=expires_at, acting_as=acting_as
        )
    )


def find_sign_in(conn: Connection, token_hash: str) -> SignIn:
    """Return a sign-in, expired or not, or raise MissingEntryError."""
    query = select(table.c.account_id, table.c.expires_at, table.c.acting_as)
    row = conn.execute(query.where(table.c.token_hash == token_hash)).mappings().one_or_none()
    if row is None:
        raise MissingEntryError("This browser is not signed in; please sign in.")
    return SignIn(**row)


def set_acting_as(conn: Connection, token_hash: str, acting_as: str | None) -> None:
    """Let a sign-in act as a practice account, or (None) as itself again."""
    conn.execute(update(table).where(table.c.token_hash == token_hash).values(acting_as=acting_as))


def remove_sign_in(conn: Connection, token_hash: str) -> None:
    """Sign one browser out; nothing happens where it is not signed in."""
    conn.execute(delete(table).where(table.c.token_hash == token_hash))


def remove_sign_ins(conn: Connection, account_id: str, *, keep: str | None = None) -> None:
    """Sign an account out of all browsers, except the one with the token hash `keep`."""
    unwanted = table.c.account_id == account_id
    if keep is not None:
        unwanted &= table.c.token_hash != keep
    conn.execute(delete(table).where(unwanted))


def remove_expired_sign_ins(conn: Connection, at: datetime) -> None:
    """Forget sign-ins that ended before `at`."""
    conn.execute(delete(table).where(table.c.expires_at <= at))


def hold_failures(conn: Connection, key: str) -> None:
    """Let others who count failures for a key wait until this transaction ends."""
    # SQLite needs no such lock: its writers come one after the other.
    if conn.dialect.name == "postgresql":
        conn.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))


def add_failure(conn: Connection, key: str, at: datetime) -> None:
    """Note a failed try for a key, for example the hash of an e-mail address."""
    conn.execute(insert(failures).values(key=key, failed_at=at))


def failures_since(conn: Connection, key: str, at: datetime) -> list[datetime]:
    """Return the times of the failed tries for a key since `at`, oldest first."""
    query = select(failures.c.failed_at).where(failures.c.key == key, failures.c.failed_at >= at)
    return list(conn.execute(query.order_by(failures.c.failed_at)).scalars())


def clear_failures(conn: Connection, key: str) -> None:
    """Forget the failed tries for a key."""
    conn.execute(delete(failures).where(failures.c.key == key))


def remove_failures_before(conn: Connection, at: datetime) -> None:
    """Forget all failed tries older than `at`."""
    conn.execute(delete(failures).where(failures.c.failed_at < at))
