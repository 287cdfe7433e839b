"""What the browser counts, adds up and says about plans, schedules and budgets is what the server says."""

from __future__ import annotations

import base64
from dataclasses import asdict
from datetime import date
from itertools import product

import pytest

from homevisit.course import elof
from homevisit.course.budget_sums import ROUNDING, Sums, add_up
from homevisit.course.papers_budget import EATERS, HEADINGS, MOST_ITEMS, Budget, blank_budget, budget_notes
from homevisit.course.papers_plan import MOST_GOALS, SECTIONS, Plan, blank_plan, line_counts
from homevisit.course.papers_schedule import (
    MOST_PEOPLE,
    MOST_ROWS,
    PROGRAMS,
    STATES,
    Schedule,
    blank_schedule,
)
from homevisit.course.schedule_checks import counts, schedule_notes, turns
from homevisit.course.typed import day_in_words, money, read_amount, read_count, read_day
from homevisit.web.assets import STATIC
from homevisit.web.bundle import bundle
from tests.course import test_papers_plan, test_papers_schedule
from tests.course.test_papers_budget import FULL, item

TODAY = "2026-11-21"
TYPED = [
    *("", " ", "0", "00", "8", " 8 ", "-8", "−8", "+8", "8.", "8.5", ".5", "8.50", "8.505", "8,50", "1,000"),  # noqa: RUF001
    *(
        "1,00",
        "10,000",
        "10000.01",
        "$12",
        "$ 12.30",
        "$-1",
        "- 1",
        "1e9",
        "1000000000",
        "9" * 400,
        "abc",
        "=1",
    ),
    *("٣", "½", "2026-10-05", "2026-02-29", "2028-02-29", "20260-01-01", "1999-12-31", "2100-12-31", "soon"),
]
PEOPLE = [[], ["n"], ["n", "n"], ["n", "t"], ["gone"], ["t", "w"]]
DAYS = [
    "",
    "2026-09-01",
    "2026-11-20",
    TODAY,
    "2026-12-24",
    "2027-08-31",
    "2027-09-01",
    "2028-02-29",
    "20260-01-01",
]


@pytest.fixture(scope="module")
def run(browser):
    """Return a function that calls what a script module exports with JSON, in a browser."""
    page = browser.new_page()
    page.goto("about:blank")

    def call(module, expression, *values):
        source = base64.b64encode(bundle(STATIC / "lesson", module).encode()).decode()
        script = f"async ([source, values]) => {{ const m = await import(source); return ({expression})(m, ...values); }}"
        return page.evaluate(script, [f"data:text/javascript;base64,{source}", list(values)])

    yield call
    page.close()


def test_numbers_amounts_and_days_are_read_alike(run):
    limits = [0, 8, 500, 10_000]
    found = run(
        "typed",
        """(m, texts, limits) => texts.map((text) => [
            m.readDay(text), ...limits.flatMap((most) => [m.readCount(text, most), m.readAmount(text, most)])])""",
        TYPED,
        limits,
    )
    for text, answers in zip(TYPED, found, strict=True):
        day, say = read_day(text)
        expected = [(day and day.isoformat(), say)]
        for most in limits:
            expected += [read_count(text, most), read_amount(text, most)]
        assert [(answer["value"], answer["say"]) for answer in answers] == expected, text


def test_money_and_days_are_written_alike(run):
    cents = [0, 5, 99, 100, 123_450, 100_000_000, -5, -123_456_789, 2_195_997_804_000]
    assert run("typed", "(m, all) => all.map(m.money)", cents) == [money(each) for each in cents]
    days = [day for day in DAYS if read_day(day)[0]]
    shown = run("typed", "(m, all) => all.map(m.dayInWords)", days)
    assert shown == [day_in_words(date.fromisoformat(day)) for day in days]


def budgets():
    blank = blank_budget()
    yield blank
    yield {**blank, **FULL}
    for text in TYPED:
        part = {"count": text, "price": text}
        heads = dict.fromkeys(("families", "socializations", "ceiling"), text)
        lines = [item("", text, "2"), item("Paint", "3", text, "year"), item("  ", text, text)]
        yield {**blank, **FULL, **heads}
        yield {**blank, **FULL, "infants": part, "adults": {"count": text, "price": ""}, "other": lines}
    for families, held, price in product((3, 7, 499), (1, 11, 366), ("0.01", "0.05", "9999.99", "33.33")):
        lines = [item(price=price, count="10000"), item(price=price, per="year")]
        yield {**blank, "families": str(families), "socializations": str(held), "materials": lines}


