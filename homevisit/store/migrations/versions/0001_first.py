"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make all tables."""
    _make_accounts()
    _make_doors()
    _make_work()


def downgrade() -> None:
    """Remove all tables."""
    for table in (
        "submissions",
        "attempts",
        "drafts",
        "sign_in_failures",
        "sign_ins",
        "invitations",
        "accounts",
    ):
        op.drop_table(table)


def _owner() -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("account_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.account_id"], ondelete="CASCADE"),
    ]


def _make_accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.String(), primary_key=True),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("is_disabled", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String()),
        sa.Column("practice_of", sa.String()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("role IN ('learner', 'trainer', 'supervisor', 'administrator')", name="role"),
        sa.ForeignKeyConstraint(["practice_of"], ["accounts.account_id"], ondelete="CASCADE"),
        sa.UniqueConstraint("email"),
        sa.UniqueConstraint("practice_of"),
    )


def _make_doors() -> None:
    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.String(), primary_key=True),
        *_owner(),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
    )
    op.create_index("ix_invitations_account_id", "invitations", ["account_id"])
    op.create_table(
        "sign_ins",
        sa.Column("token_hash", sa.String(), primary_key=True),
        *_owner(),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("acting_as", sa.String()),
        sa.ForeignKeyConstraint(["acting_as"], ["accounts.account_id"], ondelete="SET NULL"),
    )
    op.create_index("ix_sign_ins_account_id", "sign_ins", ["account_id"])
    op.create_table(
        "sign_in_failures",
        sa.Column("failure_id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("failed_at", MOMENT, nullable=False),
    )
    op.create_index("ix_sign_in_failures_key_failed_at", "sign_in_failures", ["key", "failed_at"])


def _make_work() -> None:
    op.create_table(
        "drafts",
        *_owner(),
        sa.Column("lesson_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("response", sa.JSON()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "lesson_id", "question_id"),
    )
    op.create_table(
        "attempts",
        sa.Column("attempt_id", sa.String(), primary_key=True),
        *_owner(),
        sa.Column("lesson_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("response", sa.JSON(), nullable=False),
        sa.Column("raw", sa.Float()),
        sa.Column("max", sa.Float(), nullable=False),
        sa.Column("feedback", sa.JSON(), nullable=False),
        sa.Column("committed_at", MOMENT, nullable=False),
        sa.CheckConstraint("number >= 1", name="number"),
        sa.UniqueConstraint("account_id", "lesson_id", "question_id", "number"),
        sa.UniqueConstraint("token"),
    )
    op.create_table(
        "submissions",
        sa.Column("submission_id", sa.String(), primary_key=True),
        *_owner(),
        sa.Column("lesson_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("attempt_ids", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("claimed_at", MOMENT),
        sa.Column("graded_at", MOMENT),
        sa.CheckConstraint("state IN ('queued', 'grading', 'graded', 'failed')", name="state"),
        sa.UniqueConstraint("account_id", "lesson_id", "number"),
        sa.UniqueConstraint("token"),
    )
    op.create_index("ix_submissions_state_submitted_at", "submissions", ["state", "submitted_at"])
