"""The screenshots of group sessions, a part of tests.screenshots; it can take them alone, too."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from homevisit.services.plans import make_plan
from tests import chromium
from tests.web.course_server import LESSON, ROOT, CourseServer
from tests.web.group_room import CHOOSE, OBSERVE, Room, give, guest, open_session, step
from tests.web.responses import CATALOGUE, KEY

TARGET = ROOT / "docs" / "screenshots"
# The words of eight made-up people.
SAID = {
    "Ben": "His mother turns the block around so that it fits, then she holds it out to him.",
    "Cleo": "She sits right beside him; the home visitor is across from them.",
    "Dora": "She hands him the next block, the right one each time.",
    "Eli": "The home visitor says that he figured it out, and tells the mother how well he is doing.",
    "Femi": "He presses, it does not go on. He turns it over and looks at the hole.",
    "Gus": "He looks at his mother before he takes the next one.",
    "Hana": "Nobody hurries him. It is quiet for a while.",
    "Ines": "His mother waits while he tries it twice.",
}


def shoot_group(browser, server):
    """Shoot joining, phone, leader and projector of one session in a team."""
    leader = server.person("Sam Screens", role="supervisor", team="North")
    made = make_plan(CATALOGUE, LESSON)
    vote_on = step("network", "question", "Who is in the network?", question_id=CHOOSE, minutes=10)
    plan = replace(made, steps=(*made.steps[:3], vote_on, *made.steps[3:]))
    room = Room(browser, server, open_session(server, leader, plan))
    try:
        take(room, leader, [step.question_id for step in plan.steps])
    finally:
        room.close()


def take(room, leader, questions):
    """Go through the session and take each picture."""
    see, network = questions.index(OBSERVE), questions.index(CHOOSE)
    joining = room.context(390, 844).new_page()
    joining.goto(f"{room.server.url}course/join/{room.session.code}")
    shoot(joining, "group-join-phone")
    page = room.leader(leader)
    projector = room.projector(page)
    guests = {name: guest(room.server, room.session, name) for name in SAID}
    phone = room.phone("Ana")
    projector.get_by_text("9 here").wait_for()
    shoot(projector, "group-projector-joining")
    page.locator(f"[data-key=go-{see - 1}]").click()
    phone.locator(f"[data-stage='{see - 1}.shown'] .hvl-scene").wait_for()
    projector.locator(f"[data-stage='{see - 1}.shown']").wait_for()
    shoot(projector, "group-projector-scene")
    shoot(phone, "group-phone-scene", full_page=True)
    stage(page, see, "Let everyone write")
    phone.locator(".hvq-saw").fill("She waits, then she gives it a little twist.")
    shoot(phone, "group-phone-alone", full_page=True)
    phone.locator(".hvl-send").click()
    phone.locator(".hvl-sent", has_text="Sent.").wait_for()
    for name, text in SAID.items():
        give(guests[name], room.session, see, {"rows": [{"saw": text, "meaning": "", "at": ""}]})
    page.get_by_text("9 of 9 have responded").wait_for()
    page.locator(".hvl-entries > li").nth(1).get_by_role("button", name="Pin").click()
    page.locator(".hvl-entries > .hvl-pinned").wait_for()
    page.evaluate("() => document.activeElement.blur()")
    shoot(page, "group-leader-laptop", full_page=True)
    page.set_viewport_size({"width": 390, "height": 844})
    shoot(page, "group-leader-phone")
    page.set_viewport_size({"width": 1280, "height": 900})
    press(page, "Form pairs")
    phone.locator(".hvl-pair").wait_for()
    shoot(phone, "group-phone-pairs", full_page=True)
    press(page, "Show what was written")
    press(page, "Show the handbook’s points to the group")  # noqa: RUF001  as on the button
    projector.locator(".hvl-card").first.wait_for()
    phone.locator(".hvl-group .hvl-entries").first.wait_for()
    shoot(projector, "group-projector-together")
    shoot(phone, "group-phone-together", full_page=True)
    stage(page, network, "Let everyone vote")
    vote(room, guests, network, "alone", 0)
    press(page, "Vote once more")
    vote(room, guests, network, "again", 2)
    press(page, "Compare")
    projector.locator(".hvl-second").first.wait_for()
    projector.set_viewport_size({"width": 1920, "height": 1080})
    projector.wait_for_timeout(300)
    shoot(projector, "group-projector-votes")
    for one in guests.values():
        one.close()


def vote(room, guests, position, given_round, offset):
    """Let all guests choose something."""
    options = list(KEY.questions[CHOOSE].public.options)
    for number, one in enumerate(guests.values()):
        start = (number + offset) % 3
        chosen = [options[start], options[(start * 2 + offset) % len(options)]]
        give(one, room.session, position, {"chosen": sorted(set(chosen))}, given_round)


def press(page, caption):
    """Press a button of the leader's page that stays pressed."""
    button = page.get_by_role("button", name=caption, exact=True)
    button.click()
    page.wait_for_function(
        "(it) => it.getAttribute('aria-pressed') === 'true' || !it.isConnected", arg=button.element_handle()
    )
    page.locator("button[aria-pressed=true]", has_text=caption).first.wait_for()


def stage(page, position, caption):
    """Go to a step by the agenda, then to a phase."""
    page.locator(f"[data-key=go-{position}]").click()
    page.locator(f"[data-stage='{position}.shown']").wait_for()
    press(page, caption)


def shoot(page, name, *, full_page=False):
    """Take one picture."""
    page.evaluate("() => window.scrollTo({ top: 0, behavior: 'instant' })")
    page.screenshot(path=TARGET / f"{name}.png", full_page=full_page)


def main() -> None:
    """Take them on a server of their own."""
    from playwright.sync_api import sync_playwright

    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        server = CourseServer(Path(folder) / "data").start()
        try:
            with sync_playwright() as playwright:
                browser = chromium.launch(playwright)
                shoot_group(browser, server)
                browser.close()
        finally:
            server.stop()


if __name__ == "__main__":
    sys.exit(main())
