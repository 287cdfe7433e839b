"""The tables of a team: who may read a text, due dates, time, reminders, talks; migration 0007 makes them."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from homevisit.store.tables import UtcDateTime, metadata


def _owner(*, is_key: bool) -> Column[str]:
    account = ForeignKey("accounts.account_id", ondelete="CASCADE")
    return Column("account_id", String, account, primary_key=is_key, nullable=False)


def _by(name: str) -> Column[str]:
    return Column(name, String, ForeignKey("accounts.account_id", ondelete="SET NULL"))


text_sharing = Table(
    "text_sharing",
    metadata,
    _owner(is_key=True),
    Column("lesson_id", String, primary_key=True),
    Column("question_id", String, primary_key=True),
    Column("readers", String, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    CheckConstraint("readers IN ('trainer', 'supervisor', 'group')", name="readers"),
    Index(None, "lesson_id", "question_id"),
)

due_dates = Table(
    "due_dates",
    metadata,
    Column("team", String, primary_key=True),
    Column("lesson_id", String, primary_key=True),
    Column("due_on", Date, nullable=False),
    _by("set_by"),
    Column("set_at", UtcDateTime, nullable=False),
)

extensions = Table(
    "extensions",
    metadata,
    _owner(is_key=True),
    Column("lesson_id", String, primary_key=True),
    Column("due_on", Date, nullable=False),
    _by("set_by"),
    Column("set_at", UtcDateTime, nullable=False),
)

# A lesson is "" for what is not about one; then `due_on` is the day of the reminder, so that there is one a day.
reminders = Table(
    "reminders",
    metadata,
    Column("reminder_id", String, primary_key=True),
    _owner(is_key=False),
    Column("lesson_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("due_on", Date, nullable=False),
    _by("sent_by"),
    Column("at", UtcDateTime, nullable=False),
    UniqueConstraint("account_id", "lesson_id", "kind", "due_on"),
    CheckConstraint("kind IN ('soon', 'overdue', 'asked')", name="kind"),
)

# A lesson is "" for visits of pages that belong to none.
contacts = Table(
    "contacts",
    metadata,
    _owner(is_key=True),
    Column("lesson_id", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("seconds", Integer, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
)

talks = Table(
    "talks",
    metadata,
    Column("attempt_id", String, ForeignKey("attempts.attempt_id", ondelete="CASCADE"), primary_key=True),
    _by("talked_by"),
    Column("talked_at", UtcDateTime, nullable=False),
)
