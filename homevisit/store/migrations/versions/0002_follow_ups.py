"""What became of a learner's commitment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of follow-ups."""
    op.create_table(
        "follow_ups",
        sa.Column("follow_up_id", sa.String(), primary_key=True),
        sa.Column(
            "account_id",
            sa.String(),
            sa.ForeignKey("accounts.account_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "attempt_id",
            sa.String(),
            sa.ForeignKey("attempts.attempt_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("outcome IN ('done', 'partly', 'not yet')", name="outcome"),
    )
    op.create_index("ix_follow_ups_account_id", "follow_ups", ["account_id"])


def downgrade() -> None:
    """Remove the table of follow-ups."""
    op.drop_table("follow_ups")
