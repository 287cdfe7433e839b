"""A learner with a phone and a keyboard: invitation, the whole lesson, handing in, points."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from homevisit.course import ecomap as ecomap_words
from homevisit.course.clip_times import as_clock
from homevisit.course.elof import DOMAINS
from homevisit.course.papers_plan import GOAL_SECTIONS, Plan, line_counts
from homevisit.services import accounts
from homevisit.store import accounts as account_store
from tests.web.course_server import PASSWORD, ROOT
from tests.web.drawn import all_drawn
from tests.web.responses import CATALOGUE, good_response

pytestmark = pytest.mark.shared_server


class Keyboard:
    """Works a page with keys alone: Tab, Space, Enter, arrows and typing; the mouse is never used."""

    def __init__(self, page):
        self.page = page

    def press(self, key):
        self.page.keyboard.press(key)

    def active(self, expression):
        return self.page.evaluate(f"() => {{ const it = document.activeElement; return {expression}; }}")

    def tab_to(self, selector, limit=600):
        """Press Tab until the focused element matches `selector`."""
        for _ in range(limit):
            if self.page.evaluate("(s) => document.activeElement.matches(s)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"the keyboard never reached {selector}")

    def write(self, text):
        self.page.keyboard.insert_text(text)

    def write_choice(self, caption):
        """Choose an option of the focused list by typing the beginning of its caption."""
        self.page.keyboard.type(caption)


@pytest.fixture
def invited(server):
    store = server.store()
    with store.begin() as conn:
        account = account_store.add_account(
            conn, email=f"{uuid4().hex[:8]}@example.org", name="Wendy Whole", role="learner", team="North"
        )
    token = accounts.invite(store, account.account_id)
    store.close()
    return account, token


def choose(keys, scope, question, response):
    if not question.several:
        pick(keys, f"{scope} input", list(question.public.options).index(response["chosen"][0]))
        return
    for option in question.public.options:
        if option in response["chosen"]:
            keys.tab_to(f'{scope} input[value="{option}"]')
            keys.press("Space")


def sort(keys, scope, question, response):
    for number, key in enumerate(question.public.statements, start=1):
        place = list(question.public.groups).index(response["placed"][key])
        sort_one(keys, f"{scope} .hvq-statements > li:nth-child({number})", place)


def observe(keys, scope, _question, response):
    for number, row in enumerate(response["rows"], start=1):
        if number > 1:
            keys.press("Control+Enter")
        keys.tab_to(f"{scope} .hvq-row:nth-child({number}) .hvq-saw")
        keys.write(row["saw"])


def order(keys, scope, question, response):
    for place, key in enumerate(response["order"], start=1):
        keys.tab_to(f'{scope} select[aria-label="Place of: {question.public.steps[key]}"]')
        keys.press(str(place))


def checklist(keys, scope, question, response):
    for number, key in enumerate(question.public.items, start=1):
        level = list(question.public.levels).index(response["ratings"][key])
        pick(keys, f"{scope} .hvq-statements > li:nth-child({number}) input", level)


def commitment(keys, scope, question, response):
    pick(keys, f"{scope} input", list(question.public.plans).index(response["plan"]))
    write(keys, scope, question, response)


def ecomap(keys, scope, _question, response):
    for person, tie in zip(response["people"], response["ties"], strict=True):
        keys.tab_to(f"{scope} .hve-add")
        keys.press("Enter")
        form = f"{scope} .hve-entry.hve-open"
        keys.write(person["name"])
        keys.tab_to(f"{form} select")
        keys.write_choice(ecomap_words.KINDS[person["kind"]])
        keys.tab_to(f"{form} .hve-tie > .hve-choices input")
        # from "no tie", which is the last one
        for _ in range(list(ecomap_words.STRENGTHS).index(tie["strength"]) + 1):
            keys.press("ArrowDown")
        if tie["direction"] == "one-way":
            keys.tab_to(f'{form} input[value="both"]')
            keys.press("ArrowDown")
        for kind in tie["support"]:
            keys.tab_to(f'{form} input[value="{kind}"]')
            keys.press("Space")
    keys.tab_to(f"{scope} .hve-editor > .hvq-field:has(.hvq-text) textarea")
    keys.write(response["look_next"])


def plan(keys, scope, _question, response):
    goal = response["goals"][0]
    lines = {line.key: goal if line.section in GOAL_SECTIONS else response for line in line_counts(Plan())}
    for line, values in lines.items():
        keys.tab_to(f'{scope} [data-field="{line}"]')
        if line == "domain":
            keys.write_choice(DOMAINS[values[line]].name)
        else:
            keys.write(values[line])


def watch(keys, scope, _question, response):
    for number, mark in enumerate(response["marks"], start=1):
        keys.tab_to(f"{scope} .hvq-add")
        keys.press("Enter")
        keys.write(as_clock(mark["at"]))
        keys.tab_to(f"{scope} .hvq-marks > li:nth-child({number}) textarea")
        keys.write(mark["saw"])


def write(keys, scope, _question, response):
    keys.tab_to(f"{scope} textarea")
    keys.write(response["text"])


WAYS = {
    "choose": choose,
    "sort": sort,
    "observe": observe,
    "order": order,
    "checklist": checklist,
    "commitment": commitment,
    "ecomap": ecomap,
    "plan": plan,
    "watch": watch,
}


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


@pytest.mark.parametrize("lesson_id", [info.lesson_id for info in CATALOGUE.lessons()])
def test_learner_works_through_the_whole_lesson_with_the_keyboard_on_a_phone(
    server, phone, invited, lesson_id
):
    account, token = invited
    questions = CATALOGUE.key(lesson_id).questions
    keys = Keyboard(phone)
    phone.goto(f"{server.url}invite/{token}")
    keys.tab_to("input[name=password]")
    keys.write(PASSWORD)
    keys.press("Enter")
    phone.wait_for_url(server.url)
    keys.tab_to(f'a[href="/lessons/{lesson_id}"]')
    keys.press("Enter")
    phone.wait_for_url(f"**/lessons/{lesson_id}")
    all_drawn(phone, questions)
    for question_id, question in questions.items():
        way = WAYS.get(question.type, write)
        way(keys, f"#q-{question_id}", question, good_response(question_id, lesson_id))
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
    assert set(shown) == set(questions)
    for question_id, question in questions.items():
        if question.is_read_by_trainer:
            assert shown[question_id] == f"With your trainer · {question.points} points possible"
    points = re.fullmatch(r"([\d.]+) of ([\d.]+) points so far", total)
    waiting = re.match(r"(\d+) points wait for your trainer", phone.locator("#total + p").inner_text())
    row = exported_row(server, account.account_id, lesson_id)
    assert float(points[1]) == float(row["score"])
    assert float(points[2]) + float(waiting[1]) == float(row["max_score"])
    assert float(row["max_score"]) == sum(question.points for question in questions.values())
    added = sum(float(found[1]) for text in shown.values() if (found := re.match(r"([\d.]+) of", text)))
    assert added == pytest.approx(float(points[1]))


def exported_row(server, account_id, lesson_id):
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
        rows = list(csv.DictReader(file))
    return next(row for row in rows if row["student_id"] == account_id and row["assignment"] == lesson_id)
