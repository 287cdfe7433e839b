"""The team page as its supervisor uses it, and the choice of readers as a learner makes it."""

from __future__ import annotations

import csv
import io
import re
from contextlib import closing
from datetime import timedelta
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from homevisit.services.team import days
from homevisit.store import contacts
from tests.web.course_server import LESSON, PASSWORD
from tests.web.responses import CATALOGUE, KEY, good_response
from tests.web.test_accessibility import page, sign_in, violations  # noqa: F401  page is a fixture

REFLECT = "#q-culture-reflection"
CHOICE = f"{REFLECT} .hvq-sharing select"
WORDS = "I grew up where adults led and children followed, and I notice it when I visit."


def commit(client, question_id, response=None):
    path = f"course/api/lessons/{LESSON}/questions/{question_id}/attempts"
    body = {"response": response or good_response(question_id), "number": 1, "token": uuid4().hex}
    assert client.post(path, json=body).status_code == 201


@pytest.fixture
def team(server):
    """Return the name of a new team, its supervisor and two learners, one of whom has begun."""
    name = f"Harbor {uuid4().hex[:6]}"
    supervisor = server.person(f"Sue {name}", role="supervisor", team=name)
    learners = [server.person(f"{first} {name}", team=name) for first in ("Ana", "Ben")]
    with closing(learners[1].client()) as client:
        client.get("")
        client.get(f"lessons/{LESSON}")
        commit(client, "culture-reflection", {"text": WORDS})
        commit(client, next(name for name, one in KEY.questions.items() if one.type == "commitment"))
    return name, supervisor, learners


def test_supervisor_looks_at_the_team_sets_a_date_and_reminds(server, team, page):  # noqa: F811  the fixture
    _, supervisor, (_, ben) = team
    sign_in(page, server, supervisor)
    page.get_by_role("link", name="Go to your team").click()
    page.get_by_role("heading", name="People", exact=True).wait_for()
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    names = page.get_by_role("rowheader")
    assert [name.split()[0] for name in names.all_inner_texts()] == ["Ana", "Ben", "2"]
    summary = page.get_by_text("Sorted by: Name")
    if summary.is_visible():
        summary.click()
        page.get_by_role("navigation", name="Sort people by").get_by_role("link", name="Started").click()
    else:
        page.get_by_role("columnheader", name="Started").get_by_role("link").click()
    page.wait_for_url("**sort=started**")
    assert [name.split()[0] for name in names.all_inner_texts()] == ["Ben", "Ana", "2"]

    field = page.get_by_label("Due on: Social connections")
    field.fill(days.today().isoformat())
    page.locator("form", has=field).get_by_role("button").click()
    page.locator(".hv-due").wait_for()
    assert page.locator(".hv-due").inner_text() == f"Due {days.in_words(days.today(), days.today())}"

    page.get_by_role("link", name=ben.name).click()
    page.get_by_role("button", name="We talked about it").click()
    page.get_by_text("talked about").wait_for()
    page.get_by_role("button", name="Send a reminder").click()
    page.get_by_text("Reminded today").wait_for()
    assert WORDS not in page.content()
    page.evaluate("() => document.querySelectorAll('details').forEach((it) => { it.open = true; })")
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.goto(server.url)
    assert "Due within three days: Ana" in page.locator("main").inner_text()
    assert violations(page) == []

    page.context.clear_cookies()
    sign_in(page, server, ben)
    assert page.get_by_role("heading", name="Your supervisor reminds you of your lessons").is_visible()
    assert page.locator(".hv-due").inner_text().startswith("Due ")
    assert violations(page) == []
    page.goto(f"{server.url}lessons/03-social-connections")
    page.locator("h1 + .hv-due").wait_for()


def test_home_page_leads_to_the_session_that_runs_and_to_the_lesson_that_is_due(server):
    name = f"Home {uuid4().hex[:6]}"
    supervisor = server.person(f"Sue {name}", role="supervisor", team=name).client()
    learner = server.person(f"Lea {name}", team=name).client()
    due = {"team": name, "lesson": "03-social-connections", "due": days.today().isoformat()}
    assert supervisor.post("course/team", data=due, follow_redirects=True).status_code == 200
    start = learner.get("").text
    assert 'class="hv-button" href="/lessons/03-social-connections' in start
    assert "Your group is meeting now" not in start
    opened = supervisor.post(
        "course/sessions/open", data={"lesson_id": LESSON, "team": name, "title": "Blocks"}
    )
    assert opened.status_code in {200, 302, 303}
    code = re.search(r"/course/join/(\w+)", learner.get("").text)[1]
    joined = learner.post(f"course/join/{code}", data={"code": code, "name": ""}, follow_redirects=True)
    assert (joined.status_code, "Lea" in joined.text) == (200, True)
    foreign = server.person(f"Fay {name}", team=f"not {name}").client()
    assert "course/join/" not in foreign.get("").text


def test_date_that_cannot_be_taken_is_shown_again_with_a_sentence(team):
    name, supervisor, (ana, _) = team
    past = (days.today() - timedelta(days=2)).isoformat()
    with closing(supervisor.client()) as client:
        form = {"_xsrf": client.cookies["_xsrf"], "lesson": LESSON, "due": past}
        refused = client.post("course/team", data=form | {"team": name})
        assert (refused.status_code, "is in the past; choose today" in refused.text) == (422, True)
        assert f'value="{past}"' in refused.text
        refused = client.post(
            f"course/team/{ana.account_id}", data=form | {"action": "extend", "due": "soon"}
        )
        assert (refused.status_code, "“soon” is not a date" in refused.text) == (422, True)
        refused = client.post(f"course/team/{ana.account_id}", data=form | {"action": "praise"})
        assert (refused.status_code, "does not know" in refused.text) == (422, True)
        assert client.post("course/team", data=form | {"team": name, "lesson": "no"}).status_code == 404
        assert client.get("course/team/a-nobody").status_code == 404
        assert client.get(f"course/team?team={name}&sort=nothing&order=sideways").status_code == 200


