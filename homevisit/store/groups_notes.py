"""What stands beside the responses of a group session: parked questions, feedback, attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from homevisit.errors import MissingEntryError
from homevisit.store import tables_groups
from homevisit.store.values_groups import Attendance, Feedback, Parked

if TYPE_CHECKING:
    from sqlalchemy import Connection

parking = tables_groups.session_parking
feedback_table = tables_groups.session_feedback
attendance_table = tables_groups.attendances
PARKED = tuple(Parked.__dataclass_fields__)
FEEDBACK = tuple(Feedback.__dataclass_fields__)
ATTENDANCE = tuple(Attendance.__dataclass_fields__)
GONE = "This question is not in the parking lot any more. Load the page again."


def add_parked(conn: Connection, parked: Parked) -> None:
    """Store a parked question."""
    conn.execute(insert(parking).values(**{field: getattr(parked, field) for field in PARKED}))


def parked_by_token(conn: Connection, token: str) -> Parked | None:
    """Return what was parked with this token, or None."""
    query = select(*(parking.c[field] for field in PARKED)).where(parking.c.token == token)
    row = conn.execute(query).mappings().one_or_none()
    return None if row is None else Parked(**row)


def parked(conn: Connection, session_id: str) -> list[Parked]:
    """Return the parked questions of a session, oldest first."""
    query = select(*(parking.c[field] for field in PARKED)).where(parking.c.session_id == session_id)
    rows = conn.execute(query.order_by(parking.c.at, parking.c.entry_id)).mappings()
    return [Parked(**row) for row in rows]


def set_done(conn: Connection, session_id: str, entry_id: str, *, is_done: bool) -> None:
    """Mark a parked question as talked about or not; MissingEntryError when there is none."""
    place = (parking.c.session_id == session_id) & (parking.c.entry_id == entry_id)
    if conn.execute(update(parking).where(place).values(is_done=is_done)).rowcount == 0:
        raise MissingEntryError(GONE)


def set_feedback(conn: Connection, feedback: Feedback) -> None:
    """Store a participant's feedback in place of an earlier one."""
    key = feedback_table.c.participant_id == feedback.participant_id
    conn.execute(delete(feedback_table).where(key))
    conn.execute(insert(feedback_table).values(**{field: getattr(feedback, field) for field in FEEDBACK}))


def feedback(conn: Connection, session_id: str) -> list[Feedback]:
    """Return the feedback on a session, oldest first."""
    query = select(*(feedback_table.c[field] for field in FEEDBACK))
    rows = conn.execute(
        query.where(feedback_table.c.session_id == session_id).order_by(
            feedback_table.c.at, feedback_table.c.participant_id
        )
    ).mappings()
    return [Feedback(**row) for row in rows]


def has_feedback(conn: Connection, participant_id: str) -> bool:
    """Return whether a participant has given feedback."""
    query = select(feedback_table.c.useful).where(feedback_table.c.participant_id == participant_id)
    return conn.execute(query).first() is not None


def credit(conn: Connection, attendance: Attendance) -> None:
    """Store the minutes of an account in a session in place of earlier ones."""
    key = (attendance_table.c.session_id == attendance.session_id) & (
        attendance_table.c.account_id == attendance.account_id
    )
    conn.execute(delete(attendance_table).where(key))
    values = {field: getattr(attendance, field) for field in ATTENDANCE}
    conn.execute(insert(attendance_table).values(**values))


def attendances(
    conn: Connection, *, session_id: str | None = None, account_id: str | None = None
) -> list[Attendance]:
    """Return credited minutes, of one session or of one account where that is given."""
    query = select(*(attendance_table.c[field] for field in ATTENDANCE))
    if session_id is not None:
        query = query.where(attendance_table.c.session_id == session_id)
    if account_id is not None:
        query = query.where(attendance_table.c.account_id == account_id)
    ordered = query.order_by(attendance_table.c.credited_at, attendance_table.c.account_id)
    return [Attendance(**row) for row in conn.execute(ordered).mappings()]
