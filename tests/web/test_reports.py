"""What teaches and what doesn't, as a trainer sees it; and who does not."""

from __future__ import annotations

import csv
import io
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from tests.services.cohort import add_learner, hand_in
from tests.web.course_server import LESSON
from tests.web.responses import CATALOGUE, KEY, good_response, half_right_places
from tests.web.test_accessibility import page, sign_in, violations  # noqa: F401  page is a fixture

SORTED = "roles-in-one-morning"
REPORTS = "course/reports"


@pytest.fixture(scope="module")
def cohort(server):
    """Let six learners hand in the lesson, half of one question wrong at the first try."""
    store = server.store()
    good = {name: good_response(name) for name in KEY.questions}
    for number in range(6):
        learner = add_learner(store, f"Nobodyhere {number}")
        hand_in(store, CATALOGUE, learner, good | {SORTED: half_right_places(SORTED)})
        hand_in(store, CATALOGUE, learner, {SORTED: good[SORTED]})
    store.close()


@pytest.mark.usefixtures("cohort")
def test_trainer_reads_the_report_of_a_lesson(server, page):  # noqa: F811  the fixture
    sign_in(page, server, server.person(f"Tara {uuid4().hex[:6]}", role="trainer"))
    page.goto(server.url + "course/desk")
    page.get_by_role("link", name="What teaches").click()
    page.get_by_role("heading", name="What teaches and what").wait_for()
    assert page.get_by_text("Fewer than five learners, so no figures are shown.").count() == 4
    assert violations(page) == []
    page.goto(f"{server.url}{REPORTS}/{LESSON}")
    card = page.locator(f"#q-{SORTED}")
    assert "On the first try, learners reached 43 percent of the points; on the last try, 100 percent" in (
        card.inner_text()
    )
    page.evaluate("() => document.querySelectorAll('details').forEach((it) => { it.open = true; })")
    assert card.get_by_role("img", name="Statements misplaced").is_visible()
    assert card.get_by_role("table").first.get_by_text("6 of 6").count() == 4
    assert "Nobodyhere" not in page.content()
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"{server.url}{REPORTS}/01-building-relationships")
    assert page.get_by_text("Fewer than five learners have tried this lesson").is_visible()
    assert violations(page) == []


@pytest.mark.usefixtures("cohort")
def test_files_hold_what_the_page_shows(server):
    client = server.person(f"Ada {uuid4().hex[:6]}", role="administrator").client()
    sent = client.get(f"{REPORTS}/{LESSON}?format=csv")
    assert sent.headers["content-disposition"] == f'attachment; filename="what-teaches-{LESSON}.csv"'
    rows = list(csv.reader(io.StringIO(sent.content.decode("utf-8-sig"))))
    assert ["6", "6", "43", "percent", ""] in [row[4:] for row in rows if row[1:3] == [SORTED, "First try"]]
    book = load_workbook(io.BytesIO(client.get(f"{REPORTS}/{LESSON}?format=xlsx").content))
    assert book.sheetnames == ["Figures", "Questions"]
    assert book["Figures"].max_row == len(rows)
    listed = client.get(f"{REPORTS}?format=csv").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(listed)))) == 1 + len(CATALOGUE.lessons())
    assert load_workbook(io.BytesIO(client.get(f"{REPORTS}?format=xlsx").content)).sheetnames == ["Lessons"]
    refused = client.get(f"{REPORTS}?format=pdf")
    assert (refused.status_code, "Reports come as CSV or XLSX." in refused.text) == (422, True)
    assert client.get(f"{REPORTS}/no-such-lesson").status_code == 404
    client.close()


def test_reports_are_for_trainers_and_administrators_only(server):
    for role in ("learner", "supervisor"):
        client = server.person(f"Sam {uuid4().hex[:6]}", role=role).client()
        for path in (REPORTS, f"{REPORTS}/{LESSON}", f"{REPORTS}/{LESSON}?format=csv"):
            assert client.get(path).status_code == 403
        client.close()
