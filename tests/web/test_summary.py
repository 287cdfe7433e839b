"""Lessons on paper: the summary of a lesson, and the lesson itself with what one wrote in it."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from tests.web.course_server import LESSON, PASSWORD
from tests.web.responses import CATALOGUE, good_response

pytestmark = pytest.mark.shared_server

PAGE = f"course/lessons/{LESSON}/summary"
WORDS = "I noticed how close they sat."
PLAN = "On Tuesday, with one family."


@pytest.fixture(scope="module")
def writer(server):
    """Return a learner who has checked every question."""
    person = server.person("Wilma Writer")
    client = person.client()
    for question_id in CATALOGUE.key(LESSON).questions:
        client.post(
            f"course/api/lessons/{LESSON}/questions/{question_id}/attempts",
            json={"response": good_response(question_id), "number": 1, "token": uuid4().hex},
        )
    client.close()
    return person


def test_summary_has_objectives_closing_and_source_for_everybody(server):
    client = server.person("Tilo Trainer", role="trainer").client()
    page = client.get(PAGE).text
    info = CATALOGUE.lesson(LESSON)
    for text in (*info.objectives, info.source_title, "What to take with you", "Not endorsed by HHS."):
        assert text.replace("'", "&#39;") in page
    assert 'name="own"' not in page
    assert client.get("course/lessons/99-none/summary").status_code == 404
    client.close()


def test_own_words_are_added_when_asked_for_and_only_to_their_writer(server, writer):
    client = writer.client()
    assert WORDS not in client.get(PAGE).text
    page = client.get(PAGE + "?own=1").text
    assert WORDS in page
    assert PLAN in page
    client.close()
    other = server.person("Otis Other").client()
    page = other.get(PAGE + "?own=1").text
    assert WORDS not in page
    assert "There is nothing here yet." in page
    other.close()


def test_summary_is_linked_from_home_and_lesson(writer):
    client = writer.client()
    for page in ("", f"lessons/{LESSON}"):
        assert f'href="/{PAGE}"' in client.get(page).text
    client.close()


def sign_in(page, server, person):
    page.goto(server.url + "login")
    page.fill("input[name=email]", person.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(server.url)


def on_paper(page, size):
    """Print a page as Chromium does; return how many sheets, and the text that a reader of paper sees."""
    sheets = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=size)))
    page.emulate_media(media="print")
    text = page.locator("body").inner_text()
    page.emulate_media(media="null")
    return sheets, text


def test_paper_holds_what_was_written_and_no_buttons(server, writer, phone):
    sign_in(phone, server, writer)
    phone.goto(server.url + PAGE)
    for size in ("A4", "Letter"):
        pages, text = on_paper(phone, size)
        assert pages == 1
        assert "What to take with you" in text
        assert "Back to the lesson" not in text
    phone.goto(server.url + PAGE + "?own=1")
    pages, text = on_paper(phone, "Letter")
    assert pages == 2
    assert WORDS in text
    phone.goto(f"{server.url}lessons/{LESSON}")
    phone.locator(".hvq-question[data-state=checked]").last.wait_for()
    _, text = on_paper(phone, "A4")
    assert WORDS in text
    assert "0:42" in text  # the scene in words, which is folded on the screen
    for caption in ("Revise", "Hand in the lesson", "Read the scene instead", "Skip to the lesson"):
        assert caption not in text


def test_pages_tell_moments_in_the_readers_own_time(server, writer, browser):
    client = writer.client()
    client.post(f"course/api/lessons/{LESSON}/submission", json={"token": uuid4().hex})
    plain = client.get(f"lessons/{LESSON}/result").text
    assert re.search(r">[A-Z][a-z]+ \d+, \d{4}, \d+:\d\d [AP]M UTC</time>", plain)
    client.close()
    context = browser.new_context(timezone_id="America/Anchorage", viewport={"width": 390, "height": 844})
    page = context.new_page()
    sign_in(page, server, writer)
    page.goto(f"{server.url}lessons/{LESSON}/result")
    page.wait_for_function("() => !document.querySelector('main time').textContent.includes('UTC')")
    shown = page.evaluate(
        """() => {
          const time = document.querySelector("main time");
          const form = new Intl.DateTimeFormat("en-US",
            { dateStyle: "long", timeStyle: "short", timeZone: "America/Anchorage" });
          return [time.textContent, form.format(new Date(time.dateTime))];
        }"""
    )
    assert shown[0] == shown[1]
    page.locator("#total").wait_for(timeout=60_000)
    item = page.locator('.hv-results [data-question="omar-observe"]')
    assert "Question" in item.locator("h3").inner_text()
    item.get_by_text("Your response as you handed it in").click()
    assert item.locator(".hv-given").inner_text().startswith("1. (0:10) ")
    context.close()


def test_password_can_be_shown_and_is_hidden_before_it_is_sent(server, phone):
    phone.goto(server.url + "login")
    field = phone.locator("input[name=password]")
    field.fill("not the password")
    button = phone.get_by_role("button", name="Show password")
    button.click()
    assert (field.get_attribute("type"), button.get_attribute("aria-pressed")) == ("text", "true")
    button.press("Enter")
    assert (field.get_attribute("type"), button.get_attribute("aria-pressed")) == ("password", "false")
    button.click()
    phone.evaluate(
        "() => document.forms[0].addEventListener('submit', (event) => {"
        " window.sentAs = document.querySelector('[name=password]').type; event.preventDefault(); })"
    )
    phone.fill("input[name=email]", "nobody@example.org")
    phone.get_by_role("button", name="Sign in").click()
    assert phone.evaluate("window.sentAs") == "password"
