"""What the leader of a group session does: begin it, move on, show, hide, take over, end it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from homevisit.course.session_plan import plan_json, read_plan
from homevisit.errors import ConflictError, InvalidEntryError, MissingEntryError, NotAllowedError
from homevisit.services.groups import attendance, pairs
from homevisit.services.groups.access import NOT_LEADING, entitled_session, led_session, may_lead
from homevisit.services.groups.stages import PHASES, REVEALED, ROUNDS, round_key
from homevisit.store import groups_events, groups_notes, groups_people, groups_responses, groups_sessions
from homevisit.store.groups_people import find_participant

if TYPE_CHECKING:
    from homevisit.course.catalogue import Catalogue
    from homevisit.course.session_plan import SessionPlan
    from homevisit.services.groups.attendance import Presence
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_groups import GroupSession

MAX_TITLE = 120
NO_TEAM = (
    "Your account belongs to no team yet, and a group session needs one. Ask an administrator to name it."
)
MOVED_ON = (
    "The session was moved on from another screen. This screen shows where it is now; try again from there."
)
NO_STEP = "The plan has no such step. Load the page again and choose one from the list."
NO_PHASE = "This step has no such part. Load the page again and choose one of those shown."


def open_session(
    store: Store,
    catalogue: Catalogue,
    viewer: Account,
    *,
    title: str,
    lesson_id: str,
    plan: SessionPlan,
    team: str,
) -> GroupSession:
    """Begin a session with a copy of a plan; the viewer leads it.

    Raises
    ------
    InvalidEntryError
        The title is too long, the team is missing, or a step asks a question that the lesson has no more.
    NotAllowedError
        The viewer may not lead sessions of this team.
    """
    team = " ".join(team.split()) or (viewer.team if viewer.role == "supervisor" else "")
    if viewer.role == "supervisor" and not team:
        raise NotAllowedError(NO_TEAM)
    if not may_lead(viewer, team):
        raise NotAllowedError(NOT_LEADING)
    name = " ".join(title.split()) or plan.title
    if len(name) > MAX_TITLE:
        raise InvalidEntryError(f"The title has {len(name)} characters; there is room for {MAX_TITLE}.")
    _check_questions(catalogue, lesson_id, plan)
    with store.begin() as conn:
        session = groups_sessions.add_session(
            conn,
            team=team,
            title=name,
            lesson_id=lesson_id,
            plan=plan_json(plan),
            leader_id=viewer.account_id,
        )
        groups_events.add_event(conn, session.session_id, "stage")
        return groups_sessions.find_session(conn, session.session_id)


def set_stage(
    store: Store, viewer: Account, session_id: str, *, position: int, phase: str, base: int
) -> GroupSession:
    """Go to a part of a step, in any order; nothing that was written is ever deleted.

    Raises
    ------
    ConflictError
        The stage was changed since `base`, somebody else leads, or the session is over.
    InvalidEntryError
        The plan has no such step, or the step no such part.
    """
    now = datetime.now(UTC)
    with store.begin() as conn:
        session = led_session(conn, viewer, session_id)
        if session.version != base:
            raise ConflictError(MOVED_ON)
        steps = read_plan(session.plan).steps
        if not 0 <= position < len(steps):
            raise InvalidEntryError(NO_STEP)
        if phase not in PHASES[steps[position].kind]:
            raise InvalidEntryError(NO_PHASE)
        if phase == "pairs":
            pairs.complete(conn, session_id, now)
        rounds = session.rounds
        if phase in ROUNDS and round_key(position, phase) not in rounds:
            rounds = (*rounds, round_key(position, phase))
        shown = session.points_shown and position == session.position
        groups_sessions.change_stage(
            conn, session, position=position, phase=phase, rounds=rounds, points_shown=shown
        )
        groups_events.add_event(conn, session_id, "stage")
        return groups_sessions.find_session(conn, session_id)


def show_points(store: Store, viewer: Account, session_id: str, *, shown: bool) -> GroupSession:
    """Show the source's points beside the entries to all, or hide them."""
    with store.begin() as conn:
        session = led_session(conn, viewer, session_id)
        groups_sessions.change_stage(conn, session, points_shown=shown)
        groups_events.add_event(conn, session_id, "stage")
        return groups_sessions.find_session(conn, session_id)


