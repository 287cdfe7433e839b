"""Build lessons: from hand-written text and key to the notebook that learners get."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from homevisit.course.lesson_text import lone_call
from homevisit.course.question_types import QUESTION_TYPES
from homevisit.course.questions import public_part
from homevisit.errors import ContentError

if TYPE_CHECKING:
    from pathlib import Path

    from homevisit.course.answer_keys import AnswerKey
    from homevisit.course.catalogue import Catalogue
    from homevisit.course.questions import Question

NOTHING_YET = "*Nothing written yet.*"
RESPONSE_TAG = "response"
DECLARES = frozenset(QUESTION_TYPES)


def declared_question(source: str) -> tuple[str, str] | None:
    """Return (type, question id) when a code cell declares a question, else None.

    A cell declares a question when it is one call such as ``observe("omar-observe")``.
    """
    call = lone_call(source)
    return call if call and call[0] in DECLARES else None


def build_source(catalogue: Catalogue, lesson_id: str) -> Any:
    """Return the source notebook of a lesson: its text, with nbgrader metadata on each question.

    Every question becomes a locked cell that declares it, and a Markdown cell that takes the
    response: graded by the declaring cell's value, or by a trainer where a trainer reads the response.
    ContentError when a question has no key, or a key no question.
    """
    import jupytext  # noqa: PLC0415  heavy: only building and grading need it

    path = catalogue.text_path(lesson_id)
    if not path.is_file():
        raise ContentError(
            f"Write the lesson's text in {path.name}, or take the lesson out of course.yml.", path
        )
    key = catalogue.key(lesson_id)
    notebook = jupytext.read(path, fmt="md:myst")
    cells: list[Any] = []
    seen: dict[str, str] = {}
    for cell in notebook.cells:
        declared = declared_question(cell.source) if cell.cell_type == "code" else None
        if declared is None:
            cell["id"] = _cell_id(cell, seen)
            cells.append(cell)
        else:
            question = _question(key, declared, seen, path)
            cells += _question_cells(cell, question, declared[1])
    missing = [question_id for question_id in key.questions if question_id not in seen]
    if missing:
        raise ContentError(
            f"The lesson text never asks {', '.join(missing)}. Add a code cell such as "
            f'{key.questions[missing[0]].type}("{missing[0]}").',
            path,
        )
    notebook.cells = cells
    notebook.metadata.pop("jupytext", None)
    return notebook


def public_questions(catalogue: Catalogue, lesson_id: str) -> str:
    """Return the text of ``questions.json``: what a learner may see of each question, as JSON."""
    key = catalogue.key(lesson_id)
    questions = {question_id: public_part(question) for question_id, question in key.questions.items()}
    return json.dumps({"lesson_id": lesson_id, "questions": questions}, ensure_ascii=False, indent=1) + "\n"


def write_source(catalogue: Catalogue, lesson_id: str, source_dir: Path) -> None:
    """Write ``<lesson>/<lesson>.ipynb`` and ``questions.json`` below `source_dir`."""
    import nbformat  # noqa: PLC0415  heavy: its schema checker loads a grammar

    folder = source_dir / lesson_id
    folder.mkdir(parents=True, exist_ok=True)
    notebook = build_source(catalogue, lesson_id)
    nbformat.validate(notebook)
    nbformat.write(notebook, folder / f"{lesson_id}.ipynb")
    (folder / "questions.json").write_text(public_questions(catalogue, lesson_id), encoding="utf-8")


def lesson_version(catalogue: Catalogue, lesson_id: str) -> str:
    """Return a short hash of everything the built lesson is made from."""
    digest = hashlib.sha256()
    for path in (catalogue.text_path(lesson_id), catalogue.key_path(lesson_id)):
        digest.update(path.read_bytes() if path.is_file() else b"")
        digest.update(b"\0")
    return digest.hexdigest()[:16]


def _question(key: AnswerKey, declared: tuple[str, str], seen: dict[str, str], path: Path) -> Question:
    kind, question_id = declared
    call = f'{kind}("{question_id}")'
    if question_id in seen:
        raise ContentError(f"{call} stands twice in the lesson. Ask each question once.", path)
    if question_id not in key.questions:
        raise ContentError(f"{call} has no key. Add {question_id} to answer_keys/{key.lesson_id}.yml.", path)
    question = key.questions[question_id]
    if question.type != kind:
        raise ContentError(
            f'{call} is of type {question.type} in its key. Write {question.type}("{question_id}").', path
        )
    seen[question_id] = kind
    return question


def _question_cells(cell: Any, question: Question, question_id: str) -> list[Any]:
    from nbformat.v4 import new_markdown_cell  # noqa: PLC0415  heavy, as above

    graded_by_trainer = question.is_read_by_trainer
    cell["id"] = question_id
    cell.metadata["homevisit"] = {"question_id": question_id}
    cell.metadata["nbgrader"] = _nbgrader(
        question_id + "-asked" if graded_by_trainer else question_id,
        cell_type="code",
        points=None if graded_by_trainer else question.points,
        locked=True,
    )
    response = new_markdown_cell(NOTHING_YET, id=f"{question_id}-response")
    response.metadata["tags"] = [RESPONSE_TAG]
    response.metadata["homevisit"] = {"response_to": question_id}
    if graded_by_trainer:
        response.metadata["nbgrader"] = _nbgrader(
            question_id, cell_type="markdown", points=question.points, solution=True
        )
    return [cell, response]


def _nbgrader(
    grade_id: str, *, cell_type: str, points: int | None, solution: bool = False, locked: bool = False
) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": grade_id,
        "cell_type": cell_type,
        "grade": points is not None,
        "solution": solution,
        "locked": locked,
        "task": False,
    }
    if points is not None:
        metadata["points"] = points
    return metadata


def _cell_id(cell: Any, seen: dict[str, str]) -> str:
    """Return an id that stays while the text of the cell stays, so that diffs stay small."""
    digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()
    candidate, length = f"c-{digest[:10]}", 10
    while candidate in seen:
        length += 1
        candidate = f"c-{digest[:length]}"
    seen[candidate] = "cell"
    return candidate
