"""Group sessions over HTTP: who may do what, the stream, a server that dies, two servers on one database."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from homevisit.config import load_settings
from homevisit.course.catalogue import Catalogue
from homevisit.services import grading, learning
from homevisit.store.engine import open_store
from tests.web.course_server import LESSON, ROOT, CourseServer
from tests.web.responses import good_response

if TYPE_CHECKING:
    import httpx

CATALOGUE = Catalogue(ROOT)

QUESTION = 2  # the step of the ready plan that asks omar-observe
SEEN = "She waits and looks at her mother."


def rows(text):
    return {"rows": [{"saw": text, "meaning": "", "at": ""}]}


@dataclass
class Session:
    server: CourseServer
    leader: httpx.Client
    session_id: str

    @property
    def api(self):
        return f"course/api/live/{self.session_id}"

    def state(self, client=None, kind="leader"):
        reply = (client or self.leader).get(f"{self.api}/state", params={"as": kind})
        assert reply.status_code == 200, reply.text
        return reply.json()

    def go(self, position, phase, client=None):
        base = self.state(client)["version"]
        body = {"position": position, "phase": phase, "base": base}
        reply = (client or self.leader).post(f"{self.api}/stage", json=body)
        assert reply.status_code == 200, reply.text

    def respond(self, client, text, token=None, given_round="alone"):
        body = {
            "position": QUESTION,
            "round": given_round,
            "response": rows(text),
            "token": token or uuid4().hex,
        }
        return client.post(f"{self.api}/respond", json=body)


def visitor(server):
    client = server.visitor(timeout=60)
    client.get("course/join")
    client.headers["X-XSRFToken"] = client.cookies["_xsrf"]
    return client


def join(server, code, name="", client=None):
    client = client or visitor(server)
    form = {"code": code, "name": name, "_xsrf": client.cookies["_xsrf"]}
    reply = client.post("course/join", data=form)
    assert reply.status_code == 303, reply.text
    return client


def open_session(server, leader, team=""):
    form = {"lesson_id": LESSON, "team": team, "_xsrf": leader.cookies["_xsrf"]}
    reply = leader.post("course/sessions/open", data=form)
    assert reply.status_code == 303, reply.text
    return Session(server, leader, reply.headers["location"].rsplit("/", 1)[1])


@dataclass
class Stream:
    """An open event stream; `next` waits for an event and gives its id and kind."""

    lines: object
    event_id: str = ""
    seen: list = field(default_factory=list)

    def next(self):
        for line in self.lines:
            if line.startswith("id: "):
                self.event_id = line[4:]
            if line.startswith("data: "):
                self.seen.append(json.loads(line[6:])["kind"])
                return self.seen[-1]
        raise AssertionError("the stream ended")

    def until(self, kind):
        while self.next() != kind:
            pass


@contextmanager
def stream(session, client, kind, **headers):
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    with client.stream(
        "GET", f"{session.api}/events", params={"as": kind}, headers=names, timeout=30
    ) as reply:
        assert reply.status_code == 200
        assert reply.headers["content-type"] == "text/event-stream; charset=utf-8"
        lines = reply.iter_lines()
        assert next(lines) == "retry: 2000"
        yield Stream(lines)


LEADS = {"leader": 200, "trainer": 409, "administrator": 409}
LOOKS = {"leader": 200, "trainer": 200, "administrator": 200}
NOT_SIGNED_IN = {"visitor": 401, "participant": 401, "participant of another": 401}
TAKES_PART = {"participant": 200, "learner who joined": 200}
STRANGERS = (
    "visitor",
    "participant",
    "participant of another",
    "learner",
    "learner who joined",
    "supervisor of another team",
)
ROLES = (*STRANGERS, "leader", "trainer", "administrator")
# method and path below the session: the body, and who gets what; who is not named is refused with 403
ROUTES = {
    "GET state?as=leader": (None, NOT_SIGNED_IN | LOOKS),
    "GET state?as=projector": (None, NOT_SIGNED_IN | LOOKS),
    "GET state?as=phone": (None, TAKES_PART),
    "GET events?as=leader": (None, NOT_SIGNED_IN | LOOKS),
    "GET events?as=projector": (None, NOT_SIGNED_IN | LOOKS),
    "GET events?as=phone": (None, TAKES_PART),
    "POST stage": ({"position": 2, "phase": "alone"}, NOT_SIGNED_IN | LEADS),
    "POST points": ({"shown": True}, NOT_SIGNED_IN | LEADS),
    "POST pairs": ({}, NOT_SIGNED_IN | LEADS),
    "POST entries/ENTRY": ({"is_pinned": True}, NOT_SIGNED_IN | LEADS),
    "POST participants/PERSON/remove": ({}, NOT_SIGNED_IN | LEADS),
    "POST parking/PARKED": ({"is_done": True}, NOT_SIGNED_IN | LEADS),
    "POST take-over": ({}, NOT_SIGNED_IN | LOOKS),
    "POST respond": ({"position": 2, "round": "alone", "response": rows(SEEN)}, TAKES_PART),
    "POST parking": ({"text": "What about twins?"}, TAKES_PART),
    "POST seen": ({}, TAKES_PART),
    "POST leave": ({}, TAKES_PART),
    "POST feedback": ({"useful": 3, "text": ""}, TAKES_PART),
    "POST end": ({}, NOT_SIGNED_IN | LEADS),
}


@pytest.fixture(scope="module")
def room(server):
    """Return a session in which writing is open, and one client for each kind of person."""
    leader = server.person("Sue Summers", "supervisor").client()
    session = open_session(server, leader)
    code = session.state()["code"]
    other = server.person("Sol South", "supervisor", "South").client()
    elsewhere = open_session(server, other)
    people = {
        "visitor": visitor(server),
        "participant": join(server, code, "Ana"),
        "participant of another": join(server, elsewhere.state()["code"], "Bo"),
        "learner": server.person("Len Lane").client(),
        "learner who joined": join(server, code, client=server.person("Lia Long").client()),
        "supervisor of another team": other,
        "leader": leader,
        "trainer": server.person("Tom Trainer", "trainer").client(),
        "administrator": server.person("Ada Admin", "administrator").client(),
    }
    session.go(QUESTION, "alone")
    yield session, people
    for client in people.values():
        client.close()


def named(session, people, path):
    """Return a path with something that is there in the place of its capital letters."""
    if "ENTRY" in path:
        assert session.respond(people["participant"], SEEN).status_code == 200
        return path.replace("ENTRY", session.state()["entries"][0]["entry_id"])
    if "PERSON" in path:
        name = f"Guest {uuid4().hex[:6]}"
        join(session.server, session.state()["code"], name).close()
        found = [one["participant_id"] for one in session.state()["participants"] if one["name"] == name]
        return path.replace("PERSON", found[0])
    if "PARKED" in path:
        body = {"text": "Why?", "token": uuid4().hex}
        assert people["participant"].post(f"{session.api}/parking", json=body).status_code == 200
        return path.replace("PARKED", session.state()["parking"][0]["entry_id"])
    return path


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_each_route_for_each_kind_of_person(room, route, role):
    session, people = room
    method, path = route.split()
    body, statuses = ROUTES[route]
    wanted = statuses.get(role, 403)
    if path == "end" and wanted == 200:
        session = open_session(session.server, session.leader)
    path = f"{session.api}/{named(session, people, path)}"
    if body is not None:
        body = body | {"token": uuid4().hex}
        if "phase" in body:
            body["base"] = session.state()["version"]
    with people[role].stream(method, path, json=body) as reply:
        status = reply.status_code
        refused = json.loads(reply.read()) if status != 200 else None
    if path.endswith("take-over") and status == 200:
        assert people["leader"].post(path, json={}).status_code == 200
    assert status == wanted
    if refused is not None:
        assert re.fullmatch(r"[A-Z].+\.", refused["message"])
        assert ("state" in refused) == (status == 409)


def test_nothing_of_a_session_is_shown_under_a_guessed_name(room):
    _, people = room
    assert people["leader"].get("course/api/live/g-aaaaaaaaaa/state?as=leader").status_code == 404
    assert people["visitor"].get("course/api/live/g-aaaaaaaaaa/state?as=phone").status_code == 403
    assert people["leader"].get(f"{room[0].api}/state?as=owner").status_code == 400


def test_state_that_has_not_changed_is_not_sent_again(room):
    session, people = room
    for role, kind in (("leader", "leader"), ("leader", "projector"), ("participant", "phone")):
        client, address = people[role], f"{session.api}/state?as={kind}"
        tag = client.get(address).headers["etag"]
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) in {(304, b""), (200, again.content)}
        if kind == "phone":
            assert again.status_code == 304


def test_join_form_keeps_what_was_typed_and_says_what_is_wrong(server, room):
    session, _ = room
    client = visitor(server)
    form = {"code": "ABC-DEX", "name": "Ana", "_xsrf": client.cookies["_xsrf"]}
    wrong = client.post("course/join", data=form)
    assert wrong.status_code == 422
    assert "No group session that is open now has this code." in wrong.text
    taken = client.post("course/join", data=form | {"code": session.state()["code"]})
    assert taken.status_code == 409
    assert "Add a letter" in taken.text
    assert 'value="Ana"' in taken.text


def test_participants_cookie_is_out_of_reach_of_scripts(server, room):
    client = visitor(server)
    form = {"code": room[0].state()["code"], "name": "Cookie", "_xsrf": client.cookies["_xsrf"]}
    cookie = client.post("course/join", data=form).headers["set-cookie"]
    assert cookie.startswith("homevisit-participant=")
    assert "httponly" in cookie.lower()
    assert "samesite=lax" in cookie.lower()


def test_phones_hear_of_the_stage_and_not_of_others_responses(server):
    leader = server.person("Liv Leader", "supervisor").client()
    session = open_session(server, leader)
    code = session.state()["code"]
    ana, bo = join(server, code, "Ana"), join(server, code, "Bo")
    with stream(session, leader, "leader") as led, stream(session, bo, "phone") as phone:
        session.go(QUESTION, "alone")
        led.until("stage")
        assert session.respond(ana, SEEN).status_code == 200
        led.until("responses")
        session.go(QUESTION, "together")
        led.until("stage")
        leader.post(f"{session.api}/end", json={})
        led.until("ended")
        phone.until("ended")
    assert "responses" not in phone.seen
    assert "people" not in phone.seen


def test_pair_hears_of_what_its_other_half_writes(server):
    leader = server.person("Lou Leader", "supervisor").client()
    session = open_session(server, leader)
    code = session.state()["code"]
    ana, bo = join(server, code, "Ana"), join(server, code, "Bo")
    with stream(session, bo, "phone") as phone:
        session.go(QUESTION, "pairs")
        phone.until("stage")
        assert session.respond(ana, SEEN, given_round="pairs").status_code == 200
        phone.until("responses")
    assert session.state(bo, "phone")["me"]["pair_entry"] == {"response": rows(SEEN), "by": "Ana"}


def test_server_that_dies_in_mid_session_goes_on_where_it_was(tmp_path):
    server = CourseServer(tmp_path / "data").start()
    try:
        leader = server.person("Sue Summers", "supervisor").client()
        session = open_session(server, leader)
        code = session.state()["code"]
        ana, bo = join(server, code, "Ana"), join(server, code, "Bo")
        session.go(QUESTION, "alone")
        with stream(session, ana, "phone", Last_Event_ID="0") as phone:
            phone.until("stage")
        heard = phone.event_id
        assert session.respond(ana, SEEN, token="on-its-way").status_code == 200
        server.kill()
        server.start()
        # the answer never came, so the phone sends once more
        assert session.respond(ana, SEEN, token="on-its-way").status_code == 200
        assert session.respond(bo, "He waits.").status_code == 200
        state = session.state()
        assert (state["step"]["position"], state["phase"]) == (QUESTION, "alone")
        assert sorted(state["names"].values()) == ["Ana", "Bo"]
        assert session.state(ana, "phone")["me"]["responses"]["alone"] == rows(SEEN)
        session.go(QUESTION, "together")
        with stream(session, ana, "phone", Last_Event_ID=heard) as phone:
            phone.until("stage")
    finally:
        server.kill()


@dataclass
class SharedServer(CourseServer):
    """A server on a database that another one uses, too."""

    def store(self):
        return open_store(self.environment["HOMEVISIT_DATABASE_URL"])


def test_two_servers_on_one_database_tell_each_other(tmp_path, postgres):
    name = postgres.add_database()
    setting = {"HOMEVISIT_DATABASE_URL": postgres.url(name)}
    here, there = (SharedServer(tmp_path / number / "data", environment=setting) for number in ("one", "two"))
    try:
        here.start()
        there.start()
        leader = here.person("Sue Summers", "supervisor").client()
        session = open_session(here, leader)
        ana = join(there, session.state()["code"], "Ana")
        with stream(session, leader, "leader") as led, stream(session, ana, "phone") as phone:
            session.go(QUESTION, "alone")
            phone.until("stage")
            assert session.respond(ana, SEEN).status_code == 200
            led.until("responses")
        assert [entry["text"] for entry in session.state()["entries"]] == [f"1. {SEEN}"]
        # signed in at one server, and known at the other
        leader.base_url = there.url
        assert [entry["text"] for entry in session.state()["entries"]] == [f"1. {SEEN}"]
    finally:
        for server in (here, there):
            if server.process is not None:
                server.kill()
        postgres.remove_database(name)


def test_result_page_shows_what_one_wrote_in_the_group_beside_ones_own(server, room):
    session, _ = room
    person = server.person("Rae Reyes")
    client = person.client()
    join(server, session.state()["code"], client=client)
    session.go(QUESTION, "alone")
    assert session.respond(client, "He <b>waits</b> for her.").status_code == 200
    # handed in and graded here and now, not by the program beside the server
    store = server.store()
    try:
        for question_id in CATALOGUE.key(LESSON).questions:
            learning.commit_attempt(
                store,
                CATALOGUE,
                person.account_id,
                LESSON,
                question_id,
                response=good_response(question_id, LESSON),
                number=1,
                token=uuid4().hex,
            )
        learning.submit_lesson(store, CATALOGUE, person.account_id, LESSON, uuid4().hex)
        grading.grade_while_busy(store, load_settings(ROOT, server.data_dir), CATALOGUE, 0)
    finally:
        store.close()
    page = client.get(f"lessons/{LESSON}/result").text
    assert "In your group session on" in page
    assert "1. He &lt;b&gt;waits&lt;/b&gt; for her." in page
    client.close()
