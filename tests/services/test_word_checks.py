from __future__ import annotations

import pytest

from homevisit.course.catalogue import Catalogue
from homevisit.services.checking import check_lessons
from tests.services.cohort import copied_course
from tests.web.course_server import LESSON

PLAIN = "seems: fine\nadd:\n  trait or label: [helicopter uncle]\nremove: [rough, tried to]\n"


@pytest.fixture
def course(tmp_path):
    return copied_course(tmp_path / "course")


def findings(root, text, name="words_en.yml"):
    (root / "answer_keys" / name).write_text(text, encoding="utf-8")
    report = check_lessons(Catalogue(root), LESSON)
    return [(found.path.name, found.line, found.advice) for found in report.findings]


def test_changes_that_change_something_have_no_finding(course):
    assert findings(course, PLAIN) == []


def test_changes_that_change_nothing_are_found_in_the_order_of_their_lines(course):
    text = "remove:\n  - xylophone\nadd:\n  trait or label:\n    - lazy\n    - hangry parent\n"
    assert findings(course, text) == [
        (
            "words_en.yml",
            2,
            "Correct or remove this entry; 'xylophone' is not in the English list.",
        ),
        ("words_en.yml", 5, "Remove this entry; 'lazy' is in the English list already."),
    ]


def test_spanish_file_is_checked_with_the_spanish_list(course):
    assert findings(course, "remove: [enojado, rough]\n", "words_es.yml") == [
        ("words_es.yml", 1, "Correct or remove this entry; 'rough' is not in the Spanish list.")
    ]


def test_faulty_file_is_found(course):
    assert findings(course, "seems: never\n") == [("words_en.yml", 1, "Write 'flagged' or 'fine' here.")]


def test_file_of_another_name_is_found(course):
    assert findings(course, "seems: fine\n", "words.yml") == [
        (
            "words.yml",
            None,
            "Name this file words_en.yml or words_es.yml; under another name it changes nothing.",
        )
    ]


def test_idle_change_of_a_question_is_found_in_its_key(course):
    path = course / "answer_keys" / f"{LESSON}.yml"
    text = path.read_text(encoding="utf-8")
    own = "  omar-observe:\n    words:\n      en:\n        remove: [xylophone]\n"
    path.write_text(text.replace("  omar-observe:\n", own, 1), encoding="utf-8")
    line = own.count("\n") + text[: text.index("  omar-observe:\n")].count("\n")
    found = [
        finding for finding in check_lessons(Catalogue(course), LESSON).findings if "words" in finding.field
    ]
    assert [(finding.line, finding.field) for finding in found] == [
        (line, "questions.omar-observe.words.en.remove.1")
    ]
