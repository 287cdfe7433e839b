"""Group `groups`: group sessions at once, everybody responding, until each response is on its leader's screen."""

from __future__ import annotations

import asyncio
import random
import re
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bench.database import durable_postgres
from bench.pages import at_share
from bench.people import Learner, sign_in
from bench.report import Row
from bench.servers import course_server
from bench.wire import BROKEN, Connection
from homevisit.services import accounts
from homevisit.services.passwords import STANDARD
from homevisit.store import accounts as account_store
from homevisit.store import groups_people, groups_responses
from homevisit.store.engine import open_store
from tests.web.course_server import LESSON, PASSWORD

if TYPE_CHECKING:
    from bench.processes import Server
    from bench.setting import Setting

STEP = 2  # of the ready plan of the lesson: an observation with key points
EVERY = 5.0
SEEN_AFTER = 45.0
SETTLE = 3.0
ROOM_SECONDS = 1.0
TEXT = "She waits, looks at her mother, and then puts the next block on the post by herself."
MARK = re.compile(r"turn (\d+) of (\S+)$")
FORM = "application/x-www-form-urlencoded"


@dataclass
class Tally:
    """What happened: seconds from sending to the leader's screen, to the reply, to be joined; and errors."""

    shown: list[float] = field(default_factory=list)
    replied: list[float] = field(default_factory=list)
    joined: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    on_phones: int = 0


@dataclass
class Room:
    """One session; `waiting` holds when each response was sent that its leader's screen does not show yet."""

    number: int
    leader: Connection
    tally: Tally
    session_id: str = ""
    code: str = ""
    waiting: dict[tuple[str, int], float] = field(default_factory=dict)

    @property
    def api(self) -> str:
        """Where the API of the session stands."""
        return f"/course/api/live/{self.session_id}"

    async def open(self) -> None:
        """Begin the session and open its question for writing."""
        await self.leader.request("GET", "/course/join")
        form = urlencode({"lesson_id": LESSON, "team": "North", "_xsrf": self.leader.cookies["_xsrf"]})
        reply = await self.leader.request("POST", "/course/sessions/open", form.encode(), FORM)
        if reply.status != 303:
            raise RuntimeError(f"no session: {reply.status}")
        self.session_id = self.leader.headers["location"].rsplit("/", 1)[1]
        state = (await self.leader.request("GET", f"{self.api}/state?as=leader")).json()
        self.code = state["code"]
        stage = {"position": STEP, "phase": "alone", "base": state["version"]}
        await self.leader.send_json("POST", f"{self.api}/stage", stage)

    async def screen(self, kind: str) -> None:
        """Be a screen of the leader: hear of a change, then ask what there is."""
        stream = Connection(self.leader.url, dict(self.leader.cookies))
        asking = Connection(self.leader.url, dict(self.leader.cookies))
        soon: asyncio.Task[None] | None = None
        async for line in stream.lines(f"{self.api}/events?as={kind}&since=0"):
            if not line.startswith("data:"):
                continue
            if kind == "projector":
                if soon is None or soon.done():
                    soon = asyncio.create_task(self.ask_later(asking))
                continue
            state = (await asking.request("GET", f"{self.api}/state?as={kind}")).json()
            self.see(state, time.perf_counter())

    async def ask_later(self, asking: Connection) -> None:
        """Ask once a second at most, as the projector's page does."""
        await asyncio.sleep(ROOM_SECONDS)
        await asking.request("GET", f"{self.api}/state?as=projector")

    def see(self, state: dict[str, Any], now: float) -> None:
        """Note which responses are on the screen now; a newer one of a person stands for the earlier."""
        found = [MARK.search(entry["text"]) for entry in state["entries"]]
        newest = {mark[2]: int(mark[1]) for mark in found if mark}
        for name, turn in list(self.waiting):
            if newest.get(name, -1) >= turn:
                self.tally.shown.append(now - self.waiting.pop((name, turn)))


