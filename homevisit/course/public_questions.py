"""Reads the built ``questions.json`` of a lesson, the only question file that a kernel ever opens.

Nothing but the standard library is imported here: a lesson's kernel should start quickly.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from homevisit.course.question_types import QUESTION_TYPES
from homevisit.errors import ContentError

if TYPE_CHECKING:
    from pathlib import Path

_REBUILD = "Run 'homevisit build'; this file is made by it and is not as it should be."


def load_public_questions(path: Path) -> dict[str, dict[str, Any]]:
    """Give what a learner may see of each question, by id; a damaged file raises `ContentError`."""
    try:
        content = json.loads(path.read_bytes())
    except OSError as exc:
        raise ContentError("Run 'homevisit build' first; this file cannot be read.", path) from exc
    except ValueError as exc:
        raise ContentError(_REBUILD, path) from exc
    questions = content.get("questions") if isinstance(content, dict) else None
    if not isinstance(questions, dict):
        raise ContentError(_REBUILD, path, field="questions")
    for question_id, question in questions.items():
        if not _is_question(question):
            raise ContentError(_REBUILD, path, field=f"questions.{question_id}")
    return questions


def _is_question(question: object) -> bool:
    if not isinstance(question, dict):
        return False
    return question.get("type") in QUESTION_TYPES and isinstance(question.get("prompt"), str)
