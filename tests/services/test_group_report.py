from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from homevisit.course.catalogue import Catalogue
from homevisit.errors import InvalidEntryError, MissingEntryError, NotAllowedError, NotSignedInError
from homevisit.services.groups import leading
from homevisit.services.groups.report import group_report
from homevisit.services.groups.report_pdf import SIGN, SIGN_SAYS, drawable_words, report_pdf
from homevisit.services.plans import listing, tasks
from homevisit.services.team import days
from homevisit.store import tables_groups
from homevisit.web.group_report import attendance_sheet
from tests.services import held_session
from tests.services.group_rooms import add_account as add
from tests.services.held_session import OBSERVE, PARKED, SEEN
from tests.services.waiting import queries

CATALOGUE = Catalogue(Path(__file__).parents[2])
NAMES = ("Ana", "Ben", "Cleo", "Dee")


@pytest.fixture
def sam(store):
    return add(store, "Sam", "supervisor")


@pytest.fixture
def people(store):
    return [add(store, "Lea"), add(store, "Lou")]


@pytest.fixture
def running(store, sam, people):
    return held_session.begin(store, CATALOGUE, sam, people, NAMES)


@pytest.fixture
def held(running):
    return held_session.hold(running)


@pytest.fixture
def clock_in(monkeypatch):
    """Give a function that moves the server's clock to a zone."""

    def move(zone):
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield move
    monkeypatch.undo()
    time.tzset()


def report(held, viewer, token="", **more):
    return group_report(held.store, CATALOGUE, viewer, token, held.session_id, **more)


def test_report_without_names_names_nobody_and_tells_no_key_point(held, people):
    seen = report(held, people[0])
    told = str((seen.people, seen.steps, seen.parked, seen.said))
    assert not any(name in told for name in (*NAMES, "Lea", "Lou"))
    points = CATALOGUE.question(held_session.LESSON, "omar-observe").key_points
    assert {group.text for group in seen.steps[0].groups} == {""}
    given = {entry.text for group in seen.steps[0].groups for entry in group.entries}
    assert len(given) == 6
    # groups without their points say nothing that an entry would have to stand in twice for
    assert sum(len(group.entries) for group in seen.steps[0].groups) == 6
    assert all(any(text in one for one in given) for text in SEEN)
    assert not any(point.look_again in told for point in points)
    assert len(seen.people) == 6
    assert seen.parked[0].text == PARKED


def test_leader_sees_names_points_and_the_shift_of_the_votes(held, sam):
    seen = report(held, sam, with_names=True)
    assert {one.name for one in seen.people} == {*NAMES, "Lea", "Lou"}
    entries = [entry for group in seen.steps[0].groups for entry in group.entries]
    assert next(entry.name for entry in entries if SEEN[0] in entry.text) == "Lea"
    assert any(group.text for group in seen.steps[0].groups)
    votes = [(vote.first, vote.second) for vote in seen.steps[1].votes][:2]
    assert votes == [(2, 3), (4, 3)]
    assert (seen.steps[1].first_people, seen.steps[1].second_people) == (6, 6)
    assert seen.parked[0].name == "Lea"
    assert dict(seen.useful)["Very useful"] == 3
    assert seen.said == ("The pairs helped me most.",)


def test_who_may_open_the_report(store, held, sam, people):
    token = held.devices["Ana"].token
    others = {
        "trainer": add(store, "Tara", "trainer", ""),
        "foreign supervisor": add(store, "Olga", "supervisor", "South"),
        "foreign learner": add(store, "Finn", team="South"),
        "team learner who was away": add(store, "Abe"),
    }
    for viewer in (sam, others["trainer"]):
        assert report(held, viewer, with_names=True).is_named
        assert not report(held, viewer).is_named
    for viewer, own in ((people[0], ""), (others["team learner who was away"], ""), (None, token)):
        assert not report(held, viewer, own).is_named
        with pytest.raises(NotAllowedError):
            report(held, viewer, own, with_names=True)
    for viewer in (others["foreign supervisor"], others["foreign learner"]):
        with pytest.raises(NotAllowedError):
            report(held, viewer)
    for own in ("", "no-such-token"):
        with pytest.raises(NotSignedInError):
            report(held, None, own)


def test_report_waits_for_the_end_but_not_for_the_leader(running, sam, people):
    assert report(running, sam).minutes is None
    for viewer, token in ((people[0], ""), (None, running.devices["Ben"].token)):
        with pytest.raises(MissingEntryError) as caught:
            report(running, viewer, token)
        assert "still runs" in caught.value.message


def test_participant_without_an_account_keeps_the_report_for_a_while_only(store, held):
    token = held.devices["Ana"].token
    assert report(held, None, token)
    earlier = datetime.now(UTC) - timedelta(hours=13)
    with store.begin() as conn:
        conn.execute(update(tables_groups.group_sessions).values(ended_at=earlier))
    with pytest.raises(NotAllowedError):
        report(held, None, token)


def test_hidden_entry_is_for_the_leader_alone(running, sam, people):
    running.stage(OBSERVE, "alone")
    entry = running.give(
        "Ben", OBSERVE, "alone", {"rows": [{"saw": "Hidden words here.", "meaning": "", "at": ""}]}
    )
    leading.change_entry(running.store, sam, running.session_id, entry, is_hidden=True)
    running.end()
    assert "Hidden words" not in str(report(running, people[0]))
    assert "Hidden words" in str(report(running, sam, with_names=True))


def test_feedback_of_fewer_than_five_is_not_counted(store, sam, people):
    few = held_session.hold(held_session.begin(store, CATALOGUE, sam, people, ("Ana",)))
    seen = report(few, sam, with_names=True)
    assert (seen.feedback, seen.useful) == (3, ())


