"""Removing a person: the account and all its texts go, in the store and in nbgrader's gradebook."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from homevisit.errors import ConflictError, InvalidEntryError
from homevisit.services.gradebook import Gradebook
from homevisit.services.locks import alone
from homevisit.services.register import LAST, is_last_administrator
from homevisit.store import accounts as account_store
from homevisit.store import attempts as attempt_store
from homevisit.store import desk_notes, groups_removing

if TYPE_CHECKING:
    from homevisit.config import Settings
    from homevisit.course.catalogue import Catalogue
    from homevisit.store.engine import Store
    from homevisit.store.values import Account

COMMAND = "homevisit accounts remove"


@dataclass(frozen=True, slots=True)
class Removed:
    """Who was removed, and how many of this person's responses went with the account."""

    account: Account
    responses: int


def remove_account(
    store: Store, settings: Settings, catalogue: Catalogue, account_id: str, *, typed: str
) -> Removed:
    """Remove an account for good, with its drafts, responses, papers and rows in nbgrader's gradebook.

    The record of the desk stays; it names a learner by a number and holds no text. What a trainer has given
    to others stays theirs, without the trainer's name; so does what a pair gave in a group session. Nothing
    is graded again that was being graded meanwhile.

    Parameters
    ----------
    typed : str
        The e-mail address of the account, typed once more by whoever removes it.

    Raises
    ------
    InvalidEntryError
        What was typed is another address; nothing is removed.
    ConflictError
        Without this account nobody could manage the others.
    MissingEntryError
        There is no such account.
    """
    with store.read() as conn:
        account = account_store.find_account(conn, account_id)
        practice = account_store.find_practice_account(conn, account_id)
        if is_last_administrator(conn, account):
            raise ConflictError(LAST.format(name=account.name))
    if typed.strip().casefold() != account.email.casefold():
        raise InvalidEntryError(f"That is not {account.email}; nothing was removed.")
    with ExitStack() as kept_out:
        _forget(kept_out, settings, catalogue, account)
        if practice is not None:
            _forget(kept_out, settings, catalogue, practice)
        with store.begin() as conn:
            responses = attempt_store.attempted(conn, account_id)
            groups_removing.remove_from_sessions(conn, account_id)
            account_store.remove_account(conn, account_id)
            desk_notes.add_record(
                conn,
                actor_id="",
                actor_name=COMMAND,
                action="account removed",
                learner_id=account_id,
                before={"role": account.role, "responses": responses},
            )
    return Removed(account, responses)


def _forget(kept_out: ExitStack, settings: Settings, catalogue: Catalogue, account: Account) -> None:
    """Remove a person from a gradebook, and keep grading programs out of the person's folders until all is done."""
    directory = settings.practice_gradebook_dir if account.is_practice else settings.gradebook_dir
    if not (directory / "gradebook.db").is_file():
        return
    gradebook = Gradebook(catalogue, directory)
    for info in catalogue.lessons():
        kept_out.enter_context(alone(gradebook.submitted_dir(account.account_id, info.lesson_id)))
    gradebook.forget(account.account_id)
