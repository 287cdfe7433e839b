"""What a team needs: who may read a text, due dates, time, reminders, talks about commitments."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("text_sharing", "due_dates", "extensions", "reminders", "contacts", "talks")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "text_sharing",
        _owner(),
        sa.Column("lesson_id", sa.String()),
        sa.Column("question_id", sa.String()),
        sa.Column("readers", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "lesson_id", "question_id"),
        sa.CheckConstraint("readers IN ('trainer', 'supervisor', 'group')", name="readers"),
    )
    op.create_index("ix_text_sharing_lesson_id_question_id", "text_sharing", ["lesson_id", "question_id"])
    op.create_table(
        "due_dates",
        sa.Column("team", sa.String()),
        sa.Column("lesson_id", sa.String()),
        *_set(),
        sa.PrimaryKeyConstraint("team", "lesson_id"),
    )
    op.create_table(
        "extensions",
        _owner(),
        sa.Column("lesson_id", sa.String()),
        *_set(),
        sa.PrimaryKeyConstraint("account_id", "lesson_id"),
    )
    op.create_table(
        "reminders",
        sa.Column("reminder_id", sa.String()),
        _owner(),
        sa.Column("lesson_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        _by("sent_by"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("reminder_id"),
        sa.UniqueConstraint("account_id", "lesson_id", "kind", "due_on"),
        sa.CheckConstraint("kind IN ('soon', 'overdue', 'asked')", name="kind"),
    )
    op.create_table(
        "contacts",
        _owner(),
        sa.Column("lesson_id", sa.String()),
        sa.Column("day", sa.Date()),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "lesson_id", "day"),
    )
    op.create_table(
        "talks",
        sa.Column("attempt_id", sa.String(), sa.ForeignKey("attempts.attempt_id", ondelete="CASCADE")),
        _by("talked_by"),
        sa.Column("talked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("attempt_id"),
    )


def downgrade() -> None:
    """Remove the tables."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _owner() -> sa.Column[str]:
    account = sa.ForeignKey("accounts.account_id", ondelete="CASCADE")
    return sa.Column("account_id", sa.String(), account, nullable=False)


def _by(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), sa.ForeignKey("accounts.account_id", ondelete="SET NULL"))


def _set() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("due_on", sa.Date(), nullable=False),
        _by("set_by"),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
    )
