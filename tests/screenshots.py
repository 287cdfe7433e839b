"""Take the screenshots of docs/screenshots: home, lesson, feedback and result, at phone and laptop width.

Run it with ``make screenshots``; it starts a server of its own on a demo in a temporary folder.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from homevisit.config import load_settings
from homevisit.services import accounts
from homevisit.services.demo import make_demo
from tests import chromium
from tests.desk_screenshots import shoot_desk
from tests.group_screenshots import shoot_group
from tests.plan_screenshots import shoot_plans
from tests.team_screenshots import fill_team, shoot_people, shoot_team
from tests.tool_screenshots import shoot_ecomap, shoot_practice, shoot_watching
from tests.web.conftest import copy_course
from tests.web.course_server import PASSWORD, ROOT, CourseServer
from tests.web.lab_server import LabServer, run_all_cells
from tests.web.planning_samples import SAMPLES as PLANNED
from tests.web.responses import CATALOGUE

FIRST = CATALOGUE.lessons()[0].lesson_id
KEY = CATALOGUE.key(FIRST)
TARGET = ROOT / "docs" / "screenshots"
TALL = 4000
SIZES = {"phone": {"width": 390, "height": 844}, "laptop": {"width": 1280, "height": 900}}


def main() -> None:
    """Take all screenshots."""
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        made = make_demo(load_settings(ROOT, data))
        server = CourseServer(data)
        store = server.store()
        invited = {role: accounts.find_invited(store, token).email for role, token in made.links.items()}
        for token in made.links.values():
            accounts.accept_invitation(store, token, PASSWORD)
        store.close()
        server.person("New Demo")
        invited["administrator"] = server.person("Admin Demo", role="administrator").email
        server.start()
        try:
            with sync_playwright() as playwright:
                browser = chromium.launch(playwright)
                fill_team(server)
                for size, viewport in SIZES.items():
                    pages = Pages(browser, server, size, viewport)
                    pages.learner(invited["learner"])
                    pages.beginner()
                    pages.observations()
                    shoot_ecomap(pages)
                    shoot_watching(pages)
                    shoot_practice(pages)
                    pages.planning()
                    shoot_desk(pages, invited["trainer"])
                    for role in ("trainer", "supervisor", "administrator"):
                        pages.home_of(role, invited[role])
                    shoot_team(pages, invited["supervisor"])
                    shoot_people(pages, invited["administrator"])
                shoot_group(browser, server)
                shoot_plans(browser, server)
                shoot_lab(browser, Path(folder))
                browser.close()
        finally:
            server.stop()


def shoot_lab(browser, folder):
    """Shoot a question with its feedback in an author's JupyterLab, at laptop width."""
    lab = LabServer(folder / "author", copy_course(folder / "course")).start()
    try:
        page = browser.new_context(viewport=SIZES["laptop"]).new_page()
        page.goto(lab.address)
        page.locator(".jp-Notebook .jp-Cell").first.wait_for()
        run_all_cells(page)
        page.locator("#hand-in").wait_for()
        question = page.locator(".hvq-question[data-type=choose]").first
        question.locator("input").first.check()
        question.locator("[data-action=check]").click()
        question.locator(".hvq-feedback-place *").first.wait_for()
        cell = page.locator(".jp-CodeCell", has=question).first
        cell.evaluate("node => node.scrollIntoView({ block: 'start' })")
        page.locator(".hvq-status[data-shown=saved]").wait_for()
        page.screenshot(path=TARGET / "lab-laptop.png")
        page.context.close()
    finally:
        lab.stop()


# Two tries at an observation, in the words of four made-up learners.
OBSERVED = {
    "good": (
        (
            "Mom sits right next to Omar, the home visitor is across from him on the other side of the post.",
            "The mother turns a block around so that it fits, then she holds it out to him.",
            "She hands Omar the next block, the right one each time.",
            "The home visitor says that he figured it out, and tells the mother how well he is doing.",
        ),
        ("Omar picks up a block, tips it, fits a smaller one inside and puts it on the post.",),
    ),
    "thin": (
        ("The mother hands Omar a block.",),
        ("His mother sits beside him. The home visitor is across from him.",),
    ),
    "judging": (
        ("Omar is happy and very smart.", "The mother is a bit pushy because she wants him to succeed."),
        ("His mother turns the block around so that it fits.",),
    ),
    "off-topic": (
        ("I had a long day, and it rained.",),
        ("The home visitor comments on what he figured out and praises his mother.",),
    ),
}


