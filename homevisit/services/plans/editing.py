"""Changes to a plan while it is edited: another order, a step less, a step back, a step more.

Rows are the steps as they were typed, minutes still a text, so that nothing that cannot be saved yet is lost.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from homevisit.course.session_plan import MAX_TITLE
from homevisit.errors import InvalidEntryError, MissingEntryError
from homevisit.services.plans.scenes import sections_of
from homevisit.store.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from homevisit.course.catalogue import Catalogue
    from homevisit.course.session_plan import Step

Row = dict[str, Any]

# Minutes that a new step begins with; the course's own choice.
MINUTES = {"talk": 5, "scene": 6, "question": 12, "break": 5}
GONE = "This step is no longer in the plan. Reload the page to see what is."


def rows_of(steps: Sequence[Step]) -> list[Row]:
    """Return steps as rows."""
    return [asdict(step) for step in steps]


def moved(rows: Sequence[Row], step_id: str, places: int) -> list[Row]:
    """Return the rows with one step moved by so many places, as far as there is room."""
    at = _place(rows, step_id)
    others = [row for row in rows if row["step_id"] != step_id]
    to = min(max(at + places, 0), len(others))
    return [*others[:to], rows[at], *others[to:]]


def without(rows: Sequence[Row], removed: Sequence[Row], step_id: str) -> tuple[list[Row], list[Row]]:
    """Return the rows without a step, and the removed ones with it."""
    at = _place(rows, step_id)
    if len(rows) == 1:
        raise InvalidEntryError("A plan needs at least one step. Add another one before you remove this one.")
    return [*rows[:at], *rows[at + 1 :]], [*removed, rows[at]]


def restored(rows: Sequence[Row], removed: Sequence[Row], step_id: str) -> tuple[list[Row], list[Row]]:
    """Return the rows with a removed step at their end, and the removed ones without it."""
    at = _place(removed, step_id)
    return [*rows, removed[at]], [*removed[:at], *removed[at + 1 :]]


def added(
    catalogue: Catalogue, rows: Sequence[Row], lesson_id: str, *, what: str, after: str
) -> tuple[list[Row], str]:
    """Return the rows with a new step, and its id.

    Parameters
    ----------
    what : str
        ``talk``, ``break``, ``scene:<section>`` or ``question:<question_id>``.
    after : str
        The id of the step below which it stands; empty for the beginning.

    Raises
    ------
    InvalidEntryError
        There is nothing of that kind to add.
    """
    kind, _, target = what.partition(":")
    title = _title(catalogue, lesson_id, kind, target)
    step_id = new_id("n-")
    row = {
        "step_id": step_id,
        "kind": kind,
        "title": title[:MAX_TITLE],
        "minutes": MINUTES[kind],
        "say": "",
        "show": "",
        "question_id": target if kind == "question" else "",
        "section": target if kind == "scene" else "",
    }
    at = _place(rows, after) + 1 if after else 0
    return [*rows[:at], row, *rows[at:]], step_id


def _title(catalogue: Catalogue, lesson_id: str, kind: str, target: str) -> str:
    if kind == "talk":
        return "Talk"
    if kind == "break":
        return "Break"
    if kind == "question" and target:
        try:
            return catalogue.question(lesson_id, target).public.prompt
        except MissingEntryError as exc:
            raise InvalidEntryError("Choose what to add from the list, then add it.") from exc
    if kind == "scene" and lesson_id:
        for section in sections_of(catalogue, lesson_id):
            if section.section_id == target:
                return section.title
    raise InvalidEntryError("Choose what to add from the list, then add it.")


def _place(rows: Sequence[Row], step_id: str) -> int:
    for number, row in enumerate(rows):
        if row["step_id"] == step_id:
            return number
    raise InvalidEntryError(GONE)
