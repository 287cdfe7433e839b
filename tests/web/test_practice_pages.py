"""Role-play cards and the memory book, on a phone and on paper."""

from __future__ import annotations

from uuid import uuid4

import pytest

from homevisit.services import papers
from tests.web.test_accessibility import page, sign_in, violations  # noqa: F401  page is a fixture

pytestmark = pytest.mark.shared_server


def test_role_play_is_read_and_written_about_by_keyboard(server, page):  # noqa: F811  the fixture
    person = server.person(f"Rolf {uuid4().hex[:6]}")
    sign_in(page, server, person)
    page.goto(server.url + "course/tools/role-play")
    assert violations(page) == []
    page.get_by_role("link", name="The baby who cries on").focus()
    page.keyboard.press("Enter")
    part = page.locator("details").first
    assert not part.locator("p").first.is_visible()
    part.locator("summary").focus()
    page.keyboard.press("Enter")
    assert part.get_by_text("Be there, calm, and without judging.").is_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Write down what I take from it").focus()
    page.keyboard.press("Enter")
    worked = page.get_by_label("What worked, word for word")
    worked.focus()
    page.keyboard.type("I kept silent, and he looked at her.")
    page.locator(".hvq-paper[data-unsent=no]").wait_for()
    page.reload()
    assert worked.input_value() == "I kept silent, and he looked at her."
    assert violations(page) == []
    store = server.store()
    [head] = papers.own_papers(store, person.account_id)
    kept = papers.find_paper(store, person.account_id, head.paper_id)
    store.close()
    assert (kept.kind, kept.title) == ("roleplay", "The baby who cries on")
    assert kept.content["worked"] == "I kept silent, and he looked at her."


def test_cards_print_two_to_a_sheet_and_pages_of_the_book_one(server, page):  # noqa: F811  the fixture
    sign_in(page, server, server.person(f"Petra {uuid4().hex[:6]}"))
    page.goto(server.url + "course/tools/role-play/print?lesson=03-social-connections")
    assert page.locator(".hv-printcard").count() == 5
    assert violations(page) == []
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1000})  # 190 mm, what a letter page leaves
    overflowing = page.evaluate(
        "() => [...document.querySelectorAll('.hv-printcard')].filter(e => e.scrollHeight > e.clientHeight + 1).length"
    )
    assert overflowing == 0
    assert page.pdf(format="Letter").count(b"/Type /Page\n") == 3
    page.emulate_media(media="screen")
    page.goto(server.url + "course/tools/memory-book?language=es")
    assert violations(page) == []
    for box in page.locator("input[type=number]").all():
        box.fill("0")
    page.get_by_label("Un día con nuestro grupo").fill("2")
    page.get_by_label("Teléfonos importantes").fill("1")
    page.get_by_role("button", name="Show the pages to print").click()
    assert page.locator(".hv-bookpage h2").all_inner_texts() == [
        "Un día con nuestro grupo",
        "Un día con nuestro grupo",
        "Teléfonos importantes",
    ]
    assert violations(page) == []
    assert page.pdf(format="Letter").count(b"/Type /Page\n") == 3


def test_addresses_that_no_card_or_page_has_are_answered_with_a_sentence(server):
    client = server.person("Nora Nowhere").client()
    for path in ("course/tools/role-play/no-such-card", "course/tools/role-play/print?card=no-such-card"):
        answered = client.get(path)
        assert answered.status_code == 404
        assert "Choose one from the list of cards." in answered.text
    odd = client.get("course/tools/memory-book/print?language=xx&a-day=-3&cover=9999&letter=two")
    assert odd.status_code == 200
    assert odd.text.count('class="hv-bookpage"') == 11
    client.close()