class Pages:
    """The pages of one size."""

    def __init__(self, browser, server, size, viewport):
        self.browser, self.server, self.size, self.viewport = browser, server, size, viewport

    def signed_in(self, email):
        page = self.browser.new_context(viewport=self.viewport, reduced_motion="reduce").new_page()
        page.goto(self.server.url + "login")
        self.shoot(page, "sign-in")
        page.fill("input[name=email]", email)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(self.server.url)
        return page

    def target(self, name):
        return TARGET / f"{name}-{self.size}.png"

    def shoot(self, page, name, selector=None):
        target = self.target(name)
        if selector:
            page.add_style_tag(content=".hv-top { position: static !important; }")
            # Chromium does not always draw again when the picture itself makes the window taller
            page.set_viewport_size(self.viewport | {"height": TALL})
            page.locator(selector).screenshot(path=target)
            page.set_viewport_size(self.viewport)
        else:
            page.screenshot(path=target)

    def home_of(self, role, email):
        page = self.signed_in(email)
        self.shoot(page, f"home-{role}")
        page.context.close()

    def beginner(self):
        page = self.signed_in("new.demo@example.org")
        self.shoot(page, "home")
        self.open_lesson(page, "not-started")
        self.shoot(page, "lesson")
        self.shoot_types(page, "question")
        page.context.close()

    def learner(self, email):
        page = self.signed_in(email)
        page.goto(f"{self.server.url}lessons/{FIRST}/result")
        self.shoot(page, "result")
        page.goto(f"{self.server.url}course/lessons/{FIRST}/summary")
        self.shoot(page, "summary")
        self.open_lesson(page, "checked")
        self.shoot_types(page, "feedback")
        page.context.close()

    def observations(self):
        """Shoot the feedback on a good, a thin, a judging and an off-topic response, after one try and two."""
        place = "#q-omar-observe"
        for name, tries in OBSERVED.items():
            person = self.server.person(f"{name} {self.size}")
            page = self.signed_in(person.email)
            page.goto(f"{self.server.url}lessons/04-roles-for-parents")
            page.locator(f"{place}[data-state=not-started]").wait_for()
            for number, rows in enumerate(tries, start=1):
                for text in rows:
                    if page.locator(f"{place} .hvq-saw").last.input_value():
                        page.click(f"{place} .hvq-add")
                    page.locator(f"{place} .hvq-saw").last.fill(text)
                page.click(f"{place} [data-action=check]")
                page.locator(f"{place} .hvq-feedback[data-attempt='{number}']").wait_for()
                self.shoot(page, f"observe-{name}-{number}", place)
                if number == 1:
                    page.click(f"{place} [data-action=revise]")
            page.context.close()

    def planning(self):
        """Shoot plan, schedule and budget, each with its sheet to print, and the plan as a question."""
        person = self.server.person(f"Planning {self.size}")
        client = person.client()
        page = self.signed_in(person.email)
        for kind, sample in PLANNED.items():
            paper = {"kind": kind, "title": "North group", "content": sample()}
            address = client.post("course/api/papers", json=paper).json()["url"].lstrip("/")
            page.goto(self.server.url + address)
            page.locator(".hvq-planning").wait_for()
            page.screenshot(path=TARGET / f"tool-{kind}-{self.size}.png", full_page=True)
            page.goto(f"{self.server.url}{address}/print")
            page.screenshot(path=TARGET / f"tool-{kind}-print-{self.size}.png", full_page=True)
        page.goto(f"{self.server.url}lessons/05-support-for-home-visitors")
        question = page.locator("#q-plan-for-a-group")
        question.locator(".hvq-planning").wait_for()
        question.evaluate("node => node.scrollIntoView({ block: 'start', behavior: 'instant' })")
        self.shoot(page, "question-plan")
        page.context.close()
        client.close()

    def open_lesson(self, page, state):
        page.goto(f"{self.server.url}lessons/{FIRST}")
        page.locator(f".hvq-question[data-state={state}]").last.wait_for()

    def shoot_types(self, page, what):
        """Shoot one question of each type that the lesson has."""
        for kind in sorted({question.type for question in KEY.questions.values()}):
            question_id = next(key for key, question in KEY.questions.items() if question.type == kind)
            self.shoot(page, f"{what}-{kind}", f"#q-{question_id}")


if __name__ == "__main__":
    sys.exit(main())
