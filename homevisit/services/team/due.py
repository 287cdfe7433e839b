"""Due dates: of a lesson for a team, an extension for a person, and what a learner sees of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from homevisit.errors import InvalidEntryError
from homevisit.services.team.days import day_of, due_state, in_words, read_day
from homevisit.services.team.standing import member, team_of
from homevisit.store import due_dates, team_standing

if TYPE_CHECKING:
    from datetime import date, datetime

    from homevisit.course.catalogue import Catalogue
    from homevisit.services.team.days import DueState
    from homevisit.store.engine import Store
    from homevisit.store.values import Account


@dataclass(frozen=True, slots=True)
class OwnDue:
    """When a lesson is due for a learner who has not handed it in; `words` such as "Friday, Dec 4"."""

    lesson_id: str
    title: str
    due_on: date
    words: str
    state: DueState

    @property
    def sentence(self) -> str:
        """Return it as it stands beside a lesson."""
        return f"Was due {self.words}" if self.state == "overdue" else f"Due {self.words}"


def set_due_date(
    store: Store,
    catalogue: Catalogue,
    viewer: Account,
    *,
    team: str,
    lesson_id: str,
    text: str,
    now: datetime,
) -> None:
    """Set when a lesson is due for a team, or remove the date with an empty text.

    Raises
    ------
    NotAllowedError
        The viewer does not look after this team.
    InvalidEntryError
        The text is no date that a lesson can be due on.
    """
    team = team_of(viewer, team)
    catalogue.lesson(lesson_id)
    day = read_day(text, day_of(now))
    with store.begin() as conn:
        due_dates.set_team_date(conn, team, lesson_id, day, by=viewer.account_id, at=now)


def extend(
    store: Store,
    catalogue: Catalogue,
    viewer: Account,
    account_id: str,
    *,
    lesson_id: str,
    text: str,
    now: datetime,
) -> None:
    """Give a person more time for a lesson, or with an empty text the team's date again.

    Raises
    ------
    MissingEntryError
        The viewer does not look after this person.
    InvalidEntryError
        The text is no date that a lesson can be due on, or lies before the team's.
    """
    learner = member(store, viewer, account_id)
    catalogue.lesson(lesson_id)
    day, today = read_day(text, day_of(now)), day_of(now)
    with store.begin() as conn:
        of_team = due_dates.team_dates(conn, learner.team).team.get(lesson_id)
        if day is not None and of_team is not None and day < of_team:
            raise InvalidEntryError(
                f"The lesson is due {in_words(of_team, today)} for the whole team; an extension is a later day."
            )
        due_dates.set_extension(conn, account_id, lesson_id, day, by=viewer.account_id, at=now)


def extensions_of(store: Store, learner: Account) -> dict[str, date]:
    """Return a person's own due dates by lesson."""
    with store.read() as conn:
        found = due_dates.team_dates(conn, learner.team).extensions
    return {
        lesson_id: day for (account_id, lesson_id), day in found.items() if account_id == learner.account_id
    }


def own_dues(store: Store, catalogue: Catalogue, account: Account, now: datetime) -> dict[str, OwnDue]:
    """Return by lesson when a learner should hand in what is not handed in yet; nothing for practice."""
    if account.role != "learner" or account.is_practice:
        return {}
    with store.read() as conn:
        dates = due_dates.team_dates(conn, account.team)
        done = team_standing.own_handed_in(conn, account.account_id)
    found = {}
    for info in catalogue.lessons():
        due_on = dates.of(account.account_id, info.lesson_id)
        if due_on is not None and info.lesson_id not in done:
            words, state = in_words(due_on, day_of(now)), due_state(due_on, day_of(now))
            found[info.lesson_id] = OwnDue(info.lesson_id, info.title, due_on, words, state)
    return found
