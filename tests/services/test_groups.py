from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from homevisit.errors import ConflictError, InvalidEntryError, InvalidResponseError, NotAllowedError
from homevisit.services import learning
from homevisit.services.groups import kept, leading, taking_part
from homevisit.services.groups.report import group_report
from homevisit.services.groups.taking_part import Device
from homevisit.store import groups_responses
from homevisit.web.bus import LocalBus, Screen
from tests.services.group_rooms import (
    CATALOGUE,
    OBSERVE,
    TALK,
    VOTE,
    WATCH,
    add_account,
    open_room,
    rows,
)
from tests.web.course_server import LESSON

SEEN = "The mother turns each block around, so that it fits and they go on in order."


@pytest.fixture
def room(store):
    return open_room(store)


def texts(view):
    return [entry["text"] for entry in view["entries"]]


def test_response_sent_twice_is_kept_once(room):
    ana = room.join("Ana")
    room.go(OBSERVE, "alone")
    first = room.give(ana, OBSERVE, rows(SEEN), token="same")
    assert room.give(ana, OBSERVE, rows(SEEN), token="same") == first
    assert len(room.seen_by_leader()["entries"]) == 1


def test_newer_response_takes_the_place_of_the_earlier_which_is_kept_beside_it(room):
    ana = room.join("Ana")
    room.go(OBSERVE, "alone")
    room.give(ana, OBSERVE, rows("He looks up."), token="first")
    room.give(ana, OBSERVE, rows("He looks at her."))
    # the first one was on its way for a long time and comes once more
    room.give(ana, OBSERVE, rows("He looks up."), token="first")
    assert texts(room.seen_by_leader()) == ["1. He looks at her."]
    with room.store.read() as conn:
        stored = groups_responses.responses(conn, room.session_id)
    assert [one["text"] for one in stored[0].replaced] == ["1. He looks up."]


def test_response_to_a_step_that_moved_on_meanwhile_is_kept_and_says_so(room):
    ana, bo = room.join("Ana"), room.join("Bo")
    room.go(OBSERVE, "alone")
    room.give(bo, OBSERVE, rows("He waits."))
    room.go(TALK, "shown")
    late = room.give(ana, OBSERVE, rows(SEEN))
    again = room.give(bo, OBSERVE, rows("He waits a while."))
    assert (late.is_late, late.message) == (True, taking_part.LATE)
    assert (again.is_late, again.message) == (True, taking_part.LATE_AGAIN)
    room.go(OBSERVE, "together")
    assert texts(room.on_projector()) == ["1. He waits.", f"1. {SEEN}"]


def test_question_that_is_not_open_yet_takes_nothing(room):
    ana = room.join("Ana")
    room.go(OBSERVE, "shown")
    with pytest.raises(ConflictError) as caught:
        room.give(ana, OBSERVE, rows(SEEN))
    assert caught.value.message == taking_part.NOT_OPEN


@pytest.mark.parametrize(
    ("position", "response", "part"),
    [
        (OBSERVE, rows("  "), "send it again"),
        (OBSERVE, rows("x" * 20_001), "20,001 characters"),
        (VOTE, {"chosen": ["gone"]}, "not offered any more"),
        (VOTE, {"chosen": []}, "Choose one option, then send it again."),
        (OBSERVE, "text", "Reload the page"),
        (TALK, {"text": "x"}, "asks no question there"),
        (99, {"text": "x"}, "asks no question there"),
    ],
)
def test_response_that_cannot_be_taken_says_what_to_do(room, position, response, part):
    ana = room.join("Ana")
    for opened in (OBSERVE, VOTE):
        room.go(opened, "alone")
    with pytest.raises(InvalidResponseError) as caught:
        room.give(ana, position, response)
    assert part in caught.value.message


def test_response_of_20000_characters_and_one_with_a_script_are_shown_as_text(room):
    ana, bo = room.join("Ana"), room.join("Bo")
    room.go(OBSERVE, "alone")
    room.give(ana, OBSERVE, rows("word " * 4000))
    room.give(bo, OBSERVE, rows("<script>alert(1)</script>"))
    assert texts(room.seen_by_leader())[1] == "1. <script>alert(1)</script>"
    assert len(texts(room.seen_by_leader())[0]) > 19_900


def test_names_stand_beside_responses_for_the_leader_only(room):
    ana, bo = room.join("Ana"), room.join("Bo")
    room.go(OBSERVE, "alone")
    room.give(ana, OBSERVE, rows(SEEN))
    room.go(OBSERVE, "together")
    assert list(room.seen_by_leader()["names"].values()) == ["Ana"]
    assert "Ana" not in str(room.on_projector())
    assert "Ana" not in str(room.on_phone(bo))


