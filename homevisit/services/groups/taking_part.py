"""What a participant does: respond, park a question, leave, say how it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from homevisit.course.given import MAX_TEXT, clean, is_blank
from homevisit.course.kinds.choose import ChooseQuestion
from homevisit.course.questions import RatedQuestion, SeenQuestion
from homevisit.course.responses import parse_response, response_as_text
from homevisit.course.session_plan import read_plan
from homevisit.errors import ConflictError, InvalidResponseError
from homevisit.scoring import coverage
from homevisit.services.groups.access import IS_OVER, need_participant, still_there
from homevisit.services.groups.attendance import counted
from homevisit.services.groups.stages import ROUNDS, round_key
from homevisit.store import groups_events, groups_notes, groups_people, groups_responses, groups_sessions
from homevisit.store.ids import new_id
from homevisit.store.values_groups import Feedback, Parked, SessionResponse

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from homevisit.course.catalogue import Catalogue
    from homevisit.course.questions import Question
    from homevisit.services.groups.attendance import Presence
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_groups import GroupSession, Participant

MAX_PARKED = 1_000
MAX_TOKEN = 100
NOT_OPEN = (
    "The leader has not opened this question for writing yet. What you wrote is kept here; "
    "send it once it is open."
)
NO_QUESTION = "The session asks no question there any more. Load the page again; what you wrote is kept."
GONE_OPTION = (
    "You chose something that is not offered any more. Load the page again and choose from what is there."
)
INCOMPLETE = "The page sent an incomplete request. Load the page again; what you wrote is kept."
SENT_BEFORE = "This was sent already, by somebody else. Load the page again; what you wrote is kept."
SENT = ""
LATE = "The group has moved on. Your response is kept, and the leader sees it."
LATE_AGAIN = "The group has moved on. Your first response stays, and this one is kept beside it."
NOTHING_PARKED = "Nothing is written yet. Write your question, then send it again."
LONG_PARKED = (
    f"That is long for the parking lot. Say it in at most {MAX_PARKED:,} characters; it is still here."
)
NO_RATING = "Choose one of the four, then send it again."


@dataclass(frozen=True, slots=True)
class Device:
    """Where a request of a participant comes from: the account that is signed in, and the cookie's token."""

    account: Account | None
    token: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A response that the session keeps; `message` is what to tell the participant, empty for nothing."""

    response_id: str
    is_late: bool
    message: str


def respond(
    store: Store,
    catalogue: Catalogue,
    device: Device,
    session_id: str,
    *,
    position: int,
    given_round: str,
    response: object,
    token: str,
) -> Kept:
    """Keep a response once, however often it is sent with the same token.

    While its round is open, a newer one takes the place of an earlier one, which is kept beside it. When the
    group has moved on, a first response still counts.

    Raises
    ------
    ConflictError
        This round was not open yet, or the session is over.
    InvalidResponseError
        In a plain sentence: what is missing, too long, unknown or misshapen.
    NotAllowedError
        Nobody takes part from this device.
    """
    if given_round not in ROUNDS or not 0 < len(token) <= MAX_TOKEN:
        raise InvalidResponseError(INCOMPLETE)
    with store.read() as conn:
        session, person = need_participant(conn, session_id, device.account, device.token)
    question_id, question = _asked(catalogue, session, position)
    given = _parsed(question, response)
    text = response_as_text(question, given)
    shares = shares_of(question, given)
    now = datetime.now(UTC)
    with store.begin() as conn:
        session = groups_sessions.find_session(conn, session_id, hold=True)
        person = still_there(conn, person)
        new = SessionResponse(
            response_id=new_id("x-"),
            session_id=session_id,
            position=position,
            question_id=question_id,
            participant_id=person.participant_id,
            account_id=person.account_id,
            round=given_round,
            pair=person.pair if given_round == "pairs" else None,
            writer_id=person.participant_id,
            response=given,
            text=text,
            shares=shares,
            token=token,
            replaced=(),
            is_hidden=False,
            is_pinned=False,
            given_at=now,
        )
        return _keep(conn, session, person, new)


def shares_of(question: Question, response: dict[str, Any]) -> dict[str, float]:
    """Return how much of each key point a response holds, by id; empty for a question without key points."""
    if not isinstance(question, SeenQuestion | RatedQuestion):
        return {}
    shares = coverage.shares_of(question, coverage.text_read(response))
    return {point.id: share for point, share in zip(question.key_points, shares, strict=True)}


def prepare_scoring(catalogue: Catalogue, session: GroupSession) -> None:
    """Read the word lists and key points of the question that is on, so that the first response need not wait."""
    step = read_plan(session.plan).steps[session.position]
    if step.kind != "question" or not session.lesson_id:
        return
    question = catalogue.key(session.lesson_id).questions.get(step.question_id)
    if question is not None:
        shares_of(question, {"text": question.public.prompt})


def park(store: Store, device: Device, session_id: str, text: object, token: str) -> Parked:
    """Put a question aside for later, once, however often it is sent with the same token."""
    written = clean(text).strip()
    if is_blank(written):
        raise InvalidResponseError(NOTHING_PARKED)
    if len(written) > MAX_PARKED:
        raise InvalidResponseError(LONG_PARKED)
    if not 0 < len(token) <= MAX_TOKEN:
        raise InvalidResponseError(INCOMPLETE)
    with store.begin() as conn:
        groups_sessions.find_session(conn, session_id, hold=True)
        session, person = need_participant(conn, session_id, device.account, device.token)
        before = groups_notes.parked_by_token(conn, token)
        if before is not None:
            if before.participant_id != person.participant_id:
                raise ConflictError(SENT_BEFORE)
            return before
        if session.state != "open":
            raise ConflictError(IS_OVER)
        now = datetime.now(UTC)
        parked = Parked(
            new_id("k-"), session_id, person.participant_id, written, token, is_done=False, at=now
        )
        groups_notes.add_parked(conn, parked)
        groups_events.add_event(conn, session_id, "parking")
    return parked


def seen(store: Store, presence: Presence, device: Device, session_id: str) -> None:
    """Note that a participant is there; it is written together with others, not now."""
    with store.read() as conn:
        _, person = need_participant(conn, session_id, device.account, device.token)
    presence.note(person.participant_id)


def leave(store: Store, presence: Presence, device: Device, session_id: str) -> None:
    """Leave a session; what was written stays, and coming back is possible."""
    now = datetime.now(UTC)
    with store.begin() as conn:
        groups_sessions.find_session(conn, session_id, hold=True)
        session, person = need_participant(conn, session_id, device.account, device.token)
        if person.left_at is None and session.state == "open":
            groups_people.change_participant(
                conn, person.participant_id, left_at=now, last_seen_at=now, seconds=counted(person, now)
            )
            groups_events.add_event(conn, session_id, "people", pair=person.pair)
    presence.forget(person.participant_id)


def give_feedback(store: Store, device: Device, session_id: str, useful: object, text: object) -> None:
    """Keep how useful the session was, from 1 to 4, with a sentence or none, in place of an earlier one."""
    if isinstance(useful, bool) or not isinstance(useful, int) or not 1 <= useful <= 4:  # noqa: PLR2004  the scale
        raise InvalidResponseError(NO_RATING)
    written = clean(text).strip()
    if len(written) > MAX_TEXT:
        raise InvalidResponseError(
            f"That is {len(written):,} characters; there is room for {MAX_TEXT:,}. Shorten it; it is still here."
        )
    with store.begin() as conn:
        groups_sessions.find_session(conn, session_id, hold=True)
        _, person = need_participant(conn, session_id, device.account, device.token)
        now = datetime.now(UTC)
        groups_notes.set_feedback(conn, Feedback(session_id, person.participant_id, useful, written, now))


def _asked(catalogue: Catalogue, session: GroupSession, position: int) -> tuple[str, Question]:
    steps = read_plan(session.plan).steps
    step = steps[position] if 0 <= position < len(steps) else None
    found = None
    if step is not None and step.kind == "question" and session.lesson_id:
        found = catalogue.key(session.lesson_id).questions.get(step.question_id)
    if step is None or found is None:
        raise InvalidResponseError(NO_QUESTION)
    return step.question_id, found


def _parsed(question: Question, response: object) -> dict[str, Any]:
    drafted = parse_response(question, response, draft=True)
    if isinstance(question, ChooseQuestion) and not set(drafted["chosen"]) <= set(question.public.options):
        raise InvalidResponseError(GONE_OPTION)
    try:
        return question.committed(drafted)
    except InvalidResponseError as exc:
        # a lesson has a button "Check", a phone in the room has one to send
        raise InvalidResponseError(exc.message.replace("check again", "send it again")) from exc


def _keep(conn: Connection, session: GroupSession, person: Participant, new: SessionResponse) -> Kept:
    before = _before(conn, new)
    if before is not None and new.token in {before.token, *(one["token"] for one in before.replaced)}:
        is_late = any(one["token"] == new.token and one.get("late") for one in before.replaced)
        return Kept(before.response_id, is_late, LATE_AGAIN if is_late else SENT)
    key = round_key(new.position, new.round)
    if key not in session.rounds:
        raise ConflictError(NOT_OPEN)
    is_open = session.state == "open" and (session.position, session.phase) == (new.position, new.round)
    if before is None:
        groups_responses.add_response(conn, new)
        kept = Kept(new.response_id, not is_open, SENT if is_open else LATE)
    elif is_open:
        groups_responses.change_response(
            conn,
            before.response_id,
            pair=new.pair,
            writer_id=new.writer_id,
            response=new.response,
            text=new.text,
            shares=new.shares,
            token=new.token,
            given_at=new.given_at,
            replaced=(*before.replaced, _version(before, late=False)),
        )
        kept = Kept(before.response_id, is_late=False, message=SENT)
    else:
        groups_responses.change_response(
            conn, before.response_id, replaced=(*before.replaced, _version(new, late=True))
        )
        kept = Kept(before.response_id, is_late=True, message=LATE_AGAIN)
    if new.pair is not None and (before is None or is_open):
        everybody = groups_people.participants(conn, session.session_id)
        in_pair = [one.participant_id for one in everybody if one.pair == new.pair]
        groups_responses.set_people(conn, kept.response_id, in_pair)
    groups_events.add_event(
        conn, session.session_id, "responses", pair=new.pair, about_id=person.participant_id
    )
    return kept


def _before(conn: Connection, new: SessionResponse) -> SessionResponse | None:
    """Return what this participant gave in the round before; in the round of the pairs, what the pair gave."""
    given = groups_responses.own_in_round(
        conn, new.session_id, new.position, new.round, participant_id=new.participant_id, pair=new.pair
    )
    of_pair = [one for one in given if new.pair is not None and one.pair == new.pair]
    own = [one for one in given if one.participant_id == new.participant_id]
    return next(iter((*of_pair, *own)), None)


def _version(one: SessionResponse, *, late: bool) -> dict[str, Any]:
    return {
        "participant_id": one.writer_id,
        "response": one.response,
        "text": one.text,
        "token": one.token,
        "given_at": one.given_at.isoformat(),
        "late": late,
    }
