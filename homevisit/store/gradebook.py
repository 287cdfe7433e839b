"""Read points from nbgrader's own database, without loading nbgrader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from homevisit.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Row

POINTS = text("""
    SELECT cell.name, grade_cells.max_score, grade.auto_score, grade.manual_score, grade.extra_credit,
           grade.needs_manual_grade,
           (SELECT comment.manual_comment
            FROM comment JOIN base_cell AS written ON written.id = comment.cell_id
            WHERE written.name = cell.name AND comment.notebook_id = submitted_notebook.id) AS manual_comment
    FROM grade
    JOIN grade_cells ON grade_cells.id = grade.cell_id
    JOIN base_cell AS cell ON cell.id = grade_cells.id
    JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
    JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
    JOIN assignment ON assignment.id = submitted_assignment.assignment_id
    WHERE assignment.name = :lesson_id AND submitted_assignment.student_id = :account_id
""")


@dataclass(frozen=True, slots=True)
class QuestionPoints:
    """Points of one question in nbgrader's gradebook; `raw` is None while nobody has graded it."""

    question_id: str
    raw: float | None
    max: float
    is_waiting: bool
    comment: str


def points(database: Path, account_id: str, lesson_id: str) -> dict[str, QuestionPoints]:
    """Return the points of each question of a submission, by question id; empty when not graded yet.

    Raises
    ------
    StoreError
        The gradebook cannot be read.
    """
    if not database.is_file():
        return {}
    engine = create_engine(f"sqlite:///{database}")
    try:
        with engine.connect() as conn:
            rows = conn.execute(POINTS, {"lesson_id": lesson_id, "account_id": account_id}).all()
    except SQLAlchemyError as exc:
        raise StoreError("The gradebook cannot be read just now. Try again in a minute.") from exc
    finally:
        engine.dispose()
    return {row.name: _points(row) for row in rows}


def _points(row: Row[Any]) -> QuestionPoints:
    # nbgrader's rule: a manual score stands over an automatic one, extra credit is added.
    decided = row.auto_score if row.manual_score is None else row.manual_score
    raw = None if decided is None else round(decided + (row.extra_credit or 0.0), 2)
    return QuestionPoints(
        row.name, raw, row.max_score, bool(row.needs_manual_grade), row.manual_comment or ""
    )
