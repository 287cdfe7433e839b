from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from homevisit.errors import ConflictError, MissingEntryError
from homevisit.store import accounts, drafts
from homevisit.store.values import Draft
from tests.store.together import at_once

LESSON = "04-roles-for-parents"
NEWER = "This text was changed in another window or on another device; choose which of the two to keep."


def save(store, account, text, base, question_id="omar-observe"):
    with store.begin() as conn:
        return drafts.save_draft(conn, account.account_id, LESSON, question_id, {"text": text}, base)


def find(store, account, question_id="omar-observe"):
    with store.read() as conn:
        return drafts.find_draft(conn, account.account_id, LESSON, question_id)


def test_draft_grows_by_one_version_with_each_save(store, ann):
    assert find(store, ann) is None
    first = save(store, ann, "He stacks", 0)
    second = save(store, ann, "He stacks blocks", first.version)
    assert (first.version, second.version) == (1, 2)
    assert second == Draft("omar-observe", {"text": "He stacks blocks"}, 2, second.saved_at)
    assert find(store, ann) == second
    assert second.saved_at.tzinfo is UTC
    assert abs(datetime.now(UTC) - second.saved_at) < timedelta(minutes=1)


@pytest.mark.parametrize("base", [0, 1, 3])
def test_draft_with_stale_base_is_refused_and_the_servers_text_stays(store, ann, base):
    save(store, ann, "from the phone", 0)
    newest = save(store, ann, "from the laptop", 1)
    with pytest.raises(ConflictError) as caught:
        save(store, ann, "from a window that slept", base)
    assert caught.value.message == NEWER
    assert find(store, ann) == newest


def test_draft_of_the_server_can_be_read_in_the_transaction_of_the_conflict(store, ann):
    newest = save(store, ann, "on the server", 0)
    with store.begin() as conn:
        place = (ann.account_id, LESSON, "omar-observe")
        with pytest.raises(ConflictError):
            drafts.save_draft(conn, *place, {"text": "late"}, 0)
        assert drafts.find_draft(conn, *place) == newest


def test_draft_of_an_earlier_version_is_refused_where_there_is_none(store, ann):
    with pytest.raises(ConflictError):
        save(store, ann, "from nowhere", 4)
    assert find(store, ann) is None


def test_draft_removed_is_gone_and_an_old_window_cannot_bring_it_back(store, ann):
    save(store, ann, "old", 0)
    with store.begin() as conn:
        drafts.remove_draft(conn, ann.account_id, LESSON, "omar-observe")
    assert find(store, ann) is None
    with pytest.raises(ConflictError):
        save(store, ann, "old again", 1)
    new = save(store, ann, "new", 0)
    assert new.version > 1
    with pytest.raises(ConflictError):
        save(store, ann, "old again", 1)
    assert find(store, ann) == new


def test_drafts_of_a_lesson_are_listed_for_one_account_only(store, ann, bo):
    second = save(store, ann, "second", 0, "nathalie-reflect")
    first = save(store, ann, "first", 0, "home-choose")
    save(store, bo, "of another", 0)
    with store.begin() as conn:
        drafts.save_draft(conn, ann.account_id, "05-social-connections", "home-choose", {"text": "else"}, 0)
    with store.read() as conn:
        assert drafts.drafts(conn, ann.account_id, LESSON) == [first, second]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ça va? 你好 👶🏽",
        "line\nline\r\n\ttab",
        "nul \x00 inside",
        "'; DROP TABLE drafts; --",
        "\ud83d half",
    ],
)
def test_draft_keeps_every_character(store, ann, text):
    save(store, ann, text, 0)
    assert find(store, ann).response == {"text": text}


def test_draft_of_an_unknown_account_is_missing(store):
    with pytest.raises(MissingEntryError) as caught, store.begin() as conn:
        drafts.save_draft(conn, "a-nobody", LESSON, "omar-observe", {"text": "?"}, 0)
    assert caught.value.message == (
        "The account or entry that this belongs to no longer exists; sign in again."
    )


def test_draft_with_characters_of_no_id_is_refused_or_not_found(store, ann):
    with pytest.raises(Exception) as caught, store.begin() as conn:  # noqa: PT011  see the next line
        drafts.save_draft(conn, ann.account_id, LESSON, "half \ud83d", {"text": "?"}, 0)
    assert caught.value.message == (
        "This text holds characters or numbers that cannot be stored; take them out and try again."
    )


@pytest.mark.parametrize("base", [0, 1])
def test_draft_saved_in_many_windows_at_once_is_kept_from_one(store, ann, base):
    for version in range(base):
        save(store, ann, "before", version)
    results = at_once(6, lambda number: save(store, ann, f"window {number}", base))
    saved = [result for result in results if isinstance(result, Draft)]
    assert len(saved) == 1
    assert [result.message for result in results if result is not saved[0]] == [NEWER] * 5
    assert find(store, ann) == saved[0]


def test_drafts_go_with_their_account(store, ann):
    save(store, ann, "mine", 0)
    with store.begin() as conn:
        conn.exec_driver_sql("DELETE FROM accounts")
        assert accounts.accounts(conn) == []
        assert drafts.drafts(conn, ann.account_id, LESSON) == []
