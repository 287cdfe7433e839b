"""Plans of group sessions as a supervisor makes them, with and without script, and who may see what."""

from __future__ import annotations

import json
import re
from contextlib import closing
from html import unescape
from uuid import uuid4

import httpx
import pytest

from homevisit.store import accounts
from tests.services import held_session
from tests.web.course_server import LESSON
from tests.web.responses import CATALOGUE
from tests.web.test_accessibility import sign_in, violations

FIELDS = ("step_id", "kind", "question_id", "section", "title", "minutes", "say", "show")


@pytest.fixture(scope="module")
def sam(server):
    return server.person("Sam Plans", role="supervisor", team="Plans")


@pytest.fixture
def client(sam):
    with closing(sam.client()) as opened:
        yield opened


@pytest.fixture
def plan(client):
    return start(client)


@pytest.fixture(scope="module")
def held(server):
    """Return a session that was held by a supervisor with a learner and somebody without an account."""
    leader = server.person("Hedda Held", role="supervisor", team="North")
    learner = server.person("Lena Held", team="North")
    store = server.store()
    with store.read() as conn:
        people = [accounts.find_account(conn, one.account_id) for one in (leader, learner)]
    session = held_session.hold(held_session.begin(store, CATALOGUE, people[0], people[1:], ("Zdenka",)))
    yield leader, learner, session.session_id
    store.close()


def start(client, begin=LESSON, **more):
    reply = client.post(
        "course/sessions", data={"begin": begin, "team": "Plans", "title": "", **more, **xsrf(client)}
    )
    assert reply.status_code == 303, reply.text
    return reply.headers["location"].removeprefix("/")


def xsrf(client):
    return {"_xsrf": client.cookies["_xsrf"]}


def form_of(page):
    """Return what a browser without script would send of the page of a plan, as a list of (name, value)."""
    form = page[page.index('id="plan"') :]
    named = re.findall(
        r'<(?:input|textarea)[^>]*\bname="([a-z_-]+)"(?:[^>]*?\bvalue="([^"]*)")?[^>]*>(?:\n([^<]*)</textarea>)?',
        form,
    )
    kept = {*FIELDS, "base", "title-of-plan", "removed", "newest"}
    return [(name, unescape(value or text)) for name, value, text in named if name in kept]


def send(client, plan, do, changes=None, **others):
    fields = form_of(client.get(plan).text)
    for name, value in (changes or {}).items():
        at = next(number for number, field in enumerate(fields) if field[0] == name)
        fields[at] = (name, value)
    more = [("do", do), ("add-what", "talk"), ("add-after", ""), *others.items(), *xsrf(client).items()]
    return client.post(
        plan,
        content=str(httpx.QueryParams([*fields, *more])),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )


def titles(client, plan):
    return [value for name, value in form_of(client.get(plan).text) if name == "title"]


