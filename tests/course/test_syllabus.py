from __future__ import annotations

from pathlib import Path

import pytest

from homevisit.course.syllabus import Course, LessonInfo, load_course
from homevisit.errors import ContentError

ROOT = Path(__file__).parents[2]
COURSE = """\
title: A course
credit: Adapted from a handbook.
lessons:
  - id: 01-first
    title: The first
    audience: Home visitors
    minutes: 50
    objectives:
      - See more
      - Write it down
    source_title: A handbook
    source_note: In our own words.
  - id: 02-second
    title: The second
    audience: Home visitors
    minutes: 40
    objectives: [Listen]
    source_title: A handbook
"""


def written(tmp_path, text):
    path = tmp_path / "course.yml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(tmp_path, text):
    with pytest.raises(ContentError) as caught:
        load_course(written(tmp_path, text))
    return [(error.line, error.field, error.advice) for error in (caught.value, *caught.value.others)]


def test_load_course_gives_lessons_in_order(tmp_path):
    course = load_course(written(tmp_path, COURSE))
    assert isinstance(course, Course)
    assert (course.title, course.credit) == ("A course", "Adapted from a handbook.")
    assert course.lessons[0] == LessonInfo(
        id="01-first",
        title="The first",
        audience="Home visitors",
        minutes=50,
        objectives=("See more", "Write it down"),
        source_title="A handbook",
        source_note="In our own words.",
    )
    assert (course.lessons[1].lesson_id, course.lessons[1].source_note) == ("02-second", "")


def test_load_course_names_every_problem(tmp_path):
    text = COURSE.replace("minutes: 40", "minutes: forty").replace("    title: The first\n", "")
    text = text.replace("credit: Adapted from a handbook.", "credits: Adapted.")
    assert problems(tmp_path, text) == [
        (1, "credit", "Add 'credit:' here; it is missing."),
        (2, "credits", "Remove 'credits' or correct its spelling; no such entry belongs here."),
        (4, "lessons.1.title", "Add 'title:' here; it is missing."),
        (15, "lessons.2.minutes", "Write a whole number here, without quotes."),
    ]


def test_load_course_refuses_two_lessons_of_one_id(tmp_path):
    assert problems(tmp_path, COURSE.replace("02-second", "01-first")) == [
        (13, "lessons.2.id", "Write another id here; '01-first' stands above already.")
    ]


def test_load_course_wants_a_lesson(tmp_path):
    text = COURSE[: COURSE.index("lessons:")] + "lessons: []\n"
    assert problems(tmp_path, text) == [(3, "lessons", "Write at least 1 of these.")]


def test_course_of_this_project_loads():
    course = load_course(ROOT / "course.yml")
    assert course.lessons
    assert "Not endorsed by HHS." in course.credit
