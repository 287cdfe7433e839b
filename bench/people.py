"""Made-up learners of a course, signed in through the form."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from bench.wire import Connection
from homevisit.services import accounts
from homevisit.services.passwords import STANDARD
from homevisit.store import accounts as account_store
from homevisit.store.engine import open_store
from tests.web.course_server import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from homevisit.store.engine import Store

AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Learner:
    """One account; `cookies` are those of a browser that has signed in."""

    account_id: str
    email: str
    cookies: dict[str, str]


def add_learners(store: Store, count: int) -> list[Learner]:
    """Add learners who all have one password; its hash is made once, since each takes a moment."""
    hashed = STANDARD.hash(PASSWORD)
    added = []
    for number in range(count):
        account = accounts.open_account(store, f"learner{number}@example.org", f"Learner {number}")
        with store.begin() as conn:
            account_store.update_account(conn, account.account_id, password_hash=hashed)
        added.append(Learner(account.account_id, account.email, {}))
    return added


def add_learners_at(database_url: str, count: int) -> list[Learner]:
    """Add learners to the database at an address."""
    store = open_store(database_url)
    try:
        return add_learners(store, count)
    finally:
        store.close()


def sign_in(url: str, learners: Sequence[Learner]) -> None:
    """Sign all learners in; their cookies stay good when the server is started again."""
    asyncio.run(_sign_in(url, learners))


async def _sign_in(url: str, learners: Sequence[Learner]) -> None:
    turns = asyncio.Semaphore(AT_ONCE)

    async def one(learner: Learner) -> None:
        async with turns:
            browser = Connection(url)
            await browser.request("GET", "/login")
            form = {"email": learner.email, "password": PASSWORD, "_xsrf": browser.cookies["_xsrf"]}
            kind = "application/x-www-form-urlencoded"
            reply = await browser.request("POST", "/login", urlencode(form).encode(), kind)
            browser.close()
        if reply.status != 302:
            raise RuntimeError(f"{learner.email} could not sign in: {reply.status}")
        learner.cookies.update(browser.cookies)

    async with asyncio.timeout(120):
        await asyncio.gather(*(one(learner) for learner in learners))
