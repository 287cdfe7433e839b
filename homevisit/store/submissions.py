"""Submissions: lessons handed in, and the queue of those to be graded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, insert, select, update

from homevisit.errors import MissingEntryError
from homevisit.store import tables, tables_desk
from homevisit.store.failures import or_conflict
from homevisit.store.ids import new_id
from homevisit.store.values import Submission, SubmissionState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection, RowMapping, Select

table = tables.submissions
items = tables_desk.desk_items
FIELDS = tuple(Submission.__dataclass_fields__)
CLAIM_LASTS = timedelta(minutes=5)
TAKEN = "This lesson was handed in elsewhere at the same moment; load the page again."
MISSING = "This submission is not stored; load the page again."


def add_submission(
    conn: Connection, account_id: str, lesson_id: str, token: str, attempt_ids: Iterable[str]
) -> Submission:
    """Queue a lesson for grading under the next number of its learner.

    Raises
    ------
    ConflictError
        The token is stored already, or another submission took the number; `conn` can still be used.
    """
    mine = (table.c.account_id == account_id) & (table.c.lesson_id == lesson_id)
    last = conn.execute(select(func.max(table.c.number)).where(mine)).scalar_one()
    submission_id = new_id("s-")
    row = {
        "submission_id": submission_id,
        "account_id": account_id,
        "lesson_id": lesson_id,
        "number": (last or 0) + 1,
        "token": token,
        "attempt_ids": list(attempt_ids),
        "state": "queued",
        "problem": "",
        "submitted_at": datetime.now(UTC),
    }
    with or_conflict(conn, TAKEN):
        conn.execute(insert(table).values(row))
    return find_submission(conn, submission_id)


def find_submission(conn: Connection, submission_id: str) -> Submission:
    """Return a submission, or raise MissingEntryError."""
    row = conn.execute(_submissions().where(table.c.submission_id == submission_id)).mappings().one_or_none()
    if row is None:
        raise MissingEntryError(MISSING)
    return _value(row)


def submissions(
    conn: Connection, account_id: str | None = None, lesson_id: str | None = None
) -> list[Submission]:
    """Return the submissions of an account, of a lesson or of both, oldest first."""
    query = _submissions()
    if account_id is not None:
        query = query.where(table.c.account_id == account_id)
    if lesson_id is not None:
        query = query.where(table.c.lesson_id == lesson_id)
    rows = conn.execute(query.order_by(table.c.submitted_at, table.c.submission_id)).mappings()
    return [_value(row) for row in rows]


def latest_submission(conn: Connection, account_id: str, lesson_id: str) -> Submission | None:
    """Return the last submission of a lesson by an account, or None."""
    query = _submissions().where(table.c.account_id == account_id, table.c.lesson_id == lesson_id)
    row = conn.execute(query.order_by(table.c.number.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else _value(row)


def claim_queued(
    conn: Connection, at: datetime | None = None, lesson_id: str | None = None
) -> Submission | None:
    """Take the submission that waits longest, for one worker alone; None when none waits.

    Parameters
    ----------
    at : datetime or None
        The present moment. A submission claimed more than five minutes before it and not
        finished since, for example because the server stopped, is given out again.
    lesson_id : str or None
        The lesson whose submissions are given out; all lessons when None.
    """
    now = at or datetime.now(UTC)
    is_lost = (table.c.state == "grading") & (table.c.claimed_at < now - CLAIM_LASTS)
    waiting = select(table.c.submission_id).where((table.c.state == "queued") | is_lost)
    if lesson_id is not None:
        waiting = waiting.where(table.c.lesson_id == lesson_id)
    oldest = waiting.order_by(table.c.submitted_at, table.c.submission_id).limit(1)
    # SQLite knows no such lock and needs none: its writers come one after the other.
    submission_id = conn.execute(oldest.with_for_update(skip_locked=True)).scalar_one_or_none()
    if submission_id is None:
        return None
    claim = update(table).where(table.c.submission_id == submission_id)
    conn.execute(claim.values(state="grading", claimed_at=now))
    return find_submission(conn, submission_id)


def set_submission_state(
    conn: Connection,
    submission_id: str,
    state: SubmissionState,
    problem: str = "",
    graded_at: datetime | None = None,
) -> None:
    """Record how far the grading came.

    Parameters
    ----------
    problem : str
        Why it failed, in a sentence.
    graded_at : datetime or None
        The present moment when None and the state is "graded".

    Raises
    ------
    MissingEntryError
        There is no such submission.
    """
    now = datetime.now(UTC)
    changes = {
        "state": state,
        "problem": problem,
        "claimed_at": now if state == "grading" else None,
        "graded_at": graded_at or (now if state == "graded" else None),
    }
    change = update(table).where(table.c.submission_id == submission_id).values(changes)
    if conn.execute(change).rowcount == 0:
        raise MissingEntryError(MISSING)


def requeue(conn: Connection, submission_id: str) -> None:
    """Put a submission back into the queue; `graded_at` keeps saying when it was graded last."""
    queued = {"state": "queued", "problem": "", "claimed_at": None}
    conn.execute(update(table).where(table.c.submission_id == submission_id).values(queued))


def requeue_graded(conn: Connection, submission_id: str) -> bool:
    """Put a submission back into the queue if it is graded; return whether it was.

    One that is being graded right now is left to whoever grades it, see `services.grading.grade_submission`.
    """
    queued = {"state": "queued", "claimed_at": None}
    is_graded = (table.c.submission_id == submission_id) & (table.c.state == "graded")
    return conn.execute(update(table).where(is_graded).values(queued)).rowcount == 1


def requeue_lesson(conn: Connection, lesson_id: str) -> None:
    """Put the last submission of each learner of a lesson back into the queue, unless it waits already."""
    for found in latest_submissions(conn, lesson_id):
        if found.state in {"graded", "failed"}:
            requeue(conn, found.submission_id)


def latest_submissions(conn: Connection, lesson_id: str) -> list[Submission]:
    """Return the last submission of each learner of a lesson, oldest first."""
    latest: dict[str, Submission] = {}
    for found in submissions(conn, lesson_id=lesson_id):
        if found.account_id not in latest or latest[found.account_id].number < found.number:
            latest[found.account_id] = found
    return sorted(latest.values(), key=lambda found: (found.submitted_at, found.submission_id))


def _submissions() -> Select[Any]:
    return select(*(table.c[field] for field in FIELDS))


def _value(row: RowMapping) -> Submission:
    return Submission(**{**row, "attempt_ids": tuple(row["attempt_ids"])})


def returned_counts(conn: Connection) -> dict[tuple[str, str], int]:
    """Return how many texts are back with their learner, by (account, lesson); one that came anew is not."""
    later = items.alias("later")
    is_replaced = exists().where(
        later.c.account_id == items.c.account_id,
        later.c.lesson_id == items.c.lesson_id,
        later.c.question_id == items.c.question_id,
        later.c.queued_at > items.c.queued_at,
    )
    query = (
        select(items.c.account_id, items.c.lesson_id, func.count())
        .where(items.c.state == "returned", ~is_replaced)
        .group_by(items.c.account_id, items.c.lesson_id)
    )
    return {(account_id, lesson_id): count for account_id, lesson_id, count in conn.execute(query)}
