"""A schedule of socializations for one program year: what people type, and the schedule as text.

What to look at again is said by ``homevisit/course/schedule_checks.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from homevisit.course.fields import AsTuple, Checked
from homevisit.course.typed import Typed, day_in_words, read_content, read_day, room_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_ROWS = 100
MOST_PEOPLE = 40
PLANNED: Final = "planned"
HELD: Final = "held"
CANCELED: Final = "canceled"
STATES: Mapping[str, str] = {PLANNED: "Planned", HELD: "Held", CANCELED: "Canceled"}


@dataclass(frozen=True, slots=True)
class Program:
    """A type of program: its name, and how many socializations a year it must hold, 0 where no rule is known."""

    name: str
    minimum: int


# 45 CFR 1302.22, as amended in 2024.
PROGRAMS = {
    "ehs": Program("Early Head Start", 22),
    "preschool": Program("Head Start preschool", 16),
    "other": Program("Another program", 0),
}


class TeamMember(Checked):
    """Somebody who plans or leads; rows name people by `id`, so that a name can be corrected in one place."""

    id: Typed
    name: Typed = ""


People = Annotated[tuple[Typed, ...], AsTuple, room_for(2, "person")]


class Socialization(Checked):
    """One row: `plan` is the paper_id of a plan or empty, `plans` and `leads` hold ids of up to two people."""

    date: Typed = ""
    place: Typed = ""
    theme: Typed = ""
    plan: Typed = ""
    plans: People = ()
    leads: People = ()
    parents: Typed = ""
    state: Literal["planned", "held", "canceled"] = PLANNED


class Schedule(Checked):
    """A program year, as it was typed; `minimum` is a program's own number and may stay empty."""

    program: Literal["ehs", "preschool", "other"] = "ehs"
    minimum: Typed = ""
    begins: Typed = ""
    team: Annotated[tuple[TeamMember, ...], AsTuple, room_for(MOST_PEOPLE, "person")] = ()
    rows: Annotated[tuple[Socialization, ...], AsTuple, room_for(MOST_ROWS, "row")] = ()

    def name_of(self, person_id: str) -> str:
        """Return the name of a member of the team, "" when the id is not among them."""
        return next((person.name.strip() for person in self.team if person.id == person_id), "")

    def names(self, person_ids: Iterable[str]) -> list[str]:
        """Return the names of people who are on the team, without those who have none."""
        return [name for name in map(self.name_of, dict.fromkeys(person_ids)) if name]


def blank_schedule() -> dict[str, Any]:
    """Give the content of a new schedule: no row yet."""
    return Schedule().model_dump(mode="json")


def checked_schedule(obj: object) -> dict[str, Any]:
    """Give a schedule as it was typed; InvalidResponseError for its shape, its size or too many rows."""
    return read_content(Schedule, obj).model_dump(mode="json")


def shown_day(text: str) -> str:
    """Write a day in words; what is no day stands as it was typed."""
    day, _ = read_day(text)
    return day_in_words(day) if day else text.strip()


def schedule_as_text(content: Mapping[str, Any]) -> str:
    """Write a schedule as plain text, row by row."""
    schedule = read_content(Schedule, content)
    program = PROGRAMS[schedule.program]
    written = [f"Program: {program.name}"]
    if schedule.minimum.strip():
        written.append(f"Our own minimum: {schedule.minimum.strip()} socializations a year")
    if schedule.begins.strip():
        written.append(f"The program year begins: {shown_day(schedule.begins)}")
    if not schedule.rows:
        return "\n".join([*written, "", "No socialization stands in this schedule yet."])
    for number, row in enumerate(schedule.rows, 1):
        written += ["", *_row_as_text(schedule, number, row)]
    return "\n".join(written)


def _row_as_text(schedule: Schedule, number: int, row: Socialization) -> list[str]:
    state = "" if row.state == PLANNED else f" ({STATES[row.state].lower()})"
    facts = (
        ("Theme or goal", row.theme.strip()),
        ("Place", row.place.strip()),
        ("Plans it", " and ".join(schedule.names(row.plans))),
        ("Leads it", " and ".join(schedule.names(row.leads))),
        ("Parents invited to the planning", row.parents.strip()),
    )
    lines = [f"   {name}: {text}" for name, text in facts if text]
    return [f"{number}. {shown_day(row.date) or 'No date yet'}{state}", *lines]
