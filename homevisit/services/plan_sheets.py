"""Plans and schedules as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.course.papers_plan import GOAL_SECTIONS, HEAD, SECTIONS, shown_goal_line, written_goals
from homevisit.course.papers_schedule import PROGRAMS, STATES
from homevisit.course.schedule_checks import counts, schedule_notes, turns
from homevisit.course.typed import read_day
from homevisit.services.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from homevisit.course.papers_plan import Plan
    from homevisit.course.papers_schedule import Schedule
    from homevisit.services.sheets import Cell

PLAN_HEAD = ("Part", "Line", "Plan")
ROW_HEAD = (
    "No.",
    "Date",
    "State",
    "Theme or goal",
    "Plan",
    "Place",
    "Plans it",
    "Leads it",
    "Parents invited to the planning",
    "To look at again",
)


def plan_sheet(title: str, plan: Plan) -> Sheet:
    """Give a plan as one sheet: part, line, what stands in it."""
    day, _ = read_day(plan.date)
    rows: list[tuple[Cell, ...]] = [(title,), (), PLAN_HEAD]
    rows += [
        ("", caption, day if key == "date" and day else str(getattr(plan, key)).strip())
        for key, caption in HEAD.items()
    ]
    goals = written_goals(plan)
    for section, (name, lines) in SECTIONS.items():
        if section == "goal":
            for number, goal in enumerate(goals, 1):
                which = f" {number}" if len(goals) > 1 else ""
                rows += [
                    (SECTIONS[part][0] + which, caption, shown_goal_line(goal, key))
                    for part in GOAL_SECTIONS
                    for key, caption in SECTIONS[part][1].items()
                ]
        elif section not in GOAL_SECTIONS:
            rows += [(name, caption, str(getattr(plan, key)).strip()) for key, caption in lines.items()]
    return Sheet("Plan", rows, frozenset({1, 3}), (36, 44, 90))


def schedule_sheets(
    title: str, schedule: Schedule, plan_titles: Mapping[str, str], today: date
) -> tuple[Sheet, Sheet]:
    """Give a schedule as two sheets: the rows, and what to look at again with everybody's turns.

    Parameters
    ----------
    plan_titles : Mapping
        The titles of the person's own plans by paper_id.
    """
    notes = schedule_notes(schedule, today)
    rows: list[tuple[Cell, ...]] = [(title,), (), ROW_HEAD]
    for number, row in enumerate(schedule.rows, 1):
        day, _ = read_day(row.date)
        said = [note.say for note in notes if note.at.startswith(f"rows.{number - 1}.")]
        rows.append(
            (
                number,
                day or row.date.strip(),
                STATES[row.state],
                row.theme.strip(),
                plan_titles.get(row.plan, ""),
                row.place.strip(),
                " and ".join(schedule.names(row.plans)),
                " and ".join(schedule.names(row.leads)),
                row.parents.strip(),
                " ".join(said) or None,
            )
        )
    first = Sheet("Schedule", rows, frozenset({1, 3}), (6, 16, 12, 34, 30, 24, 24, 24, 34, 44))
    counted = counts(schedule)
    facts: list[tuple[Cell, ...]] = [
        (title,),
        (),
        ("Type of program", PROGRAMS[schedule.program].name),
        ("Held in this year", counted.held),
        ("Planned in this year", counted.planned),
        ("At least", counted.minimum or None),
        (),
        ("To look at again",),
        *((note.say,) for note in notes if not note.at),
        (),
        ("Person", "Plans", "Leads"),
    ]
    heads = frozenset({1, 8, len(facts)})
    facts += [(person.name, person.plans, person.leads) for person in turns(schedule)]
    return first, Sheet("Look again", facts, heads, (60, 24, 12))