@dataclass
class Phone:
    """One participant: a stream that is held, and a response every five seconds."""

    room: Room
    name: str
    connection: Connection
    acknowledged: int = -1

    async def join(self) -> None:
        """Join by code and first name, as the form does."""
        began = time.perf_counter()
        await self.connection.request("GET", f"/course/join/{self.room.code}")
        form = {"code": self.room.code, "name": self.name, "_xsrf": self.connection.cookies["_xsrf"]}
        reply = await self.connection.request("POST", "/course/join", urlencode(form).encode(), FORM)
        if reply.status != 303:
            self.room.tally.errors.append(f"joining: {reply.status}")
        await self.connection.request("GET", f"{self.room.api}/state?as=phone")
        self.room.tally.joined.append(time.perf_counter() - began)

    async def hold(self) -> None:
        """Hold the stream of events."""
        stream = Connection(self.connection.url, dict(self.connection.cookies))
        async for line in stream.lines(f"{self.room.api}/events?as=phone"):
            self.room.tally.on_phones += line.startswith("data:")

    async def respond(self, turns: int) -> None:
        """Respond every five seconds, from a moment of one's own within the first five."""
        began = time.perf_counter() + random.random() * EVERY  # noqa: S311  no secret
        for turn in range(turns):
            due = began + turn * EVERY
            await asyncio.sleep(max(0, due - time.perf_counter()))
            text = f"{TEXT} turn {turn} of {self.name}"
            body = {
                "position": STEP,
                "round": "alone",
                "response": {"rows": [{"saw": text, "meaning": "", "at": ""}]},
                "token": f"{self.room.session_id}-{self.name}-{turn}",
            }
            self.room.waiting[self.name, turn] = due
            if await self.send("respond", body):
                self.acknowledged = turn
                self.room.tally.replied.append(time.perf_counter() - due)
            if turn == int(SEEN_AFTER / EVERY):
                await self.send("seen", {})

    async def send(self, what: str, body: object) -> bool:
        """Send to the API; count what went wrong."""
        try:
            reply = await self.connection.send_json("POST", f"{self.room.api}/{what}", body)
        except BROKEN as exc:
            self.connection.close()
            self.room.tally.errors.append(f"{what}: {exc!r}")
            return False
        if reply.status != 200:
            self.room.tally.errors.append(f"{what}: {reply.status}")
        return reply.status == 200


def measure_groups(setting: Setting) -> None:
    """Measure on SQLite with one server and, where it is installed, on PostgreSQL with two."""
    folder = setting.folder / "groups"
    _measure(setting, "SQLite, one server", f"sqlite:///{folder / 'a' / 'course.db'}", ["a"])
    with durable_postgres() as postgres:
        if postgres is None:
            setting.report.note("Group sessions on PostgreSQL: not measured, it is not installed here.")
            return
        _measure(setting, "PostgreSQL, two servers", postgres.url(postgres.add_database()), ["b", "c"])


