"""Anchor texts of the course: read, checked against their rubrics, and kept from learners."""

from __future__ import annotations

from pathlib import Path

import pytest

from homevisit.course.anchors import FOLDER, anchor_problems, load_anchors
from homevisit.course.catalogue import Catalogue
from homevisit.course.kinds.rubric import RatedQuestion
from homevisit.errors import ContentError

ROOT = Path(__file__).parents[2]
LESSON = "04-roles-for-parents"
KEY = Catalogue(ROOT).key(LESSON)
RATED = {name: one for name, one in KEY.questions.items() if isinstance(one, RatedQuestion)}
GOOD = """anchors:
  omar-next-step:
    - id: one
      text: She could move back.
      agreed:
        concrete: {level: 1, why: One step.}
        pair: {level: 1, why: It lets them see each other.}
        reason: {level: 0, why: No reason yet.}
"""


def written(tmp_path, text):
    path = tmp_path / "anchors.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_anchors_of_the_course_fit_their_rubrics_and_use_every_level():
    count = 0
    for info in Catalogue(ROOT).lessons():
        path = ROOT / "answer_keys" / FOLDER / f"{info.lesson_id}.yml"
        questions = Catalogue(ROOT).key(info.lesson_id).questions
        assert (
            anchor_problems(path, {n: q for n, q in questions.items() if isinstance(q, RatedQuestion)}) == []
        )
        for question_id, anchors in load_anchors(path).items():
            count += 1
            assert len(anchors) >= 5
            for criterion in questions[question_id].rubric:
                levels = {anchor.agreed[criterion.id].level for anchor in anchors}
                assert levels == set(criterion.levels), (question_id, criterion.id)
    assert count >= 2


def test_no_word_of_an_anchor_stands_in_what_a_learner_is_given():
    released = "\n".join(
        " ".join(path.read_text(encoding="utf-8").split())
        for path in (ROOT / "lessons").rglob("*")
        if path.suffix in {".ipynb", ".json", ".yml", ".txt", ".vtt"}
    )
    sources = " ".join(
        " ".join(path.read_text(encoding="utf-8").split()) for path in (ROOT / "source").rglob("*.md")
    )
    for path in (ROOT / "answer_keys" / FOLDER).glob("*.yml"):
        for anchors in load_anchors(path).values():
            for anchor in anchors:
                for said in (anchor.text, *(one.why for one in anchor.agreed.values())):
                    words = " ".join(said.split())
                    assert words not in released
                    assert words not in sources


def test_lesson_without_anchors_has_none(tmp_path):
    assert load_anchors(tmp_path / "none.yml") == {}
    assert anchor_problems(tmp_path / "none.yml", RATED) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("omar-next-step:", "omar-nest-step:"), "Name a question here that a trainer rates: omar-next-step"),
        (("level: 0", "level: 7"), "Write a level of the rubric here: 0, 1, 2."),
        (
            ("        reason: {level: 0, why: No reason yet.}\n", ""),
            "Add reason here, with its level and why",
        ),
        (
            ("        reason:", "        because:"),
            "Name a criterion of the rubric here: concrete, pair, reason.",
        ),
        ((", why: One step.", ""), "Add 'why:' here; it is missing."),
        (("id: one", "id: One more"), "Write lower-case letters, digits and hyphens only"),
    ],
)
def test_mistake_in_the_file_is_named_with_its_line(tmp_path, change, sentence):
    path = written(tmp_path, GOOD.replace(*change))
    found = anchor_problems(path, RATED)
    assert any(sentence in str(problem) for problem in found), found
    assert all(problem.line for problem in found)


def test_two_anchors_of_one_name_are_refused(tmp_path):
    twice = GOOD + GOOD.partition("omar-next-step:\n")[2]
    with pytest.raises(ContentError, match="'one' stands above already"):
        load_anchors(written(tmp_path, twice))


def test_check_of_the_course_looks_at_anchors(tmp_path):
    from homevisit.services.anchor_checks import lesson_anchor_problems
    from tests.services.cohort import copied_course

    course = copied_course(tmp_path / "course")
    path = course / "answer_keys" / FOLDER / f"{LESSON}.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("level: 2", "level: 3", 1), encoding="utf-8")
    [problem] = lesson_anchor_problems(Catalogue(course), LESSON)
    assert "Write a level of the rubric here" in str(problem)
