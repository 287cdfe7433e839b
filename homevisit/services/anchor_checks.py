"""Checks the anchor texts of a lesson against its rubrics, for whoever writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.course.anchors import FOLDER, anchor_problems
from homevisit.course.kinds.rubric import RatedQuestion
from homevisit.errors import ContentError

if TYPE_CHECKING:
    from homevisit.course.catalogue import Catalogue


def lesson_anchor_problems(catalogue: Catalogue, lesson_id: str) -> list[ContentError]:
    """Give what is wrong in a lesson's anchors; none while its key cannot be read, which is said elsewhere."""
    try:
        questions = catalogue.key(lesson_id).questions
    except ContentError:
        return []
    rated = {name: one for name, one in questions.items() if isinstance(one, RatedQuestion)}
    path = catalogue.key_path(lesson_id).parent / FOLDER / f"{lesson_id}.yml"
    return anchor_problems(path, rated)
