"""The form of a plan: what the browser sent, as it was typed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from homevisit.course.given import clean
from homevisit.course.session_plan import KINDS, OUT_OF_STEP
from homevisit.errors import InvalidEntryError
from homevisit.services.plans.editing import added, moved, restored, without

if TYPE_CHECKING:
    from homevisit.course.catalogue import Catalogue
    from homevisit.services.plans.editing import Row
    from homevisit.web.base import CourseHandler

COLUMNS = ("step_id", "kind", "title", "minutes", "say", "show", "question_id", "section")


@dataclass(frozen=True, slots=True)
class PlanForm:
    """A plan as somebody typed it; `base` is the version that the page was made from."""

    title: str
    rows: list[Row]
    removed: list[Row]
    base: int

    def content(self, lesson_id: str) -> dict[str, Any]:
        """Return it for `read_plan`; a number that is none stays as it was typed and is refused there."""
        steps = [{**row, "minutes": whole_number(row["minutes"])} for row in self.rows]
        return {"title": self.title, "lesson_id": lesson_id, "steps": steps}

    def removed_steps(self) -> list[dict[str, Any]]:
        """Return the removed steps to be kept; a number that is none counts as 0, since nobody sees it any more."""
        numbers = [whole_number(row["minutes"]) for row in self.removed]
        return [
            {**row, "minutes": number if isinstance(number, int) else 0}
            for row, number in zip(self.removed, numbers, strict=True)
        ]

    def changed(
        self, catalogue: Catalogue, lesson_id: str, do: str, more: tuple[str, str]
    ) -> tuple[PlanForm, str]:
        """Return the form after what a button does, and the id of the step to go to.

        Parameters
        ----------
        do : str
            ``save``, ``up:<step>``, ``down:<step>``, ``remove:<step>``, ``restore:<step>`` or ``add``.
        more : tuple of str
            What to add, and below which step.

        Raises
        ------
        InvalidEntryError
            It cannot be done; the sentence says what to do.
        """
        verb, _, step_id = do.partition(":")
        rows, removed, place = self.rows, self.removed, step_id
        if verb in ("up", "down"):
            rows = moved(rows, step_id, -1 if verb == "up" else 1)
        elif verb == "remove":
            rows, removed = without(rows, removed, step_id)
            place = ""
        elif verb == "restore":
            rows, removed = restored(rows, removed, step_id)
        elif verb == "add":
            rows, place = added(catalogue, rows, lesson_id, what=more[0], after=more[1])
        return PlanForm(self.title, rows, removed, self.base), place


def read_form(handler: CourseHandler) -> PlanForm:
    """Return what the browser sent; InvalidEntryError when it is not this form."""
    columns = {name: handler.get_body_arguments(name, strip=False) for name in COLUMNS}
    if len({len(values) for values in columns.values()}) != 1:
        raise InvalidEntryError(OUT_OF_STEP)
    rows = [dict(zip(COLUMNS, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    try:
        removed = [json.loads(text) for text in handler.get_body_arguments("removed")]
    except (ValueError, RecursionError) as exc:  # the second for brackets within brackets without end
        raise InvalidEntryError(OUT_OF_STEP) from exc
    if not all(isinstance(row, dict) and set(row) == set(COLUMNS) for row in removed):
        raise InvalidEntryError(OUT_OF_STEP)
    if not all(row["kind"] in KINDS for row in (*rows, *removed)):
        raise InvalidEntryError(OUT_OF_STEP)
    removed = [{name: _shown(value) for name, value in row.items()} for row in removed]
    title = handler.get_body_argument("title-of-plan", "", strip=False)
    return PlanForm(title, rows, removed, read_version(handler, "base"))


def read_version(handler: CourseHandler, name: str) -> int:
    """Return a version that the form holds; InvalidEntryError when it is none."""
    given = handler.get_body_argument(name, "0")
    if not (given.isascii() and given.isdigit() and len(given) < 10):  # noqa: PLR2004  digits of 32 bits
        raise InvalidEntryError(OUT_OF_STEP)
    return int(given)


def whole_number(text: Any) -> Any:
    """Return the number that a text is, and anything else as it is."""
    if isinstance(text, str) and text.strip().isascii() and text.strip().isdigit():
        return int(text.strip()[:6])
    return text


def _shown(value: Any) -> Any:
    """Return a text without what no page can hold, and anything else as it is."""
    return clean(value) if isinstance(value, str) else value
