"""What the question functions return while nbgrader grades: the score of the response in the notebook."""

from __future__ import annotations

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from homevisit.errors import ConfigError, GradingError

if TYPE_CHECKING:
    from homevisit.course.answer_keys import AnswerKey

# nbgrader says in this variable which of its steps runs the notebook.
STEP = "NBGRADER_EXECUTION"
ANSWER_KEYS = "HOMEVISIT_ANSWER_KEYS"


def is_grading() -> bool:
    """Return whether nbgrader's autograde runs this notebook."""
    return os.environ.get(STEP) == "autograde"


def graded(question_id: str) -> float:
    """Score the response of one question in the notebook of the current folder; 0.0 when there is none.

    Raises
    ------
    ConfigError
        The environment does not name the folder of the answer keys.
    GradingError
        The folder does not hold exactly one notebook.
    """
    # a lesson's kernel imports this module too, and never needs the scoring
    from homevisit.course.bands import PROGRAMME_FILE  # noqa: PLC0415
    from homevisit.course.words import PROGRAMME_FILES  # noqa: PLC0415
    from homevisit.scoring.marks import with_marks  # noqa: PLC0415
    from homevisit.scoring.score import score  # noqa: PLC0415

    notebook = _notebook()
    entry = _entry(notebook, question_id)
    if entry.get("response") is None:
        return 0.0
    path = _answer_keys() / f"{notebook.stem}.yml"
    beside = (path.with_name(name) for name in (PROGRAMME_FILE, *PROGRAMME_FILES.values()))
    key = _key(path, (_version(path), *map(_version, beside)))
    first = score(key.questions[question_id], entry["response"])
    return float(with_marks(first, entry.get("marks", {})).raw or 0.0)


def _version(path: Path) -> tuple[int, int] | None:
    status = path.stat() if path.is_file() else None
    return status and (status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=4)
def _key(path: Path, _versions: tuple[tuple[int, int] | None, ...]) -> AnswerKey:
    """Read a key once a version: it takes longer than scoring all of a lesson."""
    from homevisit.course.answer_keys import load_answer_key  # noqa: PLC0415  as the scoring above

    return load_answer_key(path)


def _entry(notebook: Path, question_id: str) -> dict[str, Any]:
    for entry in _entries(notebook.read_bytes()):
        if entry.get("response_to") == question_id:
            return entry
    return {}


@lru_cache(maxsize=1)
def _entries(content: bytes) -> list[dict[str, Any]]:
    """Return our metadata of each cell; each question of a lesson asks for that of the same notebook."""
    return [cell["metadata"].get("homevisit", {}) for cell in json.loads(content)["cells"]]


def _notebook() -> Path:
    found = sorted(Path().glob("*.ipynb"))
    if len(found) != 1:
        raise GradingError("A submission must hold exactly one notebook; hand the lesson in again.")
    return found[0]


def _answer_keys() -> Path:
    named = os.environ.get(ANSWER_KEYS)
    if not named:
        raise ConfigError(
            f"Set {ANSWER_KEYS} to the folder of the answer keys; nbgrader_config.py does so by itself."
        )
    return Path(named)
