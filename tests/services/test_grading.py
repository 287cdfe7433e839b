"""The road to the gradebook with the real nbgrader: partial credit, waiting reflections, escaped text."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import nbformat
import pytest

from homevisit.config import load_settings
from homevisit.course.catalogue import Catalogue
from homevisit.services import decisions, grading, learning
from homevisit.services.gradebook import Gradebook
from homevisit.store import accounts as account_store
from homevisit.store import submissions as submission_store
from homevisit.store.engine import open_store
from tests.services.cohort import hand_in
from tests.services.formgrader import formgrader as formgrader_of
from tests.services.formgrader import submission_of
from tests.web.course_server import LESSON, ROOT
from tests.web.responses import KEY, good_response, half_right_places

NASTY = "</pre><script>alert(1)</script> $x^2$ **bold** `code`\n\n# Not a heading & \u202eright to left 🙂"
SORTED = "omar-learning"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return (settings, catalogue, store) over a copy of the course, so that its root is nbgrader's too."""
    root = tmp_path_factory.mktemp("grading") / "course"
    root.mkdir()
    for name in ("course.yml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root)
    for name in ("source", "answer_keys", "lessons"):
        shutil.copytree(ROOT / name, root / name)
    settings = load_settings(root)
    store = open_store(settings.database_url)
    yield settings, Catalogue(root), store
    store.close()


@pytest.fixture(scope="module")
def graded(course):
    """Return a learner with a graded submission: one sorting half right, nasty text in a reflection."""
    settings, catalogue, store = course
    learner = add(store, "Greta Graded")
    responses = {}
    for question_id in KEY.questions:
        response = good_response(question_id)
        if question_id == SORTED:
            response = half_right_places(question_id)
        if question_id == "culture-reflection":
            response = {"text": NASTY}
        responses[question_id] = response
    hand_in(store, catalogue, learner, responses)
    assert grading.grade_while_busy(store, settings, catalogue, 0) == 1
    submission = learning.lesson_state(store, catalogue, learner.account_id, LESSON).submission
    assert (submission.state, submission.problem) == ("graded", "")
    return learner


@pytest.fixture(scope="module")
def formgrader(course, tmp_path_factory):
    """Return an HTTP client of nbgrader's formgrader, started from the course's folder as the README says."""
    settings, *_ = course
    with formgrader_of(settings.course_dir, tmp_path_factory.mktemp("jupyter")) as client:
        yield client


def add(store, name, role="learner"):
    email = f"{name.lower().replace(' ', '.')}@example.org"
    with store.begin() as conn:
        return account_store.add_account(conn, email=email, name=name, role=role, team="North")


def nbgrader(settings, *arguments):
    program = Path(sys.executable).parent / "nbgrader"
    done = subprocess.run(
        [program, *arguments], cwd=settings.course_dir, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done


def exported(settings, learner):
    target = settings.course_dir / f"grades-{uuid4().hex}.csv"
    nbgrader(settings, "export", "--to", str(target))
    with target.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["student_id"] == learner.account_id]
    return rows[0]


def test_points_are_those_that_feedback_showed(course, graded):
    settings, catalogue, store = course
    state = learning.lesson_state(store, catalogue, graded.account_id, LESSON)
    shown = {question_id: attempt.raw for question_id, attempt in state.latest.items()}
    results = {row.question_id: row for row in grading.results(settings, catalogue, graded, LESSON)}
    assert {question_id: row.raw for question_id, row in results.items()} == shown
    half = KEY.questions[SORTED].points / 2
    assert results[SORTED].raw == half


def test_reflections_wait_for_a_trainer_and_nothing_else_does(course, graded):
    settings, catalogue, _ = course
    waiting = {
        row.question_id for row in grading.results(settings, catalogue, graded, LESSON) if row.is_waiting
    }
    assert waiting == {
        question_id for question_id, question in KEY.questions.items() if question.is_read_by_trainer
    }


def test_nbgrader_export_gives_the_same_total(course, graded):
    settings, catalogue, _ = course
    row = exported(settings, graded)
    results = grading.results(settings, catalogue, graded, LESSON)
    assert float(row["score"]) == sum(result.raw or 0 for result in results)
    assert float(row["max_score"]) == sum(question.points for question in KEY.questions.values())


def test_grade_given_in_nbgrader_shows_on_the_result_page(course, graded):
    from nbgrader.api import Gradebook

    settings, catalogue, _ = course
    with Gradebook(f"sqlite:///{settings.gradebook_dir / 'gradebook.db'}", "homevisit") as gradebook:
        grade = gradebook.find_grade("omar-next-step", LESSON, LESSON, graded.account_id)
        grade.manual_score, grade.needs_manual_grade = 5, False
        gradebook.find_comment(
            "omar-next-step", LESSON, LESSON, graded.account_id
        ).manual_comment = "Specific."
        gradebook.db.commit()
    found = {row.question_id: row for row in grading.results(settings, catalogue, graded, LESSON)}[
        "omar-next-step"
    ]
    assert (found.raw, found.is_waiting, found.comment) == (5, False, "Specific.")


def test_learners_text_stands_escaped_in_the_graded_notebook(course, graded):
    settings, *_ = course
    path = settings.gradebook_dir / "autograded" / graded.account_id / LESSON / f"{LESSON}.ipynb"
    cells = {cell.id: cell for cell in nbformat.read(path, as_version=4).cells}
    source = cells["culture-reflection-response"].source
    assert source.startswith("<pre")
    assert "<script" not in source
    assert "</pre>" not in source.removesuffix("</pre>")
    assert not set("$*`#") & set(source.replace("&#", ""))


def test_formgraders_page_shows_learners_text_as_text(course, graded):
    """The page that formgrader makes of a graded notebook holds no tag of the learner's."""
    from nbconvert.exporters import HTMLExporter

    settings, *_ = course
    path = settings.gradebook_dir / "autograded" / graded.account_id / LESSON / f"{LESSON}.ipynb"
    html, _ = HTMLExporter().from_filename(str(path))
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "<strong>bold</strong>" not in html


def test_stock_nbgrader_autograde_from_the_course_folder_gives_the_same_points(course, graded):
    settings, catalogue, _ = course
    before = grading.results(settings, catalogue, graded, LESSON)
    nbgrader(settings, "autograde", LESSON, "--student", graded.account_id, "--force")
    after = grading.results(settings, catalogue, graded, LESSON)
    automatic = [row.question_id for row in before if not KEY.questions[row.question_id].is_read_by_trainer]
    assert {row.question_id: row.raw for row in after if row.question_id in automatic} == {
        row.question_id: row.raw for row in before if row.question_id in automatic
    }


def test_formgrader_sees_the_same_points(course, graded, formgrader):
    settings, catalogue, _ = course
    rows = formgrader.get(f"formgrader/api/submissions/{LESSON}").json()
    row = next(found for found in rows if found["student"] == graded.account_id)
    results = grading.results(settings, catalogue, graded, LESSON)
    assert (row["score"], row["max_score"]) == (
        sum(result.raw or 0 for result in results),
        sum(result.max for result in results),
    )
    assert row["needs_manual_grade"] is True
    page = formgrader.get(
        f"formgrader/submissions/{submission_of(settings.gradebook_dir, graded.account_id)}",
        follow_redirects=True,
    ).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_handing_in_again_after_a_revision_changes_the_points(course, graded):
    settings, catalogue, store = course
    learning.commit_attempt(
        store,
        catalogue,
        graded.account_id,
        LESSON,
        SORTED,
        response=good_response(SORTED),
        number=2,
        token=uuid4().hex,
    )
    again = learning.submit_lesson(store, catalogue, graded.account_id, LESSON, uuid4().hex)
    assert again.number == 2
    grading.grade_while_busy(store, settings, catalogue, 0)
    found = {row.question_id: row.raw for row in grading.results(settings, catalogue, graded, LESSON)}
    assert found[SORTED] == KEY.questions[SORTED].points


def test_trainers_marks_on_points_reach_the_gradebook_and_stay_there(course):
    settings, catalogue, store = course
    learner, trainer = add(store, "Dora Decided"), add(store, "Toni Trainer", "trainer")
    hand_in(
        store, catalogue, learner, {question_id: good_response(question_id) for question_id in KEY.questions}
    )
    grading.grade_while_busy(store, settings, catalogue, 0)
    attempt = learning.lesson_state(store, catalogue, learner.account_id, LESSON).latest["omar-observe"]
    points = [point.id for point in KEY.questions["omar-observe"].key_points]
    assert points_of(course, learner, "omar-observe") == 3.0
    marks = dict.fromkeys(points[1:], "none")
    assert decisions.decide(store, trainer, attempt.attempt_id, marks).is_queued is True
    assert grading.grade_while_busy(store, settings, catalogue, 0) == 1
    assert points_of(course, learner, "omar-observe") == 1.0
    row = exported(settings, learner)
    assert float(row["score"]) == sum(
        result.raw or 0 for result in grading.results(settings, catalogue, learner, LESSON)
    )
    decisions.decide(store, trainer, attempt.attempt_id, {points[1]: "covered"})
    grading.grade_while_busy(store, settings, catalogue, 0)
    assert points_of(course, learner, "omar-observe") == 2.0


def test_mark_made_while_a_submission_is_graded_is_not_lost(course, monkeypatch):
    settings, catalogue, store = course
    learner, trainer = add(store, "Mia Meanwhile"), add(store, "Tim Trainer", "trainer")
    submission = hand_in(
        store, catalogue, learner, {question_id: good_response(question_id) for question_id in KEY.questions}
    )
    attempt = learning.lesson_state(store, catalogue, learner.account_id, LESSON).latest["omar-observe"]
    points = [point.id for point in KEY.questions["omar-observe"].key_points]
    autograde = Gradebook.autograde

    def interrupted(*arguments):
        autograde(*arguments)
        decisions.decide(store, trainer, attempt.attempt_id, dict.fromkeys(points, "none"))

    with monkeypatch.context() as patch:
        patch.setattr(Gradebook, "autograde", interrupted)
        with store.begin() as conn:
            submission_store.claim_queued(conn)
        grading.grade_submission(store, settings, catalogue, submission)
    assert learning.lesson_state(store, catalogue, learner.account_id, LESSON).submission.state == "queued"
    assert grading.grade_while_busy(store, settings, catalogue, 0) == 1
    assert points_of(course, learner, "omar-observe") == 0.0


def points_of(course, learner, question_id):
    settings, catalogue, _ = course
    results = grading.results(settings, catalogue, learner, LESSON)
    return next(row.raw for row in results if row.question_id == question_id)


def test_submission_that_cannot_be_graded_is_marked_so_and_can_be_handed_in_again(course):
    settings, catalogue, store = course
    learner = add(store, "Fritz Failed")
    for question_id in KEY.questions:
        learning.commit_attempt(
            store,
            catalogue,
            learner.account_id,
            LESSON,
            question_id,
            response=good_response(question_id),
            number=1,
            token=uuid4().hex,
        )
    blocked = settings.gradebook_dir / "submitted" / learner.account_id
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    learning.submit_lesson(store, catalogue, learner.account_id, LESSON, uuid4().hex)
    grading.grade_while_busy(store, settings, catalogue, 0)
    state = learning.lesson_state(store, catalogue, learner.account_id, LESSON)
    assert state.submission.state == "failed"
    blocked.unlink()
    learning.submit_lesson(store, catalogue, learner.account_id, LESSON, uuid4().hex)
    grading.grade_while_busy(store, settings, catalogue, 0)
    assert learning.lesson_state(store, catalogue, learner.account_id, LESSON).submission.state == "graded"


def test_practice_work_goes_to_a_gradebook_apart(course):
    settings, catalogue, store = course
    owner = add(store, "Olga Owner", "trainer")
    with store.begin() as conn:
        learner = account_store.add_account(
            conn, email="p@invalid", name="Practice", role="learner", practice_of=owner.account_id
        )
    assert grading.gradebook_for(settings, catalogue, learner).directory == settings.practice_gradebook_dir
