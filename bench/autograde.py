"""Group `autograde`: submissions graded by the course, and the same ones by stock nbgrader."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bench.people import add_learners
from bench.report import Row
from bench.servers import CATALOGUE, QUESTIONS
from homevisit.config import load_settings
from homevisit.services import learning
from homevisit.services.authoring import write_source
from homevisit.services.gradebook import configure
from homevisit.services.grading import grade_next
from homevisit.services.samples import sample_response
from homevisit.store import gradebook as points_store
from homevisit.store.engine import open_store
from tests.web.course_server import LESSON, ROOT

if TYPE_CHECKING:
    from bench.setting import Setting

SHARES = (1.0, 0.67, 0.33)


@dataclass(frozen=True, slots=True)
class Graded:
    """A batch that was graded: by whose account, and in how many seconds together."""

    account_ids: tuple[str, ...]
    seconds: float


def measure_autograde(setting: Setting) -> None:
    """Grade by turns, batch by batch: the course each time a new batch, stock some of the same."""
    plan = setting.plan
    data = setting.folder / "graded"
    setting.say("autograde: learners hand in")
    _hand_in(data, 1 + plan.batches * plan.own_batch)
    ours: list[Graded] = []
    stock: list[Graded] = []
    spawn = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(1, spawn, _write_to, (setting.folder / "course.log",)) as course_process,
        ProcessPoolExecutor(1, spawn, _write_to, (setting.folder / "stock.log",)) as stock_process,
    ):
        first = course_process.submit(grade_by_course, data, 1).result()
        stock_process.submit(grade_by_stock, data, first.account_ids).result()
        for turn in range(plan.batches):
            setting.say(f"autograde: batch {turn + 1} of {plan.batches}")
            ours.append(course_process.submit(grade_by_course, data, plan.own_batch).result())
            chosen = ours[-1].account_ids[: plan.stock_batch]
            stock.append(stock_process.submit(grade_by_stock, data, chosen).result())
    each, stock_each = (
        sum(batch.seconds for batch in batches) / sum(len(batch.account_ids) for batch in batches)
        for batches in (ours, stock)
    )
    setting.report.add(Row("autograde, for each submission", each, stock_each))
    both = [account_id for batch in stock for account_id in batch.account_ids]
    same = sum(_points(data / "nbgrader", one) == _points(data / "stock", one) for one in both)
    setting.report.note(
        f"Autograde: {plan.batches * plan.own_batch} submissions of {len(QUESTIONS)} questions graded by the course from "
        f"its queue (notebook assembled, graded, points stored), {len(both)} of them also by `NbGraderAPI.autograde` "
        "with a kernel each, to keep the run short; batches by turns, each side in one process that had graded one "
        "before. "
        f"Both gave the same points in {same} of {len(both)}."
    )
    if same != len(both):
        setting.report.problems.append(f"Autograde: other points in {len(both) - same} of {len(both)}.")


def _write_to(log: Path) -> None:
    """Send all that this process and its kernels print to a file: nbgrader warns at every step."""
    with log.open("ab") as file:
        for output in (1, 2):
            os.dup2(file.fileno(), output)


def grade_by_course(data: Path, count: int) -> Graded:
    """Let the course grade the submissions that wait longest; runs in a process of its own."""
    settings = load_settings(ROOT, data)
    store = open_store(settings.database_url)
    try:
        began = time.perf_counter()
        done = [grade_next(store, settings, CATALOGUE) for _ in range(count)]
        seconds = time.perf_counter() - began
        account_ids = tuple(found.account_id for found in done if found is not None)
        states = [
            learning.lesson_state(store, CATALOGUE, account_id, LESSON).submission.state
            for account_id in account_ids
        ]
    finally:
        store.close()
    if states != ["graded"] * count:
        raise RuntimeError(f"The course did not grade {count} submissions: {states}")
    return Graded(account_ids, seconds)


def grade_by_stock(data: Path, account_ids: tuple[str, ...]) -> Graded:
    """Let stock nbgrader grade the same submission notebooks in a gradebook of its own."""
    api = _stock_api(data)
    for account_id in account_ids:
        handed_in = Path("submitted", account_id, LESSON)
        shutil.copytree(data / "nbgrader" / handed_in, data / "stock" / handed_in)
    seconds = 0.0
    for account_id in account_ids:
        began = time.perf_counter()
        result = api.autograde(LESSON, account_id)
        seconds += time.perf_counter() - began
        if not result["success"]:
            raise RuntimeError(f"nbgrader did not grade {account_id}: {result}")
    return Graded(account_ids, seconds)


@cache
def _stock_api(data: Path) -> Any:
    """Return nbgrader's own interface with the lesson released; once for each process."""
    from nbgrader.apps import NbGraderAPI  # noqa: PLC0415  1,300 modules: only this process needs them
    from nbgrader.coursedir import CourseDirectory  # noqa: PLC0415  same
    from traitlets.config import Config  # noqa: PLC0415  same

    folder = data / "stock"
    folder.mkdir()
    config = Config()
    configure(config, ROOT, folder, source=folder / "source", release=folder / "release")
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    api.log_level = "ERROR"
    write_source(CATALOGUE, LESSON, folder / "source")
    result = api.generate_assignment(LESSON)
    if not result["success"]:
        raise RuntimeError(f"nbgrader did not release the lesson: {result}")
    return api


def _hand_in(data: Path, count: int) -> None:
    """Let learners respond to every question and hand in; they know between all and a third of it."""
    store = open_store(f"sqlite:///{data / 'course.db'}")
    try:
        for number, learner in enumerate(add_learners(store, count)):
            for question_id, question in QUESTIONS.items():
                learning.commit_attempt(
                    store,
                    CATALOGUE,
                    learner.account_id,
                    LESSON,
                    question_id,
                    response=sample_response(question, SHARES[number % len(SHARES)], number),
                    number=1,
                    token=uuid4().hex,
                )
            learning.submit_lesson(store, CATALOGUE, learner.account_id, LESSON, uuid4().hex)
    finally:
        store.close()


def _points(folder: Path, account_id: str) -> dict[str, tuple[float | None, float]]:
    stored = points_store.points(folder / "gradebook.db", account_id, LESSON)
    return {question_id: (found.raw, found.max) for question_id, found in stored.items()}
