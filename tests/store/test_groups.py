from __future__ import annotations

import threading

import pytest

from homevisit.errors import ConflictError, MissingEntryError, StoreError
from homevisit.store import groups_events, groups_people, groups_sessions, shared_values


@pytest.fixture
def session(store, ann):
    with store.begin() as conn:
        return add_session(conn, ann)


def add_session(conn, leader):
    return groups_sessions.add_session(
        conn, team="North", title="Blocks", lesson_id="", plan={}, leader_id=leader.account_id
    )


def test_no_two_open_sessions_have_the_same_code(store, ann, monkeypatch):
    monkeypatch.setattr(groups_sessions, "CODE_LETTERS", "AB")
    monkeypatch.setattr(groups_sessions, "CODE_LENGTH", 1)
    monkeypatch.setattr(groups_sessions, "TRIES", 200)
    with store.begin() as conn:
        assert {add_session(conn, ann).code for _ in range(2)} == {"A", "B"}
        with pytest.raises(StoreError, match="No free code was found"):
            add_session(conn, ann)


def test_code_has_no_letters_that_look_alike(session):
    assert len(session.code) == 6
    assert not set("01ILO") & set(groups_sessions.CODE_LETTERS)


def test_code_of_a_session_that_is_over_may_be_given_again(store, ann, session):
    with store.begin() as conn:
        groups_sessions.change_stage(conn, session, state="ended", ended_at=session.opened_at)
        assert groups_sessions.find_open_session(conn, session.code) is None
        groups_sessions.change_stage(conn, add_session(conn, ann), code=session.code)
        assert groups_sessions.find_open_session(conn, session.code) is not None


def test_unknown_session_says_where_to_go(store):
    with store.read() as conn, pytest.raises(MissingEntryError) as caught:
        groups_sessions.find_session(conn, "g-none")
    assert caught.value.message == groups_sessions.GONE


def test_events_of_a_session_stand_in_the_order_in_which_they_came_to_stay(store, session):
    """Two writers who overlap: the second one waits, so that no event turns up behind one already read."""
    is_held, seen = threading.Event(), []

    def second():
        is_held.wait(20)
        with store.begin() as conn:
            groups_sessions.find_session(conn, session.session_id, hold=True)
            seen.append(groups_events.add_event(conn, session.session_id, "people"))

    thread = threading.Thread(target=second)
    thread.start()
    with store.begin() as conn:
        groups_sessions.find_session(conn, session.session_id, hold=True)
        is_held.set()
        first = groups_events.add_event(conn, session.session_id, "stage")
    thread.join(20)
    assert seen[0] > first
    with store.read() as conn:
        found = groups_sessions.find_session(conn, session.session_id)
        events = groups_events.events_after(conn, session.session_id, first)
    assert (found.last_event, found.last_stage_event) == (seen[0], first)
    assert [event.event_id for event in events] == seen


def test_name_is_taken_in_its_session_only_and_in_any_case(store, ann, session):
    def add(conn, session_id, name, token):
        return groups_people.add_participant(
            conn,
            session_id=session_id,
            name=name,
            token_hash=token,
            account_id=None,
            now=session.opened_at,
            taken="taken",
        )

    with store.begin() as conn:
        first = add(conn, session.session_id, "Ana", "1")
        with pytest.raises(ConflictError, match="taken"):
            add(conn, session.session_id, "ANA", "2")
        add(conn, add_session(conn, ann).session_id, "ana", "1")
        groups_people.change_participant(conn, first.participant_id, removed_at=session.opened_at)
        add(conn, session.session_id, "ana", "3")
    with store.read() as conn:
        assert [one.name for one in groups_people.participants(conn, session.session_id)] == ["ana"]


def test_first_server_sets_what_all_have_in_common(store):
    with store.begin() as conn:
        assert shared_values.shared_value(conn, "secret", "mine") == "mine"
        assert shared_values.shared_value(conn, "secret", "yours") == "mine"
