"""What reports read: everything of one lesson at once, practice and people other than learners left out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, select

from homevisit.store import tables, tables_desk
from homevisit.store.values import Attempt
from homevisit.store.values_desk import DeskItem, Reading

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

    from homevisit.course.bands import Band

accounts = tables.accounts
attempts = tables.attempts
decisions = tables.point_decisions
items = tables_desk.desk_items
readings = tables_desk.readings


def lesson_attempts(conn: Connection, lesson_id: str) -> list[Attempt]:
    """Return every learner's attempts at a lesson, by learner, question and number; one query."""
    query = (
        select(*_columns(attempts, Attempt))
        .join(accounts, accounts.c.account_id == attempts.c.account_id)
        .where(attempts.c.lesson_id == lesson_id, _is_learner())
        .order_by(attempts.c.account_id, attempts.c.question_id, attempts.c.number)
    )
    return [Attempt(**row) for row in conn.execute(query).mappings()]


def lesson_marks(conn: Connection, lesson_id: str) -> dict[str, dict[str, Band]]:
    """Return for each attempt at a lesson with marks the last one on each of its points; one query."""
    query = (
        select(decisions.c.attempt_id, decisions.c.point_id, decisions.c.decided)
        .join(attempts, attempts.c.attempt_id == decisions.c.attempt_id)
        .where(attempts.c.lesson_id == lesson_id)
        .order_by(decisions.c.decision_id)
    )
    found: dict[str, dict[str, Band]] = defaultdict(dict)
    for attempt_id, point_id, decided in conn.execute(query):
        found[attempt_id][point_id] = decided
    return dict(found)


def lesson_readings(conn: Connection, lesson_id: str) -> list[tuple[DeskItem, tuple[Reading, ...]]]:
    """Return the texts of a lesson with their finished readings, oldest text first; two queries.

    Texts that nobody has read are left out, and so are withdrawn ones.
    """
    wanted = and_(items.c.lesson_id == lesson_id, items.c.state != "withdrawn", readings.c.state == "done")
    by_item: dict[str, list[Reading]] = defaultdict(list)
    read = select(*_columns(readings, Reading)).join(items, items.c.item_id == readings.c.item_id)
    for row in conn.execute(read.where(wanted).order_by(readings.c.started_at)).mappings():
        by_item[row["item_id"]].append(Reading(**{**row, "highlights": tuple(row["highlights"])}))
    texts = (
        select(*_columns(items, DeskItem))
        .join(accounts, accounts.c.account_id == items.c.account_id)
        .where(items.c.lesson_id == lesson_id, _is_learner())
        .order_by(items.c.queued_at, items.c.item_id)
    )
    found = [DeskItem(**row) for row in conn.execute(texts).mappings()]
    return [(item, tuple(by_item[item.item_id])) for item in found if item.item_id in by_item]


def first_tries(conn: Connection) -> dict[str, tuple[int, float]]:
    """Return for each lesson the mean share of points at first attempts, and how many learners made them.

    Attempts without points, because a trainer reads them, have no part in it; one query.
    """
    share = attempts.c.raw / attempts.c.max
    query = (
        select(attempts.c.lesson_id, func.count(attempts.c.account_id.distinct()), func.avg(share))
        .join(accounts, accounts.c.account_id == attempts.c.account_id)
        .where(_is_learner(), attempts.c.number == 1, attempts.c.raw.is_not(None))
        .group_by(attempts.c.lesson_id)
    )
    return {lesson_id: (int(learners), float(mean)) for lesson_id, learners, mean in conn.execute(query)}


def _is_learner() -> ColumnElement[bool]:
    return and_(accounts.c.practice_of.is_(None), accounts.c.role == "learner")


def _columns(table: Any, value: type) -> list[Any]:
    return [table.c[field] for field in value.__dataclass_fields__]  # type: ignore[attr-defined]  # all are dataclasses
