"""The screenshots of plans, handouts and reports of group sessions, a part of tests.screenshots; alone, too."""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import update

from homevisit.services.plans import keeping, tasks
from homevisit.store import accounts
from homevisit.store import tables_groups as groups
from tests import chromium
from tests.services import held_session
from tests.web.course_server import LESSON, PASSWORD, ROOT, CourseServer
from tests.web.responses import CATALOGUE

TARGET = ROOT / "docs" / "screenshots"
SIZES = {"phone": {"width": 390, "height": 844}, "laptop": {"width": 1280, "height": 900}}
GUESTS = ("Ana", "Ben", "Cleo", "Dee")


def shoot_plans(browser, server):
    """Shoot the list of sessions, a plan, its handout and a report, at both widths."""
    leader = server.person("Pat Plans", role="supervisor", team="Plans")
    learners = [server.person(f"{name} Plans", team="Plans") for name in ("Lea", "Lou", "Mia", "Noa", "Oli")]
    for number, learner in enumerate(learners):
        observe(learner, held_session.SEEN[: 1 + number % 4])
    plan_id, session_id = prepare(server, leader, learners[:2])
    for size, viewport in SIZES.items():
        context = browser.new_context(viewport=viewport, reduced_motion="reduce")
        page = context.new_page()
        page.goto(server.url + "login")
        page.fill("input[name=email]", leader.email)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.goto(f"{server.url}course/sessions")
        page.screenshot(path=TARGET / f"sessions-{size}.png")
        page.goto(f"{server.url}course/plans/{plan_id}")
        page.get_by_text("What to expect").first.click()
        page.locator(".hv-step").nth(1 if size == "laptop" else 2).evaluate("it => it.scrollIntoView()")
        page.screenshot(path=TARGET / f"plan-{size}.png")
        page.goto(f"{server.url}course/plans/{plan_id}/handout")
        page.screenshot(path=TARGET / f"handout-{size}.png")
        page.goto(f"{server.url}course/live/{session_id}/report?names=1")
        page.screenshot(path=TARGET / f"group-report-{size}.png")
        context.close()


def prepare(server, leader, learners):
    """Make a plan and hold a session; return the ids of both."""
    with closing(server.store()) as store:
        with store.read() as conn:
            pat, *people = [accounts.find_account(conn, one.account_id) for one in (leader, *learners)]
        plan = keeping.start_plan(store, CATALOGUE, pat, begin=LESSON, team="Plans")
        keeping.start_plan(store, CATALOGUE, pat, begin=keeping.PIWI, team="Plans")
        held = held_session.hold(held_session.begin(store, CATALOGUE, pat, people, GUESTS, team="Plans"))
        with store.begin() as conn:
            begun = datetime.now(UTC) - timedelta(minutes=47)
            conn.execute(_of(groups.group_sessions, held).values(opened_at=begun))
            conn.execute(_of(groups.participants, held).values(seconds=44 * 60))
            conn.execute(_of(groups.attendances, held).values(minutes=46))
        tasks.add_task(
            store,
            pat,
            held.session_id,
            text="Ask one parent for a role at the next socialization.",
            who=tasks.EVERYBODY,
            due="",
        )
        return plan.plan_id, held.session_id


def _of(table, held):
    return update(table).where(table.c.session_id == held.session_id)


def observe(learner, texts):
    """Commit an observation as a learner."""
    rows = [{"saw": text, "meaning": "", "at": ""} for text in texts]
    with closing(learner.client()) as client:
        client.post(
            f"course/api/lessons/{LESSON}/questions/omar-observe/attempts",
            json={"response": {"rows": rows}, "number": 1, "token": f"plans-{learner.account_id}"},
        )


def main():
    """Take these screenshots alone."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder:
        server = CourseServer(Path(folder) / "data").start()
        try:
            with sync_playwright() as playwright:
                browser = chromium.launch(playwright)
                shoot_plans(browser, server)
                browser.close()
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
