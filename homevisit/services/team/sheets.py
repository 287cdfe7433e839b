"""The team page as a spreadsheet: one sheet with a row for each person, one for each person and lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.services.sheets import Sheet
from homevisit.services.team.days import day_of

if TYPE_CHECKING:
    from homevisit.services.sheets import Cell
    from homevisit.services.team.values import LessonStanding, PersonStanding, TeamStanding

TEAM_HEAD = (
    "Name",
    "Started",
    "Waiting for grading",
    "Returned",
    "Finished",
    "Pass mark reached",
    "Overdue",
    "Minutes",
    "Last seen",
    "Commitments planned",
    "Commitments tried",
    "Commitments talked about",
    "Group sessions",
    "Minutes in group sessions",
)
LESSON_HEAD = (
    "Name",
    "Lesson",
    "Where it stands",
    "Questions checked",
    "Questions",
    "Due",
    "Overdue",
    "Handed in",
    "Points",
    "of",
    "Pass mark reached",
    "Minutes",
    "Last seen",
)


def team_sheets(found: TeamStanding) -> tuple[Sheet, Sheet]:
    """Return both sheets; points stand only where the page shows them."""
    return (
        Sheet("Team", [TEAM_HEAD, *map(_person, found.people)], frozenset({1}), [24, *[12] * 13]),
        lesson_sheet(found),
    )


def lesson_sheet(found: TeamStanding) -> Sheet:
    """Return the sheet with a row for each person and lesson."""
    rows = [_lesson(person, one) for person in found.people for one in person.lessons]
    return Sheet("By lesson", [LESSON_HEAD, *rows], frozenset({1}), [24, 40, 18, *[12] * 10])


def _person(person: PersonStanding) -> list[Cell]:
    return [
        person.account.name,
        person.count("started"),
        person.count("waiting"),
        person.count("returned"),
        person.count("finished"),
        person.passed,
        person.overdue,
        person.minutes,
        None if person.last_at is None else day_of(person.last_at),
        *person.commitments,
        person.sessions,
        person.session_minutes,
    ]


def _lesson(person: PersonStanding, one: LessonStanding) -> list[Cell]:
    points = one.points
    return [
        person.account.name,
        one.info.title,
        one.stage_words,
        one.checked,
        one.questions,
        one.due_on,
        "yes" if one.is_overdue else "",
        None if one.handed_in_at is None else day_of(one.handed_in_at),
        None if points is None else points.raw,
        None if points is None else points.max,
        "" if points is None else "yes" if points.is_passed else "no",
        one.minutes,
        None if one.last_at is None else day_of(one.last_at),
    ]
