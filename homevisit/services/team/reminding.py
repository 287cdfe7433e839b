"""Reminders: three days before a lesson is due, once when it is overdue, and when a supervisor asks for one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from homevisit.errors import ConflictError
from homevisit.services.mailing import mail_settings, queue_mail
from homevisit.services.team.days import day_of, due_state, in_words
from homevisit.services.team.due import own_dues
from homevisit.services.team.standing import member
from homevisit.store import due_dates, team_standing
from homevisit.store import reminders as reminder_store
from homevisit.store.values_team import Reminder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from sqlalchemy import Connection

    from homevisit.course.catalogue import Catalogue
    from homevisit.services.team.due import OwnDue
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_team import ReminderKind

SHOWN_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Nudge:
    """What a learner's home page reminds of: lessons due soon or overdue, or all with a date when somebody asked."""

    lessons: tuple[OwnDue, ...]
    is_asked: bool


def send_due_reminders(store: Store, catalogue: Catalogue, now: datetime) -> int:
    """Remind everybody of lessons that are due within three days or overdue; return how many people.

    Each lesson is told about once before its due date and once after it, whichever server is quicker. A new due
    date begins anew. Practice, closed accounts and other roles are left out.
    """
    with store.read() as conn:
        wanted = _wanted(conn, catalogue, day_of(now))
    if not wanted:
        return 0
    people = 0
    with store.begin() as conn:
        for account, lessons in wanted:
            told = [
                (kind, title, day)
                for kind, lesson_id, title, day in lessons
                if reminder_store.add_reminder(conn, Reminder(account.account_id, lesson_id, kind, day, now))
            ]
            if told:
                people += 1
                _mail(conn, account, told, now)
    return people


def remind(store: Store, catalogue: Catalogue, viewer: Account, account_id: str, now: datetime) -> Account:
    """Remind one person because a supervisor asks for it; return that person.

    Raises
    ------
    MissingEntryError
        The viewer does not look after this person.
    ConflictError
        The person was reminded today already, by whomever.
    """
    learner = member(store, viewer, account_id)
    dues = own_dues(store, catalogue, learner, now)
    with store.begin() as conn:
        asked = Reminder(account_id, "", "asked", day_of(now), now)
        if not reminder_store.add_reminder(conn, asked, viewer.account_id):
            raise ConflictError(
                f"{learner.name} was reminded today already. Another reminder can go out tomorrow."
            )
        lessons = [(_kind(one.state), one.title, one.due_on) for one in dues.values()]
        _mail(conn, learner, lessons, now)
    return learner


def last_asked(store: Store, account_id: str) -> datetime | None:
    """Return when a person was last reminded by somebody's button, or None."""
    with store.read() as conn:
        return reminder_store.last_asked(conn, account_id)


def nudge(store: Store, catalogue: Catalogue, account: Account, now: datetime) -> Nudge:
    """Return what a learner's home page reminds of; nothing for practice and other roles."""
    if account.role != "learner" or account.is_practice:
        return Nudge((), is_asked=False)
    with store.read() as conn:
        asked_at = reminder_store.last_asked(conn, account.account_id)
        done = team_standing.own_handed_in(conn, account.account_id)
    is_done = all(info.lesson_id in done for info in catalogue.lessons())
    is_asked = asked_at is not None and now - asked_at < SHOWN_FOR and not is_done
    dues = own_dues(store, catalogue, account, now).values()
    return Nudge(tuple(one for one in dues if is_asked or one.state != "open"), is_asked)


def _wanted(
    conn: Connection, catalogue: Catalogue, day: date
) -> list[tuple[Account, list[tuple[ReminderKind, str, str, date]]]]:
    """Give for each person the lessons to tell about: kind, lesson, title, due day."""
    of_team, own = due_dates.all_dates(conn)
    if not of_team and not own:
        return []
    done, sent = team_standing.all_handed_in(conn), reminder_store.sent(conn, ("soon", "overdue"))
    found: dict[str, list[tuple[ReminderKind, str, str, date]]] = defaultdict(list)
    people = team_standing.all_learners(conn)
    for account in people:
        for info in catalogue.lessons():
            place = (account.account_id, info.lesson_id)
            days = (of_team.get((account.team, info.lesson_id)), own.get(place))
            due_on = max((one for one in days if one is not None), default=None)
            if due_on is None or place in done or due_state(due_on, day) == "open":
                continue
            kind = _kind(due_state(due_on, day))
            if (*place, kind, due_on) not in sent:
                found[account.account_id].append((kind, info.lesson_id, info.title, due_on))
    return [(account, found[account.account_id]) for account in people if account.account_id in found]


def _kind(state: str) -> ReminderKind:
    return "overdue" if state == "overdue" else "soon"


def _mail(
    conn: Connection, account: Account, lessons: Iterable[tuple[ReminderKind, str, date]], now: datetime
) -> None:
    """Queue one message about some lessons, where mail is sent at all; it holds no word of the learner's."""
    settings = mail_settings()
    if settings is None:
        return
    lessons, day = list(lessons), day_of(now)
    lines = [
        f"- {title}: {'was due' if kind == 'overdue' else 'due'} {in_words(due_on, day)}"
        for kind, title, due_on in lessons
    ]
    is_late = any(kind == "overdue" for kind, _, _ in lessons)
    subject = "A lesson is overdue" if is_late else "A lesson is due soon" if lessons else "Your lessons"
    lead = "this is a reminder of" if lines else "your supervisor reminds you of your lessons."
    address = settings.public_address
    parts = [
        f"Hello {account.name},",
        f"{lead}\n\n" + "\n".join(lines) if lines else lead,
        f"Your lessons are here: {address}" if address else "Sign in to the course to go on.",
        "What you have written so far is kept. If you need more time, tell your supervisor.",
    ]
    queue_mail(conn, account.account_id, "reminder", subject, "\n\n".join(parts), now)
