"""What a person with an account wrote in group sessions, to stand beside their own first response."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from homevisit.store import groups_responses

if TYPE_CHECKING:
    from datetime import datetime

    from homevisit.store.engine import Store
    from homevisit.store.values_groups import Round


@dataclass(frozen=True, slots=True)
class GroupResponse:
    """A response in a group session; it is no attempt and gives no points."""

    session_id: str
    title: str
    question_id: str
    round: Round
    text: str
    given_at: datetime


def own_group_responses(store: Store, account_id: str, lesson_id: str) -> tuple[GroupResponse, ...]:
    """Return what this account wrote in the group sessions of a lesson, oldest first."""
    with store.read() as conn:
        found = groups_responses.own_responses(conn, account_id, lesson_id)
    return tuple(
        GroupResponse(one.session_id, title, one.question_id, one.round, one.text, one.given_at)
        for one, title in found
    )


def by_question(store: Store, account_id: str, lesson_id: str) -> dict[str, tuple[GroupResponse, ...]]:
    """Return the same by question."""
    found: dict[str, tuple[GroupResponse, ...]] = {}
    for one in own_group_responses(store, account_id, lesson_id):
        found[one.question_id] = (*found.get(one.question_id, ()), one)
    return found