def test_entries_are_out_of_sight_until_the_leader_shows_them_and_hidden_ones_stay_so(room):
    ana, bo = room.join("Ana"), room.join("Bo")
    room.go(OBSERVE, "alone")
    first = room.give(ana, OBSERVE, rows("He waits."))
    second = room.give(bo, OBSERVE, rows(SEEN))
    assert "entries" not in room.on_projector()
    assert "entries" not in room.on_phone(bo)
    leading.change_entry(room.store, room.leader, room.session_id, first.response_id, is_hidden=True)
    leading.change_entry(room.store, room.leader, room.session_id, second.response_id, is_pinned=True)
    room.go(OBSERVE, "together")
    for view in (room.on_projector(), room.on_phone(ana)):
        assert texts(view) == [f"1. {SEEN}"]
        assert "is_hidden" not in view["entries"][0]
    assert texts(room.seen_by_leader()) == [f"1. {SEEN}", "1. He waits."]


def test_entries_stand_by_key_point_and_what_the_points_say_comes_when_the_leader_shows_them(room):
    ana, bo = room.join("Ana"), room.join("Bo")
    room.go(OBSERVE, "alone")
    covering = room.give(ana, OBSERVE, rows(SEEN)).response_id
    other = room.give(bo, OBSERVE, rows("It is late.")).response_id
    room.go(OBSERVE, "together")
    points = {point.id: point.text for point in CATALOGUE.question(LESSON, "omar-observe").key_points}
    before = room.on_phone(bo)
    assert before["groups"] == [
        {"point_id": "1", "text": None, "entries": [covering]},
        {"point_id": None, "text": None, "entries": [other]},
    ]
    assert not any(text in str(before) for text in (*points, *points.values()) if text not in SEEN)
    led = {group["point_id"]: group["entries"] for group in room.seen_by_leader()["groups"]}
    assert led["mother-turns"] == [covering]
    assert set(led) == {*points, None}
    leading.show_points(room.store, room.leader, room.session_id, shown=True)
    assert {group["point_id"]: group["text"] for group in room.on_phone(bo)["groups"]} == points | {
        None: None
    }


def test_second_vote_is_counted_beside_the_first(room):
    people = [room.join(name) for name in ("Ana", "Bo", "Cy")]
    room.go(VOTE, "alone")
    for person, chosen in zip(people, ("promise", "promise", "connected"), strict=True):
        room.give(person, VOTE, {"chosen": [chosen]})
    room.go(VOTE, "together")
    assert room.on_phone(people[0])["votes"]["alone"]["promise"] == 2
    room.go(VOTE, "again")
    for person in people:
        room.give(person, VOTE, {"chosen": ["connected"]}, "again")
    assert sum(room.on_projector()["votes"]["again"].values()) == 0
    room.go(VOTE, "compared")
    votes = room.on_projector()["votes"]
    assert (votes["alone"]["promise"], votes["alone"]["connected"], votes["again"]["connected"]) == (2, 1, 3)
    own = room.on_phone(people[0])["me"]["responses"]
    assert (own["alone"], own["again"]) == ({"chosen": ["promise"]}, {"chosen": ["connected"]})


def test_timeline_shows_where_everyone_looked_and_the_moments_when_points_are_shown(room):
    ana = room.join("Ana")
    room.go(WATCH, "alone")
    marks = {
        "marks": [{"at": 20, "saw": "He drops one."}, {"at": 5, "saw": "She sits."}],
        "stops": {},
        "position": 0,
    }
    room.give(ana, WATCH, marks)
    room.go(WATCH, "together")
    shown = room.on_phone(ana)["timeline"]
    assert [mark["at"] for mark in shown["marks"]] == [5, 20]
    assert shown["moments"] == []
    assert room.seen_by_leader()["timeline"]["moments"]
    leading.show_points(room.store, room.leader, room.session_id, shown=True)
    assert room.on_phone(ana)["timeline"]["moments"]


