"""The screenshots of the trainer's desk, a part of tests.screenshots; alone: ``python -m tests.desk_screenshots``."""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from pathlib import Path

from playwright.sync_api import sync_playwright

from homevisit.config import load_settings
from homevisit.services import accounts
from homevisit.services.demo import make_demo
from homevisit.store import accounts as account_store
from homevisit.store import desk_items
from tests import chromium
from tests.web.course_server import PASSWORD, ROOT, CourseServer
from tests.web.desk_people import grade_without_anchors
from tests.web.drawn import all_drawn
from tests.web.responses import CATALOGUE

COMMENT = "You say what anybody in the room could have seen. That is what the mother can use."
OTHERWISE = "I would have liked one more moment from the scene."


def shoot_desk(pages, trainer):
    """Shoot queue, reading, agreement, release, record, and what the learner sees of it."""
    prepare(pages.server)
    page = pages.signed_in(trainer)
    at = f"{pages.server.url}course/desk"
    page.goto(at)
    page.screenshot(path=pages.target("desk-queue"), full_page=True)
    page.get_by_role("link", name="Read the first").click()
    page.locator("[data-desk][data-claimed]").wait_for()
    for group in page.locator("[data-criterion]").all():
        group.locator("input").nth(1).check()
    page.get_by_label("Comment for the learner").fill(COMMENT)
    page.get_by_text("Draft kept at").wait_for()
    page.evaluate("() => window.scrollTo({ top: 0, behavior: 'instant' })")
    page.screenshot(path=pages.target("desk-reading"), full_page=pages.size == "phone")
    for name, place in (("agreement", "agreement"), ("release", "settings"), ("record", "record")):
        page.goto(f"{at}/{place}")
        pages.shoot(page, f"desk-{name}")
    page.context.close()
    shoot_learner(pages)


def shoot_learner(pages):
    """Shoot a text that came back, in the lesson and on the result page."""
    store = pages.server.store()
    with store.read() as conn:
        item = [item for item in desk_items.all_items(conn) if item.state == "returned"][-1]
        learner = account_store.find_account(conn, item.account_id)
    if not learner.has_password:
        accounts.accept_invitation(store, accounts.invite(store, learner.account_id), PASSWORD)
    store.close()
    page = pages.signed_in(learner.email)
    pages.shoot(page, "desk-home-learner")
    page.goto(f"{pages.server.url}lessons/{item.lesson_id}")
    page.locator(".hvq-returned-all").wait_for()
    all_drawn(page, CATALOGUE.key(item.lesson_id).questions, "checked")
    page.evaluate("() => window.scrollTo({ top: 0, behavior: 'instant' })")
    pages.shoot(page, "desk-returned-lesson")
    pages.shoot(page, "desk-returned-question", f"#q-{item.question_id}")
    page.goto(f"{pages.server.url}lessons/{item.lesson_id}/result")
    pages.shoot(page, "desk-returned-result", f"[data-question={item.question_id}]")
    page.context.close()


def prepare(server):
    """Let two texts be read twice and differently, and hold one lesson back; once for all sizes."""
    if getattr(server, "is_desk_ready", False):
        return
    server.is_desk_ready = True
    grade_without_anchors(server)
    one, two = server.person("Tom Trainer", "trainer"), server.person("Mia Trainer", "trainer")
    lesson_id = CATALOGUE.lessons()[0].lesson_id
    with closing(one.client()) as first, closing(two.client()) as second:
        form = {"lesson": lesson_id, "release": "together", "second_share": "100", "allocation": "by turns"}
        first.post("course/desk/settings", data=form | {"_xsrf": first.cookies["_xsrf"]})
        store = server.store()
        with store.read() as conn:
            waiting = [item for item in desk_items.all_items(conn) if item.state == "waiting"]
        store.close()
        for item in waiting[:2]:
            read(first, item, "first", 2, COMMENT)
            read(second, item, "second", 0, OTHERWISE)


def read(client, item, kind, level, comment):
    at = f"course/api/desk/{item.item_id}"
    rubric = CATALOGUE.question(item.lesson_id, item.question_id).rubric
    ratings = {criterion.id: min(level, criterion.highest) for criterion in rubric}
    draft = {"kind": kind, "base": 0, "ratings": ratings, "comment": comment}
    saved = client.put(f"{at}/reading", json=draft).json()
    done = {"kind": kind, "base": saved["version"], "outcome": "accepted"}
    assert client.post(f"{at}/finish", json=done).status_code == 200


def main():
    """Take them alone."""
    from tests.screenshots import SIZES, Pages

    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        made = make_demo(load_settings(ROOT, data))
        server = CourseServer(data)
        store = server.store()
        trainer = accounts.find_invited(store, made.links["trainer"]).email
        for token in made.links.values():
            accounts.accept_invitation(store, token, PASSWORD)
        store.close()
        server.start()
        try:
            with sync_playwright() as playwright:
                browser = chromium.launch(playwright)
                for size, viewport in SIZES.items():
                    shoot_desk(Pages(browser, server, size, viewport), trainer)
                browser.close()
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
