"""What to look at again in a schedule: dates that cannot be right, the yearly minimum, pairs, turns, gaps.

The minimum is 45 CFR 1302.22; pairs and parents at the planning are the advice of the supervisor's handbook
("Support for Home Visitors"); the length of a gap is the course's own choice. The browser says the same
(``web/static/lesson/schedule-checks.js``); a test compares the two.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from homevisit.course.papers_schedule import CANCELED, HELD, PLANNED, PROGRAMS
from homevisit.course.typed import Note, day_in_words, read_count, read_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from homevisit.course.papers_schedule import Schedule, Socialization

MOST_A_YEAR = 366
# More days than this between two socializations is called a gap.
GAP_DAYS = 42
# With fewer socializations, one person for all of them says nothing yet.
LEAST_FOR_TURNS = 3
PAIR = 2
PASSED = "This date has passed. If it took place, choose “Held”; otherwise choose another date."
TO_COME = "This date is still to come. Choose “Planned”, or correct the date."
SAME_TWICE = "The same person stands here twice. Choose two people, or leave the second place open."
GONE = "A person who is no longer on the team stands here. Choose somebody else."
LOW_OWN = "Your program may ask for more than the regulation does, but not for fewer."


@dataclass(frozen=True, slots=True)
class Turns:
    """How often one person plans and leads."""

    name: str
    plans: int
    leads: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The rows that count for the year: not canceled, and within it where its first day is known."""

    held: int
    planned: int
    minimum: int

    @property
    def all(self) -> int:
        """Held and planned together."""
        return self.held + self.planned


def counts(schedule: Schedule) -> Counts:
    """Count a schedule against its minimum; a row without a readable date counts nothing."""
    states = Counter(row.state for _, row, _ in _counted(schedule))
    own, _ = read_count(schedule.minimum, MOST_A_YEAR)
    return Counts(states[HELD], states[PLANNED], max(own or 0, PROGRAMS[schedule.program].minimum))


def turns(schedule: Schedule) -> list[Turns]:
    """Give how often each member of the team plans and leads, in the order of the team."""
    rows = [row for row in schedule.rows if row.state != CANCELED]
    return [
        Turns(
            person.name.strip(),
            sum(person.id in row.plans for row in rows),
            sum(person.id in row.leads for row in rows),
        )
        for person in schedule.team
        if person.name.strip()
    ]


def schedule_notes(schedule: Schedule, today: date) -> list[Note]:
    """Give a sentence for each field, and for the schedule as a whole, that should be looked at again."""
    own, own_note = read_count(schedule.minimum, MOST_A_YEAR)
    if own is not None and own < PROGRAMS[schedule.program].minimum:
        own_note = LOW_OWN
    found = [Note("minimum", own_note), Note("begins", read_day(schedule.begins)[1])]
    for number, row in enumerate(schedule.rows):
        found.append(Note(f"rows.{number}.date", _date_note(schedule, row, today)))
        for at, people in (("plans", row.plans), ("leads", row.leads)):
            found.append(Note(f"rows.{number}.{at}", _people_note(schedule, people)))
    wholes = [_minimum_note(schedule), *_same_day(schedule), *_gaps(schedule), *_people_notes(schedule)]
    return [note for note in [*found, *(Note("", say) for say in wholes)] if note.say]


def last_day(begins: date) -> date:
    """Return the last day of a year that begins on a day."""
    try:
        return begins.replace(year=begins.year + 1) - timedelta(days=1)
    except ValueError:
        return date(begins.year + 1, 2, 28)


def _counted(schedule: Schedule) -> list[tuple[int, Socialization, date]]:
    """Give (number, row, day) of the rows that count, from 1."""
    begins, _ = read_day(schedule.begins)
    found = []
    for number, row in enumerate(schedule.rows, 1):
        day, _ = read_day(row.date)
        if day and row.state != CANCELED and (begins is None or begins <= day <= last_day(begins)):
            found.append((number, row, day))
    return found


def _date_note(schedule: Schedule, row: Socialization, today: date) -> str:
    day, say = read_day(row.date)
    begins, _ = read_day(schedule.begins)
    if day is None or row.state == CANCELED:
        return say
    if begins and not begins <= day <= last_day(begins):
        ends = day_in_words(last_day(begins))
        return f"This date is outside the program year, {day_in_words(begins)} to {ends}, and is not counted."
    if row.state == PLANNED and day < today:
        return PASSED
    return TO_COME if row.state == HELD and day > today else ""


def _people_note(schedule: Schedule, people: Sequence[str]) -> str:
    known = {person.id for person in schedule.team}
    named = [person for person in people if person]
    if not set(named) <= known:
        return GONE
    return SAME_TWICE if len(set(named)) < len(named) else ""


def _minimum_note(schedule: Schedule) -> str:
    counted = counts(schedule)
    if not schedule.rows or counted.all >= counted.minimum:
        return ""
    missing = counted.minimum - counted.all
    program = PROGRAMS[schedule.program]
    is_own = counted.minimum > program.minimum
    who = "Your program" if is_own else program.name
    source = "" if is_own else " (45 CFR 1302.22; check ecfr.gov)"
    return (
        f"{counted.all} of at least {counted.minimum} socializations stand in this year; {missing} "
        f"{'is' if missing == 1 else 'are'} missing. {who} asks for {counted.minimum} or more a year{source}."
    )


def _same_day(schedule: Schedule) -> list[str]:
    by_day: dict[date, list[int]] = {}
    for number, _, day in _counted(schedule):
        by_day.setdefault(day, []).append(number)
    return [
        f"{_rows(numbers)} are on the same day, {day_in_words(day)}."
        for day, numbers in by_day.items()
        if len(numbers) > 1
    ]


def _gaps(schedule: Schedule) -> list[str]:
    days = sorted(day for _, _, day in _counted(schedule))
    return [
        f"There is no socialization for {(later - earlier).days} days, "
        f"from {day_in_words(earlier)} to {day_in_words(later)}."
        for earlier, later in pairwise(days)
        if (later - earlier).days > GAP_DAYS
    ]


def _people_notes(schedule: Schedule) -> list[str]:
    rows = [(number, row) for number, row in enumerate(schedule.rows, 1) if row.state != CANCELED]
    lone_plans = _lone(schedule, rows, lambda row: row.plans)
    lone_leads = _lone(schedule, rows, lambda row: row.leads)
    alone = [number for number, row in rows if not row.parents.strip()]
    found = [
        f"{_rows(lone_plans)} {_have(lone_plans)} fewer than two people to plan." if lone_plans else "",
        f"{_rows(lone_leads)} {_have(lone_leads)} fewer than two people to lead." if lone_leads else "",
        f"No parent is invited to the planning of {_rows(alone).lower()}." if alone else "",
    ]
    for person in turns(schedule):
        for often, verb in ((person.plans, "plans"), (person.leads, "leads")):
            if len(rows) >= LEAST_FOR_TURNS and often == len(rows):
                found.append(f"{person.name} {verb} all {often} socializations. Who could take a turn?")
    return found


def _lone(
    schedule: Schedule,
    rows: Iterable[tuple[int, Socialization]],
    people: Callable[[Socialization], Sequence[str]],
) -> list[int]:
    known = {person.id for person in schedule.team}
    return [number for number, row in rows if len(set(people(row)) & known) < PAIR]


def _have(numbers: Sequence[int]) -> str:
    return "has" if len(numbers) == 1 else "have"


def _rows(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"Row {numbers[0]}"
    return f"Rows {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
