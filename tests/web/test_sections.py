"""The list of sections on a phone: it says where one is, opens, closes, and never covers what has the focus."""

from __future__ import annotations

import pytest

from tests.web.course_server import LESSON, PASSWORD
from tests.web.drawn import all_drawn
from tests.web.responses import KEY

pytestmark = pytest.mark.shared_server


@pytest.fixture
def page(server, phone):
    person = server.person("Sina Sections")
    phone.emulate_media(reduced_motion="reduce")
    phone.goto(f"{server.url}login?next=/lessons/{LESSON}")
    phone.fill("input[name=email]", person.email)
    phone.fill("input[name=password]", PASSWORD)
    phone.click("main button[type=submit]")
    all_drawn(phone, KEY.questions)
    return phone


def test_list_of_sections_tells_where_one_is_and_covers_nothing(page):
    fourth = list(KEY.questions)[3]
    page.evaluate("(id) => document.getElementById(id).scrollIntoView()", f"q-{fourth}")
    page.get_by_text(f"Question 4 of {len(KEY.questions)}", exact=True).wait_for()
    line = page.locator(".hv-contents summary")
    line.click()
    page.locator(".hv-contents a").last.wait_for()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert not page.locator(".hv-contents details").evaluate("(it) => it.open")
    line.click()
    page.get_by_role("link", name="Try it on a visit").click()
    page.wait_for_function("() => !document.querySelector('.hv-contents details').open")
    heading = page.get_by_role("heading", name="Try it on a visit")
    bottom = page.locator(".hv-contents").bounding_box()
    assert heading.bounding_box()["y"] >= bottom["y"] + bottom["height"]
    # backwards, where a line at the top would lie over what comes into view
    covered = []
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        covered += page.evaluate(
            """() => {
              const focused = document.activeElement;
              const line = document.querySelector(".hv-contents");
              const box = focused.getBoundingClientRect();
              const isTall = box.height > innerHeight / 2;
              const isCovered = box.top < line.getBoundingClientRect().bottom - 1;
              return !line.contains(focused) && !isTall && isCovered ? [focused.outerHTML.slice(0, 99)] : [];
            }"""
        )
    assert covered == []
