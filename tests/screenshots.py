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
from tests.web.course_server import LESSON, PASSWORD, ROOT, CourseServer

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
        page.goto(f"{self.server.url}lessons/{LESSON}")
        page.locator(".hvq-question[data-state=not-started]").last.wait_for()
        self.shoot(page, "lesson")
        for name in ("who-is-in-the-network", "exchange-kinds", "omar-observe", "culture-reflection"):
            self.shoot(page, f"question-{name}", f"#q-{name}")
        page.context.close()

    def learner(self, email):
        page = self.signed_in(email)
        page.goto(f"{self.server.url}lessons/{LESSON}/result")
        self.shoot(page, "result")
        page.goto(f"{self.server.url}lessons/{LESSON}")
        page.locator(".hvq-question[data-state=checked]").last.wait_for()
        self.shoot(page, "feedback-observe", "#q-omar-observe")
        self.shoot(page, "feedback-choose", "#q-who-is-in-the-network")
        page.context.close()


if __name__ == "__main__":
    sys.exit(main())