def change_entry(
    store: Store,
    viewer: Account,
    session_id: str,
    entry_id: str,
    *,
    is_hidden: bool | None = None,
    is_pinned: bool | None = None,
) -> None:
    """Hide an entry from the group or pin it to the top, or undo either; None leaves it as it is."""
    with store.begin() as conn:
        session = led_session(conn, viewer, session_id)
        groups_responses.find_response(conn, session_id, entry_id)
        given = {"is_hidden": is_hidden, "is_pinned": is_pinned}
        changes = {name: value for name, value in given.items() if value is not None}
        if not changes:
            return
        groups_responses.change_response(conn, entry_id, **changes)
        # phones show entries only once they are revealed
        kind = "stage" if session.phase in REVEALED else "responses"
        groups_events.add_event(conn, session_id, kind)  # type: ignore[arg-type]  # one of the two above


def take_over(store: Store, viewer: Account, session_id: str) -> GroupSession:
    """Lead a session from here on, on this device; who led it before sees that."""
    with store.begin() as conn:
        session = entitled_session(conn, viewer, session_id, hold=True)
        if session.leader_id != viewer.account_id:
            groups_sessions.change_stage(conn, session, leader_id=viewer.account_id)
            groups_events.add_event(conn, session_id, "stage")
        return groups_sessions.find_session(conn, session_id)


def remove_participant(
    store: Store, presence: Presence, viewer: Account, session_id: str, participant_id: str
) -> None:
    """Take a participant out: the name is free again, and what was written stays.

    Raises
    ------
    MissingEntryError
        There is no such participant.
    """
    with store.begin() as conn:
        led_session(conn, viewer, session_id)
        person = find_participant(conn, session_id, participant_id)
        if person is None:
            raise MissingEntryError("There is no such participant. Load the page again.")
        if person.removed_at is None:
            groups_people.change_participant(conn, participant_id, removed_at=datetime.now(UTC), pair=None)
            groups_events.add_event(conn, session_id, "people", pair=person.pair, about_id=participant_id)
    presence.forget(participant_id)


def form_pairs(store: Store, viewer: Account, session_id: str) -> None:
    """Put all who are there into new pairs."""
    with store.begin() as conn:
        led_session(conn, viewer, session_id)
        pairs.form_anew(conn, session_id, datetime.now(UTC))
        groups_events.add_event(conn, session_id, "stage")


def set_parked(store: Store, viewer: Account, session_id: str, entry_id: str, *, is_done: bool) -> None:
    """Mark a parked question as talked about, or not."""
    with store.begin() as conn:
        led_session(conn, viewer, session_id)
        groups_notes.set_done(conn, session_id, entry_id, is_done=is_done)
        groups_events.add_event(conn, session_id, "parking")


def end(store: Store, presence: Presence, viewer: Account, session_id: str) -> GroupSession:
    """End a session: its code is useless from now on, and attendance is credited; ending twice does nothing."""
    presence.write(store)
    with store.begin() as conn:
        session = entitled_session(conn, viewer, session_id, hold=True)
        if session.state == "ended":
            return session
        return attendance.end_session(conn, led_session(conn, viewer, session_id), datetime.now(UTC))


def _check_questions(catalogue: Catalogue, lesson_id: str, plan: SessionPlan) -> None:
    if lesson_id:
        catalogue.lesson(lesson_id)
    for number, step in enumerate(plan.steps, 1):
        if step.kind != "question":
            continue
        known = catalogue.key(lesson_id).questions if lesson_id else {}
        if step.question_id not in known:
            raise InvalidEntryError(
                f"Step {number}, “{step.title}”, asks a question that the lesson does not have any more. "
                "Change that step in the plan, then begin again."
            )
