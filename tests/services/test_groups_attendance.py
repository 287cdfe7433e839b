from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from homevisit.services.groups import attendance, leading, pairs
from homevisit.store import groups_events, groups_notes, groups_people
from tests.services.group_rooms import OBSERVE, add_account, open_room


@pytest.fixture
def room(store):
    return open_room(store)


def set_back(room, device, **ago):
    """Let a participant have been seen some time ago."""
    person = room.on_phone(device)["me"]["participant_id"]
    with room.store.begin() as conn:
        at = datetime.now(UTC) - timedelta(**ago)
        groups_people.change_participant(conn, person, last_seen_at=at, joined_at=at)
    return person


def find(room, person):
    with room.store.read() as conn:
        return groups_people.find_participant(conn, room.session_id, person)


def test_time_counts_over_the_sleep_of_a_phone_while_people_talk_and_not_over_a_longer_gap(room):
    ana, bo, cy = (room.join(name) for name in ("Ana", "Bo", "Cy"))
    seen, slept = set_back(room, ana, seconds=100), set_back(room, bo, minutes=9)
    gone = set_back(room, cy, minutes=16)
    for person in (seen, slept, gone):
        room.presence.note(person)
    room.presence.write(room.store)
    assert 99 <= find(room, seen).seconds <= 102
    assert 540 <= find(room, slept).seconds <= 542
    assert find(room, gone).seconds == 0


def test_minutes_are_credited_to_accounts_at_the_end_and_never_more_than_the_session_took(room):
    ana = add_account(room.store, "Ana Lopez")
    person = set_back(room, room.join(account=ana), seconds=30)
    room.join("Bo")
    with room.store.begin() as conn:
        groups_people.change_participant(conn, person, seconds=3000)
    leading.end(room.store, room.presence, room.leader, room.session_id)
    with room.store.read() as conn:
        credited = groups_notes.attendances(conn, account_id=ana.account_id)
    assert [(one.session_id, one.minutes) for one in credited] == [(room.session_id, 0)]


def test_nothing_is_written_for_those_of_whom_nothing_was_heard(room):
    room.join("Ana")
    room.presence.write(room.store)
    with room.store.read() as conn:
        before = groups_events.last_event(conn, room.session_id)
    room.presence.write(room.store)
    with room.store.read() as conn:
        assert groups_events.last_event(conn, room.session_id) == before


def test_leader_hears_when_somebody_is_no_longer_there(room):
    ana = room.join("Ana")
    assert room.presence.write(room.store) == []
    set_back(room, ana, minutes=3)
    assert room.presence.write(room.store) == [room.session_id]
    assert room.seen_by_leader()["people"]["here"] == 0


def test_session_that_nobody_ended_ends_itself_after_a_day(room, monkeypatch):
    room.join("Ana")
    assert attendance.end_forgotten(room.store, room.presence) == []
    monkeypatch.setattr(attendance, "FORGOTTEN", timedelta(0))
    assert attendance.end_forgotten(room.store, room.presence) == [room.session_id]
    assert room.seen_by_leader()["state"] == "ended"


def groups_of(room):
    found = {}
    for person in room.seen_by_leader()["participants"]:
        found.setdefault(person["pair"], set()).add(person["name"])
    return found


def test_five_people_make_a_pair_and_a_three_and_who_is_away_is_in_none(room):
    for name in ("Ana", "Bo", "Cy", "Di", "Ed"):
        room.join(name)
    set_back(room, room.join("Fay"), minutes=10)
    room.go(OBSERVE, "pairs")
    found = groups_of(room)
    assert found.pop(None) == {"Fay"}
    assert sorted(len(group) for group in found.values()) == [2, 3]


def test_who_comes_late_joins_a_pair_and_the_others_stay_together(room):
    for name in ("Ana", "Bo", "Cy", "Di"):
        room.join(name)
    room.go(OBSERVE, "pairs")
    before = {frozenset(group) for group in groups_of(room).values()}
    room.join("Ed")
    after = list(groups_of(room).values())
    assert all(any(group <= now for now in after) for group in before)
    assert sorted(len(group) for group in after) == [2, 3]


def test_new_pairs_bring_other_people_together_and_get_new_numbers(room):
    for name in ("Ana", "Bo", "Cy", "Di"):
        room.join(name)
    room.go(OBSERVE, "pairs")
    before = groups_of(room)
    leading.form_pairs(room.store, room.leader, room.session_id)
    after = groups_of(room)
    assert not set(before) & set(after)
    assert not {frozenset(group) for group in before.values()} & {
        frozenset(group) for group in after.values()
    }


def test_pairs_of_any_number_of_people_hold_each_once():
    assert pairs.formed([]) == []
    assert pairs.formed(["a"]) == [["a"]]
    for number in range(2, 14):
        people = [str(one) for one in range(number)]
        made = pairs.formed(people)
        assert Counter(one for group in made for one in group) == Counter(people)
        assert all(len(group) in {2, 3} for group in made)
        assert sum(len(group) == 3 for group in made) == number % 2
