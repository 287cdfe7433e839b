"""The question that comes back on the home page."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from homevisit.store.tables import attempts
from tests.web.course_server import LESSON

pytestmark = pytest.mark.shared_server


def test_commitment_comes_back_on_the_home_page_and_is_told_about(server):
    person = server.person("Paula Promise")
    client = person.client()
    client.post(
        f"course/api/lessons/{LESSON}/questions/try-one-thing/attempts",
        json={
            "response": {"plan": "plan-a-role", "text": "<b>With</b> one family."},
            "number": 1,
            "token": "paula-token-1",
        },
    )
    assert "How did it go?" not in client.get("").text
    store = server.store()
    with store.begin() as conn:
        long_ago = datetime.now(UTC) - timedelta(days=15)
        mine = attempts.c.account_id == person.account_id
        conn.execute(update(attempts).where(mine).values(committed_at=long_ago))
    store.close()
    page = client.get("").text
    assert "How did it go?" in page
    assert "&lt;b&gt;With&lt;/b&gt; one family." in page
    attempt = re.search(r'name="attempt" value="([^"]+)"', page)[1]
    form = {"_xsrf": client.cookies["_xsrf"], "attempt": attempt}
    refused = client.post("", data=form | {"text": "My words stay."})
    assert refused.status_code == 422
    assert "Choose how it went, then send it again." in refused.text
    assert "My words stay." in refused.text
    assert client.post("", data=form | {"outcome": "done", "text": "It went well."}).status_code == 302
    assert "How did it go?" not in client.get("").text
    client.close()
