"""How far the people of a team are; no learner's words are read for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from homevisit.errors import MissingEntryError, NotAllowedError
from homevisit.services.team.days import day_of, due_state
from homevisit.services.team.values import Attention, LessonStanding, PersonStanding, Points, TeamStanding
from homevisit.store import accounts as account_store
from homevisit.store import contacts, due_dates, team_points, team_standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sqlalchemy import Connection

    from homevisit.config import Settings
    from homevisit.course.catalogue import Catalogue
    from homevisit.course.syllabus import LessonInfo
    from homevisit.services.team.values import Stage
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_team import Committed, DueDates, HandedInState, Spent, TextState

SEE_ALL = frozenset({"trainer", "administrator"})
NOT_YOURS = "There is no such person in your team. Go to the team page and choose one there."
NO_TEAM = "You look after no team yet. An administrator can put you and your people into one."
Place = tuple[str, str]


def team_of(viewer: Account, wanted: str | None) -> str:
    """Return the team that `viewer` may look at: a supervisor's own; trainers and administrators choose.

    Raises
    ------
    NotAllowedError
        The viewer looks after no team, or asks for another one.
    """
    if viewer.role in SEE_ALL:
        return wanted or ""
    if viewer.role != "supervisor":
        raise NotAllowedError("The team page is for supervisors.")
    if not viewer.team:
        raise NotAllowedError(NO_TEAM)
    if wanted not in (None, viewer.team):
        raise NotAllowedError("This is not your team. Your own team's page is linked on the home page.")
    return viewer.team


def member(store: Store, viewer: Account, account_id: str) -> Account:
    """Return a learner whom `viewer` looks after; MissingEntryError for everybody else."""
    team_of(viewer, None)
    with store.read() as conn:
        try:
            found = account_store.find_account(conn, account_id)
        except MissingEntryError as exc:
            raise MissingEntryError(NOT_YOURS) from exc
    is_theirs = viewer.role in SEE_ALL or found.team == viewer.team
    if not is_theirs or found.is_practice or found.is_disabled or found.role != "learner":
        raise MissingEntryError(NOT_YOURS)
    return found


def team_choices(store: Store) -> list[tuple[str, int]]:
    """Return the teams that have learners, and how many."""
    with store.read() as conn:
        return team_standing.teams(conn)


def standing(
    store: Store, settings: Settings, catalogue: Catalogue, team: str, now: datetime
) -> TeamStanding:
    """Return how far everybody in a team is; a fixed number of queries, however many people there are."""
    lessons = catalogue.lessons()
    with store.read() as conn:
        people = team_standing.learners(conn, team)
        reading = _Reading.of(conn, catalogue, team)
    points = team_points.totals(settings.gradebook_dir / "gradebook.db", [one.account_id for one in people])
    mark = catalogue.course().pass_percent
    count = {info.lesson_id: tuple(catalogue.key(info.lesson_id).questions) for info in lessons}
    return TeamStanding(
        team=team,
        people=tuple(
            PersonStanding(
                account,
                tuple(
                    reading.lesson(
                        account,
                        info,
                        count[info.lesson_id],
                        points=points,
                        pass_percent=mark,
                        day=day_of(now),
                    )
                    for info in lessons
                ),
                reading.last_at(account.account_id),
                *reading.attended.get(account.account_id, (0, 0)),
            )
            for account in people
        ),
        lessons=lessons,
        due_dates=reading.due.team,
        pass_percent=mark,
    )


def attention(
    store: Store, settings: Settings, catalogue: Catalogue, viewer: Account, now: datetime
) -> Attention:
    """Return what a supervisor should look at in the own team; nothing without a team."""
    if viewer.role != "supervisor" or not viewer.team:
        return Attention((), (), 0, 0)
    people = standing(store, settings, catalogue, viewer.team, now).people
    return Attention(
        overdue=tuple(one.account.name for one in people if one.overdue),
        soon=tuple(one.account.name for one in people if one.soon),
        waiting=sum(one.count("waiting") for one in people),
        returned=sum(one.count("returned") for one in people),
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """All that the store knows of a team, by (person, lesson)."""

    begun: set[Place]
    checked: Mapping[Place, set[str]]
    handed_in: Mapping[Place, HandedInState]
    texts: Mapping[Place, Mapping[str, TextState]]
    due: DueDates
    spent: Mapping[Place, Spent]
    committed: Mapping[Place, Committed]
    attended: Mapping[str, tuple[int, int]]

    @classmethod
    def of(cls, conn: Connection, catalogue: Catalogue, team: str) -> _Reading:
        """Read it."""
        asked = [
            (info.lesson_id, question_id)
            for info in catalogue.lessons()
            for question_id, question in catalogue.key(info.lesson_id).questions.items()
            if question.type == "commitment"
        ]
        made = team_standing.commitments(conn, team, asked)
        return cls(
            begun=team_standing.begun(conn, team),
            checked=team_standing.checked(conn, team),
            handed_in=team_standing.handed_in(conn, team),
            texts=team_standing.texts(conn, team),
            due=due_dates.team_dates(conn, team),
            spent=contacts.spent_in_team(conn, team),
            committed={(one.account_id, one.lesson_id): one for one in made},
            attended=team_standing.attended(conn, team),
        )

    def last_at(self, account_id: str) -> datetime | None:
        """Return the last contact of a person with any page."""
        return max((one.last_at for place, one in self.spent.items() if place[0] == account_id), default=None)

    def lesson(
        self,
        account: Account,
        info: LessonInfo,
        questions: tuple[str, ...],
        *,
        points: Mapping[Place, team_points.LessonPoints],
        pass_percent: int,
        day: date,
    ) -> LessonStanding:
        """Return how far a person is in a lesson."""
        place = (account.account_id, info.lesson_id)
        checked = len(self.checked.get(place, set()) & set(questions))
        graded, submission = points.get(place), self.handed_in.get(place)
        stage = self._stage(place, graded)
        due_on = self.due.of(*place)
        spent = self.spent.get(place)
        return LessonStanding(
            info=info,
            stage=stage,
            checked=checked,
            questions=len(questions),
            handed_in_at=None if submission is None else submission.submitted_at,
            due_on=due_on,
            due=None if due_on is None or submission is not None else due_state(due_on, day),
            seconds=0 if spent is None else spent.seconds,
            last_at=None if spent is None else spent.last_at,
            points=_points(graded, pass_percent) if stage == "finished" else None,
            commitment=self.committed.get(place),
        )

    def _stage(self, place: Place, graded: team_points.LessonPoints | None) -> Stage:
        submission = self.handed_in.get(place)
        if submission is None:
            return "started" if place in self.begun or place in self.checked else "not started"
        texts = self.texts.get(place, {}).values()
        if any(text.state == "returned" for text in texts):
            return "returned"
        # what is read and not released yet waits, as far as anybody can see
        is_open = any(text.state == "waiting" or text.is_held for text in texts)
        is_open = is_open or submission.state != "graded" or bool(graded and graded.waiting)
        return "waiting" if is_open else "finished"


def _points(graded: team_points.LessonPoints | None, pass_percent: int) -> Points | None:
    if graded is None:
        return None
    return Points(graded.raw, graded.max, graded.raw * 100 >= pass_percent * graded.max)
