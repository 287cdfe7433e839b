"""Group `browser`: what the lesson page costs a phone's browser, until its questions can be used."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from playwright.sync_api import TimeoutError as TooLong
from playwright.sync_api import sync_playwright

from bench.pages import times
from bench.report import Row
from bench.servers import QUESTIONS
from tests import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

    from bench.processes import Server
    from bench.setting import Setting

PHONE = {"width": 390, "height": 844}
# 1.6 Mbit/s down, 750 kbit/s up, 150 ms: what browsers' tools call a slow mobile connection.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
# Only this machine can be reached, whatever a page asks for.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
QUIET_MS = 5_000
# A question about a film fetches its script when a reader comes near it, on both servers.
AT_ONCE = sum(question.type != "watch" for question in QUESTIONS.values())
# The questions are drawn, and every field of theirs can be filled.
USABLE = """(count) => {
  const isOpen = (question) => {
    const fields = [...question.querySelectorAll("input, textarea, select")];
    return fields.length > 0 && fields.every((field) => !field.matches(":disabled"));
  };
  const drawn = [...document.querySelectorAll(".hvq-question[data-state=not-started]")];
  return drawn.filter(isOpen).length >= count && performance.now();
}"""

# Pictures below the first screen are loaded when somebody scrolls to them.
PICTURES = """() => {
  for (const picture of document.images) picture.loading = "eager";
  return [...document.images].every((picture) => picture.complete);
}"""


@dataclass
class Traffic:
    """What came over the network for one page; pictures are counted apart, and so are WebSocket messages."""

    requests: int = 0
    size: float = 0.0
    pictures: int = 0
    picture_size: float = 0.0
    messages: float = 0.0
    usable: float = math.inf
    _kinds: dict[str, str] = field(default_factory=dict)
    _kept: set[str] = field(default_factory=set)

    def watch(self, cdp: Any) -> None:
        """Count what the browser reports."""
        cdp.on("Network.requestServedFromCache", lambda event: self._kept.add(event["requestId"]))
        cdp.on("Network.responseReceived", self._answered)
        cdp.on("Network.loadingFinished", self._finished)
        for way in ("Sent", "Received"):
            cdp.on(f"Network.webSocketFrame{way}", self._message)

    def _answered(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        if answer.get("fromDiskCache") or not answer["url"].startswith("http"):
            self._kept.add(event["requestId"])
        self._kinds[event["requestId"]] = event["type"]

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._kept or event["requestId"] not in self._kinds:
            return
        if self._kinds[event["requestId"]] == "Image":
            self.pictures += 1
            self.picture_size += event["encodedDataLength"] / 1024
        else:
            self.requests += 1
            self.size += event["encodedDataLength"] / 1024

    def _message(self, event: dict[str, Any]) -> None:
        self.messages += len(event["response"]["payloadData"]) / 1024


def measure_browser(setting: Setting) -> None:
    """Open the lesson with an empty cache and once more, with and without a slow connection."""
    found: dict[tuple[str, bool, int], list[Traffic]] = {}
    with (
        setting.server("course") as course,
        setting.server("stock") as stock,
        sync_playwright() as playwright,
    ):
        browser = chromium.launch(playwright, ALONE)
        servers = {"course": course, "stock": stock}
        for name, server in servers.items():
            _visits(setting, browser, server, name, 1)  # so that neither server is at its first visit
        for turn in range(setting.plan.rounds):
            for is_slow in (False, True):
                for name in setting.both(turn):
                    setting.say(f"browser: {name}, {'slow' if is_slow else 'fast'}, {turn + 1}")
                    visits = _visits(setting, browser, servers[name], name, 2, is_slow=is_slow)
                    for number, traffic in enumerate(visits, 1):
                        found.setdefault((name, is_slow, number), []).append(traffic)
        browser.close()
    _add_rows(setting, found)


def _visits(
    setting: Setting, browser: Browser, server: Server, name: str, count: int, *, is_slow: bool = False
) -> list[Traffic]:
    """Open the page a number of times in a new profile; not again after a page that was given up."""
    context = browser.new_context(viewport=PHONE, has_touch=True)
    if name == "course":
        cookies = setting.learners[-1].cookies
        context.add_cookies([{"name": key, "value": cookies[key], "url": server.url} for key in cookies])
    try:
        visits: list[Traffic] = []
        while len(visits) < count:
            is_lost = bool(visits) and math.isinf(visits[-1].usable)
            visits.append(Traffic() if is_lost else _visit(setting, context, server, is_slow=is_slow))
        return visits
    finally:
        context.close()


def _visit(setting: Setting, context: BrowserContext, server: Server, *, is_slow: bool) -> Traffic:
    page = context.new_page()
    cdp = context.new_cdp_session(page)
    cdp.send("Network.enable")
    if is_slow:
        cdp.send("Network.emulateNetworkConditions", SLOW)
    traffic = Traffic()
    traffic.watch(cdp)
    limit = setting.plan.opening * 1000
    try:
        page.goto(server.url + server.page, wait_until="commit", timeout=limit)
        traffic.usable = page.wait_for_function(USABLE, arg=AT_ONCE, timeout=limit).json_value() / 1000
        page.wait_for_load_state("networkidle", timeout=QUIET_MS)
        if not is_slow:
            page.wait_for_function(PICTURES, timeout=limit)
    except TooLong:
        setting.say("browser: a page was not usable or not quiet in time")
    page.goto("about:blank")  # leaves the page as a person does, so that its kernel goes
    page.close()
    return traffic


def _add_rows(setting: Setting, found: dict[tuple[str, bool, int], list[Traffic]]) -> None:
    def row(what: str, part: str, unit: str, number: int, *, is_slow: bool = False) -> Row:
        ours, theirs = (
            float(median(getattr(traffic, part) for traffic in found[name, is_slow, number]))
            for name in ("course", "stock")
        )
        is_open = math.isinf(theirs)
        return Row(what, ours, setting.plan.opening if is_open else theirs, unit, at_least=is_open)

    for number, visit in ((1, "first visit"), (2, "second visit")):
        setting.report.add(
            row(f"{visit}, requests without pictures", "requests", "", number),
            row(f"{visit}, kilobytes without pictures", "size", "kB", number),
            row(f"{visit}, pictures", "pictures", "", number),
            row(f"{visit}, kilobytes of pictures", "picture_size", "kB", number),
        )
    for is_slow, line in ((False, "no limit"), (True, "1.6 Mbit/s")):
        for number, cache in ((1, "empty cache"), (2, "full cache")):
            setting.report.add(
                row(f"questions usable, {line}, {cache}", "usable", "s", number, is_slow=is_slow)
            )
    messages = median(traffic.messages for traffic in found["stock", False, 1])
    setting.report.note(
        f"Browser: Chromium, 390 by 844, {times(setting.plan.rounds)} by turns after one visit that does not count, "
        "medians; each round has a new profile and opens the page twice. Requests and kilobytes are what came over the "
        "network and not from the cache, until the network was quiet, without a speed limit; pictures that wait to be "
        "scrolled to were asked for then. "
        f"WebSocket messages are not in them ({messages:,.0f} kB at stock on the first visit)."
    )
    setting.report.note(
        f"Usable: all {AT_ONCE} questions without a film are drawn and their fields enabled, from the start of the "
        "navigation. The slow connection has 1.6 Mbit/s down, 750 kbit/s up and 150 ms; Chromium may not slow "
        "WebSockets down."
    )
