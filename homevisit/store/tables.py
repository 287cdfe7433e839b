"""The tables of the store, as SQLAlchemy Core sees them; migrations make them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: kept in UTC, given back aware, whatever the database does with time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment in UTC; a time without a zone is a mistake in our code."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time needs its zone before it is stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment in UTC; SQLite gives back a time without a zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _owner() -> Column[str]:
    return Column("account_id", String, ForeignKey("accounts.account_id", ondelete="CASCADE"), nullable=False)


accounts = Table(
    "accounts",
    metadata,
    Column("account_id", String, primary_key=True),
    Column("email", String, nullable=False, unique=True),  # lower case, see store.accounts
    Column("name", String, nullable=False),
    Column("role", String, nullable=False),
    Column("team", String, nullable=False),
    Column("is_disabled", Boolean, nullable=False),
    Column("password_hash", String),
    Column("practice_of", String, ForeignKey("accounts.account_id", ondelete="CASCADE"), unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    CheckConstraint("role IN ('learner', 'trainer', 'supervisor', 'administrator')", name="role"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", String, primary_key=True),
    _owner(),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Index(None, "account_id"),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("token_hash", String, primary_key=True),
    _owner(),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("acting_as", String, ForeignKey("accounts.account_id", ondelete="SET NULL")),
    Index(None, "account_id"),
)

sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("failure_id", Integer, primary_key=True),
    Column("key", String, nullable=False),
    Column("failed_at", UtcDateTime, nullable=False),
    Index(None, "key", "failed_at"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("account_id", String, ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True),
    Column("lesson_id", String, primary_key=True),
    Column("question_id", String, primary_key=True),
    Column("response", JSON(none_as_null=True)),  # empty once removed, see store.drafts
    Column("version", Integer, nullable=False),
    Column("saved_at", UtcDateTime, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("attempt_id", String, primary_key=True),
    _owner(),
    Column("lesson_id", String, nullable=False),
    Column("question_id", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("token", String, nullable=False, unique=True),
    Column("response", JSON, nullable=False),
    Column("raw", Float),
    Column("max", Float, nullable=False),
    Column("feedback", JSON, nullable=False),
    Column("committed_at", UtcDateTime, nullable=False),
    UniqueConstraint("account_id", "lesson_id", "question_id", "number"),
    CheckConstraint("number >= 1", name="number"),
)

submissions = Table(
    "submissions",
    metadata,
    Column("submission_id", String, primary_key=True),
    _owner(),
    Column("lesson_id", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("token", String, nullable=False, unique=True),
    Column("attempt_ids", JSON, nullable=False),
    Column("state", String, nullable=False),
    Column("problem", Text, nullable=False),
    Column("submitted_at", UtcDateTime, nullable=False),
    Column("claimed_at", UtcDateTime),
    Column("graded_at", UtcDateTime),
    UniqueConstraint("account_id", "lesson_id", "number"),
    CheckConstraint("state IN ('queued', 'grading', 'graded', 'failed')", name="state"),
    Index(None, "state", "submitted_at"),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("follow_up_id", String, primary_key=True),
    _owner(),
    Column("attempt_id", String, ForeignKey("attempts.attempt_id", ondelete="CASCADE"), nullable=False),
    Column("outcome", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("told_at", UtcDateTime, nullable=False),
    CheckConstraint("outcome IN ('done', 'partly', 'not yet')", name="outcome"),
    Index(None, "account_id"),
)

papers = Table(
    "papers",
    metadata,
    Column("paper_id", String, primary_key=True),
    _owner(),
    Column("kind", String, nullable=False),
    Column("title", String, nullable=False),
    Column("content", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Index(None, "account_id"),
)

point_decisions = Table(
    "point_decisions",
    metadata,
    Column("decision_id", Integer, primary_key=True),  # grows, so that the last decision is known
    Column("attempt_id", String, ForeignKey("attempts.attempt_id", ondelete="CASCADE"), nullable=False),
    Column("point_id", String, nullable=False),
    Column("share", Float),  # empty for attempts that are older than bands
    Column("band", String, nullable=False),
    Column("decided", String, nullable=False),
    Column("decided_by", String, ForeignKey("accounts.account_id", ondelete="SET NULL")),
    Column("decided_at", UtcDateTime, nullable=False),
    CheckConstraint("band IN ('covered', 'again', 'none')", name="band"),
    CheckConstraint("decided IN ('covered', 'again', 'none')", name="decided"),
    Index(None, "attempt_id"),
)

point_requests = Table(
    "point_requests",
    metadata,
    Column("attempt_id", String, ForeignKey("attempts.attempt_id", ondelete="CASCADE"), primary_key=True),
    Column("point_id", String, primary_key=True),
    Column("asked_at", UtcDateTime, nullable=False),
)
