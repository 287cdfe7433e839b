"""A group session in a store: a leader, people who joined by name, and what they write."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from homevisit.course.catalogue import Catalogue
from homevisit.course.session_plan import SessionPlan, Step
from homevisit.services.groups import attendance, joining, leading, taking_part, views
from homevisit.services.groups.taking_part import Device
from homevisit.store import accounts
from tests.web.course_server import LESSON, ROOT

if TYPE_CHECKING:
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_groups import GroupSession

CATALOGUE = Catalogue(ROOT)
TOKENS = count(1)
TALK, VOTE, OBSERVE, WATCH = range(4)


def step(number, kind="question", question_id="", section=""):
    return Step(
        f"s{number}", kind, f"Step {number}", 5, "Say this.", "Everybody sees this.", question_id, section
    )


PLAN = SessionPlan(
    "Roles for parents",
    LESSON,
    (
        step(1, "talk"),
        step(2, question_id="network-findings"),
        step(3, question_id="omar-observe"),
        step(4, question_id="omar-hitches"),
    ),
)


def add_account(store, name, role="learner", team="North", email=""):
    email = email or f"{name.lower().replace(' ', '.')}@example.org"
    with store.begin() as conn:
        return accounts.add_account(conn, email=email, name=name, role=role, team=team)


def rows(*seen):
    return {"rows": [{"saw": text, "meaning": "", "at": ""} for text in seen]}


@dataclass
class Room:
    store: Store
    leader: Account
    session: GroupSession
    presence: attendance.Presence = field(default_factory=attendance.Presence)

    @property
    def session_id(self):
        return self.session.session_id

    def join(self, name="", account=None, token=""):
        joined = joining.join(self.store, self.session.code, name, account, "10.0.0.1", token)
        return Device(account, joined.token)

    def go(self, position, phase):
        base = self.seen_by_leader()["version"]
        leading.set_stage(self.store, self.leader, self.session_id, position=position, phase=phase, base=base)

    def give(self, device, position, response, given_round="alone", token=None):
        return taking_part.respond(
            self.store,
            CATALOGUE,
            device,
            self.session_id,
            position=position,
            given_round=given_round,
            response=response,
            token=token or f"token-{next(TOKENS)}",
        )

    def seen_by_leader(self, viewer=None):
        return views.leader_view(self.store, CATALOGUE, viewer or self.leader, self.session_id)

    def on_projector(self):
        return views.projector_view(self.store, CATALOGUE, self.leader, self.session_id)

    def on_phone(self, device):
        return views.phone_view(self.store, CATALOGUE, device, self.session_id)


def open_room(store, plan=PLAN, name="Sue Summers", role="supervisor", team="North"):
    leader = add_account(store, name, role, team)
    session = leading.open_session(
        store, CATALOGUE, leader, title="", lesson_id=plan.lesson_id, plan=plan, team=team
    )
    return Room(store, leader, session)
