"""Frozen values of session plans and follow-up tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan as it is kept; `content` and `removed_steps` are JSON, `version` grows by one with each save."""

    plan_id: str
    team: str
    title: str
    content: dict[str, Any]
    removed_steps: list[dict[str, Any]]
    version: int
    made_by: str | None
    created_at: datetime
    updated_at: datetime
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Task:
    """What was agreed to do after a session; `account_id` is None when it is for the whole team."""

    task_id: str
    session_id: str
    team: str
    account_id: str | None
    text: str
    due: date | None
    made_by: str | None
    made_at: datetime
    removed_at: datetime | None
