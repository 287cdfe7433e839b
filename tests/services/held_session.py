"""A group session that was held, made by the services as phones and the leader would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from homevisit.course.session_plan import SessionPlan, Step
from homevisit.services.groups import joining, leading, taking_part
from homevisit.services.groups.attendance import Presence

if TYPE_CHECKING:
    from homevisit.course.catalogue import Catalogue
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_groups import GroupSession

LESSON = "04-roles-for-parents"
WELCOME, OBSERVE, CHOOSE = 0, 1, 2
PLAN = SessionPlan(
    "What we see in Omar's play",
    LESSON,
    (
        Step("welcome", "talk", "Welcome", 3, "Greet everybody.", "", "", ""),
        Step("observe", "question", "What we see and hear", 16, "", "", "omar-observe", ""),
        Step("choose", "question", "The best first step", 12, "", "", "attendance-first-step", ""),
    ),
)
SEEN = (
    "The mother sits beside Omar. The home visitor is across from him.",
    "The mother hands Omar the next block, so that each one is placed right.",
    "He throws both arms up when the last block slides on.",
    "Omar picks up blocks, moves them about in different ways and puts them on the post.",
    "The home visitor comments on what Omar has figured out and praises the mother.",
    "She claps. Es ist sehr schön; on voit qu'elle sourit; ñandú.",
)
PARKED = "What do we do when a father would sooner watch than play?"


@dataclass
class HeldSession:
    """A session with its leader, and the device of each participant by name."""

    store: Store
    catalogue: Catalogue
    leader: Account
    session: GroupSession
    devices: dict[str, taking_part.Device]

    @property
    def session_id(self) -> str:
        return self.session.session_id

    def stage(self, position: int, phase: str) -> None:
        self.session = leading.set_stage(
            self.store,
            self.leader,
            self.session_id,
            position=position,
            phase=phase,
            base=self.session.version,
        )

    def give(self, name: str, position: int, given_round: str, response: dict) -> str:
        kept = taking_part.respond(
            self.store,
            self.catalogue,
            self.devices[name],
            self.session_id,
            position=position,
            given_round=given_round,
            response=response,
            token=uuid4().hex,
        )
        return kept.response_id

    def end(self) -> None:
        self.session = leading.end(self.store, Presence(), self.leader, self.session_id)


def begin(store, catalogue, leader, people, names=(), *, team="North") -> HeldSession:
    """Open a session; `people` join with their accounts, `names` without one."""
    session = leading.open_session(
        store, catalogue, leader, title=PLAN.title, lesson_id=LESSON, plan=PLAN, team=team
    )
    devices = {}
    for person in people:
        joining.join(store, session.code, "", person, "127.0.0.1")
        devices[person.name] = taking_part.Device(person, "")
    for name in names:
        joined = joining.join(store, session.code, name, None, "127.0.0.1")
        devices[name] = taking_part.Device(None, joined.token)
    return HeldSession(store, catalogue, leader, session, devices)


def hold(held: HeldSession) -> HeldSession:
    """Let everybody respond, vote twice, park a question and say how it was; then end it."""
    names = list(held.devices)
    held.stage(OBSERVE, "alone")
    for name, text in zip(names, SEEN, strict=False):
        held.give(name, OBSERVE, "alone", {"rows": [{"saw": text, "meaning": "", "at": ""}]})
    held.stage(OBSERVE, "together")
    options = list(held.catalogue.question(LESSON, "attendance-first-step").public.options)
    for phase, shift in (("alone", 0), ("again", 1)):
        held.stage(CHOOSE, phase)
        for number, name in enumerate(names):
            choice = options[0] if number < 2 + shift else options[1]
            held.give(name, CHOOSE, phase, {"chosen": [choice]})
    taking_part.park(held.store, held.devices[names[0]], held.session_id, PARKED, uuid4().hex)
    for number, name in enumerate(names):
        said = "The pairs helped me most." if number == 0 else ""
        taking_part.give_feedback(held.store, held.devices[name], held.session_id, 4 - number % 2, said)
    held.end()
    return held
