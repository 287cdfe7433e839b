"""Before a response is committed: pieces that may tell who a family is; afterwards: words that judge."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.web.course_server import LESSON, PASSWORD
from tests.web.test_accessibility import SIZES, violations

pytestmark = pytest.mark.shared_server

REFLECT = "#q-culture-reflection"
OBSERVE = "#q-omar-observe"
NOTICE = ".hvq-naming-notice"
ASKED = "Could somebody be recognized by this?"


@pytest.fixture
def page(request, server, browser):
    width, height = SIZES[getattr(request, "param", "phone")]
    # axe is a script that the strict policy of our pages would refuse
    context = browser.new_context(
        viewport={"width": width, "height": height}, bypass_csp=True, reduced_motion="reduce"
    )
    person = server.person(f"Nora {uuid4().hex[:8]}")
    opened = context.new_page()
    opened.goto(f"{server.url}login?next=/lessons/{LESSON}")
    opened.fill("input[name=email]", person.email)
    opened.fill("input[name=password]", PASSWORD)
    opened.click("main button[type=submit]")
    opened.locator(f"{REFLECT}[data-state=not-started]").wait_for()
    yield opened
    context.close()


def check(page, question):
    page.locator(f"{question} [data-action=check]").focus()
    page.keyboard.press("Enter")


def notice(page, question=REFLECT):
    page.locator(f"{question} {NOTICE}.hvq-shown").wait_for()
    return page.locator(f"{question} {NOTICE} [role=status]").inner_text()


def active(page, expression):
    return page.evaluate(f"() => {{ const it = document.activeElement; return {expression}; }}")


@pytest.mark.parametrize("page", SIZES, indirect=True)
def test_learner_is_asked_once_about_names_and_numbers_and_goes_on_by_keyboard(page):
    calls = []
    page.on("request", lambda sent: calls.append(sent.url.rpartition("/")[2]))
    page.fill(f"{REFLECT} textarea", "Maria Lopez said it. Omar and Tasha laughed. Call 555-0134.")
    assert page.locator(f"{REFLECT} {NOTICE}.hvq-shown").count() == 0
    check(page, REFLECT)
    assert notice(page) == (
        f"{ASKED} “Maria Lopez” (a name), “555-0134” (a phone number). A role will do: “the mother”, “a two-year-old”."
    )
    assert active(page, "it.textContent") == "Change my text"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]

    page.keyboard.press("Enter")
    assert active(page, "it.value.slice(it.selectionStart, it.selectionEnd)") == "Maria Lopez"
    assert page.locator(f"{REFLECT} {NOTICE}.hvq-shown").count() == 0
    page.keyboard.insert_text("The mother")
    check(page, REFLECT)
    assert "“555-0134” (a phone number)." in notice(page)
    assert "attempts" not in calls
    page.keyboard.press("Tab")
    assert active(page, "it.textContent") == "It is fine, go on"
    page.keyboard.press("Enter")
    page.locator(f"{REFLECT}[data-state=checked]").wait_for()
    assert active(page, "it.className") == "hvq-feedback-title"

    page.click(f"{REFLECT} [data-action=revise]")
    page.fill(f"{REFLECT} textarea", "The mother said it. Call 555-0134 or ask Keisha.")
    check(page, REFLECT)
    asked = notice(page)
    assert "“Keisha”" in asked
    assert "555-0134" not in asked
    # the button itself, pressed again, goes on too
    check(page, REFLECT)
    page.locator(f"{REFLECT}[data-state=checked] .hvq-feedback[data-attempt='2']").wait_for()
    page.reload()
    page.locator(f"{REFLECT}[data-state=checked]").wait_for()
    page.click(f"{REFLECT} [data-action=revise]")
    page.fill(f"{REFLECT} textarea", "The mother said it to Keisha, at 555-0134, once more.")
    check(page, REFLECT)
    page.locator(f"{REFLECT}[data-state=checked] .hvq-feedback[data-attempt='3']").wait_for()


def test_without_a_connection_the_browser_asks_and_the_commit_is_kept_and_sent_later(page):
    page.context.set_offline(True)
    page.fill(f"{REFLECT} textarea", "Maria Lopez said that Omar was there.")
    check(page, REFLECT)
    assert notice(page).startswith(f"{ASKED} “Maria Lopez”.")
    page.get_by_role("button", name="It is fine, go on").click()
    page.locator(f"{REFLECT} .hvq-later").wait_for()
    hand_in = page.locator("#hand-in")
    hand_in.get_by_role("button").click()
    hand_in.locator("button[aria-disabled=true]").wait_for()
    page.context.set_offline(False)
    page.locator(f"{REFLECT}[data-state=checked]").wait_for()
    open_ones = hand_in.locator(".hvq-problem", has_text="are not checked yet. Check them")
    open_ones.wait_for()
    page.locator(f"{REFLECT} [data-action=revise]").click()
    page.fill(f"{REFLECT} textarea", "They laughed.")
    page.locator(f"{REFLECT}[data-state=changed]").wait_for()
    hand_in.locator("button:not([aria-disabled])").click()
    open_ones.wait_for()
    assert hand_in.locator(".hvq-look").inner_text() == ""


@pytest.mark.parametrize("page", SIZES, indirect=True)
def test_judging_words_of_an_observation_come_back_by_its_number_in_their_language(page):
    page.fill(f"{OBSERVE} .hvq-saw", "Mom sits next to Omar.")
    page.fill(f"{OBSERVE} .hvq-meaning", "He is happy and proud.")
    page.click(f"{OBSERVE} .hvq-add")
    page.locator(f"{OBSERVE} .hvq-saw").nth(1).fill("La mamá estaba contenta. He was bored.")
    check(page, OBSERVE)
    flagged = page.locator(f"{OBSERVE}[data-state=checked] .hvq-flagged")
    flagged.wait_for()
    lines = flagged.locator("> li").all_inner_texts()
    assert [line.split("\n")[0].strip(": ") for line in lines] == ["Observation 2"]
    assert [
        (line.get_attribute("lang"), line.inner_text()[:10]) for line in flagged.locator("[lang]").all()
    ] == [
        ("es", "«contenta»"),
        ("en", "“bored” is"),
    ]
    assert "These cost no points." in page.locator(f"{OBSERVE} .hvq-feedback").inner_text()
    assert violations(page) == []
