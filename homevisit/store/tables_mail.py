"""The tables of mail and of anchor texts, as SQLAlchemy Core sees them; migration 0006 makes them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from homevisit.store.tables import UtcDateTime, metadata


def _account(name: str, *, is_key: bool = False, is_kept: bool = False) -> Column[str]:
    way = "SET NULL" if is_kept else "CASCADE"
    key = ForeignKey("accounts.account_id", ondelete=way)
    return Column(name, String, key, primary_key=is_key, nullable=is_kept)


# `due_at` is when a mail is tried next; whoever tries it moves it on first, so that nobody else does.
mails = Table(
    "mails",
    metadata,
    Column("mail_id", String, primary_key=True),
    _account("account_id"),
    Column("kind", String, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    CheckConstraint("kind IN ('desk', 'reminder')", name="kind"),
    CheckConstraint("state IN ('waiting', 'sent', 'failed')", name="state"),
    Index(None, "state", "due_at"),
    Index(None, "account_id"),
)

mail_wishes = Table(
    "mail_wishes",
    metadata,
    _account("account_id", is_key=True),
    Column("is_wanted", Boolean, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
)

# Switches of the desk; `lesson_id` is empty for one that holds for the whole course.
desk_choices = Table(
    "desk_choices",
    metadata,
    Column("name", String, primary_key=True),
    Column("lesson_id", String, primary_key=True),
    Column("is_on", Boolean, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    CheckConstraint("name IN ('anchors first', 'examples')", name="name"),
)

# Anchors that trainers made of real texts; those that come with the course stand in answer_keys/anchors.
kept_anchors = Table(
    "kept_anchors",
    metadata,
    Column("anchor_id", String, primary_key=True),
    Column(
        "item_id",
        String,
        ForeignKey("desk_items.item_id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    Column("lesson_id", String, nullable=False),
    Column("question_id", String, nullable=False),
    Column("language", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("agreed", JSON, nullable=False),
    _account("made_by", is_kept=True),
    Column("made_at", UtcDateTime, nullable=False),
)

anchor_excuses = Table(
    "anchor_excuses",
    metadata,
    _account("trainer_id", is_key=True),
    _account("excused_by", is_kept=True),
    Column("excused_at", UtcDateTime, nullable=False),
)
