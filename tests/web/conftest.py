"""One server for a module of web tests, and one Chromium for the run."""

from __future__ import annotations

import os
import shutil

import pytest

from tests.web.course_server import ROOT, CourseServer

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = CourseServer(tmp_path_factory.mktemp("course") / "data").start()
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture
def course_copy(tmp_path):
    """Return a copy of the course that a test may break."""
    copy = tmp_path / "course"
    copy.mkdir()
    shutil.copy(ROOT / "course.yml", copy)
    for name in ("source", "answer_keys", "lessons"):
        shutil.copytree(ROOT / name, copy / name)
    return copy


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        message = "Chromium is missing. Install Debian's package: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def phone(browser):
    """Return a page as wide as a phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()
