"""axe-core finds no violation of WCAG 2.2 A or AA, on any page, in any state of a question, at both widths."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from homevisit.services import accounts
from tests.web.course_server import LESSON, PASSWORD
from tests.web.drawn import all_drawn
from tests.web.responses import CATALOGUE, good_response

pytestmark = pytest.mark.shared_server

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
LESSONS = [info.lesson_id for info in CATALOGUE.lessons()]
SIZES = {"phone": (390, 844), "laptop": (1280, 900)}


@pytest.fixture(params=SIZES)
def page(request, browser):
    width, height = SIZES[request.param]
    # the check itself is a script that the strict policy of our pages would refuse
    context = browser.new_context(
        reduced_motion="reduce", viewport={"width": width, "height": height}, bypass_csp=True
    )
    yield context.new_page()
    context.close()


def violations(page, *, colors=True):
    from axe_playwright_python.sync_playwright import Axe

    # a target that happens to lie half under the fixed header is not a small target
    page.evaluate("() => window.scrollTo({ top: 0, behavior: 'instant' })")
    rules = RULES if colors else RULES | {"rules": {"color-contrast": {"enabled": False}}}
    found = Axe().run(page, options=rules).response["violations"]
    return [(rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found]


def sign_in(page, server, person):
    page.goto(server.url + "login")
    page.fill("input[name=email]", person.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(server.url)


def test_pages_of_a_visitor(server, page):
    page.goto(server.url + "login")
    assert violations(page) == []
    page.fill("input[name=email]", "nobody@example.org")
    page.fill("input[name=password]", "not a password")
    page.click("main button[type=submit]")
    page.locator("[role=alert]").wait_for()
    assert violations(page) == []
    page.goto(server.url + re.search(r"invite/\S+", server.log)[0])
    assert violations(page) == []
    page.goto(server.url + "invite/unknown")
    assert violations(page) == []


@pytest.mark.parametrize("role", ["learner", "trainer", "supervisor", "administrator"])
def test_home_and_account_of_each_role(server, page, role):
    sign_in(page, server, server.person(f"Axa {uuid4().hex[:6]}", role=role))
    assert violations(page) == []
    page.goto(server.url + "account")
    assert violations(page) == []
    page.goto(server.url + "no/such/page")
    assert violations(page) == []


@pytest.mark.parametrize("lesson_id", LESSONS)
def test_lesson_with_every_question_empty_refused_and_checked(server, page, lesson_id):
    person = server.person(f"Axel {uuid4().hex[:6]}")
    sign_in(page, server, person)
    questions = CATALOGUE.key(lesson_id).questions
    # colors are the same at both widths, and take most of the time to check
    is_phone = page.viewport_size["width"] < 1000
    page.goto(f"{server.url}lessons/{lesson_id}")
    all_drawn(page, questions)
    assert violations(page) == []
    for question_id in questions:
        page.click(f"#q-{question_id} [data-action=check]")
        page.locator(f"#q-{question_id} .hvq-problem:not([hidden])").wait_for()
    assert violations(page, colors=is_phone) == []
    client = person.client()
    for question_id in questions:
        reply = client.post(
            f"course/api/lessons/{lesson_id}/questions/{question_id}/attempts",
            json={"response": good_response(question_id, lesson_id), "number": 1, "token": uuid4().hex},
        )
        assert reply.status_code == 201, reply.text
    client.close()
    page.reload()
    all_drawn(page, questions, "checked")
    page.evaluate("() => document.querySelectorAll('details').forEach((it) => { it.open = true; })")
    assert violations(page, colors=is_phone) == []


def test_result_and_commitment_pages(server, page):
    person = server.person(f"Axi {uuid4().hex[:6]}")
    client = person.client()
    for question_id in CATALOGUE.key(LESSON).questions:
        client.post(
            f"course/api/lessons/{LESSON}/questions/{question_id}/attempts",
            json={"response": good_response(question_id), "number": 1, "token": uuid4().hex},
        )
    client.post(f"course/api/lessons/{LESSON}/submission", json={"token": uuid4().hex})
    client.close()
    sign_in(page, server, person)
    page.goto(f"{server.url}lessons/{LESSON}/result")
    assert violations(page) == []
    page.locator("#total").wait_for(timeout=60_000)
    page.evaluate("() => document.querySelectorAll('details').forEach((it) => { it.open = true; })")
    assert violations(page) == []
    page.goto(f"{server.url}course/lessons/{LESSON}/summary?own=1")
    assert violations(page) == []


def test_lesson_at_twice_the_text_size_does_not_scroll_sideways(server, page):
    sign_in(page, server, server.person(f"Axo {uuid4().hex[:6]}"))
    for lesson_id in LESSONS:
        page.goto(f"{server.url}lessons/{lesson_id}")
        page.locator(".hvq-question[data-state=not-started]").last.wait_for()
        page.add_style_tag(content="html { font-size: 212.5% !important; }")
        wide = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wide <= 0, lesson_id


def test_invitation_page_of_a_learner(server, page):
    store = server.store()
    from homevisit.store import accounts as account_store

    with store.begin() as conn:
        account = account_store.add_account(
            conn, email=f"{uuid4().hex[:8]}@example.org", name="Invited", role="learner", team=""
        )
    token = accounts.invite(store, account.account_id)
    store.close()
    page.goto(f"{server.url}invite/{token}")
    assert violations(page) == []
