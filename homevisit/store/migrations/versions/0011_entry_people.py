"""Whose entry it is that a pair gave in a group session."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; entries that are older belong to who wrote them first."""
    op.create_table(
        "entry_people",
        _part_of("response_id", "session_responses.response_id"),
        _part_of("participant_id", "participants.participant_id"),
        sa.PrimaryKeyConstraint("response_id", "participant_id"),
    )
    op.create_index("ix_entry_people_participant_id", "entry_people", ["participant_id"])


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("entry_people")


def _part_of(name: str, owner: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), sa.ForeignKey(owner, ondelete="CASCADE"), nullable=False)
