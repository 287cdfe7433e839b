from __future__ import annotations

import pytest

from homevisit.store import accounts


@pytest.fixture
def ann(store):
    with store.begin() as conn:
        return accounts.add_account(conn, email="ann@example.org", name="Ann", role="learner")


@pytest.fixture
def bo(store):
    with store.begin() as conn:
        return accounts.add_account(conn, email="bo@example.org", name="Bo", role="learner")
