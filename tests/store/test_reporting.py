"""What reports read, from both databases: learners only, the last mark of a point, finished readings."""

from __future__ import annotations

from uuid import uuid4

import pytest

from homevisit.store import accounts, attempts, decisions, desk_items, readings, reporting

LESSON = "04-roles"


def add(conn, name, **more):
    given = {"role": "learner", "team": "", **more}
    return accounts.add_account(conn, email=f"{name}@example.org", name=name, **given)


def attempt(conn, account, question, number, raw):
    return attempts.add_attempt(
        conn,
        account_id=account.account_id,
        lesson_id=LESSON,
        question_id=question,
        number=number,
        token=uuid4().hex,
        response={},
        raw=raw,
        max=4.0,
        feedback={},
    )


def test_attempts_of_learners_alone_are_counted(store):
    with store.begin() as conn:
        lena, tara = add(conn, "lena"), add(conn, "tara", role="trainer")
        practice = add(conn, "practice", practice_of=tara.account_id)
        own = [attempt(conn, lena, "one", 1, 1.0), attempt(conn, lena, "one", 2, 4.0)]
        own.append(attempt(conn, lena, "two", 1, None))
        for other in (tara, practice):
            attempt(conn, other, "one", 1, 4.0)
    with store.read() as conn:
        assert reporting.lesson_attempts(conn, LESSON) == own
        assert reporting.lesson_attempts(conn, "another") == []
        assert reporting.first_tries(conn) == {LESSON: (1, pytest.approx(0.25))}


def test_last_marks_and_finished_readings_come_with_their_texts(store):
    with store.begin() as conn:
        lena, tara = add(conn, "lena"), add(conn, "tara", role="trainer")
        given = attempt(conn, lena, "two", 1, None)
        for decided in ("covered", "none"):
            decisions.add_decision(
                conn,
                attempt_id=given.attempt_id,
                point_id="waits",
                share=0.4,
                band="again",
                decided=decided,
                decided_by=tara.account_id,
            )
        item = desk_items.add_item(
            conn,
            attempt_id=given.attempt_id,
            account_id=lena.account_id,
            lesson_id=LESSON,
            question_id="two",
            language="en",
            needs_second=False,
            allocated_to=None,
        )
        draft = readings.add_reading(conn, item.item_id, "first", tara.account_id)
        assert reporting.lesson_readings(conn, LESSON) == []
        done = readings.change_reading(conn, draft.reading_id, 1, {"state": "done", "outcome": "accepted"})
    with store.read() as conn:
        assert reporting.lesson_marks(conn, LESSON) == {given.attempt_id: {"waits": "none"}}
        assert reporting.lesson_readings(conn, LESSON) == [(item, (done,))]
