"""What a learner gives to each question of the real lesson, made from its key."""

from __future__ import annotations

from pathlib import Path

from homevisit.course.catalogue import Catalogue
from tests.web.course_server import LESSON, ROOT

CATALOGUE = Catalogue(Path(ROOT))
KEY = CATALOGUE.key(LESSON)


def good_response(question_id: str) -> dict:
    question = KEY.questions[question_id]
    if question.type == "choose":
        return {"chosen": list(question.correct)}
    if question.type == "sort":
        return {"placed": dict(question.correct)}
    if question.type == "observe":
        return {"rows": [{"saw": point.text, "meaning": "", "at": "0:10"} for point in question.key_points]}
    return {"text": "I noticed how close they sat. " * 10}


def half_right_places(question_id: str) -> dict:
    """Sort the first half of the statements rightly, the others wrongly."""
    question = KEY.questions[question_id]
    groups = list(question.public.groups)
    right = len(question.correct) // 2
    return {
        "placed": {
            key: group if place < right else groups[(groups.index(group) + 1) % len(groups)]
            for place, (key, group) in enumerate(question.correct.items())
        }
    }
