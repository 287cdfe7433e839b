"""The tables of the trainer's desk, as SQLAlchemy Core sees them; migration 0005 makes them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from homevisit.store.tables import UtcDateTime, metadata


def _account(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(
        name,
        String,
        ForeignKey("accounts.account_id", ondelete="SET NULL" if nullable else "CASCADE"),
        nullable=nullable,
    )


def _item() -> Column[str]:
    return Column("item_id", String, ForeignKey("desk_items.item_id", ondelete="CASCADE"), nullable=False)


desk_items = Table(
    "desk_items",
    metadata,
    Column("item_id", String, primary_key=True),
    Column(
        "attempt_id",
        String,
        ForeignKey("attempts.attempt_id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    _account("account_id"),
    Column("lesson_id", String, nullable=False),
    Column("question_id", String, nullable=False),
    Column("language", String, nullable=False),
    Column("queued_at", UtcDateTime, nullable=False),
    Column("state", String, nullable=False),
    Column("needs_second", Boolean, nullable=False),
    _account("allocated_to", nullable=True),
    Column("released_at", UtcDateTime),
    CheckConstraint("state IN ('waiting', 'read', 'returned', 'withdrawn')", name="state"),
    Index(None, "state", "queued_at"),
    Index(None, "lesson_id", "question_id", "state"),
    Index(None, "account_id"),
)

readings = Table(
    "readings",
    metadata,
    Column("reading_id", String, primary_key=True),
    _item(),
    Column("kind", String, nullable=False),
    _account("reader_id", nullable=True),
    Column("state", String, nullable=False),
    Column("ratings", JSON, nullable=False),
    Column("criterion_comments", JSON, nullable=False),
    Column("comment", Text, nullable=False),
    Column("highlights", JSON, nullable=False),
    Column("outcome", String, nullable=False),
    Column("reason", Text, nullable=False),
    Column("points", Float),
    Column("rubric", JSON(none_as_null=True)),  # as it was when the reading was finished
    Column("version", Integer, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Column("synced_at", UtcDateTime),
    CheckConstraint("kind IN ('first', 'second', 'resolution', 'formgrader')", name="kind"),
    CheckConstraint("state IN ('draft', 'done', 'undone')", name="state"),
    CheckConstraint("outcome IN ('', 'accepted', 'returned')", name="outcome"),
    Index(None, "item_id"),
    Index(None, "reader_id", "state"),
)

claims = Table(
    "claims",
    metadata,
    Column("item_id", String, ForeignKey("desk_items.item_id", ondelete="CASCADE"), primary_key=True),
    Column("kind", String, primary_key=True),
    _account("trainer_id"),
    Column("expires_at", UtcDateTime, nullable=False),
    Index(None, "trainer_id"),
)

# No foreign keys: a record stays when the account, the item or the lesson it speaks of is gone.
records = Table(
    "records",
    metadata,
    Column("record_id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("actor_id", String, nullable=False),
    Column("actor_name", String, nullable=False),
    Column("action", String, nullable=False),
    Column("item_id", String, nullable=False),
    Column("learner_id", String, nullable=False),
    Column("lesson_id", String, nullable=False),
    Column("question_id", String, nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Index(None, "item_id"),
    Index(None, "at"),
)

comment_bank = Table(
    "comment_bank",
    metadata,
    Column("comment_id", String, primary_key=True),
    _account("owner_id", nullable=True),
    Column("is_shared", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("used", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("removed_at", UtcDateTime),
    Index(None, "owner_id"),
)

desk_settings = Table(
    "desk_settings",
    metadata,
    Column("lesson_id", String, primary_key=True),
    Column("release", String, nullable=False),
    Column("second_share", Float, nullable=False),
    Column("is_anonymous", Boolean, nullable=False),
    Column("allocation", String, nullable=False),
    CheckConstraint("release IN ('at once', 'together')", name="release"),
    CheckConstraint("allocation IN ('open', 'by turns', 'by team')", name="allocation"),
)

replies = Table(
    "replies",
    metadata,
    Column("reply_id", String, primary_key=True),
    _item(),
    _account("account_id"),
    Column("text", Text, nullable=False),
    Column("token", String, nullable=False, unique=True),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "item_id"),
)

exemplars = Table(
    "exemplars",
    metadata,
    Column("item_id", String, ForeignKey("desk_items.item_id", ondelete="CASCADE"), primary_key=True),
    _account("asked_by", nullable=True),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("consent", String, nullable=False),
    Column("decided_at", UtcDateTime),
    CheckConstraint("consent IN ('asked', 'given', 'refused', 'withdrawn')", name="consent"),
)

notices = Table(
    "notices",
    metadata,
    Column("notice_id", String, primary_key=True),
    _account("account_id"),
    Column("kind", String, nullable=False),
    _item(),
    Column("made_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime),
    Column("mail", String, nullable=False),
    Column("mail_tries", Integer, nullable=False),
    Column("mail_problem", Text, nullable=False),
    CheckConstraint("kind IN ('released', 'returned', 'replied', 'exemplar')", name="kind"),
    CheckConstraint("mail IN ('none', 'waiting', 'sent', 'failed')", name="mail"),
    Index(None, "account_id", "seen_at"),
    Index(None, "mail"),
)

anchor_readings = Table(
    "anchor_readings",
    metadata,
    Column("anchor_id", String, primary_key=True),
    Column("trainer_id", String, ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("ratings", JSON, nullable=False),
    Column("done_at", UtcDateTime, nullable=False),
)
