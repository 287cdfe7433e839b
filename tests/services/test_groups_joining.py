from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from homevisit.errors import ConflictError, InvalidEntryError, NotAllowedError, SlowDownError
from homevisit.services import throttle
from homevisit.services.groups import joining, leading, taking_part
from homevisit.services.groups.taking_part import Device
from tests.services.group_rooms import PLAN, add_account, open_room, step


@pytest.fixture
def room(store):
    return open_room(store)


def names(room):
    return [person["name"] for person in room.seen_by_leader()["participants"]]


def test_code_is_taken_as_people_write_it(room):
    code = joining.shown_code(room.session.code)
    for number, written in enumerate((code, code.lower(), f" {code[:3]} {code[4:]} ")):
        joining.join(room.store, written, f"Ana {number}", None, "10.0.0.1")
    assert names(room) == ["Ana 0", "Ana 1", "Ana 2"]


def test_second_person_of_the_same_first_name_is_asked_to_add_something(room):
    room.join("Ana")
    with pytest.raises(ConflictError) as caught:
        room.join("  aNA ")
    assert caught.value.message == (
        "There is an aNA here already. Add a letter or your last name's first letter."
    )
    room.join("Ana B")
    assert names(room) == ["Ana", "Ana B"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", joining.NO_NAME),
        (" . ", joining.NO_NAME),
        ("x" * 41, joining.LONG_NAME),
        ("Ana\u202e", joining.ODD_NAME),
    ],
)
def test_name_that_cannot_be_taken_says_what_to_write(room, name, sentence):
    with pytest.raises(InvalidEntryError) as caught:
        room.join(name)
    assert caught.value.message == sentence
    assert names(room) == []


def test_same_browser_is_the_same_participant_again(room):
    first = room.join("Ana")
    again = room.join("Somebody else", token=first.token)
    assert again.token == first.token
    assert names(room) == ["Ana"]


def test_account_joins_by_its_first_name_and_is_the_same_on_another_device(room):
    ana = add_account(room.store, "Ana Lopez")
    room.join(account=ana)
    other = room.join(account=ana)
    assert other.token == ""
    assert [(one["name"], one["has_account"]) for one in room.seen_by_leader()["participants"]] == [
        ("Ana", True)
    ]


def test_account_whose_first_name_is_taken_gets_more_of_its_name(room):
    room.join("Ana")
    for number, name in enumerate(("Ana Lopez", "Ana Lund", "Ana Lopez", "Ana", "Ana")):
        room.join(account=add_account(room.store, name, email=f"ana{number}@example.org"))
    assert names(room) == ["Ana", "Ana L", "Ana Lu", "Ana Lo", "Ana 2", "Ana 3"]


def test_account_on_a_device_on_which_somebody_else_joined_is_another_participant(room):
    bo = room.join("Bo")
    ana = add_account(room.store, "Ana Lopez")
    joining.join(room.store, room.session.code, "", ana, "10.0.0.1", bo.token)
    assert room.on_phone(Device(ana, bo.token))["me"]["name"] == "Ana"
    assert room.on_phone(Device(None, bo.token))["me"]["name"] == "Bo"


def test_wrong_codes_slow_their_address_down_and_right_ones_do_not(room):
    for number in range(25):
        room.join(f"Person {number}")
    free = throttle.join_gate("10.0.0.9").free
    for _ in range(free):
        with pytest.raises(InvalidEntryError) as caught:
            joining.join(room.store, "ABC-DEX", "Ana", None, "10.0.0.9")
        assert caught.value.message == joining.WRONG_CODE
    with pytest.raises(SlowDownError) as slowed:
        joining.join(room.store, room.session.code, "Ana", None, "10.0.0.9")
    assert "wrong code" in slowed.value.message
    room.join("Ana")
    with room.store.begin() as conn:
        for _ in range(2_000):  # sent at once by somebody who wants to keep the room out
            throttle.note_failure(conn, throttle.join_gate("10.0.0.9"), datetime.now(UTC))
    with pytest.raises(SlowDownError) as slowed:
        joining.join(room.store, room.session.code, "Ana", None, "10.0.0.9")
    assert slowed.value.seconds <= 30


def test_learners_of_the_team_are_told_of_the_session_that_runs_and_nobody_else(room):
    ana = add_account(room.store, "Ana Lee")
    others = [
        add_account(room.store, "Olga Other", team="South"),
        add_account(room.store, "Nina None", team=""),
        add_account(room.store, "Sam Two", role="supervisor"),
    ]
    assert [one.session_id for one in joining.running_for(room.store, ana)] == [room.session_id]
    assert [joining.running_for(room.store, one) for one in others] == [(), (), ()]
    leading.end(room.store, room.presence, room.leader, room.session_id)
    assert joining.running_for(room.store, ana) == ()


def test_code_of_a_session_that_is_over_is_closed(room):
    leading.end(room.store, room.presence, room.leader, room.session_id)
    with pytest.raises(InvalidEntryError) as caught:
        room.join("Ana")
    assert caught.value.message == joining.CLOSED_CODE


def test_removed_participant_is_told_so_and_frees_the_name(room):
    ana = room.join("Ana")
    person = room.on_phone(ana)["me"]["participant_id"]
    leading.remove_participant(room.store, room.presence, room.leader, room.session_id, person)
    for call in (lambda: room.on_phone(ana), lambda: room.join("Ana", token=ana.token)):
        with pytest.raises(NotAllowedError) as caught:
            call()
        assert caught.value.message.startswith("The leader has taken this name out of the session.")
    room.join("Ana")
    assert names(room) == ["Ana"]


def test_who_left_and_comes_back_is_there_again(room):
    ana = room.join("Ana")
    taking_part.leave(room.store, room.presence, ana, room.session_id)
    assert room.seen_by_leader()["people"]["here"] == 0
    room.join("Ana", token=ana.token)
    assert room.seen_by_leader()["people"]["here"] == 1


def test_supervisor_without_a_team_cannot_begin_a_session(store):
    with pytest.raises(NotAllowedError) as caught:
        open_room(store, team="")
    assert caught.value.message == leading.NO_TEAM


def test_plan_with_a_question_that_is_gone_is_refused_with_its_step(store):
    plan = replace(PLAN, steps=(*PLAN.steps, step(5, question_id="no-such")))
    with pytest.raises(InvalidEntryError) as caught:
        open_room(store, plan)
    assert caught.value.message.startswith("Step 5, “Step 5”, asks a question")
