"""The record of the desk, for people and for files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from homevisit.services.desk.queueing import need_reader
from homevisit.store import accounts as account_store
from homevisit.store import desk_notes

if TYPE_CHECKING:
    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_desk import Record

COLUMNS = ("at", "who", "what", "learner", "lesson", "question", "text", "before", "after")
# Spreadsheets take a cell that begins with one of these for a formula.
FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A line of the record; `learner` is the id where the account is gone."""

    record: Record
    learner: str


def record_lines(store: Store, viewer: Account, limit: int | None = None) -> list[RecordLine]:
    """Return the record, newest first."""
    need_reader(viewer)
    with store.read() as conn:
        names = {account.account_id: account.name for account in account_store.accounts(conn)}
        found = desk_notes.records(conn, limit=limit)
    return [RecordLine(record, names.get(record.learner_id, record.learner_id)) for record in found]


def as_row(line: RecordLine) -> list[str]:
    """Return a line as cells of a file, in the order of `COLUMNS`; none of them can act as a formula."""
    record = line.record
    cells = [
        record.at.isoformat(),
        record.actor_name,
        record.action,
        line.learner,
        record.lesson_id,
        record.question_id,
        record.item_id,
        _json(record.before),
        _json(record.after),
    ]
    return [f"'{cell}" if cell.startswith(FORMULA_MARKS) else cell for cell in cells]


def in_words(values: Mapping[str, Any]) -> str:
    """Return one side of a line for the page: what it holds, without Python's brackets and underscores."""
    parts = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            parts += [f"{key}: {_word(inner)}" for key, inner in value.items()]
        elif value is not None:
            parts.append(f"{name.removeprefix('is_').replace('_', ' ')}: {_word(value)}")
    return "; ".join(parts)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _json(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
