from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from homevisit.errors import ConflictError, MissingEntryError
from homevisit.store import papers
from homevisit.store.values import Paper, PaperHead
from tests.store.together import at_once

NEWER = "This was changed in another window or on another device; choose which of the two to keep."
GONE = (
    "There is no such paper among your tools; it may have been deleted. Go to “Tools” and choose one there."
)


def add(store, account, title="Map", content=None):
    with store.begin() as conn:
        return papers.add_paper(
            conn, account_id=account.account_id, kind="ecomap", title=title, content=content or {"people": []}
        )


def save(store, account, paper, text, base):
    with store.begin() as conn:
        return papers.save_paper(conn, account.account_id, paper.paper_id, text, {"text": text}, base)


def find(store, account, paper):
    with store.read() as conn:
        return papers.find_paper(conn, account.account_id, paper.paper_id)


def own(store, account):
    with store.read() as conn:
        return papers.papers(conn, account.account_id)


def test_paper_grows_by_one_version_with_each_save(store, ann):
    first = add(store, ann)
    assert (first.version, first.kind, first.paper_id[:2]) == (1, "ecomap", "p-")
    assert abs(datetime.now(UTC) - first.created_at) < timedelta(minutes=1)
    second = save(store, ann, first, "Tuesday ☀ الجدة", 1)
    assert (second.version, second.title, second.created_at) == (2, "Tuesday ☀ الجدة", first.created_at)
    assert find(store, ann, first) == second
    assert second.updated_at >= first.updated_at


@pytest.mark.parametrize("base", [0, 1, 3])
def test_paper_with_stale_base_is_refused_and_the_stored_one_stays(store, ann, base):
    newest = save(store, ann, add(store, ann), "from the laptop", 1)
    with pytest.raises(ConflictError) as caught:
        save(store, ann, newest, "from a window that slept", base)
    assert caught.value.message == NEWER
    assert find(store, ann, newest) == newest


def test_paper_saved_in_many_windows_at_once_is_kept_from_one(store, ann):
    paper = add(store, ann)
    results = at_once(6, lambda number: save(store, ann, paper, f"window {number}", 1))
    saved = [result for result in results if isinstance(result, Paper)]
    assert len(saved) == 1
    assert [result.message for result in results if result is not saved[0]] == [NEWER] * 5


def test_papers_are_listed_for_their_owner_only_the_last_changed_first(store, ann, bo):
    first, second = add(store, ann, "first"), add(store, ann, "second")
    add(store, bo, "of another")
    save(store, ann, first, "first again", 1)
    listed = own(store, ann)
    assert [head.title for head in listed] == ["first again", "second"]
    assert listed[1] == PaperHead(
        second.paper_id, ann.account_id, "ecomap", "second", 1, second.created_at, second.updated_at
    )
    with store.read() as conn:
        assert papers.count_papers(conn, ann.account_id) == 2


def test_nobody_finds_saves_or_deletes_another_persons_paper(store, ann, bo):
    paper = add(store, ann)
    for attempt in (lambda: find(store, bo, paper), lambda: save(store, bo, paper, "mine now", 1)):
        with pytest.raises(MissingEntryError) as caught:
            attempt()
        assert caught.value.message == GONE
    with pytest.raises(MissingEntryError), store.begin() as conn:
        papers.remove_paper(conn, bo.account_id, paper.paper_id)
    assert find(store, ann, paper) == paper


def test_paper_deleted_is_gone_for_good(store, ann):
    paper = add(store, ann)
    with store.begin() as conn:
        papers.remove_paper(conn, ann.account_id, paper.paper_id)
    for attempt in (lambda: find(store, ann, paper), lambda: save(store, ann, paper, "again", 1)):
        with pytest.raises(MissingEntryError):
            attempt()
    assert own(store, ann) == []


def test_papers_go_with_their_account(store, ann):
    add(store, ann)
    with store.begin() as conn:
        conn.exec_driver_sql("DELETE FROM accounts")
    assert own(store, ann) == []
