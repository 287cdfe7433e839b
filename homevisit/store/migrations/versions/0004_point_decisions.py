"""Trainers' marks on single points, and points that learners ask a trainer to read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BANDS = "('covered', 'again', 'none')"


def upgrade() -> None:
    """Make the tables of decisions and of requests."""
    op.create_table(
        "point_decisions",
        sa.Column("decision_id", sa.Integer(), primary_key=True),
        _attempt(),
        sa.Column("point_id", sa.String(), nullable=False),
        sa.Column("share", sa.Float()),
        sa.Column("band", sa.String(), nullable=False),
        sa.Column("decided", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="SET NULL")),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"band IN {BANDS}", name="band"),
        sa.CheckConstraint(f"decided IN {BANDS}", name="decided"),
    )
    op.create_index("ix_point_decisions_attempt_id", "point_decisions", ["attempt_id"])
    op.create_table(
        "point_requests",
        _attempt(),
        sa.Column("point_id", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("attempt_id", "point_id"),
    )


def downgrade() -> None:
    """Remove both tables."""
    op.drop_table("point_requests")
    op.drop_table("point_decisions")


def _attempt() -> sa.Column[str]:
    return sa.Column(
        "attempt_id",
        sa.String(),
        sa.ForeignKey("attempts.attempt_id", ondelete="CASCADE"),
        nullable=False,
    )
