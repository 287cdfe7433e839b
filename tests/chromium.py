"""The system's Chromium, without a window.

Debian packs Chromium twice from one source: as a browser, and as `chromium-headless-shell`, which draws pages in the
same way and has no browser around them. The shell takes a third of the processor time for each context that a test
opens, so it is used where it is there.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def program() -> str | None:
    """Return the path of the Chromium to use, or None where the system has none."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def launch(playwright: Playwright, *more: str) -> Browser:
    """Start Chromium with no network of its own, and with what else is named on its command line."""
    return playwright.chromium.launch(executable_path=program(), args=[*FLAGS, *more])
