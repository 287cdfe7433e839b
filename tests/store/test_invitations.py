from __future__ import annotations

from datetime import UTC, datetime

import pytest

from homevisit.errors import ConflictError, MissingEntryError
from homevisit.store import invitations
from homevisit.store.values import Invitation
from tests.store.together import at_once

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
UNKNOWN = (
    "This invitation link is not known here, perhaps because a newer one was made; "
    "open the newest link, or ask for another."
)
USED = "This invitation link was used already; sign in with your password, or ask for a new link."


def test_invitation_is_found_and_used_once(store, ann):
    with store.begin() as conn:
        invitations.add_invitation(conn, ann.account_id, "hash", NOON)
        assert invitations.find_invitation(conn, "hash") == Invitation(ann.account_id, NOON, None)
        invitations.use_invitation(conn, "hash", NOON)
        assert invitations.find_invitation(conn, "hash") == Invitation(ann.account_id, NOON, NOON)
        with pytest.raises(ConflictError) as caught:
            invitations.use_invitation(conn, "hash", NOON)
    assert caught.value.message == USED


def test_invitation_that_is_unknown_is_missing(store):
    with store.begin() as conn:
        with pytest.raises(MissingEntryError) as found:
            invitations.find_invitation(conn, "hash")
        with pytest.raises(MissingEntryError) as used:
            invitations.use_invitation(conn, "hash", NOON)
    assert (found.value.message, used.value.message) == (UNKNOWN, UNKNOWN)


def test_invitations_unused_are_taken_back_and_used_ones_stay(store, ann, bo):
    with store.begin() as conn:
        for token_hash, account in (("used", ann), ("unused", ann), ("other", bo)):
            invitations.add_invitation(conn, account.account_id, token_hash, NOON)
        invitations.use_invitation(conn, "used", NOON)
        invitations.remove_unused_invitations(conn, ann.account_id)
        assert invitations.find_invitation(conn, "used").used_at == NOON
        assert invitations.find_invitation(conn, "other").used_at is None
        with pytest.raises(MissingEntryError):
            invitations.find_invitation(conn, "unused")


def test_invitation_opened_twice_at_once_is_used_by_one(store, ann):
    with store.begin() as conn:
        invitations.add_invitation(conn, ann.account_id, "hash", NOON)

    def use(_number):
        with store.begin() as conn:
            invitations.use_invitation(conn, "hash", NOON)

    results = at_once(5, use)
    assert results.count(None) == 1
    assert [result.message for result in results if result is not None] == [USED] * 4
