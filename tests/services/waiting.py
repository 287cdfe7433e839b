"""Many texts that wait at the desk, made without scoring them; and counting the queries of a call."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import event

from homevisit.store import accounts as account_store
from homevisit.store import attempts as attempt_store
from homevisit.store import desk_items
from tests.web.course_server import LESSON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from homevisit.store.engine import Store

QUESTIONS = ("omar-next-step", "culture-reflection")
TEXT = "I would ask the mother who taught him to build so well, and then wait for her. " * 12
NOT_QUERIES = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SET")


def add_waiting(store: Store, count: int) -> None:
    """Let `count` texts wait: two of each learner, in ten teams, one after the other."""
    began = datetime.now(UTC) - timedelta(days=30)
    with store.begin() as conn:
        for number in range(count):
            if number % len(QUESTIONS) == 0:
                email = f"waiting.{uuid4().hex[:12]}@example.org"
                team = f"Team {number // len(QUESTIONS) % 10}"
                learner = account_store.add_account(
                    conn, email=email, name=f"Waiting {number}", role="learner", team=team
                )
            question_id = QUESTIONS[number % len(QUESTIONS)]
            attempt = attempt_store.add_attempt(
                conn,
                account_id=learner.account_id,
                lesson_id=LESSON,
                question_id=question_id,
                number=1,
                token=uuid4().hex,
                response={"text": TEXT},
                raw=None,
                max=6.0,
                feedback={"type": "reflect", "summary": "", "points": [], "note": "", "waiting": True},
            )
            desk_items.add_item(
                conn,
                attempt_id=attempt.attempt_id,
                account_id=learner.account_id,
                lesson_id=LESSON,
                question_id=question_id,
                language="en",
                needs_second=False,
                allocated_to=None,
                queued_at=began + timedelta(minutes=number),
            )


@contextmanager
def queries(store: Store) -> Iterator[list[str]]:
    """Collect the queries that the store sends while this lasts."""
    sent: list[str] = []

    def keep(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        if not statement.upper().startswith(NOT_QUERIES):
            sent.append(statement)

    event.listen(store._engine, "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(store._engine, "before_cursor_execute", keep)
