"""Follow-up tasks: the leader of a session adds them, a person sees the own ones and ticks them off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from homevisit.course.given import clean, is_blank
from homevisit.course.typed import read_day
from homevisit.errors import InvalidEntryError, MissingEntryError
from homevisit.services.groups.access import entitled_session
from homevisit.services.plans.access import members_of
from homevisit.services.team import days
from homevisit.store import accounts as account_store
from homevisit.store import groups_people, groups_sessions, session_tasks

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_groups import GroupSession
    from homevisit.store.values_plans import Task

MAX_TEXT = 1_000
MAX_TASKS = 60
EVERYBODY = "everybody"
# So long a task that was ticked off stays on the home page.
DONE_DAYS = 7


@dataclass(frozen=True, slots=True)
class OwnTask:
    """A task as the person sees it who is to do it."""

    task_id: str
    text: str
    due: date | None
    session_id: str
    session_title: str
    is_done: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class SessionTask:
    """A task as its session's report shows it.

    `name` is empty for a task of the whole team, `of` says for how many people it is, `done_names` who has
    done it.
    """

    task_id: str
    text: str
    due: date | None
    account_id: str | None
    name: str
    of: int
    done_names: tuple[str, ...]


def people_for(store: Store, viewer: Account, session_id: str) -> tuple[Account, ...]:
    """Return who can get a task after a session: the learners of its team, and those who joined with an account."""
    with store.read() as conn:
        session = entitled_session(conn, viewer, session_id)
        joined = {one.account_id for one in groups_people.participants(conn, session_id)}
        everybody = {one.account_id: one for one in account_store.accounts(conn)}
        found = {one.account_id: one for one in members_of(conn, session.team)}
    for account_id in joined:
        if account_id in everybody and everybody[account_id].role == "learner":
            found.setdefault(account_id, everybody[account_id])
    return tuple(sorted(found.values(), key=lambda one: one.name.casefold()))


def add_task(store: Store, viewer: Account, session_id: str, *, text: str, who: str, due: str) -> Task:
    """Add a task after a session.

    Parameters
    ----------
    who : str
        The id of an account, or `EVERYBODY`.
    due : str
        A day such as 2026-10-05, empty for none.

    Raises
    ------
    InvalidEntryError
        There is no text, or the person or the day cannot be.
    NotAllowedError
        The session is another team's.
    """
    people = {one.account_id for one in people_for(store, viewer, session_id)}
    day, problem = read_day(due)
    if problem:
        raise InvalidEntryError(problem)
    words = clean(text).strip()
    if is_blank(words):
        raise InvalidEntryError("Write what is to be done, then add it.")
    if len(words) > MAX_TEXT:
        raise InvalidEntryError(f"That is {len(words):,} characters; a task has room for {MAX_TEXT:,}.")
    if who != EVERYBODY and who not in people:
        raise InvalidEntryError("Choose who is to do it from the list.")
    with store.begin() as conn:
        session = entitled_session(conn, viewer, session_id)
        if who == EVERYBODY and not session.team:
            raise InvalidEntryError("This session belongs to no team, so choose one person.")
        if len(session_tasks.tasks_of_session(conn, session_id)) >= MAX_TASKS:
            raise InvalidEntryError(f"A session has room for {MAX_TASKS} tasks. Remove one first.")
        return session_tasks.add_task(
            conn,
            session_id=session_id,
            team=session.team,
            account_id=None if who == EVERYBODY else who,
            text=words,
            due=day,
            made_by=viewer.account_id,
        )


def remove_task(store: Store, viewer: Account, session_id: str, task_id: str) -> None:
    """Take a task off all lists; MissingEntryError when this session has no such task."""
    with store.begin() as conn:
        entitled_session(conn, viewer, session_id)
        if session_tasks.find_task(conn, task_id).session_id != session_id:
            raise MissingEntryError(session_tasks.GONE)
        session_tasks.set_removed(conn, task_id, datetime.now(UTC))


def listed(conn: Connection, session: GroupSession) -> tuple[SessionTask, ...]:
    """Return the tasks of a session with the names of who is to do them and who has."""
    members = len(members_of(conn, session.team))
    found = session_tasks.tasks_of_session(conn, session.session_id)
    done = session_tasks.done_by(conn, [task.task_id for task in found])
    names = {one.account_id: one.name for one in account_store.accounts(conn)}
    return tuple(
        SessionTask(
            task_id=task.task_id,
            text=task.text,
            due=task.due,
            account_id=task.account_id,
            name=names.get(task.account_id, "") if task.account_id else "",
            of=1 if task.account_id else members,
            done_names=tuple(sorted(names.get(one, "") for one in done.get(task.task_id, {}))),
        )
        for task in found
    )


def own_tasks(store: Store, account: Account, today: date | None = None) -> tuple[OwnTask, ...]:
    """Return the tasks of one person: open ones by their day, then those that were ticked off lately."""
    today = today or days.today()
    with store.read() as conn:
        found = session_tasks.tasks_for(conn, account.account_id, _team_of(account))
        done = session_tasks.done_by(conn, [task.task_id for task in found])
        titles = groups_sessions.titles(conn, {task.session_id for task in found})
    own = []
    for task in found:
        at = done.get(task.task_id, {}).get(account.account_id)
        if at is not None and (today - days.day_of(at)).days > DONE_DAYS:
            continue
        is_late = task.due is not None and task.due < today and at is None
        own.append(
            OwnTask(
                task_id=task.task_id,
                text=task.text,
                due=task.due,
                session_id=task.session_id,
                session_title=titles[task.session_id],
                is_done=at is not None,
                is_overdue=is_late,
            )
        )
    return tuple(sorted(own, key=lambda one: (one.is_done, one.due is None, str(one.due))))


def tick_off(store: Store, account: Account, task_id: str, *, is_done: bool) -> None:
    """Note that a person has done a task, or that it is open again; MissingEntryError when it is not this person's."""
    with store.begin() as conn:
        mine = session_tasks.tasks_for(conn, account.account_id, _team_of(account))
        if task_id not in {task.task_id for task in mine}:
            raise MissingEntryError(session_tasks.GONE)
        session_tasks.set_done(conn, task_id, account.account_id, datetime.now(UTC) if is_done else None)


def _team_of(account: Account) -> str:
    """Return the team whose tasks are a person's own; what a team is to do is for its learners."""
    return account.team if account.role == "learner" else ""
