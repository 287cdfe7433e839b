"""Visitors of the lesson page: one after the other, and many at once."""

from __future__ import annotations

import asyncio
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from bench.wire import BROKEN, Connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tornado.websocket import WebSocketClientConnection

    from bench.people import Learner
    from bench.processes import Server

KERNEL = re.compile(rb'"kernelId":\s*"([0-9a-f-]{36})"')
# What the course's page says in place of a lesson that it cannot show.
REFUSED = b"could not be opened"


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit; `complete` is infinite where no whole page came, `kernel` is empty where there is none."""

    first_byte: float
    complete: float
    kernel: str = ""


async def visit(server: Server, learner: Learner, give_up: float) -> Visit:
    """Open the lesson page and read it to its end."""
    browser = Connection(server.url, dict(learner.cookies))
    try:
        async with asyncio.timeout(give_up):
            reply = await browser.request("GET", server.page)
    except (TimeoutError, *BROKEN):
        return Visit(browser.first_byte, math.inf)
    finally:
        browser.close()
    if reply.status != 200 or not reply.body.rstrip().endswith(b"</html>") or REFUSED in reply.body:
        return Visit(browser.first_byte, math.inf)
    kernel = KERNEL.search(reply.body)
    return Visit(browser.first_byte, reply.complete, kernel[1].decode() if kernel else "")


async def leave(server: Server, learner: Learner, left: Visit) -> None:
    """Do what a page does when it is closed: let its kernel go."""
    if left.kernel:
        browser = Connection(server.url, dict(learner.cookies))
        await browser.request("POST", f"/voila/api/shutdown/{left.kernel}")
        browser.close()


async def crowd(server: Server, learners: Iterable[Learner], give_up: float) -> list[Visit]:
    """Let all learners open the page at the same moment."""
    return await asyncio.gather(*(visit(server, learner, give_up) for learner in learners))


async def connect_kernels(
    server: Server, learners: Sequence[Learner], visits: Sequence[Visit]
) -> list[WebSocketClientConnection]:
    """Connect each page to its kernel, as its script would; nothing for pages without one."""
    opened = []
    for learner, made in zip(learners, visits, strict=True):
        if made.kernel:
            address = f"{server.url.replace('http', 'ws', 1)}/api/kernels/{made.kernel}/channels"
            cookie = "; ".join(f"{name}={value}" for name, value in learner.cookies.items())
            headers = {"Cookie": cookie} if cookie else {}
            opened.append(await websocket_connect(HTTPRequest(address, headers=headers, request_timeout=20)))
    return opened