def test_budgets_are_added_up_alike(run):
    given = list(budgets())
    found = run("budget-sums", "(m, all) => all.map((each) => [m.addUp(each), m.budgetNotes(each)])", given)
    names = {"".join((first, *(word.title() for word in rest))): field for field, first, rest in _camel(Sums)}
    for content, (sums, notes) in zip(given, found, strict=True):
        budget = Budget.model_validate(content)
        expected = asdict(add_up(budget))
        expected["by_heading"] = {heading: list(costs) for heading, costs in expected["by_heading"].items()}
        assert {names[name]: value for name, value in sums.items()} == expected, content
        assert _sorted(notes) == _sorted(asdict(note) for note in budget_notes(budget)), content


def schedules():
    team = test_papers_schedule.TEAM
    rows = [
        {
            "date": day,
            "place": "",
            "theme": "",
            "plan": "",
            "plans": plans,
            "leads": leads,
            "parents": parents,
            "state": state,
        }
        for number, (day, state) in enumerate(product(DAYS, STATES))
        for plans, leads in [(PEOPLE[number % 6], PEOPLE[(number + 2) % 6])]
        for parents in ("", "two mothers")[number % 2 : number % 2 + 1]
    ]
    for program, begins, minimum in product(
        PROGRAMS, ("", "2026-09-01", "2028-02-29", "soon"), ("", "3", "24", "-1")
    ):
        yield {
            **blank_schedule(),
            "program": program,
            "begins": begins,
            "minimum": minimum,
            "team": team,
            "rows": rows,
        }
    near = [{**rows[0], "date": day} for day in ("2027-01-01", "2027-02-12", "2027-03-27")]
    yield {**blank_schedule(), "team": team, "rows": near}
    yield blank_schedule()
    yield {**blank_schedule(), "team": [{"id": "n", "name": " "}], "rows": rows[:1]}
    yield {**blank_schedule(), "team": team, "rows": [{**rows[12], "plans": ["n"], "leads": ["n", "t"]}] * 22}


def test_schedules_are_looked_at_alike(run):
    given = list(schedules())
    found = run(
        "schedule-checks",
        "(m, all, today) => all.map((each) => [m.scheduleNotes(each, today), m.counts(each), m.turns(each)])",
        given,
        TODAY,
    )
    for content, (notes, counted, people) in zip(given, found, strict=True):
        schedule = Schedule.model_validate(content)
        expected = schedule_notes(schedule, date.fromisoformat(TODAY))
        assert notes == [asdict(note) for note in expected]
        all_counted = counts(schedule)
        assert counted == asdict(all_counted) | {"all": all_counted.all}
        assert people == [asdict(person) for person in turns(schedule)]


def test_lines_of_plans_are_counted_alike(run):
    goal, blank = test_papers_plan.GOAL, blank_plan()
    texts = ["", "a", "two words", "¿ ? !", " 1\t2 ", "歌 遊び", "it's", "— —"]
    given = [blank, {**blank, "goals": []}, {**blank, "goals": [goal, {**goal, "domain": "wisdom"}]}]
    given += [{**blank, "food": text, "goals": [goal, {**goal, "child": text, "goal": ""}]} for text in texts]
    found = run("plan-lines", "(m, all) => all.map(m.lineCounts)", given)
    for content, lines in zip(given, found, strict=True):
        expected = line_counts(Plan.model_validate(content))
        kept = ("section", "key", "filled", "goals")
        assert lines == [{name: getattr(line, name) for name in kept} for line in expected]


def test_names_and_limits_are_the_same(run):
    sections = {key: {"title": title, "lines": dict(lines)} for key, (title, lines) in SECTIONS.items()}
    assert run("plan-lines", "(m) => [m.SECTIONS, m.MOST_GOALS, m.blankPlan()]") == [
        sections,
        MOST_GOALS,
        blank_plan(),
    ]
    domains = {
        key: {"name": domain.name, "subdomains": dict(domain.subdomains)}
        for key, domain in elof.DOMAINS.items()
    }
    assert run("elof", "(m) => m.DOMAINS") == domains
    assert run("budget-sums", "(m) => [m.HEADINGS, m.EATERS, m.MOST_ITEMS, m.ROUNDING]") == [
        dict(HEADINGS),
        dict(EATERS),
        MOST_ITEMS,
        ROUNDING,
    ]
    assert run("schedule-checks", "(m) => [m.MOST_ROWS, m.MOST_PEOPLE, m.STATES, m.PROGRAMS]") == [
        MOST_ROWS,
        MOST_PEOPLE,
        dict(STATES),
        {key: {"name": program.name, "minimum": program.minimum} for key, program in PROGRAMS.items()},
    ]
    kept = [name for name in blank_budget() if name not in ("transportation", "materials")]
    assert run("budget", "(m, kept) => kept.map((name) => m.blankBudget()[name])", kept) == [
        blank_budget()[name] for name in kept
    ]
    assert run("schedule", "(m) => m.blankSchedule()") == blank_schedule()


def _camel(kind):
    for field in kind.__dataclass_fields__:
        first, *rest = field.split("_")
        yield field, first, rest


def _sorted(notes):
    return sorted(notes, key=lambda note: (note["at"], note["say"]))
