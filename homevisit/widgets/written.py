"""Where questions and clips come from in an author's JupyterLab: from what stands on disk, without a build.

A learner's kernel never comes here. `homevisit lab` alone sets the variable below, and kernels of the course's
server get none of its environment but what `homevisit/web/kernels.py` allows.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from homevisit.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.media import Clip

# The folder of the course whose author runs this kernel.
AUTHORED_COURSE = "HOMEVISIT_AUTHORED_COURSE"


def authored_course() -> Path | None:
    """Return the folder of the course that is being written, None in every kernel but an author's."""
    named = os.environ.get(AUTHORED_COURSE)
    return Path(named) if named else None


def written_questions(course: Path, lesson_id: str) -> tuple[dict[str, dict[str, Any]], Path]:
    """Give what a learner may see of each question of an answer key, and the file's name for a sentence.

    Raises
    ------
    ContentError
        The key is wrong; it names each problem with the file as seen from the folder of the course.
    """
    # pydantic and ruamel.yaml, which a learner's kernel never loads for a question
    from homevisit.course.answer_keys import load_answer_key  # noqa: PLC0415
    from homevisit.course.questions import public_part  # noqa: PLC0415

    name = Path("answer_keys", f"{lesson_id}.yml")
    try:
        key = load_answer_key(course / name)
    except ContentError as exc:
        raise exc.seen_from(course) from None
    return {question_id: public_part(question) for question_id, question in key.questions.items()}, name


def written_clips(course: Path) -> tuple[Mapping[str, Clip], Path]:
    """Give the clips of a course and the file's name for a sentence; ContentError where the file is wrong."""
    from homevisit.course.media import load_clips  # noqa: PLC0415  as above

    name = Path("lessons", "media", "media.yml")
    try:
        return load_clips(course / name), name
    except ContentError as exc:
        raise exc.seen_from(course) from None
