"""What each screen of a group session shows: the leader's, the projector's, a phone's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from homevisit.course.kinds.choose import ChooseQuestion
from homevisit.course.kinds.watch import WatchQuestion
from homevisit.course.session_plan import read_plan
from homevisit.services.groups import entries
from homevisit.services.groups.access import entitled_session, leader_name, need_participant
from homevisit.services.groups.attendance import is_here
from homevisit.services.groups.joining import shown_code
from homevisit.services.groups.shown_step import shown_step
from homevisit.services.groups.stages import REVEALED, ROUNDS
from homevisit.store import groups_notes, groups_people, groups_responses

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

    from homevisit.course.catalogue import Catalogue
    from homevisit.course.questions import Question
    from homevisit.course.session_plan import SessionPlan
    from homevisit.services.groups.taking_part import Device
    from homevisit.services.groups.view_cache import View, ViewCache
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_groups import GroupSession, Participant, Round, SessionResponse

HERE_SECONDS = 15


@dataclass(frozen=True, slots=True)
class _Scene:
    """A session with all that its screens need, read at one moment."""

    session: GroupSession
    plan: SessionPlan
    question: Question | None
    given: Sequence[SessionResponse]
    people: Sequence[Participant]
    now: datetime

    @property
    def open_for(self) -> Round | None:
        """The round that is open for writing."""
        is_open = self.session.state == "open" and self.plan.steps[self.session.position].kind == "question"
        return next((name for name in ROUNDS if is_open and self.session.phase == name), None)

    def responded(self) -> set[str]:
        """Return who has responded in the round that is open, else at this step at all."""
        wanted = self.open_for
        found = {one.participant_id for one in self.given if wanted in {None, one.round}}
        pairs = {one.pair for one in self.given if one.round == "pairs" and one.pair is not None}
        if wanted == "pairs":
            found |= {person.participant_id for person in self.people if person.pair in pairs}
        return found & {person.participant_id for person in self.people}


def leader_view(
    store: Store,
    catalogue: Catalogue,
    viewer: Account | None,
    session_id: str,
    *,
    join_address: str = "",
    cache: ViewCache | None = None,
) -> View:
    """Return all that somebody who may lead a session sees; errors as in `access.entitled_session`."""
    with store.read() as conn:
        session = entitled_session(conn, viewer, session_id)

        def make() -> View:
            found = _scene(conn, catalogue, session)
            return (
                _base(catalogue, found, cache) | _entries(found, ROUNDS, is_leader=True) | _leads(conn, found)
            )

        made = _cached(cache, ("leader", session_id, session.last_event, _moment()), make)
        name = leader_name(conn, session)
    is_me = viewer is not None and session.leader_id == viewer.account_id
    return made | {"join_address": join_address, "leader": {"name": name, "is_me": is_me}}


def projector_view(
    store: Store,
    catalogue: Catalogue,
    viewer: Account | None,
    session_id: str,
    *,
    join_address: str = "",
    cache: ViewCache | None = None,
) -> View:
    """Return what the room sees, without names; errors as in `access.entitled_session`."""
    with store.read() as conn:
        session = entitled_session(conn, viewer, session_id)

        def make() -> View:
            found = _scene(conn, catalogue, session)
            people = {"code": shown_code(session.code), "people": _people(found)}
            return _base(catalogue, found, cache) | _beside(found, _revealed(found)) | people

        made = _cached(cache, ("projector", session_id, session.last_event, _moment()), make)
    return made | {"join_address": join_address}


def phone_view(
    store: Store,
    catalogue: Catalogue,
    device: Device,
    session_id: str,
    *,
    cache: ViewCache | None = None,
) -> View:
    """Return what a participant sees: the stage, what is revealed, and what is their own."""
    with store.read() as conn:
        session, person = need_participant(conn, session_id, device.account, device.token)

        def make() -> View:
            found = _scene(conn, catalogue, session)
            return _base(catalogue, found, cache) | _revealed(found)

        made = _cached(cache, ("phone", session_id, session.last_stage_event), make)
        return made | {"me": _own(conn, session, person)}


def _cached(cache: ViewCache | None, key: tuple[object, ...], make: Callable[[], View]) -> View:
    return make() if cache is None else cache.get(key, make)


def _moment() -> int:
    """Return a number that changes every 15 seconds, since who is there changes without an event."""
    return int(datetime.now(UTC).timestamp()) // HERE_SECONDS


def _scene(conn: Connection, catalogue: Catalogue, session: GroupSession) -> _Scene:
    plan = read_plan(session.plan)
    step = plan.steps[session.position]
    question = None
    if step.kind == "question" and session.lesson_id:
        question = catalogue.key(session.lesson_id).questions.get(step.question_id)
    return _Scene(
        session,
        plan,
        question,
        groups_responses.responses(conn, session.session_id, session.position),
        groups_people.participants(conn, session.session_id),
        datetime.now(UTC),
    )


def _base(catalogue: Catalogue, found: _Scene, cache: ViewCache | None) -> View:
    session = found.session
    step = _cached(
        cache,
        ("step", session.session_id, session.version),
        lambda: shown_step(catalogue, session, found.plan, found.question),
    )
    return {
        "version": session.version,
        "event": session.last_event,
        "state": session.state,
        "title": session.title,
        **step,
        "phase": session.phase,
        "is_open_for": found.open_for,
        "points_shown": session.points_shown,
    }


def _revealed(found: _Scene) -> View:
    rounds = REVEALED.get(found.session.phase)
    return {} if rounds is None else _entries(found, rounds, is_leader=False)


def _beside(found: _Scene, view: View) -> View:
    """Give each writer of compared entries a number, so that one's first and second can stand side by side."""
    if found.session.phase != "compared":
        return view
    writers = {one.response_id: one.participant_id for one in found.given}
    numbers = {name: number for number, name in enumerate(dict.fromkeys(writers.values()), 1)}
    numbered = [entry | {"writer": numbers[writers[entry["entry_id"]]]} for entry in view["entries"]]
    return view | {"entries": numbered}


