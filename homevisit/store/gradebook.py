"""Read points from nbgrader's own database, and write those given by hand, without loading nbgrader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

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

PLACES = text("""
    SELECT grade.id AS grade_id, submitted_notebook.id AS notebook_id,
           (SELECT comment.id
            FROM comment JOIN base_cell AS written ON written.id = comment.cell_id
            WHERE written.name = cell.name AND comment.notebook_id = submitted_notebook.id) AS comment_id,
           (SELECT solution.id
            FROM base_cell AS solution JOIN solution_cells ON solution_cells.id = solution.id
            WHERE solution.name = cell.name AND solution.notebook_id = cell.notebook_id) AS solution_id
    FROM grade
    JOIN base_cell AS cell ON cell.id = grade.cell_id
    JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
    JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
    JOIN assignment ON assignment.id = submitted_assignment.assignment_id
    WHERE assignment.name = :lesson_id AND submitted_assignment.student_id = :account_id
      AND cell.name = :question_id
""")
SCORE = text("UPDATE grade SET manual_score = :points, needs_manual_grade = :waits WHERE id = :grade_id")
COMMENT = text("UPDATE comment SET manual_comment = :comment WHERE id = :comment_id")
NEW_COMMENT = text("""
    INSERT INTO comment (id, notebook_id, cell_id, auto_comment, manual_comment)
    VALUES (:comment_id, :notebook_id, :solution_id, NULL, :comment)
""")
BUSY_SECONDS = 10


@dataclass(frozen=True, slots=True)
class QuestionPoints:
    """Points of one question in nbgrader's gradebook; `raw` is None while nobody has graded it.

    `manual` are the points given by hand, None when there are none.
    """

    question_id: str
    raw: float | None
    max: float
    is_waiting: bool
    comment: str
    manual: float | None


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


def set_manual(
    database: Path, account_id: str, lesson_id: str, question_id: str, *, points: float | None, comment: str
) -> bool:
    """Write points given by hand and their comment for one question; return whether it stands there.

    Parameters
    ----------
    points : float or None
        None takes the points away: the question waits for a trainer again.

    Raises
    ------
    StoreError
        The gradebook is busy or cannot be written.
    """
    if not database.is_file():
        return False
    engine = create_engine(f"sqlite:///{database}", connect_args={"timeout": BUSY_SECONDS})
    place = {"lesson_id": lesson_id, "account_id": account_id, "question_id": question_id}
    try:
        with engine.begin() as conn:
            found = conn.execute(PLACES, place).one_or_none()
            if found is None:
                return False
            conn.execute(SCORE, {"points": points, "waits": points is None, "grade_id": found.grade_id})
            said = {"comment": comment or None}
            if found.comment_id is not None:
                conn.execute(COMMENT, {**said, "comment_id": found.comment_id})
            elif found.solution_id is not None and comment:
                new = {"comment_id": uuid4().hex, "notebook_id": found.notebook_id}
                conn.execute(NEW_COMMENT, {**said, **new, "solution_id": found.solution_id})
    except SQLAlchemyError as exc:
        raise StoreError(
            "The gradebook cannot be written just now. Your grading is kept; try again in a minute."
        ) from exc
    finally:
        engine.dispose()
    return True


def _points(row: Row[Any]) -> QuestionPoints:
    # nbgrader's rule: a manual score stands over an automatic one, extra credit is added.
    decided = row.auto_score if row.manual_score is None else row.manual_score
    raw = None if decided is None else round(decided + (row.extra_credit or 0.0), 2)
    return QuestionPoints(
        row.name, raw, row.max_score, bool(row.needs_manual_grade), row.manual_comment or "", row.manual_score
    )
