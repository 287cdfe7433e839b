from __future__ import annotations

from datetime import date

import pytest

from homevisit.course.papers_schedule import Schedule, blank_schedule, checked_schedule, schedule_as_text
from homevisit.course.schedule_checks import counts, last_day, schedule_notes, turns
from homevisit.errors import InvalidResponseError

TODAY = date(2026, 11, 21)
TEAM = [{"id": "n", "name": "Nadia"}, {"id": "t", "name": "Tomás"}, {"id": "w", "name": "Winnie"}]


def row(day="2026-12-01", **given):
    pair = {"plans": ["n", "t"], "leads": ["t", "w"]}
    return {"date": day, "parents": "two mothers", "theme": "Water", **pair, **given}


def schedule(*rows, **given):
    content = {**blank_schedule(), "program": "other", "team": TEAM, "rows": list(rows), **given}
    return Schedule.model_validate(checked_schedule(content))


def notes(*rows, **given):
    return [(note.at, note.say) for note in schedule_notes(schedule(*rows, **given), TODAY)]


def test_schedule_in_order_needs_no_second_look():
    assert (
        notes(
            row("2026-12-01"),
            row("2026-12-15", plans=["t", "w"], leads=["n", "w"]),
            row("2026-11-01", plans=["w", "n"], leads=["n", "t"], state="held"),
        )
        == []
    )


@pytest.mark.parametrize(
    ("program", "own", "minimum", "sentence"),
    [
        (
            "ehs",
            "",
            22,
            (
                "1 of at least 22 socializations stand in this year; 21 are missing. "
                "Early Head Start asks for 22 or more a year (45 CFR 1302.22; check ecfr.gov)."
            ),
        ),
        (
            "preschool",
            "",
            16,
            (
                "1 of at least 16 socializations stand in this year; 15 are missing. "
                "Head Start preschool asks for 16 or more a year (45 CFR 1302.22; check ecfr.gov)."
            ),
        ),
        (
            "ehs",
            "24",
            24,
            (
                "1 of at least 24 socializations stand in this year; 23 are missing. "
                "Your program asks for 24 or more a year."
            ),
        ),
        (
            "other",
            "2",
            2,
            "1 of at least 2 socializations stand in this year; 1 is missing. Your program asks for 2 or more a year.",
        ),
    ],
)
def test_year_is_counted_against_the_minimum_of_the_program(program, own, minimum, sentence):
    given = {"program": program, "minimum": own}
    assert counts(schedule(row(), **given)).minimum == minimum
    assert notes(row(), **given) == [("", sentence)]


def test_own_minimum_below_the_regulation_says_so_and_does_not_count():
    assert counts(schedule(row(), program="ehs", minimum="20")).minimum == 22
    say = "Your program may ask for more than the regulation does, but not for fewer."
    assert ("minimum", say) in notes(row(), program="ehs", minimum="20")


def test_canceled_rows_and_days_outside_the_year_count_nothing():
    rows = [
        row("2026-12-01"),
        row("2026-12-08", state="canceled"),
        row("2028-01-01"),
        row("2026-09-01", state="held"),
    ]
    counted = counts(schedule(*rows, begins="2026-09-01"))
    assert (counted.held, counted.planned, counted.all) == (1, 1, 2)
    say = "This date is outside the program year, September 1, 2026 to August 31, 2027, and is not counted."
    assert ("rows.2.date", say) in notes(*rows, begins="2026-09-01")


@pytest.mark.parametrize(
    ("given", "say"),
    [
        (
            row("2026-11-20"),
            "This date has passed. If it took place, choose “Held”; otherwise choose another date.",
        ),
        (
            row("2026-11-22", state="held"),
            "This date is still to come. Choose “Planned”, or correct the date.",
        ),
        (row("20260-01-01"), "Write a real day, with a year from 2000 to 2100."),
    ],
)
def test_date_that_cannot_be_right_gets_a_sentence_at_its_field(given, say):
    assert notes(given) == [("rows.0.date", say)]


def test_today_is_neither_passed_nor_to_come():
    assert notes(row("2026-11-21")) == notes(row("2026-11-21", state="held")) == []


def test_pairs_turns_parents_same_days_and_gaps_are_looked_at():
    found = notes(
        row("2026-12-01", leads=["n"], plans=["n", "t"]),
        row("2026-12-01", leads=["n", "n"], parents=" "),
        row("2027-02-01", leads=["n", "gone"], plans=[]),
    )
    same = "The same person stands here twice. Choose two people, or leave the second place open."
    assert found == [
        ("rows.1.leads", same),
        ("rows.2.leads", "A person who is no longer on the team stands here. Choose somebody else."),
        ("", "Rows 1 and 2 are on the same day, December 1, 2026."),
        ("", "There is no socialization for 62 days, from December 1, 2026 to February 1, 2027."),
        ("", "Row 3 has fewer than two people to plan."),
        ("", "Rows 1, 2 and 3 have fewer than two people to lead."),
        ("", "No parent is invited to the planning of row 2."),
        ("", "Nadia leads all 3 socializations. Who could take a turn?"),
    ]


def test_turns_are_counted_for_each_person_of_the_team():
    given = schedule(row(), row("2026-12-08", leads=["n", "t"]), row("2026-12-09", state="canceled"))
    assert [(person.name, person.plans, person.leads) for person in turns(given)] == [
        ("Nadia", 2, 1),
        ("Tomás", 2, 2),
        ("Winnie", 0, 1),
    ]


def test_year_that_begins_on_a_leap_day_ends_in_february():
    assert last_day(date(2028, 2, 29)) == date(2029, 2, 28)
    assert last_day(date(2027, 3, 1)) == date(2028, 2, 29)


def test_schedule_with_400_rows_is_refused_with_a_sentence():
    with pytest.raises(InvalidResponseError) as caught:
        checked_schedule({**blank_schedule(), "rows": [row()] * 400})
    assert caught.value.message == (
        "That is 400 rows; there is room for 100. Take some out; everything you wrote is still here."
    )


def test_schedule_as_text_says_who_does_what():
    given = schedule(row("2026-12-01", state="canceled", place="Library"), begins="2026-09-01", minimum="18")
    assert schedule_as_text(given.model_dump(mode="json")) == (
        "Program: Another program\n"
        "Our own minimum: 18 socializations a year\n"
        "The program year begins: September 1, 2026\n\n"
        "1. December 1, 2026 (canceled)\n"
        "   Theme or goal: Water\n"
        "   Place: Library\n"
        "   Plans it: Nadia and Tomás\n"
        "   Leads it: Tomás and Winnie\n"
        "   Parents invited to the planning: two mothers"
    )
