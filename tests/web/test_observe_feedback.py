"""Feedback on an observation as a learner sees it: two tries, a point asked for, and the trainer's mark."""

from __future__ import annotations

from itertools import pairwise

import pytest

from homevisit.services import decisions, learning
from homevisit.store import accounts as account_store
from tests.web.course_server import LESSON, PASSWORD
from tests.web.responses import CATALOGUE, KEY
from tests.web.test_accessibility import violations

pytestmark = pytest.mark.shared_server

QUESTION = "omar-observe"
POINTS = KEY.questions[QUESTION].key_points
PLACE = f"#q-{QUESTION}"


@pytest.fixture(params=[390, 1280])
def page(request, browser, server):
    """Return the lesson on a screen of that width, opened by a learner who has done nothing yet."""
    person = server.person(f"Otto {request.param}")
    # the check of accessibility is a script that the strict policy of our pages would refuse
    context = browser.new_context(
        reduced_motion="reduce", viewport={"width": request.param, "height": 844}, bypass_csp=True
    )
    context.set_default_timeout(20_000)
    opened = context.new_page()
    opened.account_id = person.account_id
    opened.goto(f"{server.url}login")
    opened.fill("input[name=email]", person.email)
    opened.fill("input[name=password]", PASSWORD)
    opened.click("main button[type=submit]")
    opened.wait_for_url(server.url)
    opened.goto(f"{server.url}lessons/{LESSON}")
    opened.locator(f"{PLACE}[data-state=not-started]").wait_for()
    yield opened
    context.close()


def check(page, text, number):
    page.fill(f"{PLACE} .hvq-saw", text)
    page.click(f"{PLACE} [data-action=check]")
    page.locator(f"{PLACE} .hvq-feedback[data-attempt='{number}']").wait_for()


def parts(page):
    """Return the lines of each part of the feedback, by its heading."""
    return {
        part.locator(".hvq-part-title").inner_text(): part.locator("li").all_inner_texts()
        for part in page.locator(f"{PLACE} .hvq-feedback .hvq-part").all()
    }


def said(page):
    return page.locator(f"{PLACE} .hvq-feedback").inner_text()


def focused(page):
    return page.evaluate("() => document.activeElement.textContent")


def assert_accessible(page):
    page.locator(f"{PLACE} .hvq-again > summary").wait_for()
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    levels = page.evaluate(
        "(place) => [...document.querySelectorAll(`${place} :is(h3, h4, h5)`)].map((h) => Number(h.tagName[1]))",
        PLACE,
    )
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels


def test_two_tries_a_point_asked_for_and_the_trainers_mark(page, server):
    read_scene_again(page)
    check(page, "It rained on the way.", 1)
    assert focused(page) == "Feedback"
    assert "None of the points yet; here is where to look." in said(page)
    assert "A program made this first reading." in said(page)
    assert "Your trainer's mark always wins." in said(page)
    assert parts(page) == {"Not found yet": [point.look_again for point in POINTS]}
    assert page.locator(f"{PLACE} .hvq-ask").count() == 0
    assert "After your next try, all points are shown in full." in said(page)
    assert_accessible(page)

    page.click(f"{PLACE} [data-action=revise]")
    check(page, POINTS[0].text, 2)
    assert (
        "You found one more than in your try before. Your words match 1 of the 5 points of the source"
        in said(page)
    )
    assert "After your next try" not in said(page)
    found = parts(page)
    assert [line.startswith(POINTS[0].text) for line in found["What you noticed"]] == [True]
    assert page.locator(f"{PLACE} .hvq-covered q").inner_text() in POINTS[0].text
    assert [point.text in line for point, line in zip(POINTS[1:], found["Not found yet"], strict=True)] == [
        True
    ] * 4
    buttons = page.locator(f"{PLACE} .hvq-ask")
    assert buttons.count() == 4
    assert_accessible(page)

    page.route("**/requests", lambda route: route.abort())
    buttons.first.click()
    page.get_by_text("This could not be sent just now. Try again in a moment.").wait_for()
    page.unroute("**/requests")
    buttons.first.focus()
    page.keyboard.press("Enter")
    page.locator(f"{PLACE} .hvq-asked").wait_for()
    assert focused(page) == "You said that this is in your text. Your trainer is asked to read it."
    assert "1 of 3 points" in said(page)

    mark_as_trainer(server, page.account_id, {POINTS[1].id: "covered", POINTS[2].id: "none"})
    page.reload()
    page.locator(f"{PLACE} .hvq-mark").first.wait_for()
    found = parts(page)
    assert "Your trainer marked this as covered." in found["What you noticed"][1]
    assert "Your trainer marked this as not found yet." in found["Not found yet"][0]
    assert "2 of 3 points" in said(page)
    assert buttons.count() == 2
    assert_accessible(page)


def read_scene_again(page):
    """Open the scene beside the question by keyboard, and fold it again."""
    scene = page.locator("#clip-omar-stacking .hvq-scene-text").first.text_content()
    assert len(scene) > 500
    page.focus(f"{PLACE} .hvq-again > summary")
    page.keyboard.press("Enter")
    page.locator(f"{PLACE} .hvq-again p").nth(1).wait_for()
    assert page.locator(f"{PLACE} .hvq-again .hvq-scene-text").text_content() == scene
    page.keyboard.press("Enter")
    assert page.locator("#q-exchange-kinds .hvq-again").count() == 0


def mark_as_trainer(server, account_id, marks):
    trainer = server.person(f"Trainer of {account_id}", role="trainer")
    store = server.store()
    with store.read() as conn:
        account = account_store.find_account(conn, trainer.account_id)
    attempt = learning.lesson_state(store, CATALOGUE, account_id, LESSON).latest[QUESTION]
    decisions.decide(store, account, attempt.attempt_id, marks)
    store.close()