def test_pair_writes_one_entry_together_and_each_sees_who_wrote_last(room):
    ana, bo = room.join("Ana"), room.join("Bo")
    room.go(OBSERVE, "pairs")
    assert room.on_phone(ana)["me"]["pair"] == ["Bo"]
    room.give(ana, OBSERVE, rows("He waits."), "pairs")
    room.give(bo, OBSERVE, rows("He waits, then looks."), "pairs")
    view = room.seen_by_leader()
    assert texts(view) == ["1. He waits, then looks."]
    assert view["people"]["responded"] == 2
    assert list(view["names"].values()) == ["Ana, Bo"]
    for device in (ana, bo):
        assert room.on_phone(device)["me"]["pair_entry"]["by"] == "Bo"


def test_screen_that_comes_while_pairs_are_formed_hears_of_its_own_pair(room):
    ana, _ = room.join("Ana"), room.join("Bo")
    me = room.on_phone(ana)["me"]["participant_id"]
    before = room.seen_by_leader()["event"]

    async def enter():
        bus, screen = LocalBus(room.store), Screen(before, me, None)
        room.go(OBSERVE, "pairs")
        await bus.enter(room.session_id, screen)
        bus.stop()
        return screen

    # in a thread of its own: the browser of other tests keeps a loop in this one
    with ThreadPoolExecutor(1) as thread:
        screen = thread.submit(asyncio.run, enter()).result()
    pairs = {one["participant_id"]: one["pair"] for one in room.seen_by_leader()["participants"]}
    assert (screen.kind, screen.pair) == ("stage", pairs[me])


def test_what_a_pair_gave_is_kept_for_both_also_after_new_pairs_were_formed(room):
    people = [add_account(room.store, name) for name in ("Ana Lopez", "Bo Berg", "Cy Cole", "Dee Dahl")]
    devices = [room.join(account=person) for person in people]
    room.go(OBSERVE, "pairs")
    partner = room.on_phone(devices[0])["me"]["pair"][0]
    room.give(devices[0], OBSERVE, rows("We two saw it."), "pairs")
    leading.form_pairs(room.store, room.leader, room.session_id)
    named = [person for person in people if person.name.split()[0] in {"Ana", partner}]
    for person in people:
        found = kept.by_question(room.store, person.account_id, LESSON).get("omar-observe", ())
        assert [one.text for one in found] == (["1. We two saw it."] if person in named else [])
    report = group_report(room.store, CATALOGUE, room.leader, "", room.session_id, with_names=True)
    [entry] = [one for step in report.steps for group in step.groups for one in group.entries]
    assert entry.name == f"Ana, {partner}"


def test_pair_of_somebody_who_left_names_only_who_is_still_there(room):
    ana, bo, cy = (room.join(name) for name in ("Ana", "Bo", "Cy"))
    room.go(OBSERVE, "pairs")
    taking_part.leave(room.store, room.presence, bo, room.session_id)
    assert room.on_phone(ana)["me"]["pair"] == ["Cy"]
    taking_part.leave(room.store, room.presence, cy, room.session_id)
    assert room.on_phone(ana)["me"]["pair"] == []


def test_who_responded_and_left_is_counted_among_those_asked(room):
    ana, bo, _ = (room.join(name) for name in ("Ana", "Bo", "Cy"))
    room.go(OBSERVE, "alone")
    for device in (ana, bo):
        room.give(device, OBSERVE, rows("He waits."))
        taking_part.leave(room.store, room.presence, device, room.session_id)
    assert room.seen_by_leader()["people"] == {"here": 1, "responded": 2, "of": 3}


def test_projector_alone_learns_which_first_and_second_entries_belong_together(room):
    ana, bo = room.join("Ana"), room.join("Bo")
    for given_round in ("alone", "again"):
        room.go(OBSERVE, given_round)
        for device, words in ((ana, "He waits."), (bo, "She looks.")):
            room.give(device, OBSERVE, rows(f"{words} {given_round}"), given_round)
    room.go(OBSERVE, "compared")
    entries = room.on_projector()["entries"]
    assert sorted((one["writer"], one["text"]) for one in entries) == [
        (1, "1. He waits. again"),
        (1, "1. He waits. alone"),
        (2, "1. She looks. again"),
        (2, "1. She looks. alone"),
    ]
    assert "writer" not in str(room.on_phone(ana)["entries"])


def test_parked_question_is_kept_once_and_can_be_marked_done(room):
    ana = room.join("Ana")
    for _ in range(2):
        taking_part.park(room.store, ana, room.session_id, "What about twins?", "t")
    parked = room.seen_by_leader()["parking"]
    assert [(one["name"], one["text"], one["is_done"]) for one in parked] == [
        ("Ana", "What about twins?", False)
    ]
    leading.set_parked(room.store, room.leader, room.session_id, parked[0]["entry_id"], is_done=True)
    assert room.seen_by_leader()["parking"][0]["is_done"]
    assert room.on_phone(ana)["me"]["parking"] == ["What about twins?"]
    for text, part in (("  ", "Nothing is written yet"), ("x" * 1001, "at most 1,000")):
        with pytest.raises(InvalidResponseError, match=part):
            taking_part.park(room.store, ana, room.session_id, text, "other")


