"""The comment bank: words that trainers use again, their own and shared ones."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from homevisit.errors import InvalidEntryError
from homevisit.services.desk.marking import said
from homevisit.services.desk.queueing import need_reader
from homevisit.store import desk_notes

if TYPE_CHECKING:
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_desk import BankComment

MOST_COMMENTS = 500


def comments(store: Store, viewer: Account) -> list[BankComment]:
    """Return a trainer's own comments and the shared ones, the most used first."""
    need_reader(viewer)
    with store.read() as conn:
        return desk_notes.comments(conn, viewer.account_id)


def keep(store: Store, viewer: Account, text: str, *, is_shared: bool) -> BankComment:
    """Keep a comment; words that are there already are not kept twice.

    Raises
    ------
    InvalidEntryError
        There are no words, too many, or no more room.
    """
    need_reader(viewer)
    words = _words(text)
    with store.begin() as conn:
        there = desk_notes.comments(conn, viewer.account_id)
        for comment in there:
            if comment.text == words and comment.is_shared == is_shared:
                return comment
        if sum(comment.owner_id == viewer.account_id for comment in there) >= MOST_COMMENTS:
            raise InvalidEntryError(f"You keep {MOST_COMMENTS} comments. Remove one that you no longer use.")
        return desk_notes.add_comment(conn, viewer.account_id, words, is_shared=is_shared)


def change(store: Store, viewer: Account, comment_id: str, text: str, *, is_shared: bool) -> None:
    """Change one's own comment; MissingEntryError when it is another's or gone."""
    need_reader(viewer)
    with store.begin() as conn:
        values = {"text": _words(text), "is_shared": is_shared}
        desk_notes.change_comment(conn, viewer.account_id, comment_id, values)


def remove(store: Store, viewer: Account, comment_id: str) -> None:
    """Remove one's own comment from the bank; readings that hold its words keep them."""
    need_reader(viewer)
    with store.begin() as conn:
        desk_notes.change_comment(conn, viewer.account_id, comment_id, {"removed_at": datetime.now(UTC)})


def use(store: Store, viewer: Account, comment_id: str) -> None:
    """Count that a comment was put into a reading."""
    need_reader(viewer)
    with store.begin() as conn:
        desk_notes.count_use(conn, comment_id)


def _words(text: str) -> str:
    words = said(text)
    if not words:
        raise InvalidEntryError("Write the comment first, then keep it.")
    return words