def _measure(setting: Setting, name: str, database_url: str, folders: list[str]) -> None:
    plan = setting.plan
    setting.say(f"groups: {name}")
    leaders = _leaders(database_url, plan.sessions)
    with ExitStack() as stack:
        servers = [
            stack.enter_context(
                course_server(setting.folder, setting.folder / "groups" / folder, database_url=database_url)
            )
            for folder in folders
        ]
        sign_in(servers[0].url, leaders)
        at_rest = sum(server.memory_at_rest() for server in servers)
        tally, rooms, phones, most = asyncio.run(_load(setting, servers, leaders))
    lost = _lost(database_url, rooms, phones)
    unseen = sum(len(room.waiting) for room in rooms)
    people, sessions = len(phones), len(rooms)
    head = f"{people} in {sessions} group sessions, {name}"
    setting.report.add(
        Row(f"{head}: a response on its leader's screen, median", at_share(tally.shown, 0.5)),
        Row(f"{head}: the same, 95 of 100 within", at_share(tally.shown, 0.95)),
        Row(f"{head}: a response confirmed on its phone, 95 of 100 within", at_share(tally.replied, 0.95)),
        Row(f"{head}: all join at once, 95 of 100 within", at_share(tally.joined, 0.95)),
        Row(f"{head}: memory of the servers at rest", at_rest, unit="MB"),
        Row(f"{head}: memory of the servers, most", most, unit="MB"),
        Row(f"{head}: errors, lost, never shown", f"{len(tally.errors)}, {lost}, {unseen}"),
    )
    setting.report.note(
        f"Group sessions on {name}: {people} participants in {sessions} sessions, each with a stream of events held "
        f"open, wrote one observation of {len(TEXT)} characters every {EVERY:g} s for {plan.session_seconds} s "
        f"({len(tally.replied)} confirmed; times count from when each was due) and were sent {tally.on_phones} events "
        "meanwhile. Each session had a leader's and a projector's screen, which asked for the state at each event, "
        "the projector's once a second at most; a response counts as shown when the leader's state with it had come "
        "and was read. The clients, one process, "
        "shared the machine. Afterwards the store was read for each participant's last confirmed response."
        + (" Leaders and phones of one session were spread over both servers." if len(folders) > 1 else "")
    )
    if tally.errors or lost or unseen:
        first = f"; the first: {tally.errors[0]}" if tally.errors else ""
        setting.report.problems.append(
            f"Group sessions on {name}: {len(tally.errors)} errors, {lost} lost, {unseen} never shown{first}."
        )


async def _load(
    setting: Setting, servers: list[Server], leaders: list[Learner]
) -> tuple[Tally, list[Room], list[Phone], float]:
    plan, tally = setting.plan, Tally()
    urls = [server.url for server in servers]
    rooms = [
        Room(number, Connection(urls[number % len(urls)], dict(leader.cookies)), tally)
        for number, leader in enumerate(leaders)
    ]
    for room in rooms:
        await room.open()
    phones = [
        Phone(room, f"P{room.number}-{number}", Connection(urls[number % len(urls)]))
        for room in rooms
        for number in range(plan.in_session)
    ]
    await asyncio.gather(*(phone.join() for phone in phones))
    held = [asyncio.create_task(phone.hold()) for phone in phones]
    held += [asyncio.create_task(room.screen(kind)) for room in rooms for kind in ("leader", "projector")]
    turns = int(plan.session_seconds / EVERY)
    async with asyncio.timeout(plan.session_seconds * 4 + 60):
        await asyncio.gather(*(phone.respond(turns) for phone in phones))
    await asyncio.sleep(SETTLE)
    most = sum(server.memory() for server in servers)
    for task in held:
        if task.done():
            tally.errors.append(f"stream: {task.exception()!r}")
        task.cancel()
    await asyncio.gather(*held, return_exceptions=True)
    return tally, rooms, phones, most


def _leaders(database_url: str, count: int) -> list[Learner]:
    """Add trainers who all have one password."""
    hashed = STANDARD.hash(PASSWORD)
    store = open_store(database_url)
    added = []
    try:
        for number in range(count):
            account = accounts.open_account(
                store, f"leader{number}@example.org", f"Leader {number}", "trainer", "North"
            )
            with store.begin() as conn:
                account_store.update_account(conn, account.account_id, password_hash=hashed)
            added.append(Learner(account.account_id, account.email, {}))
    finally:
        store.close()
    return added


def _lost(database_url: str, rooms: list[Room], phones: list[Phone]) -> int:
    """Count confirmed responses that are not there, there twice, or under another's name."""
    store, lost = open_store(database_url), 0
    try:
        for room in rooms:
            with store.read() as conn:
                names = {
                    one.participant_id: one.name for one in groups_people.participants(conn, room.session_id)
                }
                given = groups_responses.responses(conn, room.session_id)
            texts: dict[str, list[str]] = {}
            for one in given:
                texts.setdefault(names[one.participant_id], []).append(one.text)
            for phone in phones:
                if phone.room is room:
                    wanted = [f"1. {TEXT} turn {phone.acknowledged} of {phone.name}"]
                    lost += texts.get(phone.name, []) != wanted
    finally:
        store.close()
    return lost