def test_two_screens_of_the_leader_do_not_move_over_each_other(room):
    base = room.seen_by_leader()["version"]
    room.go(VOTE, "shown")
    with pytest.raises(ConflictError) as caught:
        leading.set_stage(
            room.store, room.leader, room.session_id, position=OBSERVE, phase="shown", base=base
        )
    assert caught.value.message == leading.MOVED_ON


@pytest.mark.parametrize(
    ("position", "phase"), [(99, "shown"), (-1, "shown"), (TALK, "alone"), (VOTE, "party")]
)
def test_stage_that_the_plan_does_not_have_is_refused(room, position, phase):
    with pytest.raises(InvalidEntryError):
        room.go(position, phase)


def test_other_leader_takes_over_and_the_first_can_only_look_until_taking_back(room):
    other = add_account(room.store, "Tom Trainer", "trainer")
    view = room.seen_by_leader(other)
    assert (view["leader"]["name"], view["leader"]["is_me"]) == ("Sue Summers", False)
    with pytest.raises(ConflictError, match="Sue Summers leads this session now"):
        leading.show_points(room.store, other, room.session_id, shown=True)
    leading.take_over(room.store, other, room.session_id)
    with pytest.raises(ConflictError, match="Tom Trainer leads this session now"):
        room.go(VOTE, "alone")
    leading.take_over(room.store, room.leader, room.session_id)
    room.go(VOTE, "alone")


def test_supervisor_of_another_team_and_learners_cannot_lead(room):
    for role, team in (("supervisor", "South"), ("supervisor", ""), ("learner", "North")):
        other = add_account(room.store, f"Pat {role} {team}", role, team)
        for call in (room.seen_by_leader, lambda who: leading.take_over(room.store, who, room.session_id)):
            with pytest.raises(NotAllowedError):
                call(other)


def test_participant_of_another_session_is_not_one_of_this(room, store):
    ana = room.join("Ana")
    other = open_room(store, name="Sol South", team="South")
    with pytest.raises(NotAllowedError) as caught:
        other.on_phone(ana)
    assert caught.value.message.startswith("You have not joined this session on this device.")
    with pytest.raises(NotAllowedError):
        room.on_phone(Device(None, "guessed"))


def test_responses_with_an_account_stand_beside_ones_own_and_are_no_attempts(room):
    ana = add_account(room.store, "Ana Lopez")
    device = room.join(account=ana)
    room.go(OBSERVE, "alone")
    room.give(device, OBSERVE, rows(SEEN))
    found = kept.by_question(room.store, ana.account_id, LESSON)
    assert [one.text for one in found["omar-observe"]] == [f"1. {SEEN}"]
    state = learning.lesson_state(room.store, CATALOGUE, ana.account_id, LESSON)
    assert state.attempts["omar-observe"] == ()
    assert state.drafts == {}


def test_feedback_is_kept_after_the_end_and_a_newer_one_takes_its_place(room):
    ana = room.join("Ana")
    leading.end(room.store, room.presence, room.leader, room.session_id)
    for useful in (2, 4):
        taking_part.give_feedback(room.store, ana, room.session_id, useful, "Good talk.")
    assert room.on_phone(ana)["me"]["feedback"]
    for wrong in (0, 5, True, "4", None):
        with pytest.raises(InvalidResponseError) as caught:
            taking_part.give_feedback(room.store, ana, room.session_id, wrong, "")
        assert caught.value.message == taking_part.NO_RATING


def test_session_that_is_over_can_be_read_and_not_changed(room):
    ana = room.join("Ana")
    room.go(OBSERVE, "alone")
    leading.end(room.store, room.presence, room.leader, room.session_id)
    leading.end(room.store, room.presence, room.leader, room.session_id)
    assert room.on_phone(ana)["is_open_for"] is None
    assert room.give(ana, OBSERVE, rows(SEEN)).is_late
    for call in (
        lambda: room.go(VOTE, "shown"),
        lambda: taking_part.park(room.store, ana, room.session_id, "Why?", "t"),
    ):
        with pytest.raises(ConflictError, match="This session is over"):
            call()
