"""The trainer's desk: what waits to be read, readings, claims, the record, comments, notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = (
    "desk_items",
    "readings",
    "claims",
    "records",
    "comment_bank",
    "desk_settings",
    "replies",
    "exemplars",
    "notices",
    "anchor_readings",
)


def upgrade() -> None:
    """Make the tables."""
    _desk_items()
    _readings()
    _claims()
    _records()
    _comment_bank()
    _desk_settings()
    _replies()
    _exemplars()
    _notices()
    _anchor_readings()


def downgrade() -> None:
    """Remove the tables, those that name others first."""
    for table in reversed(TABLES):
        op.drop_table(table)


def _desk_items() -> None:
    op.create_table(
        "desk_items",
        sa.Column("item_id", sa.String()),
        sa.Column(
            "attempt_id",
            sa.String(),
            sa.ForeignKey("attempts.attempt_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "account_id",
            sa.String(),
            sa.ForeignKey("accounts.account_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("lesson_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("needs_second", sa.Boolean(), nullable=False),
        sa.Column("allocated_to", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="SET NULL")),
        sa.Column("released_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("item_id"),
        sa.UniqueConstraint("attempt_id"),
        sa.CheckConstraint("state IN ('waiting', 'read', 'returned', 'withdrawn')", name="state"),
    )
    op.create_index("ix_desk_items_account_id", "desk_items", ["account_id"])
    op.create_index(
        "ix_desk_items_lesson_id_question_id_state", "desk_items", ["lesson_id", "question_id", "state"]
    )
    op.create_index("ix_desk_items_state_queued_at", "desk_items", ["state", "queued_at"])


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("reading_id", sa.String()),
        sa.Column(
            "item_id", sa.String(), sa.ForeignKey("desk_items.item_id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reader_id", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="SET NULL")),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column("criterion_comments", sa.JSON(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("highlights", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("points", sa.Float()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("synced_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("reading_id"),
        sa.CheckConstraint("kind IN ('first', 'second', 'resolution', 'formgrader')", name="kind"),
        sa.CheckConstraint("outcome IN ('', 'accepted', 'returned')", name="outcome"),
        sa.CheckConstraint("state IN ('draft', 'done', 'undone')", name="state"),
    )
    op.create_index("ix_readings_item_id", "readings", ["item_id"])
    op.create_index("ix_readings_reader_id_state", "readings", ["reader_id", "state"])


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("item_id", sa.String(), sa.ForeignKey("desk_items.item_id", ondelete="CASCADE")),
        sa.Column("kind", sa.String()),
        sa.Column(
            "trainer_id",
            sa.String(),
            sa.ForeignKey("accounts.account_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("item_id", "kind"),
    )
    op.create_index("ix_claims_trainer_id", "claims", ["trainer_id"])


def _records() -> None:
    op.create_table(
        "records",
        sa.Column("record_id", sa.Integer()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("learner_id", sa.String(), nullable=False),
        sa.Column("lesson_id", sa.String(), nullable=False),
        sa.Column("question_id", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("record_id"),
    )
    op.create_index("ix_records_at", "records", ["at"])
    op.create_index("ix_records_item_id", "records", ["item_id"])


def _comment_bank() -> None:
    op.create_table(
        "comment_bank",
        sa.Column("comment_id", sa.String()),
        sa.Column("owner_id", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="SET NULL")),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("comment_id"),
    )
    op.create_index("ix_comment_bank_owner_id", "comment_bank", ["owner_id"])


def _desk_settings() -> None:
    op.create_table(
        "desk_settings",
        sa.Column("lesson_id", sa.String()),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("second_share", sa.Float(), nullable=False),
        sa.Column("is_anonymous", sa.Boolean(), nullable=False),
        sa.Column("allocation", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("lesson_id"),
        sa.CheckConstraint("release IN ('at once', 'together')", name="release"),
        sa.CheckConstraint("allocation IN ('open', 'by turns', 'by team')", name="allocation"),
    )


def _replies() -> None:
    op.create_table(
        "replies",
        sa.Column("reply_id", sa.String()),
        sa.Column(
            "item_id", sa.String(), sa.ForeignKey("desk_items.item_id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column(
            "account_id",
            sa.String(),
            sa.ForeignKey("accounts.account_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("reply_id"),
        sa.UniqueConstraint("token"),
    )
    op.create_index("ix_replies_item_id", "replies", ["item_id"])


def _exemplars() -> None:
    op.create_table(
        "exemplars",
        sa.Column("item_id", sa.String(), sa.ForeignKey("desk_items.item_id", ondelete="CASCADE")),
        sa.Column("asked_by", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="SET NULL")),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("consent", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("item_id"),
        sa.CheckConstraint("consent IN ('asked', 'given', 'refused', 'withdrawn')", name="consent"),
    )


def _notices() -> None:
    op.create_table(
        "notices",
        sa.Column("notice_id", sa.String()),
        sa.Column(
            "account_id",
            sa.String(),
            sa.ForeignKey("accounts.account_id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "item_id", sa.String(), sa.ForeignKey("desk_items.item_id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("mail_tries", sa.Integer(), nullable=False),
        sa.Column("mail_problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("notice_id"),
        sa.CheckConstraint("kind IN ('released', 'returned', 'replied', 'exemplar')", name="kind"),
        sa.CheckConstraint("mail IN ('none', 'waiting', 'sent', 'failed')", name="mail"),
    )
    op.create_index("ix_notices_account_id_seen_at", "notices", ["account_id", "seen_at"])
    op.create_index("ix_notices_mail", "notices", ["mail"])


def _anchor_readings() -> None:
    op.create_table(
        "anchor_readings",
        sa.Column("anchor_id", sa.String()),
        sa.Column("trainer_id", sa.String(), sa.ForeignKey("accounts.account_id", ondelete="CASCADE")),
        sa.Column("number", sa.Integer()),
        sa.Column("ratings", sa.JSON(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("anchor_id", "trainer_id", "number"),
    )
