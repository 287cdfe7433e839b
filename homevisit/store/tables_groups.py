"""The tables of group sessions, as SQLAlchemy Core sees them; migrations 0008 and 0011 make them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from homevisit.store.tables import UtcDateTime, metadata

__all__ = [
    "attendances",
    "entry_people",
    "group_sessions",
    "metadata",
    "participants",
    "session_events",
    "session_feedback",
    "session_parking",
    "session_responses",
    "shared_values",
]


def _account(name: str) -> Column[str]:
    return Column(name, String, ForeignKey("accounts.account_id", ondelete="SET NULL"))


def _session(*, is_key: bool = False) -> Column[str]:
    owner = ForeignKey("group_sessions.session_id", ondelete="CASCADE")
    return Column("session_id", String, owner, primary_key=is_key, nullable=False)


def _participant(*, is_key: bool = False) -> Column[str]:
    owner = ForeignKey("participants.participant_id", ondelete="CASCADE")
    return Column("participant_id", String, owner, primary_key=is_key, nullable=False)


OPEN = text("state = 'open'")
THERE = text("removed_at IS NULL")

group_sessions = Table(
    "group_sessions",
    metadata,
    Column("session_id", String, primary_key=True),
    Column("code", String, nullable=False),
    Column("team", String, nullable=False),
    Column("title", String, nullable=False),
    Column("lesson_id", String, nullable=False),
    Column("plan", JSON, nullable=False),  # as it was when the session began
    _account("leader_id"),
    _account("made_by"),
    Column("state", String, nullable=False),
    Column("position", Integer, nullable=False),
    Column("phase", String, nullable=False),
    Column("points_shown", Boolean, nullable=False),
    Column("rounds", JSON, nullable=False),  # "3:alone" once writing was open there
    Column("version", Integer, nullable=False),  # grows when the stage changes
    Column("last_event", Integer, nullable=False),  # written first, so that events of a session queue up
    Column("last_stage_event", Integer, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    CheckConstraint("state IN ('open', 'ended')", name="state"),
    Index("uq_group_sessions_open_code", "code", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    Index(None, "team", "opened_at"),
)

participants = Table(
    "participants",
    metadata,
    Column("participant_id", String, primary_key=True),
    _session(),
    _account("account_id"),
    Column("name", String, nullable=False),
    Column("name_key", String, nullable=False),  # case-folded
    Column("token_hash", String, nullable=False),
    Column("pair", Integer),
    Column("joined_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("left_at", UtcDateTime),
    Column("removed_at", UtcDateTime),
    Column("seconds", Integer, nullable=False),
    UniqueConstraint("session_id", "token_hash"),
    Index(
        "uq_participants_name",
        "session_id",
        "name_key",
        unique=True,
        sqlite_where=THERE,
        postgresql_where=THERE,
    ),
    UniqueConstraint("session_id", "account_id"),
    Index(None, "account_id"),
    Index(None, "token_hash"),
)

session_responses = Table(
    "session_responses",
    metadata,
    Column("response_id", String, primary_key=True),
    _session(),
    Column("position", Integer, nullable=False),
    Column("question_id", String, nullable=False),
    _participant(),
    _account("account_id"),
    Column("round", String, nullable=False),
    Column("pair", Integer),  # whose entry it is, in the round of the pairs
    Column("writer_id", String, nullable=False),  # who of the pair wrote it last
    Column("response", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("shares", JSON, nullable=False),
    Column("token", String, nullable=False, unique=True),
    Column("replaced", JSON, nullable=False),
    Column("is_hidden", Boolean, nullable=False),
    Column("is_pinned", Boolean, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    UniqueConstraint("session_id", "position", "participant_id", "round"),
    CheckConstraint("round IN ('alone', 'pairs', 'again')", name="round"),
    Index(None, "account_id"),
    Index(None, "participant_id"),
)

# who was in the pair that gave an entry; no rows for what one person gave alone
entry_people = Table(
    "entry_people",
    metadata,
    Column(
        "response_id",
        String,
        ForeignKey("session_responses.response_id", ondelete="CASCADE"),
        primary_key=True,
    ),
    _participant(is_key=True),
    Index(None, "participant_id"),
)

session_parking = Table(
    "session_parking",
    metadata,
    Column("entry_id", String, primary_key=True),
    _session(),
    _participant(),
    Column("text", Text, nullable=False),
    Column("token", String, nullable=False, unique=True),
    Column("is_done", Boolean, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "session_id"),
    Index(None, "participant_id"),
)

session_events = Table(
    "session_events",
    metadata,
    Column("event_id", Integer, primary_key=True),  # grows
    _session(),
    Column("kind", String, nullable=False),
    Column("pair", Integer),  # whose phones it concerns, too
    Column("about_id", String),  # the participant whose phone it concerns, too
    Column("at", UtcDateTime, nullable=False),
    CheckConstraint("kind IN ('stage', 'responses', 'people', 'parking', 'ended')", name="kind"),
    Index(None, "session_id", "event_id"),
)

session_feedback = Table(
    "session_feedback",
    metadata,
    _session(is_key=True),
    _participant(is_key=True),
    Column("useful", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    CheckConstraint("useful BETWEEN 1 AND 4", name="useful"),
    Index(None, "participant_id"),
)

attendances = Table(
    "attendances",
    metadata,
    _session(is_key=True),
    Column("account_id", String, ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True),
    Column("minutes", Integer, nullable=False),
    Column("credited_at", UtcDateTime, nullable=False),
    Index(None, "account_id"),
)

# What all servers of one database must have in common, such as the secret that signs cookies.
shared_values = Table(
    "shared_values",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)