def test_pdf_holds_real_text_in_a_font_of_its_own(held, people):
    pdf = report_pdf(report(held, people[0]))
    assert pdf.startswith(b"%PDF-")
    assert b"/FontFile2" in pdf
    assert b"/ToUnicode" in pdf


def test_what_the_font_cannot_draw_becomes_a_sign_and_the_rest_stays():
    words = drawable_words()
    assert words("Ñandú, Škoda <b>& “so”</b>") == "Ñandú, Škoda &lt;b&gt;&amp; “so”&lt;/b&gt;"
    assert not words.has_signs
    assert words("家族 a\u200bb\u00a0c\nd") == f"{SIGN}{SIGN} ab\u00a0c<br/>d"
    assert words.has_signs
    assert SIGN in SIGN_SAYS


def test_lists_of_sessions_are_those_of_the_own_team(store, held, sam):
    second = held_session.begin(store, CATALOGUE, sam, [])
    running, ended = listing.sessions_for(store, sam)
    assert [one.session_id for one in running] == [second.session_id]
    assert [one.session_id for one in ended] == [held.session_id]
    assert listing.sessions_for(store, add(store, "Olga", "supervisor", "South")) == ((), ())
    with pytest.raises(NotAllowedError):
        listing.sessions_for(store, add(store, "Abe"))


def test_task_is_on_the_list_of_its_person_alone_and_can_be_ticked_off(store, held, sam, people):
    lea, lou = people
    mine = tasks.add_task(
        store, sam, held.session_id, text=" Draw a map. ", who=lea.account_id, due="2026-01-05"
    )
    tasks.add_task(store, sam, held.session_id, text="Bring a photo.", who=tasks.EVERYBODY, due="")
    assert [one.text for one in tasks.own_tasks(store, lea)] == ["Draw a map.", "Bring a photo."]
    assert [one.text for one in tasks.own_tasks(store, lou)] == ["Bring a photo."]
    assert tasks.own_tasks(store, lea)[0].is_overdue
    assert tasks.own_tasks(store, lea, date(2026, 1, 5))[0].is_overdue is False
    with pytest.raises(MissingEntryError):
        tasks.tick_off(store, lou, mine.task_id, is_done=True)
    tasks.tick_off(store, lea, mine.task_id, is_done=True)
    assert [one.is_done for one in tasks.own_tasks(store, lea)] == [False, True]
    assert report(held, sam, with_names=True).tasks[0].done_names == ("Lea",)
    tasks.tick_off(store, lea, mine.task_id, is_done=False)
    assert report(held, sam, with_names=True).tasks[0].done_names == ()
    assert [one.text for one in report(held, lou).tasks] == ["Bring a photo."]
    assert [one.name for one in report(held, sam, with_names=True).tasks] == ["Lea", ""]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": " … "}, "Write what is to be done, then add it."),
        ({"text": "x" * 1001}, "That is 1,001 characters; a task has room for 1,000."),
        ({"who": "a-nobody"}, "Choose who is to do it from the list."),
        ({"due": "soon"}, "Write a real day, with a year from 2000 to 2100."),
    ],
)
def test_task_that_cannot_be_says_why(held, sam, changes, said):
    given = {"text": "Try one thing.", "who": tasks.EVERYBODY, "due": "", **changes}
    with pytest.raises(InvalidEntryError) as caught:
        tasks.add_task(held.store, sam, held.session_id, **given)
    assert caught.value.message == said


def test_tasks_are_added_and_removed_by_those_who_lead_the_team(store, held, sam, people):
    task = tasks.add_task(store, sam, held.session_id, text="Try.", who=tasks.EVERYBODY, due="")
    for viewer in (people[0], add(store, "Olga", "supervisor", "South")):
        with pytest.raises(NotAllowedError):
            tasks.add_task(store, viewer, held.session_id, text="Try.", who=tasks.EVERYBODY, due="")
        with pytest.raises(NotAllowedError):
            tasks.remove_task(store, viewer, held.session_id, task.task_id)
    tasks.remove_task(store, sam, held.session_id, task.task_id)
    assert tasks.own_tasks(store, people[0]) == ()


def test_evening_session_has_its_own_day_on_every_paper(store, held, sam, clock_in):
    with store.begin() as conn:
        # Monday evening in Chicago, Tuesday by UTC
        evening = datetime(2026, 10, 6, 1, 30, tzinfo=UTC)
        conn.execute(update(tables_groups.group_sessions).values(opened_at=evening))
    clock_in("America/Chicago")
    seen = report(held, sam, with_names=True)
    assert seen.day == date(2026, 10, 5)
    assert attendance_sheet(seen).rows[0][0].endswith("October 5, 2026")


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Etc/GMT-14"])
def test_task_is_overdue_from_the_day_after_on_the_servers_clock(held, sam, people, clock_in, zone):
    clock_in(zone)  # at any hour one of the two has another date than UTC
    for due in (days.today(), days.today() - timedelta(days=1)):
        tasks.add_task(
            held.store, sam, held.session_id, text="Call.", who=people[0].account_id, due=due.isoformat()
        )
    late, today = tasks.own_tasks(held.store, people[0])
    assert (late.is_overdue, today.is_overdue) == (True, False)


def test_home_page_asks_once_for_the_titles_of_all_sessions_with_tasks(store, held, sam, people):
    for number in range(3):
        tasks.add_task(store, sam, held.session_id, text=f"{number}", who=tasks.EVERYBODY, due="")
    with queries(store) as sent:
        assert len(tasks.own_tasks(store, people[0])) == 3
    assert len(sent) == 3
