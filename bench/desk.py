"""Group `desk`: the trainer's queue with many texts that wait against few."""

from __future__ import annotations

import asyncio
import re
from statistics import median
from typing import TYPE_CHECKING

from bench.people import Learner, sign_in
from bench.report import Row, rounded
from bench.servers import CATALOGUE, course_server
from bench.wire import Connection
from homevisit.services import accounts
from homevisit.services.desk import queueing
from homevisit.services.passwords import STANDARD
from homevisit.store import accounts as account_store
from homevisit.store.engine import open_store
from homevisit.store.values_desk import QueueFilters
from tests.services.waiting import add_waiting, queries
from tests.web.course_server import PASSWORD, ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from bench.setting import Setting

FEW, MANY = 20, 2000
FIRST = re.compile(rb'href="[^"]*/(course/desk/i-[a-z0-9]+)')


def measure_desk(setting: Setting) -> None:
    """Open the queue and its first text, with few and with many waiting, on a server of its own each."""
    times: dict[int, tuple[float, float]] = {}
    asked: dict[int, int] = {}
    for count in (FEW, MANY):
        setting.say(f"desk: {count} texts wait")
        data = setting.folder / f"desk{count}"
        trainer, asked[count] = _fill(data, count)
        with course_server(setting.folder, data, course=ROOT) as server:
            sign_in(server.url, [trainer])
            times[count] = asyncio.run(_opened(server.url, trainer, 10 * setting.plan.rounds))
    few, many = times[FEW], times[MANY]
    setting.report.add(
        Row(f"desk: queue with {FEW} waiting, page complete", few[0]),
        Row(f"desk: queue with {MANY:,} waiting, page complete", many[0]),
        Row(f"desk: queue, {MANY:,} ÷ {FEW} waiting", rounded(many[0] / few[0])),
        Row(f"desk: a text with {FEW} waiting, page complete", few[1]),
        Row(f"desk: a text with {MANY:,} waiting, page complete", many[1]),
        Row(
            f"desk: queries for a page of the queue, {FEW} and {MANY:,} waiting",
            f"{asked[FEW]}, {asked[MANY]}",
        ),
    )
    setting.report.note(
        f"Desk: one trainer asks for the first page of the queue (50 texts; all of {FEW}) and for its first text, by "
        f"turns, {10 * setting.plan.rounds} times; medians, after one of each that is not counted. Stock nbgrader has "
        "no queue across learners to compare with."
    )
    if asked[FEW] != asked[MANY]:
        setting.report.problems.append(f"The queue took {asked[MANY]} queries with {MANY} waiting.")


def _fill(data: Path, count: int) -> tuple[Learner, int]:
    """Let texts wait in a new store; return a trainer, and how many queries a page of the queue takes."""
    store = open_store(f"sqlite:///{data / 'course.db'}")
    try:
        account = accounts.open_account(store, "trainer@example.org", "Trainer", "trainer")
        with store.begin() as conn:
            account_store.update_account(conn, account.account_id, password_hash=STANDARD.hash(PASSWORD))
        add_waiting(store, count)
        with queries(store) as sent:
            queueing.queue(store, CATALOGUE, account, QueueFilters())
    finally:
        store.close()
    return Learner(account.account_id, account.email, {}), len(sent)


async def _opened(url: str, trainer: Learner, rounds: int) -> tuple[float, float]:
    """Return the median seconds of the queue and of its first text."""
    browser = Connection(url, dict(trainer.cookies))
    queue, text = [], []
    for _ in range(1 + rounds):
        page = await browser.request("GET", "/course/desk")
        found = FIRST.search(page.body)
        if page.status != 200 or found is None:
            raise RuntimeError(f"the queue did not open: {page.status}")
        one = await browser.request("GET", f"/{found[1].decode()}")
        if one.status != 200:
            raise RuntimeError(f"a text did not open: {one.status}")
        queue.append(page.complete)
        text.append(one.complete)
    browser.close()
    return median(queue[1:]), median(text[1:])
