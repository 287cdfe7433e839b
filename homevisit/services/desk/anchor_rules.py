"""Who has to read the anchors first: the switch of the desk, and trainers whom an administrator excuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from homevisit.errors import InvalidEntryError, NotAllowedError
from homevisit.services.desk.anchors import all_texts
from homevisit.services.desk.queueing import need_reader
from homevisit.store import accounts as account_store
from homevisit.store import anchors as anchor_store
from homevisit.store import desk_notes

if TYPE_CHECKING:
    from homevisit.course.catalogue import Catalogue
    from homevisit.store.engine import Store
    from homevisit.store.values import Account


@dataclass(frozen=True, slots=True)
class TrainerStanding:
    """How far a trainer is with the anchors; who has graded before is never held up."""

    account_id: str
    name: str
    read: int
    total: int
    has_graded: bool
    is_excused: bool


def is_asked(store: Store, catalogue: Catalogue) -> bool | None:
    """Return whether new trainers read the anchors first; None where the course has none."""
    with store.read() as conn:
        if not all_texts(conn, catalogue):
            return None
        return anchor_store.choices(conn, "anchors first").get("", True)


def ask(store: Store, viewer: Account, *, is_on: bool) -> None:
    """Store whether new trainers read the anchors first."""
    need_reader(viewer)
    with store.begin() as conn:
        before = anchor_store.choices(conn, "anchors first").get("", True)
        anchor_store.choose(conn, "anchors first", "", datetime.now(UTC), is_on=is_on)
        desk_notes.add_record(
            conn,
            actor_id=viewer.account_id,
            actor_name=viewer.name,
            action="settings",
            before={"anchors first": before},
            after={"anchors first": is_on},
        )


def trainers(store: Store, catalogue: Catalogue, viewer: Account) -> tuple[TrainerStanding, ...]:
    """Return how far each trainer is, by name; for administrators, nothing for others."""
    if viewer.role != "administrator":
        return ()
    with store.read() as conn:
        ids = {text.anchor_id for text in all_texts(conn, catalogue)}
        read = anchor_store.anchors_read(conn)
        graders, excused = anchor_store.graders(conn), anchor_store.excused(conn)
        people = [
            account
            for account in account_store.accounts(conn)
            if account.role == "trainer" and not account.is_disabled and not account.is_practice
        ]
    return tuple(
        TrainerStanding(
            account_id=account.account_id,
            name=account.name,
            read=len(ids & read.get(account.account_id, set())),
            total=len(ids),
            has_graded=account.account_id in graders,
            is_excused=account.account_id in excused,
        )
        for account in sorted(people, key=lambda account: account.name.casefold())
    )


def excuse(store: Store, viewer: Account, trainer_id: str, *, is_excused: bool) -> None:
    """Let a trainer grade without reading the anchors, or no longer; this is for administrators."""
    if viewer.role != "administrator":
        raise NotAllowedError("An administrator can excuse a trainer from the anchor texts.")
    with store.begin() as conn:
        trainer = account_store.find_account(conn, trainer_id)
        if trainer.role != "trainer":
            raise InvalidEntryError("Only a trainer can be excused. Load the page again.")
        anchor_store.set_excused(
            conn, trainer_id, viewer.account_id, datetime.now(UTC), is_excused=is_excused
        )
        desk_notes.add_record(
            conn,
            actor_id=viewer.account_id,
            actor_name=viewer.name,
            action="excused" if is_excused else "no longer excused",
            after={"trainer": trainer.name},
        )
