"""Who may lead a group session, and who takes part in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from homevisit.errors import ConflictError, NotAllowedError, NotSignedInError
from homevisit.services.tokens import token_hash
from homevisit.store import accounts, groups_people, groups_sessions

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_groups import GroupSession, Participant

# Feedback and the report for the team stay open this long after the end.
OPEN_AFTER = timedelta(hours=12)
SIGN_IN = "Please sign in first; a group session is led with an account."
NOT_LEADING = (
    "Group sessions are led by the supervisor of the team, or by a trainer. "
    "To take part, join with the code on the screen."
)
OTHER_LEADS = "{name} leads this session now. Choose “Take over” to lead it from here."
NOT_JOINED = "You have not joined this session on this device. Join with the code that the leader shows."
REMOVED = "The leader has taken this name out of the session. If that was a mistake, talk with the leader."
IS_OVER = "This session is over. What you wrote in it is kept."


def may_lead(viewer: Account, team: str) -> bool:
    """Return whether a person may lead sessions of a team: its supervisor, trainers, administrators."""
    if viewer.role in {"trainer", "administrator"}:
        return True
    return viewer.role == "supervisor" and bool(team) and viewer.team == team


def entitled_session(
    conn: Connection, viewer: Account | None, session_id: str, *, hold: bool = False
) -> GroupSession:
    """Return a session for somebody who may lead it.

    Raises
    ------
    MissingEntryError
        There is none.
    NotAllowedError
        This person may not lead it.
    NotSignedInError
        Nobody is signed in.
    """
    if viewer is None:
        raise NotSignedInError(SIGN_IN)
    if viewer.role == "learner":
        raise NotAllowedError(NOT_LEADING)
    session = groups_sessions.find_session(conn, session_id, hold=hold)
    if not may_lead(viewer, session.team):
        raise NotAllowedError(NOT_LEADING)
    return session


def led_session(conn: Connection, viewer: Account | None, session_id: str) -> GroupSession:
    """Return a session, held for a change, for the one who leads it now.

    Raises
    ------
    ConflictError
        Somebody else leads it, or it is over.
    """
    session = entitled_session(conn, viewer, session_id, hold=True)
    if viewer is None or session.leader_id != viewer.account_id:
        raise ConflictError(OTHER_LEADS.format(name=leader_name(conn, session) or "Nobody"))
    if session.state != "open":
        raise ConflictError(IS_OVER)
    return session


def leader_name(conn: Connection, session: GroupSession) -> str:
    """Return the name of who leads, empty when that account is gone."""
    return accounts.find_account(conn, session.leader_id).name if session.leader_id else ""


def participant_of(
    conn: Connection, session_id: str, account: Account | None, token: str
) -> Participant | None:
    """Return who takes part here from this device: the account's participant, else the cookie's, else None."""
    found = None
    if account is not None:
        found = groups_people.find_by_account(conn, session_id, account.account_id)
    if found is None and token:
        found = groups_people.find_by_token(conn, session_id, token_hash(token))
    return found


def takes_part(store: Store, token: str) -> bool:
    """Return whether a device without an account takes part in a session that is open."""
    if not token:
        return False
    with store.read() as conn:
        return groups_people.is_in_open_session(conn, token_hash(token))


def need_participant(
    conn: Connection, session_id: str, account: Account | None, token: str
) -> tuple[GroupSession, Participant]:
    """Return a session and who takes part in it from this device.

    Raises
    ------
    NotAllowedError
        Nobody does, the participant was removed, or the session ended more than 12 hours ago.
    """
    found = participant_of(conn, session_id, account, token)
    if found is None:
        raise NotAllowedError(NOT_JOINED)
    if found.removed_at is not None:
        raise NotAllowedError(REMOVED)
    session = groups_sessions.find_session(conn, session_id)
    if session.ended_at is not None and session.ended_at + OPEN_AFTER < datetime.now(UTC):
        raise NotAllowedError(IS_OVER)
    return session, found


def still_there(conn: Connection, person: Participant) -> Participant:
    """Return a participant as of now; NotAllowedError when the leader has removed the name meanwhile."""
    found = groups_people.find_participant(conn, person.session_id, person.participant_id)
    if found is None or found.removed_at is not None:
        raise NotAllowedError(REMOVED)
    return found
