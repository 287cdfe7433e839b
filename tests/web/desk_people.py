"""What tests of the desk share: trainers who may grade at once."""

from __future__ import annotations

from datetime import UTC, datetime

from homevisit.store import anchors


def grade_without_anchors(server):
    """Let new trainers grade without reading the anchor texts first."""
    store = server.store()
    with store.begin() as conn:
        anchors.choose(conn, "anchors first", "", datetime.now(UTC), is_on=False)
    store.close()
