"""What the team page reads: everything of one team at once; practice, closed accounts and other roles left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, insert, select, update

from homevisit.store import tables, tables_desk, tables_groups, tables_team
from homevisit.store.failures import or_conflict
from homevisit.store.values import Account
from homevisit.store.values_team import Committed, HandedInState, TextState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Table

accounts = tables.accounts
attempts = tables.attempts
drafts = tables.drafts
submissions = tables.submissions
told = tables.follow_ups
items = tables_desk.desk_items
talks = tables_team.talks
attendances = tables_groups.attendances
Place = tuple[str, str]


def is_member(team: str) -> ColumnElement[bool]:
    """Return the condition for the people whom a team page lists."""
    return and_(accounts.c.team == team, _is_counted())


def learners(conn: Connection, team: str) -> list[Account]:
    """Return the people whom the page of a team lists, by name; one query."""
    return _people(conn, is_member(team))


def all_learners(conn: Connection) -> list[Account]:
    """Return the people whom the pages of all teams list, by name; one query."""
    return _people(conn, _is_counted())


def begun(conn: Connection, team: str) -> set[Place]:
    """Return (person, lesson) of each lesson with a draft; one query."""
    query = _of(drafts, team, drafts.c.account_id, drafts.c.lesson_id).where(drafts.c.response.is_not(None))
    return {tuple(row) for row in conn.execute(query.distinct())}


def checked(conn: Connection, team: str) -> dict[Place, set[str]]:
    """Return the questions with an attempt by (person, lesson); one query."""
    query = _of(attempts, team, attempts.c.account_id, attempts.c.lesson_id, attempts.c.question_id)
    found: dict[Place, set[str]] = {}
    for account_id, lesson_id, question_id in conn.execute(query.distinct()):
        found.setdefault((account_id, lesson_id), set()).add(question_id)
    return found


def handed_in(conn: Connection, team: str) -> dict[Place, HandedInState]:
    """Return the newest submission by (person, lesson); one query."""
    wanted = ("account_id", "lesson_id", "state", "submitted_at")
    query = _of(submissions, team, *(submissions.c[name] for name in wanted)).order_by(submissions.c.number)
    return {
        (account_id, lesson_id): HandedInState(state, at)
        for account_id, lesson_id, state, at in conn.execute(query)
    }


def all_handed_in(conn: Connection) -> set[Place]:
    """Return (person, lesson) of everything handed in; one query."""
    query = select(submissions.c.account_id, submissions.c.lesson_id).distinct()
    return {tuple(row) for row in conn.execute(query)}


def own_handed_in(conn: Connection, account_id: str) -> set[str]:
    """Return the lessons that a person has handed in; one query."""
    query = select(submissions.c.lesson_id).where(submissions.c.account_id == account_id).distinct()
    return set(conn.execute(query).scalars())


def texts(conn: Connection, team: str) -> dict[Place, dict[str, TextState]]:
    """Return where the newest text of each question stands, by (person, lesson) and question; one query."""
    wanted = ("account_id", "lesson_id", "question_id", "state", "released_at")
    query = _of(items, team, *(items.c[name] for name in wanted))
    query = query.where(items.c.state != "withdrawn").order_by(items.c.queued_at, items.c.item_id)
    found: dict[Place, dict[str, TextState]] = {}
    for account_id, lesson_id, question_id, state, released_at in conn.execute(query):
        held = state == "read" and released_at is None
        found.setdefault((account_id, lesson_id), {})[question_id] = TextState(state, held)
    return found


def commitments(conn: Connection, team: str, questions: Iterable[Place]) -> list[Committed]:
    """Return the newest commitment of each person in each lesson, without words; two queries.

    Parameters
    ----------
    questions : iterable of (lesson, question)
        The questions that ask for a commitment.
    """
    asked = set(questions)
    wanted = ("account_id", "lesson_id", "question_id", "attempt_id", "committed_at")
    made = (
        _of(attempts, team, *(attempts.c[name] for name in wanted), talks.c.talked_at)
        .outerjoin(talks, talks.c.attempt_id == attempts.c.attempt_id)
        .where(attempts.c.question_id.in_({question_id for _, question_id in asked}))
        .order_by(attempts.c.number)
    )
    newest = {
        (row.account_id, row.lesson_id): row
        for row in conn.execute(made)
        if (row.lesson_id, row.question_id) in asked
    }
    outcomes = dict(
        tuple(row)
        for row in conn.execute(_of(told, team, told.c.attempt_id, told.c.outcome).order_by(told.c.told_at))
    )
    return [
        Committed(
            row.account_id,
            row.lesson_id,
            row.attempt_id,
            row.committed_at,
            outcomes.get(row.attempt_id, ""),
            row.talked_at is not None,
        )
        for row in newest.values()
    ]


def attended(conn: Connection, team: str) -> dict[str, tuple[int, int]]:
    """Return by person how many group sessions were attended, and the minutes credited; one query."""
    minutes = attendances.c.minutes
    query = _of(attendances, team, attendances.c.account_id, func.count(), func.sum(minutes))
    return {
        account_id: (int(count), int(total))
        for account_id, count, total in conn.execute(query.group_by(attendances.c.account_id))
    }


def set_talked(conn: Connection, attempt_id: str, *, by: str, at: datetime) -> None:
    """Note that a commitment was talked about; saying so again changes who and when."""
    said = {"talked_by": by, "talked_at": at}
    if conn.execute(update(talks).where(talks.c.attempt_id == attempt_id).values(said)).rowcount == 0:
        with or_conflict(conn, "This was noted elsewhere at the same moment; load the page again."):
            conn.execute(insert(talks).values(attempt_id=attempt_id, **said))


def teams(conn: Connection) -> list[tuple[str, int]]:
    """Return the teams that have learners, by name, and how many; one query."""
    query = select(accounts.c.team, func.count()).where(_is_counted()).group_by(accounts.c.team)
    return [(team, int(count)) for team, count in conn.execute(query.order_by(accounts.c.team))]


def _is_counted() -> ColumnElement[bool]:
    return and_(
        accounts.c.role == "learner", accounts.c.practice_of.is_(None), accounts.c.is_disabled.is_(False)
    )


def _people(conn: Connection, wanted: ColumnElement[bool]) -> list[Account]:
    columns = [accounts.c[field] for field in Account.__dataclass_fields__ if field != "has_password"]
    password = accounts.c.password_hash.is_not(None).label("has_password")
    query = select(*columns, password).where(wanted).order_by(accounts.c.name, accounts.c.account_id)
    return [Account(**row) for row in conn.execute(query).mappings()]


def _of(table: Table, team: str, *columns: Any) -> Any:
    return (
        select(*columns)
        .select_from(table)
        .join(accounts, accounts.c.account_id == table.c.account_id)
        .where(is_member(team))
    )
