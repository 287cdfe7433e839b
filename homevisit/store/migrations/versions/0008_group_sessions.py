"""Group sessions: steps, participants, responses, events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = (
    "group_sessions",
    "participants",
    "session_responses",
    "session_parking",
    "session_events",
    "session_feedback",
    "attendances",
    "shared_values",
)
OPEN = sa.text("state = 'open'")
THERE = sa.text("removed_at IS NULL")


def upgrade() -> None:
    """Make the tables."""
    _group_sessions()
    _participants()
    _responses()
    _parking()
    _events()
    _feedback()
    _attendances()
    op.create_table(
        "shared_values",
        sa.Column("name", sa.String()),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def downgrade() -> None:
    """Remove the tables, those that name others first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _account(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), sa.ForeignKey("accounts.account_id", ondelete="SET NULL"))


def _session() -> sa.Column[str]:
    owner = sa.ForeignKey("group_sessions.session_id", ondelete="CASCADE")
    return sa.Column("session_id", sa.String(), owner, nullable=False)


def _participant() -> sa.Column[str]:
    owner = sa.ForeignKey("participants.participant_id", ondelete="CASCADE")
    return sa.Column("participant_id", sa.String(), owner, nullable=False)


def _group_sessions() -> None:
    op.create_table(
        "group_sessions",
        sa.Column("session_id", sa.String()),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("lesson_id", sa.String(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        _account("leader_id"),
        _account("made_by"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("points_shown", sa.Boolean(), nullable=False),
        sa.Column("rounds", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_event", sa.Integer(), nullable=False),
        sa.Column("last_stage_event", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("session_id"),
        sa.CheckConstraint("state IN ('open', 'ended')", name="state"),
    )
    op.create_index(
        "uq_group_sessions_open_code",
        "group_sessions",
        ["code"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_group_sessions_team_opened_at", "group_sessions", ["team", "opened_at"])


def _participants() -> None:
    op.create_table(
        "participants",
        sa.Column("participant_id", sa.String()),
        _session(),
        _account("account_id"),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("pair", sa.Integer()),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True)),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("participant_id"),
        sa.UniqueConstraint("session_id", "token_hash"),
        sa.UniqueConstraint("session_id", "account_id"),
    )
    op.create_index(
        "uq_participants_name",
        "participants",
        ["session_id", "name_key"],
        unique=True,
        sqlite_where=THERE,
        postgresql_where=THERE,
    )
    op.create_index("ix_participants_account_id", "participants", ["account_id"])
    op.create_index("ix_participants_token_hash", "participants", ["token_hash"])


def _responses() -> None:
    op.create_table(
        "session_responses",
        sa.Column("response_id", sa.String()),
        _session(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        _participant(),
        _account("account_id"),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("pair", sa.Integer()),
        sa.Column("writer_id", sa.String(), nullable=False),
        sa.Column("response", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("replaced", sa.JSON(), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("response_id"),
        sa.UniqueConstraint("token"),
        sa.UniqueConstraint("session_id", "position", "participant_id", "round"),
        sa.CheckConstraint("round IN ('alone', 'pairs', 'again')", name="round"),
    )
    op.create_index("ix_session_responses_account_id", "session_responses", ["account_id"])
    op.create_index("ix_session_responses_participant_id", "session_responses", ["participant_id"])


def _parking() -> None:
    op.create_table(
        "session_parking",
        sa.Column("entry_id", sa.String()),
        _session(),
        _participant(),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("is_done", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("entry_id"),
        sa.UniqueConstraint("token"),
    )
    op.create_index("ix_session_parking_session_id", "session_parking", ["session_id"])
    op.create_index("ix_session_parking_participant_id", "session_parking", ["participant_id"])


def _events() -> None:
    op.create_table(
        "session_events",
        sa.Column("event_id", sa.Integer()),
        _session(),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("pair", sa.Integer()),
        sa.Column("about_id", sa.String()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
        sa.CheckConstraint("kind IN ('stage', 'responses', 'people', 'parking', 'ended')", name="kind"),
    )
    op.create_index("ix_session_events_session_id_event_id", "session_events", ["session_id", "event_id"])


def _feedback() -> None:
    op.create_table(
        "session_feedback",
        _session(),
        _participant(),
        sa.Column("useful", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "participant_id"),
        sa.CheckConstraint("useful BETWEEN 1 AND 4", name="useful"),
    )
    op.create_index("ix_session_feedback_participant_id", "session_feedback", ["participant_id"])


def _attendances() -> None:
    op.create_table(
        "attendances",
        _session(),
        sa.Column(
            "account_id",
            sa.String(),
            sa.ForeignKey("accounts.account_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("credited_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("session_id", "account_id"),
    )
    op.create_index("ix_attendances_account_id", "attendances", ["account_id"])
