"""What can come between a trainer and a text: each brings a clear sentence, and nothing that was written is lost."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from ruamel.yaml import YAML
from sqlalchemy import update

from homevisit.course.catalogue import Catalogue
from homevisit.services.desk import reading
from homevisit.store import accounts as account_store
from homevisit.store.tables_desk import claims
from tests.web.course_server import LESSON, ROOT, CourseServer
from tests.web.desk_people import grade_without_anchors
from tests.web.test_accessibility import SIZES, sign_in, violations
from tests.web.test_desk import QUESTION, handed_in, open_at_desk, rate

WORDS = "What a trainer has written so far."

pytestmark = pytest.mark.usefixtures("no_anchors")


@pytest.fixture
def tara(server):
    return server.person(f"Tara {uuid4().hex[:6]}", role="trainer")


@pytest.fixture
def page(browser):
    context = browser.new_context(
        reduced_motion="reduce", viewport={"width": 1280, "height": 900}, bypass_csp=True
    )
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def is_accessible(page):
    """Look with axe at both widths."""
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page) == []


def problem(page):
    return page.locator("[data-desk-problem]").inner_text().replace("\u202f", " ")


def claimed(page):
    page.locator("[data-desk][data-claimed]").wait_for()


def test_connection_lost_while_writing_accepting_and_going_on(server, page, learner, tara):
    item = handed_in(server, learner)
    sign_in(page, server, tara)
    open_at_desk(page, server, item)
    claimed(page)
    rate(page)
    page.get_by_text("Draft kept at").wait_for()
    page.context.set_offline(True)
    page.get_by_label("Comment for the learner").fill(WORDS)
    page.get_by_text("Not kept on the server yet. It is kept on this device").wait_for()
    page.get_by_role("button", name="Accept").click()
    page.get_by_text("It could not be sent just now. Nothing is lost; try again in a moment.").wait_for()
    page.locator("a[data-go]").first.click()
    page.get_by_text(
        "The next text cannot be fetched just now: no connection. What you wrote is kept."
    ).wait_for()
    assert page.get_by_label("Comment for the learner").input_value() == WORDS
    is_accessible(page)
    page.context.set_offline(False)
    page.get_by_text("Draft kept at").wait_for()
    with page.expect_response(lambda reply: reply.url.endswith("/finish")) as done:
        page.get_by_role("button", name="Accept").click()
    assert done.value.json()["comment"] == WORDS


def test_words_written_after_the_claim_was_lost_stay_a_draft_and_become_a_second_reading(
    server, page, learner, tara
):
    item = handed_in(server, learner)
    theo = server.person(f"Theo {uuid4().hex[:6]}", role="trainer")
    sign_in(page, server, tara)
    open_at_desk(page, server, item)
    claimed(page)
    rate(page)
    page.get_by_text("Draft kept at").wait_for()
    let_the_claim_end(server, item)
    at = f"course/api/desk/{item.item_id}"
    with closing(theo.client()) as other:
        given = {"base": 0, "ratings": {"concrete": 1, "pair": 0, "reason": 1}, "comment": "Theo says no."}
        saved = other.put(f"{at}/reading", json=given).json()
        page.get_by_label("Comment for the learner").fill(WORDS)
        page.get_by_text(f"{theo.name} is reading this text until").wait_for()
        assert problem(page).endswith("What you wrote is kept as your draft; take the next one meanwhile.")
        is_accessible(page)
        page.reload()
        assert f"{theo.name} is reading this text until" in problem(page)
        assert page.get_by_label("Comment for the learner").input_value() == WORDS
        other.post(f"{at}/finish", json={"base": saved["version"], "outcome": "accepted"})
    page.reload()
    finished = page.locator("[data-desk-finished]")
    assert f"{theo.name} has finished reading this text meanwhile." in finished.inner_text()
    assert "Theo says no." not in page.content()
    is_accessible(page)
    finished.get_by_role("button", name="Use my draft as a second reading").click()
    page.wait_for_url("**kind=second*")
    claimed(page)
    assert page.get_by_label("Comment for the learner").input_value() == WORDS
    assert "Theo says no." not in page.content()
    with page.expect_response(lambda reply: reply.url.endswith("/finish")) as done:
        page.get_by_role("button", name="Accept").click()
    assert done.value.json()["points"] == 5


def let_the_claim_end(server, item):
    store = server.store()
    with store.begin() as conn:
        past = datetime.now(UTC) - timedelta(minutes=1)
        conn.execute(update(claims).where(claims.c.item_id == item.item_id).values(expires_at=past))
    store.close()


def test_learner_removed_half_way_through_a_reading(server, page, learner, tara):
    item, another = handed_in(server, learner), handed_in(server, server.person(f"Lu {uuid4().hex[:6]}"))
    sign_in(page, server, tara)
    page.goto(f"{server.url}course/desk/{item.item_id}")
    claimed(page)
    page.get_by_label("Comment for the learner").fill("Half a")
    page.get_by_text("Draft kept at").wait_for()
    command = [
        sys.executable,
        "-m",
        "homevisit",
        "accounts",
        "remove",
        learner.email,
        "--data",
        server.data_dir,
    ]
    done = subprocess.run(
        command, input=f"{learner.email}\n", cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "Removed" in done.stdout
    page.get_by_label("Comment for the learner").fill(WORDS)
    page.get_by_text("What you wrote stays on this page until you leave it.").wait_for()
    assert problem(page) == (
        "There is no such text at the desk; its learner or its lesson may be gone. Go back to the queue."
    )
    assert page.get_by_label("Comment for the learner").input_value() == WORDS
    assert page.evaluate("() => localStorage.length") == 0
    is_accessible(page)
    page.goto(f"{server.url}course/desk/{item.item_id}")
    assert "its learner or its lesson may be gone" in page.locator("main").inner_text()
    page.goto(f"{server.url}course/desk/{another.item_id}")
    claimed(page)


def test_rubric_changed_after_grading_is_told_and_the_reading_stays(course_copy, tmp_path, page):
    server = CourseServer(tmp_path / "data", course_dir=course_copy).start()
    try:
        grade_without_anchors(server)
        learner, tara = server.person("Lena Long"), server.person("Tara Then", role="trainer")
        item = handed_in(server, learner)
        store, catalogue = server.store(), Catalogue(course_copy)
        with store.read() as conn:
            reader = account_store.find_account(conn, tara.account_id)
        given = {"ratings": {"concrete": 2, "pair": 1, "reason": 2}, "comment": WORDS}
        saved = reading.save(store, reader, item.item_id, kind="first", given=given, base=0)
        reading.finish(
            store, catalogue, reader, item.item_id, kind="first", base=saved.version, outcome="accepted"
        )
        store.close()
        change_rubric(course_copy)
        sign_in(page, server, tara)
        page.goto(f"{server.url}course/desk?state=read")
        page.get_by_text("The rubric was changed after this was read.").wait_for()
        page.goto(f"{server.url}course/desk/{item.item_id}?state=read")
        told = page.locator(".hv-desk-form").inner_text()
        assert "You gave 5 points." in told
        assert "Aims at parent and child together: 1" in told
        assert "The points stay as they were given, by the rubric of then" in told
        is_accessible(page)
        page.get_by_role("button", name="Take it back and change it").click()
        claimed(page)
        page.get_by_text("Your comments are kept; choose the levels again.").wait_for()
        assert page.get_by_label("Comment for the learner").input_value() == WORDS
        page.get_by_role("button", name="Accept").click()
        page.get_by_text('Choose a level for "Both are in it".').wait_for()
        is_accessible(page)
    finally:
        server.stop()


def change_rubric(course_dir):
    path = course_dir / "answer_keys" / f"{LESSON}.yml"
    yaml = YAML()
    key = yaml.load(path.read_text(encoding="utf-8"))
    changed = next(one for one in key["questions"][QUESTION]["rubric"] if one["id"] == "pair")
    changed["id"], changed["criterion"] = "together", "Both are in it"
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(key, file)
