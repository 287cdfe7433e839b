"""Watching a clip: the player by keyboard, stops, marks that outlast a reload, and the line of time after a check."""

from __future__ import annotations

import re

import pytest

from tests.web.course_server import LESSON
from tests.web.maps import sign_in
from tests.web.responses import KEY
from tests.web.test_accessibility import RULES

pytestmark = pytest.mark.shared_server

WATCH = "#q-omar-hitches"
OTHER_WAY = "The block catches on the tip. Omar lifts it off, tips it the other way and tries again."
# as the watch question is written: the first stop, and a moment before it
STOP, BEFORE = KEY.questions["omar-hitches"].public.stops[0], 31
READY = f"() => document.querySelector('{WATCH} video')?.readyState >= 1"


@pytest.fixture
def page(browser):
    context = browser.new_context(
        reduced_motion="reduce", viewport={"width": 390, "height": 844}, bypass_csp=True
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def opened(server, page):
    sign_in(page, server, server.person("Wanda Watch"), f"lessons/{LESSON}")
    come_near(page)
    return page


def come_near(page):
    """Scroll to the question, whose script and clip are fetched then and not before."""
    page.locator("#q-omar-observe[data-state]").wait_for()
    page.evaluate("(place) => document.querySelector(place).scrollIntoView()", WATCH)
    page.wait_for_function(READY)


def both_widths(page):
    """Look for violations in this question only; test_accessibility looks at whole pages."""
    from axe_playwright_python.sync_playwright import Axe

    for width, height in ((390, 844), (1280, 900)):
        page.set_viewport_size({"width": width, "height": height})
        # a target that happens to lie half under the fixed header is not a small target
        page.evaluate("() => window.scrollTo({ top: 0, behavior: 'instant' })")
        assert Axe().run(page, context=WATCH, options=RULES).response["violations"] == []
    page.set_viewport_size({"width": 390, "height": 844})


def position(page):
    return page.evaluate("(place) => document.querySelector(`${place} video`).currentTime", WATCH)


def test_film_is_played_stopped_marked_and_taken_up_again_by_keyboard(opened):
    page, place = opened, opened.locator(WATCH)
    both_widths(page)
    assert page.evaluate("(place) => document.querySelector(`${place} video`).autoplay", WATCH) is False
    page.evaluate(
        "([place, at]) => { document.querySelector(`${place} video`).currentTime = at; }", [WATCH, BEFORE]
    )
    page.focus(f"{WATCH} [data-action=play]")
    page.keyboard.press("Space")
    field = place.get_by_label(STOP.ask)
    field.wait_for()
    assert field.evaluate("(it) => it === document.activeElement")
    assert place.locator("[data-action=play]").inner_text() == "Play"
    both_widths(page)
    field.focus()
    page.keyboard.insert_text("She moves it aside.")
    page.keyboard.press("Escape")
    page.wait_for_function("(place) => document.querySelector(`${place} video`).currentTime > 35", arg=WATCH)
    page.keyboard.press("m")
    page.keyboard.insert_text(OTHER_WAY)
    assert page.evaluate("(place) => document.querySelector(`${place} video`).paused", WATCH) is True
    at = position(page)
    page.locator(".hv-status", has_text="Saved").or_(
        page.locator(".hvq-status", has_text="Saved")
    ).first.wait_for()

    page.reload()
    come_near(page)
    assert abs(position(page) - at) < 1
    assert place.get_by_label(STOP.ask).input_value() == "She moves it aside."
    assert place.get_by_label("What I saw or heard").input_value() == OTHER_WAY
    place.get_by_role("button", name="Remove mark 1").click()
    page.keyboard.press("Enter")
    assert place.get_by_label("What I saw or heard").input_value() == OTHER_WAY
    both_widths(page)

    when = place.get_by_label("Moment (minute:second)")
    when.fill("9:00")
    place.locator("[data-action=check]").click()
    problem = place.get_by_role("alert").filter(has_text="lies after the end, which is at 1:53")
    problem.wait_for()
    assert when.evaluate("(it) => it === document.activeElement")
    assert place.get_by_label("What I saw or heard").input_value() == OTHER_WAY
    when.fill("0:36")
    place.locator("[data-action=check]").click()
    place.locator(".hvq-feedback").wait_for()
    listed = place.locator(".hvq-times > li").all_inner_texts()
    assert listed[0].startswith("0:35\N{EN DASH}0:41 The course: The block catches")
    assert listed[0].endswith("(your mark: 0:36)")
    assert listed[1:] == [f"0:36 You: {OTHER_WAY}"]
    assert "his mother gives it a little twist" not in page.content()
    both_widths(page)


def test_without_a_playable_film_the_same_question_works_from_the_written_scene(server, page):
    page.route(re.compile(r"omar-drawn\.(webm|mp4)"), lambda route: route.abort())
    sign_in(page, server, server.person("Wim Written"), f"lessons/{LESSON}")
    page.locator("#q-omar-observe[data-state]").wait_for()
    page.evaluate("(place) => document.querySelector(place).scrollIntoView()", WATCH)
    place = page.locator(WATCH)
    place.get_by_role("alert").filter(has_text="cannot be played just now").wait_for()
    assert place.get_by_text("A block will not go on.").first.is_visible()
    both_widths(page)
    place.get_by_label(STOP.ask).fill(
        "His mother moves the smallest block aside and gives him the second widest."
    )
    place.get_by_role("button", name="Add a mark by its time").click()
    page.keyboard.insert_text("36")
    place.get_by_label("What I saw or heard").fill(OTHER_WAY)
    assert place.get_by_label("Moment (minute:second)").input_value() == "0:36"
    place.locator("[data-action=check]").click()
    place.locator(".hvq-feedback").wait_for()
    assert "Your words match" in place.locator(".hvq-summary").inner_text()
