"""Plan, schedule and budget as tools: by keyboard and by finger on a phone, kept, exported, and nobody else's."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from homevisit.course.papers_budget import blank_budget
from homevisit.course.papers_plan import blank_plan
from homevisit.course.papers_schedule import blank_schedule
from homevisit.services.samples import GOAL_LINES, SOCIALIZATION
from tests.course.test_papers_budget import FULL, item
from tests.web.test_accessibility import page, sign_in, violations  # noqa: F401  a fixture of two widths
from tests.web.test_whole_lesson import Keyboard

pytestmark = pytest.mark.shared_server

KINDS = ("plan", "schedule", "budget")
SCRIPT = "<script>document.title = 'gone'</script>"
FORMULA = '=HYPERLINK("http://example.org")'
TROUBLED = {
    "plan": {
        **blank_plan(),
        **{key: text for key, text in SOCIALIZATION.items() if key not in GOAL_LINES},
        "theme": SCRIPT,
        "date": "2026-02-30",
        "place": FORMULA,
        "goals": [{key: SOCIALIZATION[key] for key in GOAL_LINES}, {"goal": "Mr. Jon Doe of 12 Elm Street"}],
    },
    "schedule": {
        **blank_schedule(),
        "minimum": "-3",
        "begins": "2026-09-01",
        "team": [{"id": "n", "name": SCRIPT}, {"id": "t", "name": FORMULA}],
        "rows": [
            {"date": "2026-10-05", "theme": SCRIPT, "plans": ["n", "t"], "leads": ["n"], "state": "planned"},
            {"date": "20260-01-01", "theme": FORMULA, "plans": ["gone"], "leads": ["n", "n"]},
            {"date": "2026-10-05", "plan": "p-gone", "leads": ["n"], "state": "held"},
        ],
    },
    "budget": {
        **blank_budget(),
        **FULL,
        "ceiling": "1000000000000",
        "infants": {"count": "10,000", "price": "-1"},
        "other": [item(SCRIPT, "abc", "1000000000"), item(FORMULA, "1", "9.99"), item("", "1", "1")],
    },
}


def keep(client, kind, content=None, title="Mine"):
    reply = client.post("course/api/papers", json={"kind": kind, "title": title, "content": content})
    assert reply.status_code == 201, reply.text
    return reply.json()["paper"]["paper_id"]


def opened(page, server, kind, paper_id):  # noqa: F811  the fixture, given by hand
    page.goto(f"{server.url}course/tools/{kind}/{paper_id}")
    page.locator(".hvq-planning").wait_for()


def saved(page):  # noqa: F811
    page.locator(".hvq-paper[data-unsent=no]").wait_for()


def test_budget_is_made_by_keyboard_alone_and_a_reload_loses_nothing(server, phone):
    sign_in(phone, server, server.person(f"Kay {uuid4().hex[:6]}"))
    keys = Keyboard(phone)
    phone.goto(server.url + "course/tools")
    keys.tab_to('form[action$="/budget/new"] button')
    keys.press("Enter")
    phone.locator(".hvq-planning").wait_for()
    for field, text in (("families", "8"), ("socializations", "22"), ("ceiling", "2,000")):
        keys.tab_to(f'[data-field="{field}"]')
        keys.write(text)
    for eater, count, price in (("infants", "4", "1.50"), ("toddlers", "5", "2.25"), ("adults", "8", "3.10")):
        keys.tab_to(f'[data-place="{eater}"] [data-field="count"]')
        keys.write(count)
        keys.press("Tab")
        keys.write(price)
    row = '[data-place="transportation.{}"]'
    keys.tab_to(row.format(0) + ' [data-field="what"]')
    keys.write("Bus tickets")
    keys.press("Tab")
    keys.write("16")
    keys.press("Tab")
    keys.write("2.50")
    # a second row, which takes the focus
    keys.press("Control+Enter")
    assert keys.active('it.closest("[data-place]").dataset.place') == "transportation.1"
    keys.write("A van")
    keys.press("Tab")
    keys.write("1")
    keys.press("Tab")
    keys.write("-40")
    keys.press("Tab")
    note = phone.locator(row.format(1) + ' .hvq-field:has([data-field="price"]) .hvq-fieldnote')
    assert note.inner_text() == "An amount cannot be below zero. Write what it costs, such as 12.50."
    # up it goes, is removed, and comes back
    keys.tab_to('[aria-label="Move row 2 up"]')
    keys.press("Enter")
    assert phone.locator(row.format(0) + ' [data-field="what"]').input_value() == "A van"
    keys.tab_to('[aria-label="Remove row 1"]')
    keys.press("Enter")
    assert keys.active("it.textContent") == "Undo"
    keys.press("Enter")
    assert phone.locator(row.format(0) + ' [data-field="what"]').input_value() == "A van"
    assert phone.locator(".hvq-sums").inner_text().split("\n") == [
        *("One socialization", "$82.05", "The whole year", "$1,805.10"),
        *("For each family, one socialization", "$10.26", "For each family, the whole year", "$225.64"),
        *("Ceiling", "$2,000.00"),
    ]
    verdict = "$194.90 is left below the ceiling. A field with a note is not counted yet."
    assert phone.locator(".hvq-overall").inner_text() == verdict
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.reload()
    phone.locator(".hvq-planning").wait_for()
    assert phone.locator(row.format(0) + ' [data-field="price"]').input_value() == "-40"
    assert phone.locator(".hvq-overall").inner_text() == verdict
    # a file that is asked for at once waits for what was typed last
    with phone.expect_download() as started:
        phone.fill('[data-field="ceiling"]', "2,345.67")
        phone.evaluate("document.querySelector('a[href$=\"/csv\"]').click()")
    assert "2345.67" in started.value.path().read_text(encoding="utf-8-sig")


def test_schedule_is_made_with_a_finger(server, phone):
    person = server.person(f"Fin {uuid4().hex[:6]}")
    client = person.client()
    plan_id = keep(client, "plan", title="Boxes")
    paper_id = keep(client, "schedule")
    sign_in(phone, server, person)
    opened(phone, server, "schedule", paper_id)
    for number, name in enumerate(("Nadia", "Tomás")):
        phone.tap("text=Add a person")
        phone.fill(f'[data-place="team.{number}"] [data-field="name"]', name)
    phone.tap("text=Add many dates at once")
    phone.tap("text=Add these dates")
    said = phone.locator('.hvq-field:has([data-field="fill-first"]) .hvq-fieldnote')
    assert said.inner_text() == "Choose the first date."
    begin = datetime.now(UTC).date() + timedelta(days=10)
    phone.fill('[data-field="fill-first"]', begin.isoformat())
    phone.fill('[data-field="fill-many"]', "400")
    phone.tap("text=Add these dates")
    said = phone.locator('.hvq-field:has([data-field="fill-many"]) .hvq-fieldnote')
    assert said.inner_text() == "That is more than fits here. Write a number up to 100."
    phone.fill('[data-field="fill-many"]', "22")
    phone.tap("text=Add these dates")
    assert phone.locator(".hvq-meeting").count() == 22
    first = phone.locator('[data-place="rows.0"]')
    first.locator("summary").tap()
    phone.select_option('[data-place="rows.0"] [data-field="plan"]', label="Boxes")
    phone.select_option('[data-place="rows.0"] [data-field="plans"]', label="Nadia")
    phone.select_option('[aria-label="Who plans it, second person"] >> nth=0', label="Tomás")
    phone.fill('[data-place="rows.0"] [data-field="parents"]', "two mothers")
    first.locator('[aria-label="Move socialization 1 down"]').tap()
    phone.tap(
        '[data-place="rows.1"] .hvq-remove, [data-place="rows.1"] [aria-label="Remove socialization 2"]'
    )
    phone.tap("text=Undo")
    phone.tap("text=Put in order of dates")
    saved(phone)
    content = client.get(f"course/api/papers/{paper_id}").json()["paper"]["content"]
    assert [row["date"] for row in content["rows"]] == [
        (begin + timedelta(weeks=2 * number)).isoformat() for number in range(22)
    ]
    ids = [member["id"] for member in content["team"]]
    assert content["rows"][0] == {
        "date": begin.isoformat(),
        "place": "",
        "theme": "",
        "plan": plan_id,
        "plans": ids,
        "leads": [],
        "parents": "two mothers",
        "state": "planned",
    }
    warned = phone.locator(".hvq-warnings li").all_inner_texts()
    assert warned[0].startswith("Rows 2, 3,")
    assert not any("at least 22" in sentence for sentence in warned)
    assert phone.locator(".hvq-turns tbody").inner_text().split() == ["Nadia", "1", "0", "Tomás", "1", "0"]
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    client.close()


@pytest.mark.parametrize("kind", KINDS)
def test_tool_and_its_sheet_have_no_violation_empty_or_in_trouble(server, page, kind):  # noqa: F811
    person = server.person(f"Axe {uuid4().hex[:6]}")
    client = person.client()
    sign_in(page, server, person)
    for content in (None, TROUBLED[kind]):
        paper_id = keep(client, kind, content)
        opened(page, server, kind, paper_id)
        if content:
            page.evaluate("() => document.querySelectorAll('details').forEach((it) => { it.open = true; })")
            page.locator(".hvq-fieldnote:not([hidden])").first.wait_for()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if content:
            meanwhile = {"title": "Meanwhile", "content": content, "base": 1}
            assert client.put(f"course/api/papers/{paper_id}", json=meanwhile).status_code == 200
            page.locator(".hvq-paper input").first.fill("Here")
            page.locator(".hvq-conflict").wait_for()
            assert violations(page) == []
            page.click("text=Use this one")
        page.goto(f"{server.url}course/tools/{kind}/{paper_id}/print")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    client.close()


@pytest.mark.parametrize("kind", KINDS)
def test_exports_hold_what_was_typed_and_run_none_of_it(server, browser, kind):
    person = server.person(f"Exa {uuid4().hex[:6]}")
    client = person.client()
    paper_id = keep(client, kind, TROUBLED[kind], title=FORMULA)
    at = f"course/tools/{kind}/{paper_id}/"
    book = load_workbook(io.BytesIO(client.get(at + "xlsx").content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if FORMULA in str(cell.value)} == {"s"}
    assert not any(str(cell.value).startswith("=HYPER") for cell in cells if cell.data_type == "f")
    reply = client.get(at + "csv")
    assert reply.headers["content-disposition"].startswith(f'attachment; filename="{kind}-')
    rows = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))
    assert rows[0] == [f"'{FORMULA}"]
    assert any(SCRIPT in text for row in rows for text in row)
    assert SCRIPT in client.get(at + "text").text
    page = browser.new_page()  # noqa: F811
    sign_in(page, server, person)
    page.goto(server.url + at + "print")
    assert SCRIPT in page.inner_text(".hv-sheet")
    assert page.title() != "gone"
    page.context.close()
    client.close()


def test_paper_of_another_person_cannot_be_exported(server):
    owner, other = (server.person(f"Owa {uuid4().hex[:6]}").client() for _ in range(2))
    for kind in KINDS:
        paper_id = keep(owner, kind)
        for form in ("xlsx", "csv", "print"):
            assert other.get(f"course/tools/{kind}/{paper_id}/{form}").status_code == 404
            assert owner.get(f"course/tools/ecomap/{paper_id}/{form}").status_code == 404
    owner.close()
    other.close()


def test_rows_without_end_are_refused_and_what_was_kept_stays(server):
    client = server.person(f"Row {uuid4().hex[:6]}").client()
    paper_id = keep(client, "schedule", TROUBLED["schedule"])
    rows = [TROUBLED["schedule"]["rows"][0]] * 400
    reply = client.put(
        f"course/api/papers/{paper_id}",
        json={"title": "Mine", "content": {**TROUBLED["schedule"], "rows": rows}, "base": 1},
    )
    assert reply.status_code == 422
    assert reply.json()["error"]["message"] == (
        "That is 400 rows; there is room for 100. Take some out; everything you wrote is still here."
    )
    kept = client.get(f"course/api/papers/{paper_id}").json()["paper"]
    assert (kept["version"], len(kept["content"]["rows"])) == (1, 3)
    client.close()


def test_plan_of_a_lesson_is_kept_among_the_tools(server, phone):
    lesson, question_id = "05-support-for-home-visitors", "plan-for-a-group"
    person = server.person(f"Cop {uuid4().hex[:6]}")
    sign_in(phone, server, person)
    phone.goto(f"{server.url}lessons/{lesson}")
    scope = f"#q-{question_id}"
    phone.locator(f"{scope} .hvq-planning").wait_for()
    phone.fill(f'{scope} [data-field="goal"]', "Parents find one safe place to climb.")
    phone.select_option(f'{scope} [data-field="domain"]', label="Cognition")
    phone.select_option(f'{scope} [data-field="subdomain"]', label="Memory")
    assert phone.locator(f"{scope} .hvq-linecount").inner_text() == "2 of 18 lines are filled."
    phone.tap(f"{scope} [data-action=keep-copy]")
    phone.tap(f"{scope} .hvq-keep a")
    phone.wait_for_url("**/course/tools/plan/**")
    assert phone.input_value('[data-field="goal"]') == "Parents find one safe place to climb."
    assert phone.input_value('[data-field="subdomain"]') == "memory"
    client = person.client()
    state = client.get(f"course/api/lessons/{lesson}/state").json()
    assert "safe place to climb" in json.dumps(state["questions"][question_id]["draft"])
    client.close()
