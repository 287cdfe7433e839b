"""The desk asks its store the same number of questions, however many texts wait."""

from __future__ import annotations

import pytest

from homevisit.services.desk import queueing, viewing
from homevisit.store import accounts as account_store
from homevisit.store.engine import open_store
from homevisit.store.values_desk import QueueFilters
from tests.services.waiting import add_waiting, queries
from tests.web.responses import CATALOGUE


@pytest.fixture
def store(tmp_path):
    opened = open_store(f"sqlite:///{tmp_path / 'course.db'}")
    yield opened
    opened.close()


def counts(store, trainer):
    """Return how many queries the queue takes on each of its lists, and how many one text takes."""
    found = []
    for state in queueing.STATES:
        with queries(store) as sent:
            queueing.queue(store, CATALOGUE, trainer, QueueFilters(state=state))
        found.append(len(sent))
    first = queueing.queue(store, CATALOGUE, trainer, QueueFilters()).rows[0].entry.item
    with queries(store) as sent:
        viewing.open_item(store, CATALOGUE, trainer, first.item_id, QueueFilters())
    return [*found, len(sent)]


def test_queue_and_text_take_as_many_queries_with_200_waiting_as_with_20(store):
    with store.begin() as conn:
        trainer = account_store.add_account(conn, email="t@example.org", name="T", role="trainer", team="")
    add_waiting(store, 20)
    with_20 = counts(store, trainer)
    assert max(with_20[:-1]) <= 6
    add_waiting(store, 180)
    assert counts(store, trainer) == with_20
    page = queueing.queue(store, CATALOGUE, trainer, QueueFilters())
    assert (page.total, page.pages, len(page.rows)) == (200, 4, 50)
    assert page.counts["waiting"] == 200
    one_team = queueing.queue(store, CATALOGUE, trainer, QueueFilters(team="Team 3"))
    assert one_team.total == one_team.counts["waiting"] == 20
