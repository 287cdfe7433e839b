"""What a team page shows of a lesson, of a person and of the team."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from homevisit.course.syllabus import LessonInfo
    from homevisit.services.team.days import DueState
    from homevisit.store.values import Account
    from homevisit.store.values_team import Committed

Stage = Literal["not started", "started", "waiting", "returned", "finished"]
STAGES: dict[Stage, str] = {
    "not started": "Not started",
    "started": "Started",
    "waiting": "Waiting for grading",
    "returned": "Returned",
    "finished": "Finished",
}


@dataclass(frozen=True, slots=True)
class Points:
    """Points of a finished lesson; `is_passed` when they reach the pass mark."""

    raw: float
    max: float
    is_passed: bool


@dataclass(frozen=True, slots=True)
class LessonStanding:
    """How far one person is in one lesson; `points` only when all of it is graded and released."""

    info: LessonInfo
    stage: Stage
    checked: int
    questions: int
    handed_in_at: datetime | None
    due_on: date | None
    due: DueState | None
    seconds: int
    last_at: datetime | None
    points: Points | None
    commitment: Committed | None

    @property
    def is_overdue(self) -> bool:
        """Whether the due date is over and the lesson was never handed in."""
        return self.due == "overdue"

    @property
    def stage_words(self) -> str:
        """The stage as a person reads it."""
        return STAGES[self.stage]

    @property
    def minutes(self) -> int:
        """Whole minutes spent with the lesson."""
        return round(self.seconds / 60)


@dataclass(frozen=True, slots=True)
class PersonStanding:
    """How far one person is in all lessons; `last_at` is the last contact with any page.

    `sessions` are group sessions, and `session_minutes` what was credited for them.
    """

    account: Account
    lessons: tuple[LessonStanding, ...]
    last_at: datetime | None
    sessions: int = 0
    session_minutes: int = 0

    def count(self, stage: Stage) -> int:
        """Return how many lessons stand there."""
        return sum(one.stage == stage for one in self.lessons)

    @property
    def overdue(self) -> int:
        """How many lessons are overdue."""
        return sum(one.is_overdue for one in self.lessons)

    @property
    def soon(self) -> int:
        """How many lessons are due within three days."""
        return sum(one.due == "soon" for one in self.lessons)

    @property
    def minutes(self) -> int:
        """Whole minutes spent with lessons."""
        return round(sum(one.seconds for one in self.lessons) / 60)

    @property
    def passed(self) -> int:
        """How many lessons reached the pass mark."""
        return sum(one.points is not None and one.points.is_passed for one in self.lessons)

    @property
    def commitments(self) -> tuple[int, int, int]:
        """How many things to try on a visit were planned, tried at least in part, and talked about."""
        made = [one.commitment for one in self.lessons if one.commitment is not None]
        tried = sum(one.outcome in {"done", "partly"} for one in made)
        return len(made), tried, sum(one.is_talked_about for one in made)


@dataclass(frozen=True, slots=True)
class TeamStanding:
    """A team: its people, the lessons, and the due dates of the team by lesson."""

    team: str
    people: tuple[PersonStanding, ...]
    lessons: tuple[LessonInfo, ...]
    due_dates: Mapping[str, date]
    pass_percent: int

    @property
    def totals(self) -> dict[str, Any]:
        """The sums over all people, by the names of the columns; commitments as three sums."""
        stages: tuple[Stage, ...] = ("started", "waiting", "returned", "finished")
        made = [person.commitments for person in self.people]
        return {
            **{stage: sum(person.count(stage) for person in self.people) for stage in stages},
            **{
                name: sum(getattr(person, name) for person in self.people)
                for name in ("passed", "overdue", "minutes")
            },
            "commitments": tuple(sum(one[place] for one in made) for place in range(3)),
        }

    def by_lesson(self, lesson_id: str) -> Counter[str]:
        """Return how many people stand where in a lesson, "overdue" and "passed" among them."""
        found: Counter[str] = Counter()
        for person in self.people:
            for one in person.lessons:
                if one.info.lesson_id == lesson_id:
                    found[one.stage] += 1
                    found["overdue"] += one.is_overdue
                    found["passed"] += one.points is not None and one.points.is_passed
                    found["seconds"] += one.seconds
        return found


@dataclass(frozen=True, slots=True)
class Attention:
    """What a supervisor should look at: people by name, and how many lessons."""

    overdue: tuple[str, ...]
    soon: tuple[str, ...]
    waiting: int
    returned: int
