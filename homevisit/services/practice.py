"""Practice: whoever teaches tries the lessons as a learner, apart from all reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.errors import MissingEntryError, NotAllowedError
from homevisit.services.accounts import SignedIn, open_invited
from homevisit.services.signin import find_signed_in
from homevisit.services.tokens import open_sign_in, token_hash
from homevisit.store import accounts, signins

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from homevisit.store.engine import Store
    from homevisit.store.values import Account

AUTHOR = "author@localhost"


def author_at_practice(store: Store) -> SignedIn:
    """Return the author of a JupyterLab of their own, with the practice account to try lessons in."""
    with store.begin() as conn:
        try:
            owner = accounts.find_account_by_email(conn, AUTHOR)
        except MissingEntryError:
            owner = accounts.add_account(conn, email=AUTHOR, name="Author", role="trainer")
        return SignedIn(account=_practice_account(conn, owner), owner=owner)


def start_practice(store: Store, token: str) -> Account:
    """Let a sign-in act as its owner's practice account, which is made the first time.

    Raises
    ------
    NotSignedInError
        The sign-in token does not work.
    NotAllowedError
        The owner is a learner, whose own lessons are there already.
    """
    with store.begin() as conn:
        owner = find_signed_in(conn, token).owner
        if owner.is_practice:
            return owner
        practice = _practice_account(conn, owner)
        signins.set_acting_as(conn, token_hash(token), practice.account_id)
        return practice


def stop_practice(store: Store, token: str) -> None:
    """Let a sign-in act as its owner again; one that came by an invitation ends.

    Raises
    ------
    NotSignedInError
        The sign-in token does not work.
    """
    with store.begin() as conn:
        if find_signed_in(conn, token).owner.is_practice:
            signins.remove_sign_in(conn, token_hash(token))
        else:
            signins.set_acting_as(conn, token_hash(token), None)


def start_practice_by_invitation(store: Store, invitation_token: str) -> str:
    """Return a sign-in token for the practice account of an invited person; the invitation stays unused.

    The sign-in belongs to the practice account alone: it never has the rights of its owner.

    Raises
    ------
    MissingEntryError, ConflictError
        The invitation does not work.
    NotAllowedError
        The invited person is a learner.
    """
    with store.begin() as conn:
        practice = _practice_account(conn, open_invited(conn, invitation_token))
        return open_sign_in(conn, practice.account_id)


def _practice_account(conn: Connection, owner: Account) -> Account:
    if owner.role == "learner":
        raise NotAllowedError("Practice is for those who teach; your own lessons are open to you already.")
    found = accounts.find_practice_account(conn, owner.account_id)
    if found is not None:
        return found
    return accounts.add_account(
        conn,
        email=f"practice+{owner.account_id}@invalid",
        name=f"{owner.name} (practice)",
        role="learner",
        practice_of=owner.account_id,
    )
