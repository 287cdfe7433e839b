"""Takes a person out of all group sessions, with what that person gave there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from homevisit.store import (
    groups_events,
    groups_people,
    groups_responses,
    groups_sessions,
    tables_groups,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection

    from homevisit.store.values_groups import Participant, SessionResponse

table = tables_groups.participants


def remove_from_sessions(conn: Connection, account_id: str) -> None:
    """Remove an account from its group sessions, with its responses, parked questions and feedback.

    What a pair gave stays with the others of the pair, without the versions that this person wrote before.
    """
    query = select(table.c.session_id, table.c.participant_id).where(table.c.account_id == account_id)
    for session_id, leaving in conn.execute(query).all():
        groups_sessions.find_session(conn, session_id, hold=True)
        given = groups_responses.responses(conn, session_id)
        in_pairs = groups_responses.people_of(conn, session_id)
        everybody = groups_people.participants(conn, session_id)
        for one in given:
            pair = in_pairs.get(one.response_id, set())
            if leaving in pair:
                others = _free(everybody, pair - {leaving}, one, given)
                _leave_to(conn, one, others, leaving)
        conn.execute(delete(table).where(table.c.participant_id == leaving))
        groups_events.add_event(conn, session_id, "people")


def _free(
    everybody: Sequence[Participant],
    pair: Collection[str],
    one: SessionResponse,
    given: Sequence[SessionResponse],
) -> list[Participant]:
    """Return who of a pair can have its entry: nobody has two in a round."""
    same_round = [it for it in given if (it.position, it.round) == (one.position, one.round) and it != one]
    busy = {it.participant_id for it in same_round}
    return [it for it in everybody if it.participant_id in pair and it.participant_id not in busy]


def _leave_to(conn: Connection, one: SessionResponse, others: Sequence[Participant], leaving: str) -> None:
    if not others:
        return
    owner = next((it for it in others if it.participant_id == one.participant_id), others[0])
    groups_responses.change_response(
        conn,
        one.response_id,
        participant_id=owner.participant_id,
        account_id=owner.account_id,
        writer_id=owner.participant_id if one.writer_id == leaving else one.writer_id,
        replaced=[it for it in one.replaced if it["participant_id"] != leaving],
    )
