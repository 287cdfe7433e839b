"""The rubric as it was when a trainer finished a reading."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; readings that are older have none and count as read by the present rubric."""
    op.add_column("readings", sa.Column("rubric", sa.JSON(none_as_null=True)))


def downgrade() -> None:
    """Remove the column."""
    with op.batch_alter_table("readings") as table:
        table.drop_column("rubric")
