"""Secrets of links and cookies: made here, and stored as a hash only."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from homevisit.store import invitations, signins

if TYPE_CHECKING:
    from sqlalchemy import Connection

INVITATION_LASTS = timedelta(days=14)
SIGN_IN_LASTS = timedelta(days=30)


def token_hash(token: str) -> str:
    """Return what the store keeps of a secret; it does not lead back to it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def open_sign_in(conn: Connection, account_id: str) -> str:
    """Sign an account in for 30 days and return the token for its browser."""
    token = secrets.token_urlsafe(32)
    signins.add_sign_in(conn, token_hash(token), account_id, datetime.now(UTC) + SIGN_IN_LASTS)
    return token


def open_invitation(conn: Connection, account_id: str) -> str:
    """Make an invitation for 14 days in place of an earlier unused one, and return its token."""
    token = secrets.token_urlsafe(32)
    invitations.remove_unused_invitations(conn, account_id)
    invitations.add_invitation(conn, account_id, token_hash(token), datetime.now(UTC) + INVITATION_LASTS)
    return token
