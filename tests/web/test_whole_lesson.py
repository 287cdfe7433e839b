"""A learner with a phone and a keyboard: invitation, the whole lesson, handing in, points."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

from homevisit.services import accounts
from homevisit.store import accounts as account_store
from tests.web.course_server import LESSON, PASSWORD, ROOT
from tests.web.responses import KEY, good_response


class Keyboard:
    """Works a page with keys alone: Tab, Space, Enter, arrows and typing; the mouse is never used."""

    def __init__(self, page):
        self.page = page

    def press(self, key):
        self.page.keyboard.press(key)

    def active(self, expression):
        return self.page.evaluate(f"() => {{ const it = document.activeElement; return {expression}; }}")

    def tab_to(self, selector, limit=400):
        """Press Tab until the focused element matches `selector`."""
        for _ in range(limit):
            if self.page.evaluate("(s) => document.activeElement.matches(s)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"the keyboard never reached {selector}")

    def write(self, text):
        self.page.keyboard.insert_text(text)


@pytest.fixture
def invited(server):
    store = server.store()
    with store.begin() as conn:
        account = account_store.add_account(
            conn, email="wendy@example.org", name="Wendy Whole", role="learner", team="North"
        )
    token = accounts.invite(store, account.account_id)
    store.close()
    return account, token


def fill(keys, question_id, response):
    question = KEY.questions[question_id]
    scope = f"#q-{question_id}"
    if question.type == "choose" and question.several:
        for option in question.public.options:
            if option in response["chosen"]:
                keys.tab_to(f'{scope} input[value="{option}"]')
                keys.press("Space")
    elif question.type == "choose":
        pick(keys, f"{scope} input", list(question.public.options).index(response["chosen"][0]))
    elif question.type == "sort":
        for number, key in enumerate(question.public.statements, start=1):
            place = list(question.public.groups).index(response["placed"][key])
            sort_one(keys, f"{scope} .hvq-statements > li:nth-child({number})", place)
    elif question.type == "observe":
        for number, row in enumerate(response["rows"], start=1):
            if number > 1:
                keys.press("Control+Enter")
            keys.tab_to(f"{scope} .hvq-row:nth-child({number}) .hvq-saw")
            keys.write(row["saw"])
    else:
        keys.tab_to(f"{scope} textarea")
        keys.write(response["text"])


def sort_one(keys, statement, place):
    """Give a statement the group at `place`, in a list where there are many groups."""
    if keys.page.locator(f"{statement} select").count() == 0:
        pick(keys, f"{statement} input", place)
        return
    keys.tab_to(f"{statement} select")
    for _ in range(place + 1):
        keys.press("ArrowDown")


def pick(keys, radios, place):
    """Choose the radio button at `place` of the group that Tab reaches next."""
    keys.tab_to(radios)
    keys.press("Space")
    for _ in range(place):
        keys.press("ArrowDown")


def test_learner_works_through_the_whole_lesson_with_the_keyboard_on_a_phone(server, phone, invited):
    account, token = invited
    keys = Keyboard(phone)
    phone.goto(f"{server.url}invite/{token}")
    keys.tab_to("input[name=password]")
    keys.write(PASSWORD)
    keys.press("Enter")
    phone.wait_for_url(server.url)
    keys.tab_to(f'a[href="/lessons/{LESSON}"]')
    keys.press("Enter")
    phone.wait_for_url(f"**/lessons/{LESSON}")
    phone.wait_for_function(
        "(n) => document.querySelectorAll('.hvq-question[data-state=not-started]').length >= n",
        arg=len(KEY.questions),
    )
    for question_id in KEY.questions:
        fill(keys, question_id, good_response(question_id))
        keys.tab_to(f"#q-{question_id} [data-action=check]")
        keys.press("Enter")
        phone.locator(f"#q-{question_id}[data-state=checked] .hvq-feedback-place > *").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    keys.tab_to(".hvq-hand-in button")
    keys.press("Enter")
    phone.locator(".hvq-outcome a").wait_for()
    keys.tab_to('.hvq-hand-in a[href$="/result"]')
    keys.press("Enter")
    phone.wait_for_url("**/result")
    phone.locator("#total").wait_for(timeout=60_000)
    total = phone.locator("#total").inner_text()
    shown = {
        item.get_attribute("data-question"): item.locator(".hv-points").inner_text()
        for item in phone.locator(".hv-results > li").all()
    }
    assert set(shown) == set(KEY.questions)
    for question_id, question in KEY.questions.items():
        if question.is_read_by_trainer:
            assert shown[question_id] == f"With your trainer · {question.points} points possible"
    points = re.fullmatch(r"([\d.]+) of ([\d.]+) points so far", total)
    row = exported_row(server, account.account_id)
    assert (float(points[1]), float(points[2])) == (float(row["score"]), float(row["max_score"]))
    added = sum(float(found[1]) for text in shown.values() if (found := re.match(r"([\d.]+) of", text)))
    assert added == float(points[1])


def exported_row(server, account_id):
    """Return what `nbgrader export` says of one learner, read from the server's own gradebook."""
    target = server.data_dir / "export.csv"
    subprocess.run(
        [
            Path(sys.executable).parent / "nbgrader",
            "export",
            "--to",
            str(target),
            f"--CourseDirectory.db_url=sqlite:///{server.data_dir / 'nbgrader' / 'gradebook.db'}",
        ],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with target.open(encoding="utf-8", newline="") as file:
        return next(row for row in csv.DictReader(file) if row["student_id"] == account_id)
