"""What a learner gives to each question of the real lessons, made from their keys."""

from __future__ import annotations

from pathlib import Path

from homevisit.course.catalogue import Catalogue
from homevisit.course.clip_times import seconds_of
from homevisit.services.samples import GOAL_LINES, SOCIALIZATION, sample_response
from tests.web.course_server import LESSON, ROOT

CATALOGUE = Catalogue(Path(ROOT))
KEY = CATALOGUE.key(LESSON)

MAKERS = {
    "choose": lambda question: {"chosen": list(question.correct)},
    "sort": lambda question: {"placed": dict(question.correct)},
    "observe": lambda question: {
        "rows": [{"saw": point.text, "meaning": "", "at": "0:10"} for point in question.key_points]
    },
    "order": lambda question: {"order": list(question.correct)},
    "rephrase": lambda question: {"text": question.examples[0]},
    "checklist": lambda question: {"ratings": dict.fromkeys(question.public.items, 1)},
    "commitment": lambda question: {
        "plan": next(iter(question.public.plans)),
        "text": "On Tuesday, with one family.",
    },
    "ecomap": lambda question: sample_response(question, 1.0, 0),
    "watch": lambda question: {
        "marks": [{"at": seconds_of(moment.start), "saw": moment.text} for moment in question.key_points],
        "stops": {stop.id: "She says what she sees." for stop in question.public.stops},
        "position": 0,
    },
    "plan": lambda _question: {"theme": "Water", "date": "", "place": "", **GOOD_PLAN, "goals": [GOOD_GOAL]},
}


GOOD_PLAN = {key: f"Good words for {key}." for key in SOCIALIZATION if key not in GOAL_LINES}
GOOD_GOAL = {
    **dict.fromkeys(GOAL_LINES, "Every parent finds out something."),
    "domain": "cognition",
    "subdomain": "",
}


def good_response(question_id: str, lesson_id: str = LESSON) -> dict:
    """Return a response that gets all points a program can give."""
    question = CATALOGUE.key(lesson_id).questions[question_id]
    make = MAKERS.get(question.type)
    return make(question) if make else {"text": "I noticed how close they sat. " * 10}


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
