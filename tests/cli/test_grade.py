"""Grading all of a lesson again with the real command: in parallel, interrupted, gone on with."""

from __future__ import annotations

import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from homevisit.config import load_settings
from homevisit.course.catalogue import Catalogue
from homevisit.services import grading
from homevisit.store import submissions as submission_store
from homevisit.store.engine import open_store
from tests.services.cohort import add_learner, attempts_of, copied_course, hand_in
from tests.web.course_server import LESSON
from tests.web.responses import KEY, good_response, half_right_places

LEARNERS = 12
UNTOUCHED = "05-support-for-home-visitors"
REFLECTION = next(
    question_id for question_id, question in KEY.questions.items() if question.is_read_by_trainer
)


class Course:
    def __init__(self, root, learners):
        self.root = copied_course(root)
        self.settings = load_settings(root)
        self.catalogue = Catalogue(root)
        self.learners = []
        with self.store() as store:
            for number in range(learners):
                self.learners.append(add_learner(store, f"Learner {number}"))
                hand_in(store, self.catalogue, self.learners[-1], responses(number))

    @contextmanager
    def store(self):
        store = open_store(self.settings.database_url)
        yield store
        store.close()

    def start(self, *arguments, **options):
        command = [sys.executable, "-m", "homevisit", "grade", *arguments]
        return subprocess.Popen(
            command,
            cwd=self.root,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **options,
        )

    def grade(self, *arguments):
        process = self.start(*arguments)
        output, _ = process.communicate(timeout=300)
        return process.returncode, output

    def submissions(self):
        with self.store() as store, store.read() as conn:
            return submission_store.latest_submissions(conn, LESSON)

    def graded_at(self):
        return {found.submission_id: found.graded_at for found in self.submissions()}

    def states(self):
        return {found.state for found in self.submissions()}


def responses(number):
    given = {question_id: good_response(question_id) for question_id in KEY.questions}
    if number % 2:
        for question_id, question in KEY.questions.items():
            if question.type == "sort":
                given[question_id] = half_right_places(question_id)
    return given


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a course whose gradebook does not exist yet, with a cohort that has handed in."""
    return Course(tmp_path_factory.mktemp("grade") / "course", LEARNERS)


@pytest.fixture(scope="module")
def graded(course):
    code, output = course.grade(LESSON, "--jobs", "2")
    assert code == 0, output
    return course, output


@pytest.fixture
def small(tmp_path):
    return Course(tmp_path / "course", 2)


def test_cohort_is_graded_by_two_processes_at_once_in_a_gradebook_that_they_make(graded):
    course, output = graded
    assert output.startswith(f"Grading {LEARNERS} submissions of {LESSON}.\n")
    assert output.endswith(f"{LEARNERS} of {LEARNERS}\nGraded {LEARNERS} submissions.\n")
    assert course.states() == {"graded"}
    with course.store() as store:
        for learner, submission in zip(course.learners, course.submissions(), strict=True):
            results = grading.results(course.settings, course.catalogue, learner, LESSON)
            shown = {attempt.question_id: attempt.raw for attempt in attempts_of(store, submission)}
            assert {row.question_id: row.raw for row in results} == shown


def test_interrupted_run_puts_everything_back_and_the_next_goes_on_with_what_is_left(graded):
    course, _ = graded
    before = course.graded_at()
    process = course.start(LESSON, "--jobs", "1")
    for line in process.stdout:
        if re.fullmatch(rf"\d+ of {LEARNERS}\n", line):
            break
    os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 130, output
    between = course.graded_at()
    done = {one for one in before if between[one] > before[one]}
    assert 0 < len(done) < LEARNERS
    assert f"Stopped: {len(done)} of {LEARNERS} submissions are graded." in output
    assert course.states() == {"graded", "queued"}

    code, output = course.grade(LESSON)
    assert code == 0, output
    left = LEARNERS - len(done)
    assert output.startswith(f"Going on with what an earlier run left: {left} of {LEARNERS} submissions")
    after = course.graded_at()
    assert course.states() == {"graded"}
    assert {one for one in before if after[one] == between[one]} == done
    assert all(after[one] > before[one] for one in before)


def test_all_starts_over_and_keeps_points_given_by_hand(graded):
    from nbgrader.api import Gradebook

    course, _ = graded
    learner = course.learners[0]
    with Gradebook(f"sqlite:///{course.settings.gradebook_dir / 'gradebook.db'}", "homevisit") as rows:
        grade = rows.find_grade(REFLECTION, LESSON, LESSON, learner.account_id)
        grade.manual_score, grade.needs_manual_grade = 2.5, False
        rows.db.commit()
    before = course.graded_at()
    with course.store() as store, store.begin() as conn:  # as an interrupted run leaves it
        submission_store.requeue(conn, next(iter(before)))
    code, output = course.grade(LESSON, "--all")
    assert code == 0, output
    assert output.startswith(f"Grading {LEARNERS} submissions of")
    assert all(at > before[one] for one, at in course.graded_at().items())
    results = grading.results(course.settings, course.catalogue, learner, LESSON)
    assert next(row.raw for row in results if row.question_id == REFLECTION) == 2.5


def test_terminal_shows_a_bar(graded):
    course, _ = graded
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "homevisit", "grade", LESSON]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    process = subprocess.Popen(
        command, cwd=course.root, stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    )
    os.close(theirs)
    output = b""
    try:
        while part := os.read(ours, 4096):
            output += part
    except OSError:  # Linux says so when the other end is closed
        pass
    os.close(ours)
    assert process.wait(60) == 0
    assert f"{LEARNERS}/{LEARNERS}".encode() in output


def test_program_that_lingers_ends_when_it_is_told_to(small):
    process = small.start("--queued", "--linger", "600")
    deadline = time.monotonic() + 120
    while small.states() != {"graded"} and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=60)
    assert (process.returncode, output.splitlines()[-1]) == (0, "Graded 2 submissions.")


def test_submission_that_cannot_be_graded_is_named_and_the_others_are_graded(small):
    blocked = small.settings.gradebook_dir / "submitted" / small.learners[0].account_id
    blocked.parent.mkdir(parents=True)
    blocked.touch()
    code, output = small.grade(LESSON)
    assert code == 1
    assert "Learner 0: " in output
    assert "1 of 2 submissions could not be graded; the reasons stand above." in output
    assert small.states() == {"failed", "graded"}
    blocked.unlink()
    code, output = small.grade(LESSON)
    assert (code, small.states()) == (0, {"graded"}), output


def test_grading_process_that_breaks_leaves_its_submission_in_the_queue(small):
    assert small.grade(LESSON)[0] == 0
    database = small.settings.gradebook_dir / "gradebook.db"
    good = shutil.copyfile(database, database.with_suffix(".good"))
    database.write_bytes(b"no database at all " * 100)
    code, output = small.grade(LESSON)
    assert code == 1
    assert "A grading process broke (" in output
    assert small.states() == {"queued"}
    good.replace(database)
    code, output = small.grade(LESSON)
    assert (code, small.states()) == (0, {"graded"}), output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["05-unknown"], "There is no lesson of that name."),
        (["05-unknown", "--queued"], "There is no lesson of that name."),
        ([], "Say what to grade: homevisit grade --queued, or homevisit grade LESSON"),
        ([UNTOUCHED], f"Nobody has handed in {UNTOUCHED} yet, so there is nothing to grade."),
        ([LESSON, "--data", "nobody"], "There is no course data in "),
    ],
)
def test_command_that_cannot_be_followed_says_why(course, arguments, sentence):
    code, output = course.grade(*arguments)
    assert code != 0
    assert output.startswith(sentence)
