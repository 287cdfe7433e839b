"""Groups `start` and `pages`: starting a server, its memory, and opening the lesson page."""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from bench.processes import free_memory
from bench.report import Row
from bench.servers import changed_course
from bench.visits import connect_kernels, crowd, leave, visit

if TYPE_CHECKING:
    from bench.people import Learner
    from bench.plan import Crowd, Plan
    from bench.processes import Server
    from bench.setting import Setting
    from bench.visits import Visit

LEAST_FREE_MB = 1500
# Less than this for a visitor cannot be told from what a server does by itself.
LEAST_MB = 0.1


@dataclass
class Figures:
    """What was measured of one server, a figure a round; a crowd is a list of visits."""

    rest: list[float] = field(default_factory=list)
    each: list[float] = field(default_factory=list)
    first: list[Visit] = field(default_factory=list)
    alone: list[Visit] = field(default_factory=list)
    crowds: dict[int, list[list[Visit]]] = field(default_factory=dict)

    def add_crowd(self, visits: list[Visit]) -> None:
        """Take in the visits of one crowd."""
        self.crowds.setdefault(len(visits), []).append(visits)


def measure_start(setting: Setting) -> None:
    """Measure from the start of the process to the first answer."""
    plan = setting.plan
    starts: dict[str, list[float]] = {"course": [], "stock": []}
    anew: dict[str, list[float]] = {"course": [], "stock": []}
    for turn in range(plan.starts):
        for name in setting.both(turn):
            setting.say(f"start: {name}, {turn + 1} of {plan.starts}")
            with setting.server(name) as server:
                starts[name].append(server.seconds_to_start)
            changed = setting.server(name, changed=changed_course(setting.folder / f"changed{name}{turn}"))
            with changed as server:
                [one] = setting.visitors(name, 1)
                made = asyncio.run(visit(server, one, plan.room.give_up))
                anew[name].append(server.seconds_to_start + made.complete)
    setting.report.add(
        Row("server start to its first answer", median(starts["course"]), median(starts["stock"])),
        Row("server start to the first page, course changed", median(anew["course"]), median(anew["stock"])),
    )
    setting.report.note(
        f"Server start: from the start of the process to the first 200, of `/health` for the course (which asks its "
        f"store, on a data folder in use) and of a file for stock; median of {plan.starts} each, by turns. "
        "Course changed: the server has no page of any lesson and must run the notebooks first; the page was asked "
        "for at the first answer."
    )


def measure_pages(setting: Setting) -> None:
    """Measure memory, and pages opened alone and in crowds."""
    found = {"course": Figures(), "stock": Figures()}
    for turn in range(setting.plan.rounds):
        for name in setting.both(turn):
            setting.say(f"pages: {name}, {turn + 1} of {setting.plan.rounds}")
            with setting.server(name) as server:
                visitors = setting.visitors(name, setting.plan.room.size)
                asyncio.run(_round(setting.plan, server, visitors, found[name]))
    _fill_the_hall(setting, found)
    _rows_of_rounds(setting, found)
    for expected in (setting.plan.room, setting.plan.hall):
        _rows_of_crowd(setting, expected, found)
    _notes(setting, found)


async def _round(plan: Plan, server: Server, learners: list[Learner], figures: Figures) -> None:
    rest = server.memory_at_rest()
    for number in range(1 + plan.visits):
        made = await visit(server, learners[0], plan.room.give_up)
        (figures.alone if number else figures.first).append(made)
        await leave(server, learners[0], made)
    visits = await crowd(server, learners, plan.room.give_up)
    figures.add_crowd(visits)
    sockets = await connect_kernels(server, learners, visits)
    await asyncio.sleep(1)
    if rest:
        figures.rest.append(rest)
        figures.each.append((server.memory() - rest) / plan.room.size)
    for socket in sockets:
        socket.close()


def _fill_the_hall(setting: Setting, found: dict[str, Figures]) -> None:
    """Let the largest crowd in: in every round at the course, once at stock, which takes minutes for it."""
    hall = setting.plan.hall
    for name in ("course", "stock"):
        for turn in range(setting.plan.rounds if name == "course" else 1):
            setting.say(f"pages: {name}, {hall.size} at once, {turn + 1}")
            with setting.server(name) as server:
                visits = asyncio.run(_hall(server, setting.visitors(name, hall.size), hall.give_up))
                found[name].add_crowd(visits)
                if not server.is_running():
                    setting.report.note(f"{hall.size} at once: {name} was ended early; memory ran out.")
                server.end(is_patient=name == "course")


