"""Observations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from homevisit.course.fields import AsTuple, at_least
from homevisit.course.given import OUT_OF_STEP, clean, is_blank, part, within_draft, within_field
from homevisit.course.kinds.asked import Given, Prompt
from homevisit.course.kinds.key_point import KeyPoint
from homevisit.course.kinds.seen import SeenQuestion
from homevisit.errors import InvalidResponseError

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_ROWS = 100

_COLUMNS = ("saw", "meaning", "at")
_MARK = re.compile(r"([0-9]{1,3}):([0-5][0-9])")


class ObservePrompt(Prompt):
    """What a learner may see of an observation; `timed` asks for the minute and second of each row."""

    timed: bool = False


class ObserveQuestion(SeenQuestion):
    """Write what you see and hear, row by row."""

    type: Literal["observe"]
    public: ObservePrompt
    key_points: Annotated[tuple[KeyPoint, ...], AsTuple, at_least(1)]

    def drafted(self, obj: object) -> Given:
        """Give all rows as they were typed, each with its three columns."""
        rows = []
        for row in part(obj, "rows", list):
            if not isinstance(row, dict) or set(row) - set(_COLUMNS):
                raise InvalidResponseError(OUT_OF_STEP)
            rows.append({column: clean(row.get(column, "")) for column in _COLUMNS})
        within_draft(text for row in rows for text in row.values())
        return {"rows": rows}

    def committed(self, draft: Given) -> Given:
        """Give the rows that say something; at least one must say what was seen."""
        committed = []
        for number, row in enumerate(draft["rows"], 1):
            saw, meaning = row["saw"].strip(), row["meaning"].strip()
            if is_blank(saw) and is_blank(meaning):
                continue
            within_field(max(saw, meaning, key=len), f"observation {number}")
            committed.append({"saw": saw, "meaning": meaning, "at": _mark(row["at"].strip(), number)})
        if len(committed) > MAX_ROWS:
            message = (
                f"That is {len(committed)} rows; there is room for {MAX_ROWS}. Join a few; nothing is lost."
            )
            raise InvalidResponseError(message)
        if all(is_blank(row["saw"]) for row in committed):
            raise InvalidResponseError(
                "Write down at least one thing that you saw or heard, then check again."
            )
        return {"rows": committed}

    def as_text(self, draft: Mapping[str, Any]) -> str:
        """Write the rows with their numbers."""
        return "\n".join(_row_as_text(number, row) for number, row in enumerate(draft["rows"], 1))


def _mark(text: str, number: int) -> str:
    if not text:
        return ""
    mark = _MARK.fullmatch(text)
    if mark is None:
        raise InvalidResponseError(
            f"In observation {number}, write the time as minutes and seconds, for example 1:05."
        )
    return f"{int(mark[1])}:{mark[2]}"


def _row_as_text(number: int, row: Mapping[str, str]) -> str:
    at = f" ({row['at']})" if row["at"] else ""
    meaning = f"\n   What it may mean: {row['meaning']}" if row["meaning"] else ""
    return f"{number}.{at} {row['saw']}{meaning}"