def test_plan_is_made_reordered_by_keyboard_saved_and_printed(server, sam, phone):  # noqa: PLR0915  one visit
    context = phone.context.browser.new_context(
        reduced_motion="reduce", viewport={"width": 390, "height": 844}, bypass_csp=True
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    sign_in(page, server, sam)
    page.get_by_role("link", name="Go to group sessions").click()
    assert violations(page) == []
    page.get_by_label("Begin with").select_option(LESSON)
    page.get_by_role("button", name="Make the plan").click()
    page.locator("#list").wait_for()
    assert page.locator("#total").inner_text() == "45"
    page.evaluate("() => document.querySelectorAll('details').forEach((it) => { it.open = true; })")
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    down = page.get_by_role("button", name="Down Welcome")
    down.focus()
    page.keyboard.press("Enter")
    assert down.evaluate("it => it === document.activeElement")
    assert page.locator("#state").inner_text() == "“Welcome” is step 2 of 6 now. Not saved yet."
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert page.locator("#state").inner_text() == "This is the first step already."
    down.focus()
    page.keyboard.press("Space")
    minutes = page.locator(".hv-step").first.get_by_label("Minutes")
    minutes.fill("10")
    assert page.locator("#total").inner_text() == "49"
    page.get_by_role("button", name="Save", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_text("Saved at").wait_for()
    page.reload()
    assert page.locator("[data-title]").first.inner_text() == "Omar and the stacking blocks"
    assert page.locator("#total").inner_text() == "49"
    minutes.fill("ten")
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".hv-problem").wait_for()
    minutes.fill("11")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Saved at").wait_for()
    assert page.locator(".hv-problem").count() == 0
    # pressed twice it is saved twice, and what was typed meanwhile the second time
    type_and = """async ([presses, typed]) => {
      for (let press = 0; press < presses; press += 1) document.querySelector("#plan [value=save]").click();
      for (let turn = 0; turn < 3; turn += 1) await null;
      const minutes = document.querySelector("[name=minutes]");
      minutes.value = typed;
      minutes.dispatchEvent(new Event("input", { bubbles: true }));
    }"""
    page.evaluate(type_and, [2, "12"])
    page.get_by_text("Saved at").wait_for()
    assert page.locator(".hv-problem").count() == 0
    # a sheet shows what stands on the page, also what was typed while it was being saved
    with page.expect_response(lambda reply: reply.request.method == "POST"):
        page.evaluate(type_and, [1, "13"])
    page.get_by_text("Not saved yet.").wait_for()
    page.get_by_role("link", name="Handout to print").click()
    page.get_by_role("heading", name="3. What we see and hear").wait_for()
    assert page.locator(".hv-agenda tbody tr").first.inner_text().split()[-1] == "13"
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    points = CATALOGUE.question(LESSON, "omar-observe").key_points
    assert not any(point.text in page.content() for point in points)
    assert page.get_by_text("Source: Home Visitor's Online Handbook").is_visible()
    page.goto(page.url.replace("/handout", "/notes"))
    assert page.get_by_text(points[0].text).count() >= 1
    assert violations(page) == []
    context.close()


def test_change_in_another_window_is_told_and_nothing_typed_is_lost(server, sam, client, plan, phone):
    sign_in(phone, server, sam)
    phone.goto(server.url + plan)
    phone.get_by_label("Title of the plan").fill("What I typed on my phone")
    assert send(client, plan, "save", {"title-of-plan": "From the laptop"}).status_code == 303
    phone.get_by_role("button", name="Save", exact=True).click()
    phone.get_by_role("alert").wait_for()
    assert "saved in another window or by somebody else" in phone.get_by_role("alert").inner_text()
    assert phone.get_by_label("Title of the plan").input_value() == "What I typed on my phone"
    assert "From the laptop" in client.get(plan).text
    phone.get_by_role("button", name="Keep what is on this page").click()
    phone.get_by_text("Saved.", exact=True).wait_for()
    assert "What I typed on my phone" in client.get(plan).text


def test_every_button_works_without_script(client, plan):
    first, second, *_ = before = titles(client, plan)
    ids = [value for name, value in form_of(client.get(plan).text) if name == "step_id"]
    moved = send(client, plan, f"down:{ids[0]}")
    assert moved.headers["location"] == f"/{plan}?saved=1#step-{ids[0]}"
    assert titles(client, plan)[:2] == [second, first]
    send(client, plan, f"up:{ids[0]}")
    assert titles(client, plan) == before
    assert send(client, plan, f"remove:{ids[2]}").status_code == 303
    assert titles(client, plan) == [*before[:2], *before[3:]]
    send(client, plan, f"restore:{ids[2]}")
    assert titles(client, plan) == [*before[:2], *before[3:], before[2]]
    send(client, plan, "add")
    assert titles(client, plan)[0] == "Talk"


def test_what_cannot_be_saved_is_shown_again_with_what_was_typed(client, plan):
    reply = send(client, plan, "save", {"minutes": "ten", "say": "Kept <script>words</script>"})
    assert reply.status_code == 422
    assert "Write whole minutes from 0 to 240 in step 1" in reply.text
    assert "Kept &lt;script&gt;words&lt;/script&gt;" in reply.text
    assert 'value="ten"' in reply.text
    assert 'value="1²"' in send(client, plan, "save", {"minutes": "1²"}).text
    assert send(client, plan, "save", {"say": "x" * 4001}).status_code == 422
    for odd in ("\u00b2", "9" * 5_000):  # a small 2 is a digit, and no number
        assert send(client, plan, "save", {"minutes": odd}).status_code in {303, 422}
    removed = {
        "step_id": "x",
        "kind": "talk",
        "minutes": 5,
        "say": "",
        "show": "",
        "question_id": "",
        "section": "",
    }
    for odd in ("[" * 3_000, json.dumps({**removed, "title": "\ud800"}), json.dumps({**removed, "kind": []})):
        assert send(client, plan, "save", {"title": ""}, removed=odd).status_code == 422
    assert send(client, plan, "save", {"kind": "song"}).status_code == 422
    assert send(client, plan, "save", {"base": "9" * 5_000}).status_code == 422
    assert send(client, plan, "mine", newest="later").status_code == 422
    assert client.post(plan, data={"title": "x", "do": "save", **xsrf(client)}).status_code == 422


def test_plan_is_copied_removed_and_restored(client, plan):
    copied = client.post(f"{plan}/copy", data=xsrf(client))
    assert "(copy)" in client.get(copied.headers["location"]).text
    plan_id = plan.rsplit("/", 1)[1]
    assert (
        client.post(f"{plan}/remove", data=xsrf(client)).headers["location"] == "/course/sessions?done=remove"
    )
    listed = client.get("course/sessions?done=remove").text
    assert f'href="/course/plans/{plan_id}"' not in listed
    assert f"/course/plans/{plan_id}/restore" in listed
    assert "This plan was removed." in client.get(plan).text
    client.post(f"{plan}/restore", data=xsrf(client))
    assert f'href="/course/plans/{plan_id}"' in client.get("course/sessions").text


def test_piwi_plan_needs_no_lesson(client):
    plan = start(client, "piwi", title="Our rehearsal")
    assert titles(client, plan)[:2] == ["Hello song", "Opening discussion"]
    assert "Our rehearsal" in client.get(f"{plan}/handout").text
    assert client.get(f"{plan}/notes").status_code == 200


@pytest.mark.parametrize(
    ("person", "listed", "opened"),
    [
        (("supervisor", "Plans"), 200, 200),
        (("supervisor", "Elsewhere"), 200, 404),
        (("supervisor", ""), 200, 404),
        (("trainer", ""), 200, 200),
        (("administrator", ""), 200, 200),
        (("learner", "Plans"), 403, 403),
    ],
)
def test_who_may_see_plans(server, plan, person, listed, opened):
    role, team = person
    with closing(server.person(f"Who {uuid4().hex[:6]}", role=role, team=team).client()) as other:
        assert other.get("course/sessions").status_code == listed
        for path in (plan, f"{plan}/handout", f"{plan}/notes"):
            assert other.get(path).status_code == opened
        for path in (f"{plan}/copy", f"{plan}/remove", f"{plan}/restore"):
            assert other.post(path, data=xsrf(other)).status_code == (303 if opened == 200 else opened)


def test_visitor_is_asked_to_sign_in(server, plan):
    with server.visitor() as visitor:
        for path in ("course/sessions", plan, f"{plan}/handout", f"{plan}/notes"):
            assert visitor.get(path).status_code in {302, 401}


@pytest.mark.parametrize(
    ("who", "plain", "named"),
    [
        ("leader", 200, 200),
        ("learner", 200, 403),
        ("team learner", 200, 403),
        ("foreign learner", 403, 403),
        ("foreign supervisor", 403, 403),
        ("trainer", 200, 200),
        ("administrator", 200, 200),
    ],
)
def test_who_may_see_the_report(server, held, who, plain, named):
    leader, learner, session_id = held
    others = {
        "team learner": ("learner", "North"),
        "foreign learner": ("learner", "South"),
        "foreign supervisor": ("supervisor", "South"),
        "trainer": ("trainer", ""),
        "administrator": ("administrator", ""),
    }
    person = {"leader": leader, "learner": learner}.get(who)
    if person is None:
        role, team = others[who]
        person = server.person(f"Report {uuid4().hex[:6]}", role=role, team=team)
    with closing(person.client()) as client:
        at = f"course/live/{session_id}"
        for path in ("report", "report.pdf"):
            assert client.get(f"{at}/{path}").status_code == plain
            assert client.get(f"{at}/{path}?names=1").status_code == named
        if named == 200:  # a file with names cannot be taken for the other one
            sent = client.get(f"{at}/report.pdf?names=1").headers["content-disposition"]
            assert sent.endswith('-with-names.pdf"')
        for path in ("attendance.csv", "attendance.xlsx"):
            assert client.get(f"{at}/{path}").status_code == named
        if plain == 200:
            assert "Zdenka" not in client.get(f"{at}/report").text
        if named == 200:
            assert "Zdenka" in client.get(f"{at}/attendance.csv").text


def test_report_of_a_visitor_or_of_no_session(server, held):
    with server.visitor() as visitor:
        assert visitor.get(f"course/live/{held[2]}/report").status_code == 401
        assert visitor.get(f"course/live/{held[2]}/report.pdf").status_code == 401
        assert visitor.get("course/live/g-nothing/report").status_code == 404


def test_task_is_added_in_the_report_and_ticked_off_on_the_home_page(server, held, browser):
    leader, learner, session_id = held
    context = browser.new_context(
        reduced_motion="reduce", viewport={"width": 390, "height": 844}, bypass_csp=True
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    sign_in(page, server, leader)
    page.goto(f"{server.url}course/live/{session_id}/report")
    assert violations(page) == []
    page.get_by_role("link", name="The version with names").click()
    page.get_by_label("What is to be done").fill("Draw a map with one family.")
    page.get_by_label("Who", exact=True).select_option(label="Lena Held")
    page.get_by_label("By when").fill("2027-03-01")
    page.get_by_role("button", name="Add the task").click()
    page.get_by_text("Lena Held · by March 1, 2027 · open").wait_for()
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    context.clear_cookies()
    sign_in(page, server, learner)
    assert violations(page) == []
    page.get_by_role("button", name=re.compile("Done.*Draw a map")).click()
    page.get_by_role("button", name="Not done yet").wait_for()
    page.goto(f"{server.url}course/live/{session_id}/report")
    assert page.get_by_text("Draw a map with one family.").is_visible()
    assert page.get_by_role("button", name="Add the task").count() == 0
    context.close()


def test_task_that_cannot_be_added_says_why_and_keeps_what_was_typed(held):
    leader, learner, session_id = held
    path = f"course/live/{session_id}/report"
    with closing(leader.client()) as client:
        reply = client.post(path, data={"text": "My words.", "who": "a-nobody", "due": "", **xsrf(client)})
        assert (reply.status_code, "My words." in reply.text) == (422, True)
        assert "Choose who is to do it from the list." in reply.text
    with closing(learner.client()) as client:
        reply = client.post(path, data={"text": "Mine.", "who": "everybody", "due": "", **xsrf(client)})
        assert reply.status_code == 403