def _entries(found: _Scene, rounds: Sequence[Round], *, is_leader: bool) -> View:
    given = [one for one in found.given if one.round in rounds]
    shown = [one for one in given if is_leader or not one.is_hidden]
    with_texts = is_leader or found.session.points_shown
    view: View = {
        "entries": [entries.entry_json(one, is_leader=is_leader) for one in shown],
        "groups": entries.grouped(found.question, shown, with_texts=with_texts, with_empty=with_texts),
    }
    if isinstance(found.question, ChooseQuestion):
        view["votes"] = entries.votes(found.question, given, rounds)
        view["voters"] = {name: sum(one.round == name for one in given) for name in entries.VOTES}
    if isinstance(found.question, WatchQuestion):
        view["timeline"] = entries.timeline(found.question, shown, with_moments=with_texts)
    return view


def _people(found: _Scene) -> View:
    """Return how many are here and have responded; `of` counts those whose phone slept after responding, too."""
    here = {person.participant_id for person in found.people if is_here(person, found.now)}
    responded = found.responded()
    return {"here": len(here), "responded": len(responded), "of": len(here | responded)}


def _leads(conn: Connection, found: _Scene) -> View:
    session, responded = found.session, found.responded()
    names = {
        person.participant_id: person.name
        for person in groups_people.all_participants(conn, session.session_id)
    }
    written_by = {one.response_id: _names_of(one, found.people, names) for one in found.given}
    return {
        "code": shown_code(session.code),
        "people": _people(found),
        "plan": [
            {"position": number, "kind": step.kind, "title": step.title, "minutes": step.minutes}
            for number, step in enumerate(found.plan.steps)
        ],
        "say": found.plan.steps[session.position].say,
        "expect": entries.expected(found.question),
        "participants": [
            {
                "participant_id": person.participant_id,
                "name": person.name,
                "is_here": is_here(person, found.now),
                "has_account": person.account_id is not None,
                "responded": person.participant_id in responded,
                "pair": person.pair,
            }
            for person in found.people
        ],
        "names": written_by,
        "parking": [
            {
                "entry_id": one.entry_id,
                "name": names.get(one.participant_id, ""),
                "text": one.text,
                "is_done": one.is_done,
            }
            for one in groups_notes.parked(conn, session.session_id)
        ],
    }


def _names_of(one: SessionResponse, people: Sequence[Participant], names: dict[str, str]) -> str:
    """Return whose entry it is; an entry of a pair is that of all who are in it."""
    pair = [
        person.name
        for person in people
        if one.pair is not None and person.pair == one.pair and person.participant_id != one.participant_id
    ]
    return ", ".join([names.get(one.participant_id, ""), *pair])


def _own(conn: Connection, session: GroupSession, person: Participant) -> View:
    people = {one.participant_id: one for one in groups_people.all_participants(conn, session.session_id)}
    given = groups_responses.responses(conn, session.session_id, session.position)
    own: dict[str, Any] = dict.fromkeys(ROUNDS)
    own |= {one.round: one.response for one in given if one.participant_id == person.participant_id}
    of_pair = [one for one in given if person.pair is not None and one.pair == person.pair]
    pair_entry = None
    for one in of_pair:
        own["pairs"] = one.response
        writer = people.get(one.writer_id)
        pair_entry = {"response": one.response, "by": "" if writer is None else writer.name}
    return {
        "participant_id": person.participant_id,
        "name": person.name,
        "has_account": person.account_id is not None,
        "pair": [
            one.name
            for one in people.values()
            if person.pair is not None
            and one.pair == person.pair
            and one.participant_id != person.participant_id
            and one.left_at is None
        ],
        "pair_entry": pair_entry,
        "responses": own,
        "parking": [
            one.text
            for one in groups_notes.parked(conn, session.session_id)
            if one.participant_id == person.participant_id
        ],
        "feedback": groups_notes.has_feedback(conn, person.participant_id),
    }