def test_files_hold_what_the_page_shows(server, team):
    name, supervisor, (ana, ben) = team
    with closing(supervisor.client()) as client:
        sent = client.get("course/team?format=csv")
        assert sent.headers["content-disposition"] == 'attachment; filename="team.csv"'
        rows = list(csv.reader(io.StringIO(sent.content.decode("utf-8-sig"))))
        assert [row[:2] for row in rows[1:]] == [[ana.name, "0"], [ben.name, "1"]]
        listed = client.get("course/team?format=csv&part=lessons").content.decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(listed)))) == 1 + 2 * len(CATALOGUE.lessons())
        book = load_workbook(io.BytesIO(client.get(f"course/team?team={name}&format=xlsx").content))
        assert book.sheetnames == ["Team", "By lesson"]
        assert client.get("course/team?format=pdf").status_code == 422
    alone = server.person(f"Alo {uuid4().hex[:6]}", role="supervisor", team="")
    with closing(alone.client()) as client:
        refused = client.get("course/team")
        assert (refused.status_code, "You look after no team yet." in refused.text) == (403, True)
    with closing(server.person(f"Tom {uuid4().hex[:6]}", role="trainer", team="").client()) as client:
        assert "Every learner is in a team. Choose one above." in client.get("course/team").text
        assert ben.name in client.get(f"course/team?team={name}").text


def test_visits_are_measured_and_practice_is_not(server, team):
    name, supervisor, (_, ben) = team
    with closing(supervisor.client()) as client:
        client.post("practice/start", data={"_xsrf": client.cookies["_xsrf"]})
        client.get(f"lessons/{LESSON}")
        client.post("practice/stop", data={"_xsrf": client.cookies["_xsrf"]})
        client.get("course/team")
    store = server.store()
    with store.read() as conn:
        found = contacts.spent_in_team(conn, name)
        kept = {row.account_id for row in conn.execute(contacts.table.select())}
        practice = {row.account_id for row in conn.execute(contacts.accounts.select()) if row.practice_of}
    store.close()
    assert {lesson_id for account_id, lesson_id in found if account_id == ben.account_id} == {"", LESSON}
    assert practice
    assert kept & practice == set()


def test_choice_of_an_older_page_gets_the_newer_one_back(server):
    path = f"course/api/lessons/{LESSON}/questions/culture-reflection/sharing"
    with closing(server.person(f"Cho {uuid4().hex[:6]}").client()) as client:
        state = client.get(f"course/api/lessons/{LESSON}/state").json()
        assert state["sharing"]["culture-reflection"] == {"readers": "trainer", "mark": ""}
        assert "roles-in-one-morning" not in state["sharing"]
        first = client.put(path, json={"readers": "supervisor", "base": ""}).json()["sharing"]
        late = client.put(path, json={"readers": "group", "base": ""})
        assert (late.status_code, late.json()["sharing"]) == (409, first)
        taken = client.put(path, json={"readers": "trainer", "base": ""}).json()["sharing"]
        assert taken["readers"] == "trainer"
        assert client.put(path, json={"readers": "all", "base": taken["mark"]}).status_code == 422
        other = path.replace("culture-reflection", "roles-in-one-morning")
        assert client.put(other, json={"readers": "group", "base": ""}).status_code == 404


def readers_of(person):
    with closing(person.client()) as client:
        state = client.get(f"course/api/lessons/{LESSON}/state").json()
    return state["sharing"]["culture-reflection"]["readers"]


def test_learner_shares_by_keyboard_on_a_phone_takes_it_back_and_is_offline_in_between(
    server,
    team,
    page,  # noqa: F811  the fixture
):
    name, supervisor, _ = team
    learner = server.person(f"Kay {name}", team=name)
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{server.url}login?next=/lessons/{LESSON}")
    page.fill("input[name=email]", learner.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.locator(CHOICE).wait_for()

    page.locator(f"{REFLECT} textarea").focus()
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.labels[0].textContent") == "Who may read this:"
    assert page.evaluate("document.activeElement.value") == "trainer"
    with page.expect_response("**/sharing") as sent:
        page.keyboard.press("ArrowDown")
    assert sent.value.json()["sharing"]["readers"] == "supervisor"
    assert "From the moment you check it" in page.locator(f"{REFLECT} .hvq-sharing").inner_text()
    assert violations(page) == []

    with closing(supervisor.client()) as looking:
        address = f"course/team/{learner.account_id}"
        assert WORDS not in looking.get(address).text
        page.locator(f"{REFLECT} [data-action=check]").press("Enter")
        page.locator(f"{REFLECT}[data-state=checked]").wait_for()
        assert WORDS in looking.get(address).text

        page.context.set_offline(True)
        page.locator(CHOICE).focus()
        page.keyboard.press("ArrowUp")
        page.locator(".hvq-status[data-shown=waiting]").wait_for()
        assert readers_of(learner) == "supervisor"
        page.goto("about:blank")
        page.context.set_offline(False)
        page.goto(f"{server.url}lessons/{LESSON}")
        page.locator(".hvq-status[data-shown=saved]").wait_for()
        assert page.locator(CHOICE).input_value() == "trainer"
        assert readers_of(learner) == "trainer"
        assert WORDS not in looking.get(address).text


def test_visitor_reaches_none_of_it(server):
    with server.visitor() as client:
        for path in ("course/team", "course/team/a-nobody", "course/team?format=csv"):
            assert client.get(path).status_code in {302, 401}
