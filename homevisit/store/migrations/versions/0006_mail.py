"""Mail that waits to be sent, and what anchors need."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("mails", "mail_wishes", "desk_choices", "kept_anchors", "anchor_excuses")


def upgrade() -> None:
    """Make the tables."""
    _mails()
    _choices()
    _anchors()


def downgrade() -> None:
    """Remove the tables."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _account(way: str = "CASCADE") -> sa.ForeignKey:
    return sa.ForeignKey("accounts.account_id", ondelete=way)


def _mails() -> None:
    op.create_table(
        "mails",
        sa.Column("mail_id", sa.String()),
        sa.Column("account_id", sa.String(), _account(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("mail_id"),
        sa.CheckConstraint("kind IN ('desk', 'reminder')", name="kind"),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'failed')", name="state"),
    )
    op.create_index("ix_mails_account_id", "mails", ["account_id"])
    op.create_index("ix_mails_state_due_at", "mails", ["state", "due_at"])


def _choices() -> None:
    op.create_table(
        "mail_wishes",
        sa.Column("account_id", sa.String(), _account()),
        sa.Column("is_wanted", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_table(
        "desk_choices",
        sa.Column("name", sa.String()),
        sa.Column("lesson_id", sa.String()),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", "lesson_id"),
        sa.CheckConstraint("name IN ('anchors first', 'examples')", name="name"),
    )


def _anchors() -> None:
    op.create_table(
        "kept_anchors",
        sa.Column("anchor_id", sa.String()),
        sa.Column(
            "item_id", sa.String(), sa.ForeignKey("desk_items.item_id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("lesson_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("agreed", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(), _account("SET NULL")),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("anchor_id"),
        sa.UniqueConstraint("item_id"),
    )
    op.create_table(
        "anchor_excuses",
        sa.Column("trainer_id", sa.String(), _account()),
        sa.Column("excused_by", sa.String(), _account("SET NULL")),
        sa.Column("excused_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("trainer_id"),
    )
