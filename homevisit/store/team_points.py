"""Points of many learners at once, from nbgrader's own database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from homevisit.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# nbgrader's rule: a manual score stands over an automatic one, extra credit is added.
TOTALS = text("""
    SELECT submitted_assignment.student_id, assignment.name,
           SUM(COALESCE(grade.manual_score, grade.auto_score, 0) + COALESCE(grade.extra_credit, 0)) AS raw,
           SUM(grade_cells.max_score) AS max,
           SUM(CASE WHEN grade.needs_manual_grade THEN 1 ELSE 0 END) AS waiting
    FROM grade
    JOIN grade_cells ON grade_cells.id = grade.cell_id
    JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
    JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
    JOIN assignment ON assignment.id = submitted_assignment.assignment_id
    WHERE submitted_assignment.student_id IN :people
    GROUP BY submitted_assignment.student_id, assignment.name
""").bindparams(bindparam("people", expanding=True))


@dataclass(frozen=True, slots=True)
class LessonPoints:
    """Points of a lesson in all, and how many of its questions nobody has graded yet."""

    raw: float
    max: float
    waiting: int


def totals(database: Path, account_ids: Iterable[str]) -> dict[tuple[str, str], LessonPoints]:
    """Return the points by person and lesson of what is in the gradebook; one query.

    Raises
    ------
    StoreError
        The gradebook cannot be read.
    """
    people = list(account_ids)
    if not people or not database.is_file():
        return {}
    engine = create_engine(f"sqlite:///{database}")
    try:
        with engine.connect() as conn:
            rows = conn.execute(TOTALS, {"people": people}).all()
    except SQLAlchemyError as exc:
        raise StoreError("The gradebook cannot be read just now. Try again in a minute.") from exc
    finally:
        engine.dispose()
    return {
        (row.student_id, row.name): LessonPoints(round(row.raw, 2), float(row.max), int(row.waiting))
        for row in rows
    }
