"""A team's own plans of group sessions, and what was agreed to do after a session."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _session_plans()
    _session_tasks()
    _tasks_done()


def downgrade() -> None:
    """Remove the tables, those that name others first."""
    for table in ("tasks_done", "session_tasks", "session_plans"):
        op.drop_table(table)


def _session_plans() -> None:
    op.create_table(
        "session_plans",
        sa.Column("plan_id", sa.String()),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("removed_steps", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="SET NULL")),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("plan_id"),
    )
    op.create_index("ix_session_plans_team_updated_at", "session_plans", ["team", "updated_at"])


def _session_tasks() -> None:
    op.create_table(
        "session_tasks",
        sa.Column("task_id", sa.String()),
        sa.Column(
            "session_id",
            sa.String(),
            sa.ForeignKey("group_sessions.session_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="CASCADE")),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due", sa.Date()),
        sa.Column("made_by", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="SET NULL")),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("task_id"),
    )
    op.create_index("ix_session_tasks_account_id", "session_tasks", ["account_id"])
    op.create_index("ix_session_tasks_session_id", "session_tasks", ["session_id"])
    op.create_index("ix_session_tasks_team", "session_tasks", ["team"])


def _tasks_done() -> None:
    op.create_table(
        "tasks_done",
        sa.Column(
            "task_id",
            sa.String(),
            sa.ForeignKey("session_tasks.task_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "account_id",
            sa.String(),
            sa.ForeignKey("accounts.account_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("task_id", "account_id"),
    )
    op.create_index("ix_tasks_done_account_id", "tasks_done", ["account_id"])
