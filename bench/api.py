"""Group `api`: a room full of learners who write at once and check their responses at once."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bench.database import durable_postgres
from bench.pages import at_share, times
from bench.people import add_learners_at, sign_in
from bench.report import Row
from bench.servers import CATALOGUE, QUESTIONS, course_server
from bench.wire import BROKEN, Connection
from homevisit.services import learning
from homevisit.services.samples import sample_response
from homevisit.store.engine import Store, open_store
from tests.web.course_server import LESSON

if TYPE_CHECKING:
    from bench.people import Learner
    from bench.setting import Setting

WRITTEN = "culture-reflection"
CHECKED = "omar-observe"
TEXT = "She waits, looks at her mother, and then puts the next block on the post by herself. " * 8


@dataclass
class Tally:
    """What happened to the requests of one kind; `seconds` counts from when each was due."""

    seconds: list[float] = field(default_factory=list)
    errors: int = 0
    began: float = 0.0
    ended: float = 0.0

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.seconds) / (self.ended - self.began)


@dataclass
class Writer:
    """One learner at a page; `acknowledged` is the last turn whose draft the server has confirmed."""

    learner: Learner
    connection: Connection
    version: int = 0
    acknowledged: int = -1
    attempts: int = 0

    async def send(
        self, method: str, what: str, value: object, *, wanted: int, due: float, tally: Tally
    ) -> dict[str, Any]:
        """Send to the course API and count how it went; an empty answer when it went wrong."""
        try:
            path = f"/course/api/lessons/{LESSON}/questions/{what}"
            reply = await self.connection.send_json(method, path, value)
        except BROKEN:
            self.connection.close()
            tally.errors += 1
            return {}
        if reply.status != wanted:
            tally.errors += 1
            return {}
        tally.seconds.append(time.perf_counter() - due)
        return reply.json()

    async def write(self, turns: int, tally: Tally) -> None:
        """Save a draft once a second, from a moment of one's own within the first second."""
        began = time.perf_counter() + random.random()  # noqa: S311  no secret
        for turn in range(turns):
            due = began + turn
            await asyncio.sleep(max(0, due - time.perf_counter()))
            draft = {"response": {"text": f"{turn} {TEXT}"}, "base": self.version}
            saved = await self.send("PUT", f"{WRITTEN}/draft", draft, wanted=200, due=due, tally=tally)
            if saved:
                self.version, self.acknowledged = saved["version"], turn

    async def check(self, due: float, tally: Tally) -> None:
        """Commit an attempt."""
        response = sample_response(QUESTIONS[CHECKED], 1.0, 0)
        attempt = {"response": response, "number": self.attempts + 1, "token": uuid4().hex}
        if await self.send("POST", f"{CHECKED}/attempts", attempt, wanted=201, due=due, tally=tally):
            self.attempts += 1


def measure_api(setting: Setting) -> None:
    """Measure on SQLite and, where it is installed, on PostgreSQL."""
    _measure(setting, "SQLite", f"sqlite:///{setting.data / 'course.db'}", setting.learners)
    with durable_postgres() as postgres:
        if postgres is None:
            setting.report.note("API on PostgreSQL: not measured, it is not installed here.")
            return
        url = postgres.url(postgres.add_database())
        _measure(setting, "PostgreSQL", url, add_learners_at(url, setting.plan.learners))


def _measure(setting: Setting, name: str, database_url: str, learners: list[Learner]) -> None:
    plan = setting.plan
    setting.say(f"api: {name}")
    with course_server(setting.folder, setting.data, database_url=database_url) as server:
        if not learners[0].cookies:
            sign_in(server.url, learners)
        writers = [
            Writer(learner, Connection(server.url, dict(learner.cookies)))
            for learner in learners[: plan.learners]
        ]
        saved, checked = asyncio.run(_load(setting, writers))
    lost = _lost(database_url, writers)
    errors = saved.errors + sum(tally.errors for tally in checked)
    people = len(writers)
    setting.report.add(
        Row(f"{name}: {people} write at once, drafts saved in a second", saved.rate, unit="/s"),
        Row(f"{name}: a draft saved, median", at_share(saved.seconds, 0.5)),
        Row(f"{name}: a draft saved, 95 of 100 within", at_share(saved.seconds, 0.95)),
        Row(
            f"{name}: {people} check a response at once, 95 of 100 within",
            median(at_share(tally.seconds, 0.95) for tally in checked),
        ),
        Row(f"{name}: errors, drafts or attempts lost", f"{errors}, {lost}"),
    )
    setting.report.note(
        f"API on {name}: {people} learners each saved a draft of {len(TEXT)} characters once a second for "
        f"{plan.writing} s ({len(saved.seconds)} saved, times count from when each was due), then checked one "
        f"observation all at once, {times(plan.bursts)} (median of the 95th percentiles). Afterwards the store was "
        "read for each learner's last confirmed draft and attempt."
    )
    if errors or lost:
        setting.report.problems.append(f"API on {name}: {errors} errors, {lost} lost.")


async def _load(setting: Setting, writers: list[Writer]) -> tuple[Tally, list[Tally]]:
    plan = setting.plan
    # a page has asked for its state before anybody writes; it also opens the connection
    for writer in writers:
        await writer.connection.request("GET", f"/course/api/lessons/{LESSON}/state")
    saved = Tally(began=time.perf_counter())
    async with asyncio.timeout(plan.writing * 6):
        await asyncio.gather(*(writer.write(plan.writing, saved) for writer in writers))
    saved.ended = time.perf_counter()
    bursts = []
    for _ in range(plan.bursts):
        tally = Tally()
        due = time.perf_counter()
        async with asyncio.timeout(120):
            await asyncio.gather(*(writer.check(due, tally) for writer in writers))
        bursts.append(tally)
    for writer in writers:
        writer.connection.close()
    return saved, bursts


def _lost(database_url: str, writers: list[Writer]) -> int:
    store = open_store(database_url)
    try:
        return sum(_is_lost(store, writer) for writer in writers)
    finally:
        store.close()


def _is_lost(store: Store, writer: Writer) -> bool:
    state = learning.lesson_state(store, CATALOGUE, writer.learner.account_id, LESSON)
    draft = state.drafts.get(WRITTEN)
    turn = -1 if draft is None else int(str(draft.response["text"]).partition(" ")[0])
    return turn < writer.acknowledged or len(state.attempts[CHECKED]) < writer.attempts