async def _hall(server: Server, learners: list[Learner], give_up: float) -> list[Visit]:
    await leave(server, learners[0], await visit(server, learners[0], give_up))
    guard = asyncio.create_task(_end_before_memory_does(server))
    try:
        return await crowd(server, learners, give_up)
    finally:
        guard.cancel()


async def _end_before_memory_does(server: Server) -> None:
    """End the server when the machine has little memory left, lest it end something else."""
    while free_memory() > LEAST_FREE_MB:  # noqa: ASYNC110  nothing tells when it runs low
        await asyncio.sleep(0.5)
    server.end(is_patient=False)


def _rows_of_rounds(setting: Setting, found: dict[str, Figures]) -> None:
    course, stock = found["course"], found["stock"]

    def of(figures: Figures, visits: str, what: str) -> float:
        return median(getattr(made, what) for made in getattr(figures, visits))

    setting.report.add(
        Row("memory at rest (PSS of the process tree)", _middle(course.rest), _middle(stock.rest), "MB"),
        Row(
            f"memory for each of {setting.plan.room.size} visitors",
            max(_middle(course.each) or 0.0, LEAST_MB) if course.each else None,
            _middle(stock.each),
            "MB",
            at_most=bool(course.each) and _middle(course.each) <= LEAST_MB,
        ),
        Row(
            "first visit after a start, page complete",
            of(course, "first", "complete"),
            of(stock, "first", "complete"),
        ),
        Row("1 visitor, first byte", of(course, "alone", "first_byte"), of(stock, "alone", "first_byte")),
        Row("1 visitor, page complete", of(course, "alone", "complete"), of(stock, "alone", "complete")),
    )


def _rows_of_crowd(setting: Setting, expected: Crowd, found: dict[str, Figures]) -> None:
    size, within = expected.size, expected.served_within
    course, stock = (found[name].crowds[size] for name in ("course", "stock"))

    def row(what: str, part: str, share: float) -> Row:
        ours, theirs = (
            median(at_share([getattr(made, part) for made in visits], share) for visits in rounds)
            for rounds in (course, stock)
        )
        is_open = math.isinf(theirs)
        return Row(f"{size} at once, {what}", ours, expected.give_up if is_open else theirs, at_least=is_open)

    setting.report.add(
        row("first byte, median visitor", "first_byte", 0.5),
        row("page complete, median visitor", "complete", 0.5),
        row("page complete, last visitor", "complete", 1.0),
        Row(
            f"{size} at once, served within {within:.0f} s",
            _served(course, size, within),
            _served(stock, size, within),
        ),
    )
    if expected is setting.plan.hall:
        setting.report.note(
            f"{size} at once: nobody waited longer than {expected.give_up:.0f} s; by then stock had served "
            f"{_served(stock, size, expected.give_up)}; once for stock, {times(len(course))} for the course, "
            "a fresh server and one visit before it each time."
        )


def times(count: int) -> str:
    """Return how often, in words."""
    return "once" if count == 1 else f"{count} times"


def at_share(values: list[float], share: float) -> float:
    """Return the smallest value that this share of the values does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def _served(rounds: list[list[Visit]], size: int, within: float) -> str:
    worst = min(sum(made.complete <= within for made in visits) for visits in rounds)
    return f"{worst} of {size}"


def _middle(values: list[float]) -> float | None:
    return median(values) if values else None


def _notes(setting: Setting, found: dict[str, Figures]) -> None:
    plan = setting.plan
    setting.report.note(
        f"Memory and pages: {times(plan.rounds)} by turns, each on a fresh server: memory once it is steady, a first "
        f"visit, {plan.visits} visits one after the other whose pages are closed again, then {plan.room.size} at once. "
        "Medians over rounds; of numbers served the worst round. Learners of the course are signed in."
    )
    setting.report.note(
        f"Memory of a visitor: with {plan.room.size} pages open and each connected to its kernel where it has one, less "
        "memory at rest, divided. The course's own share of it is what the server keeps after its first visits."
    )
    course = found["course"]
    crowds = [made for rounds in course.crowds.values() for visits in rounds for made in visits]
    unserved = sum(math.isinf(made.complete) for made in (*course.first, *course.alone, *crowds))
    if unserved:
        setting.report.problems.append(f"The course left {unserved} visitors without a whole page.")
