"""A room with one leader, one projector and some phones, for the browser tests of group sessions."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from homevisit.course.session_plan import SessionPlan, Step
from homevisit.services.groups import leading
from homevisit.store import accounts as account_store
from homevisit.store import groups_people, groups_responses, groups_sessions
from tests.web.course_server import LESSON, PASSWORD
from tests.web.responses import CATALOGUE

OBSERVE, CHOOSE, WATCH = "omar-observe", "who-is-in-the-network", "omar-hitches"


def step(step_id, kind, title, **more):
    given = {"minutes": 5, "say": "", "show": "", "question_id": "", "section": ""} | more
    return Step(step_id=step_id, kind=kind, title=title, **given)


PLAN = SessionPlan(
    title="Roles for parents, together",
    lesson_id=LESSON,
    steps=(
        step("welcome", "talk", "Welcome", show="What went well in your last group?", say="Wait for all."),
        step("see", "question", "What do you see?", question_id=OBSERVE, say="Ask for what hands do."),
        step("network", "question", "Who is in the network?", question_id=CHOOSE),
        step("watch", "question", "Where does it stop?", question_id=WATCH),
        step("scene", "scene", "Omar stacks blocks", section="omar-and-the-stacking-blocks"),
        step("pause", "break", "Ten minutes to stretch"),
    ),
)


def open_session(server, leader, plan=PLAN):
    """Open a session through the services; return it."""
    store = server.store()
    try:
        with store.read() as conn:
            account = account_store.find_account(conn, leader.account_id)
        return leading.open_session(
            store, CATALOGUE, account, title=plan.title, lesson_id=LESSON, plan=plan, team=account.team
        )
    finally:
        store.close()


def rows(server, session):
    """Return {(name, position, round): text} of a session, and how many rows there are."""
    store = server.store()
    try:
        with store.read() as conn:
            people = groups_people.all_participants(conn, session.session_id)
            names = {one.participant_id: one.name for one in people}
            given = [
                one
                for position in range(len(PLAN.steps))
                for one in groups_responses.responses(conn, session.session_id, position)
            ]
            state = groups_sessions.find_session(conn, session.session_id)
    finally:
        store.close()
    found = {(names[one.participant_id], one.position, one.round): one.text for one in given}
    return found, len(given), state


@dataclass
class Room:
    browser: object
    server: object
    session: object
    contexts: list = field(default_factory=list)

    def context(self, width, height, **more):
        made = self.browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", bypass_csp=True, **more
        )
        made.set_default_timeout(30_000)
        self.contexts.append(made)
        return made

    def signed_in(self, person, width=1280, height=900):
        """Return a page of a new device that is signed in as a person."""
        page = self.context(width, height).new_page()
        page.goto(self.server.url + "login")
        page.fill("input[name=email]", person.email)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(self.server.url)
        return page

    def leader(self, person, width=1280, height=900):
        """Return the leader's page of a person."""
        page = self.signed_in(person, width, height)
        page.goto(f"{self.server.url}course/live/{self.session.session_id}")
        page.locator("[data-live=step] h2").wait_for()
        return page

    def projector(self, leader_page, width=1280, height=720):
        """Return the projector view beside a leader's page."""
        page = leader_page.context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{self.server.url}course/live/{self.session.session_id}/projector")
        page.locator("[data-live=stage] h1").wait_for()
        return page

    def phone(self, name):
        """Join with the code and a first name, as somebody would; return the phone's page."""
        page = self.context(390, 844, has_touch=True).new_page()
        page.goto(self.server.url + "course/join")
        code = self.session.code
        page.fill("#code", f" {code[:3].lower()} - {code[3:].lower()}")
        page.fill("#name", name)
        page.click("main button[type=submit]")
        page.locator(".hvl-step h1").wait_for()
        return page

    def close(self):
        for context in self.contexts:
            context.close()


def guest(server, session, name):
    """Return an HTTP client of somebody who joined by first name."""
    client = server.visitor(timeout=60)
    client.get("course/join")
    form = {"code": session.code, "name": name, "_xsrf": client.cookies["_xsrf"]}
    reply = client.post("course/join", data=form)
    assert reply.status_code in {302, 303}, reply.text
    client.headers["X-XSRFToken"] = client.cookies["_xsrf"]
    return client


def give(client, session, position, response, given_round="alone"):
    """Send a response of a guest."""
    content = {"position": position, "round": given_round, "response": response, "token": uuid4().hex}
    reply = client.post(f"course/api/live/{session.session_id}/respond", json=content)
    assert reply.status_code < 300, reply.text
