"""Invitations: links that let one account choose its password, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from homevisit.errors import ConflictError, MissingEntryError
from homevisit.store import tables
from homevisit.store.values import Invitation

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

table = tables.invitations
UNKNOWN = (
    "This invitation link is not known here, perhaps because a newer one was made; "
    "open the newest link, or ask for another."
)
USED = "This invitation link was used already; sign in with your password, or ask for a new link."


def add_invitation(conn: Connection, account_id: str, token_hash: str, expires_at: datetime) -> None:
    """Keep a new invitation under the hash of its token."""
    conn.execute(insert(table).values(account_id=account_id, token_hash=token_hash, expires_at=expires_at))


def find_invitation(conn: Connection, token_hash: str) -> Invitation:
    """Return an invitation, used or not, or raise MissingEntryError."""
    query = select(table.c.account_id, table.c.expires_at, table.c.used_at)
    row = conn.execute(query.where(table.c.token_hash == token_hash)).mappings().one_or_none()
    if row is None:
        raise MissingEntryError(UNKNOWN)
    return Invitation(**row)


def use_invitation(conn: Connection, token_hash: str, at: datetime) -> None:
    """Mark an invitation as used; of two who try, one gets a ConflictError.

    Raises
    ------
    MissingEntryError
        There is no such invitation.
    ConflictError
        It was used already.
    """
    unused = (table.c.token_hash == token_hash) & table.c.used_at.is_(None)
    if conn.execute(update(table).where(unused).values(used_at=at)).rowcount == 0:
        find_invitation(conn, token_hash)
        raise ConflictError(USED)


def works_until(conn: Connection, account_id: str, now: datetime) -> datetime | None:
    """Return until when an account has a link that works, or None."""
    query = select(table.c.expires_at).where(
        table.c.account_id == account_id, table.c.used_at.is_(None), table.c.expires_at > now
    )
    return conn.execute(query.order_by(table.c.expires_at.desc()).limit(1)).scalar_one_or_none()


def remove_unused_invitations(conn: Connection, account_id: str) -> None:
    """Take back the links of an account that nobody has opened."""
    conn.execute(delete(table).where(table.c.account_id == account_id, table.c.used_at.is_(None)))
