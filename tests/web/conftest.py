"""One server for a module of web tests, and one Chromium for the run."""

from __future__ import annotations

import os
import shutil
from uuid import uuid4

import pytest
from ruamel.yaml import YAML

from tests import chromium
from tests.web.course_server import LESSON, ROOT, CourseServer, make_live
from tests.web.desk_people import grade_without_anchors


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory):
    """Return a server for all modules marked `shared_server`: each test brings people of its own and looks at them."""
    running = CourseServer(tmp_path_factory.mktemp("shared") / "data").start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def server(request, tmp_path_factory):
    if request.node.get_closest_marker("shared_server"):
        yield request.getfixturevalue("shared_server")
        return
    running = CourseServer(tmp_path_factory.mktemp("course") / "data").start()
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture
def own_server(tmp_path):
    """Return a server that a test may kill."""
    running = CourseServer(tmp_path / "data").start()
    yield running
    if running.process.poll() is None:
        running.kill()


@pytest.fixture
def course_copy(tmp_path):
    """Return a copy of the course that a test may break."""
    return copy_course(tmp_path / "course")


@pytest.fixture(scope="module")
def live_server(tmp_path_factory):
    """Return a server whose lesson has a kernel for each visitor."""
    folder = tmp_path_factory.mktemp("live")
    course = copy_course(folder / "course")
    make_live(course)
    # an author's JupyterLab gives its kernels the answer keys by this name; a learner's never gets it
    authored = {"HOMEVISIT_AUTHORED_COURSE": str(course)}
    running = CourseServer(folder / "data", course_dir=course, environment=authored).start()
    yield running
    if running.process.poll() is None:
        running.stop()


def copy_course(target):
    """Copy the course with one of its lessons, which is enough to break."""
    target.mkdir()
    yaml = YAML()
    course = yaml.load((ROOT / "course.yml").read_text(encoding="utf-8"))
    course["lessons"] = [lesson for lesson in course["lessons"] if lesson["id"] == LESSON]
    with (target / "course.yml").open("w", encoding="utf-8") as file:
        yaml.dump(course, file)
    for name in ("source", "answer_keys", "lessons"):
        others = shutil.ignore_patterns("0[1235]-*")
        shutil.copytree(ROOT / name, target / name, ignore=others)
    return target


@pytest.fixture(scope="session")
def browser():
    from playwright.sync_api import sync_playwright

    if chromium.program() is None:
        message = "Chromium is missing. Install Debian's package: apt-get install chromium-headless-shell"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        started = chromium.launch(playwright)
        yield started
        started.close()


@pytest.fixture
def phone(browser):
    """Return a page as wide as a phone."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def learner(server):
    """Give a learner of this test alone."""
    return server.person(f"Lena {uuid4().hex[:6]}")


@pytest.fixture(scope="module")
def no_anchors(server):
    """Let new trainers grade without reading the anchor texts first."""
    grade_without_anchors(server)
