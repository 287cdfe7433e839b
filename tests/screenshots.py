"""Take the screenshots of docs/screenshots: home, lesson, feedback and result, at phone and laptop width.

Run it with ``make screenshots``; it starts a server of its own on a demo in a temporary folder.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from homevisit.config import load_settings
from homevisit.services import accounts
from homevisit.services.demo import make_demo
from tests.web.conftest import FLAGS
from tests.web.course_server import PASSWORD, ROOT, CourseServer
from tests.web.responses import CATALOGUE

FIRST = CATALOGUE.lessons()[0].lesson_id
KEY = CATALOGUE.key(FIRST)
TARGET = ROOT / "docs" / "screenshots"
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
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
                for size, viewport in SIZES.items():
                    pages = Pages(browser, server, size, viewport)
                    pages.learner(invited["learner"])
                    pages.beginner()
                    for role in ("trainer", "supervisor", "administrator"):
                        pages.home_of(role, invited[role])
                browser.close()
        finally:
            server.stop()


class Pages:
    """The pages of one size."""

    def __init__(self, browser, server, size, viewport):
        self.browser, self.server, self.size, self.viewport = browser, server, size, viewport

    def signed_in(self, email):
        page = self.browser.new_context(viewport=self.viewport).new_page()
        page.goto(self.server.url + "login")
        self.shoot(page, "sign-in")
        page.fill("input[name=email]", email)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(self.server.url)
        return page

    def shoot(self, page, name, selector=None):
        target = TARGET / f"{name}-{self.size}.png"
        if selector:
            page.add_style_tag(content=".hv-top { position: static !important; }")
            page.locator(selector).scroll_into_view_if_needed()
            page.locator(selector).screenshot(path=target)
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
        self.open_lesson(page, "checked")
        self.shoot_types(page, "feedback")
        page.context.close()

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
