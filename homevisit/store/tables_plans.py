"""The tables of session plans and follow-up tasks, as SQLAlchemy Core sees them; migration 0009 makes them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from homevisit.store.tables import UtcDateTime
from homevisit.store.tables_groups import metadata

__all__ = ["metadata", "session_plans", "session_tasks", "tasks_done"]

session_plans = Table(
    "session_plans",
    metadata,
    Column("plan_id", String, primary_key=True),
    Column("team", String, nullable=False),
    Column("title", String, nullable=False),
    Column("content", JSON, nullable=False),
    Column("removed_steps", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("made_by", String, ForeignKey("accounts.account_id", ondelete="SET NULL")),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
    Column("removed_at", UtcDateTime),
    Index(None, "team", "updated_at"),
)

# `account_id` is empty for a task of the whole team.
session_tasks = Table(
    "session_tasks",
    metadata,
    Column("task_id", String, primary_key=True),
    Column("session_id", String, ForeignKey("group_sessions.session_id", ondelete="CASCADE"), nullable=False),
    Column("team", String, nullable=False),
    Column("account_id", String, ForeignKey("accounts.account_id", ondelete="CASCADE")),
    Column("text", Text, nullable=False),
    Column("due", Date),
    Column("made_by", String, ForeignKey("accounts.account_id", ondelete="SET NULL")),
    Column("made_at", UtcDateTime, nullable=False),
    Column("removed_at", UtcDateTime),
    Index(None, "session_id"),
    Index(None, "account_id"),
    Index(None, "team"),
)

tasks_done = Table(
    "tasks_done",
    metadata,
    Column("task_id", String, ForeignKey("session_tasks.task_id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", String, ForeignKey("accounts.account_id", ondelete="CASCADE"), primary_key=True),
    Column("done_at", UtcDateTime, nullable=False),
    Index(None, "account_id"),
)
