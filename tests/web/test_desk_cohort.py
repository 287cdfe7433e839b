"""Thirty learners hand in, two trainers grade them at the desk, and all who are asked say the same points."""

from __future__ import annotations

import csv
import html
import json
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from homevisit.services.passwords import STANDARD
from homevisit.store import accounts as account_store
from homevisit.store import attempts as attempt_store
from homevisit.store import desk_items, readings
from tests.web.course_server import LESSON, PASSWORD, ROOT, Person
from tests.web.desk_people import grade_without_anchors
from tests.web.responses import KEY, good_response
from tests.web.test_accessibility import sign_in
from tests.web.test_whole_lesson import Keyboard

READ = [name for name, question in KEY.questions.items() if question.is_read_by_trainer]
LEARNERS = 30
BASE = f"course/api/lessons/{LESSON}/"


@dataclass
class Cohort:
    """The people of one run, and what the trainers have given: (points, comment) by learner and question."""

    server: object
    learners: list[Person]
    tara: Person
    theo: Person
    given: dict[tuple[str, str], tuple[float, str]] = field(default_factory=dict)

    def item(self, learner, question_id):
        store = self.server.store()
        with store.read() as conn:
            found = desk_items.items_of(conn, learner.account_id, LESSON, question_id)[-1]
        store.close()
        return found


@pytest.fixture(scope="module")
def cohort(server):
    """Let thirty learners work through the lesson over HTTP and hand it in."""
    learners = people(server, [f"Learner {number:02d}" for number in range(LEARNERS)], "learner")
    tara, theo = people(server, ["Tara First", "Theo Second"], "trainer")
    grade_without_anchors(server)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(hand_in, range(LEARNERS), learners))
    return Cohort(server, learners, tara, theo)


def people(server, names, role):
    """Add people who all have one password, whose hash is made once."""
    hashed, store = STANDARD.hash(PASSWORD), server.store()
    added = []
    with store.begin() as conn:
        for name in names:
            email = f"{name.lower().replace(' ', '.')}@example.org"
            account = account_store.add_account(conn, email=email, name=name, role=role, team="North")
            account_store.update_account(conn, account.account_id, password_hash=hashed)
            added.append(Person(server, account.account_id, email, name))
    store.close()
    return added


def hand_in(number, person):
    with closing(person.client()) as client:
        for question_id, question in KEY.questions.items():
            response = good_response(question_id)
            if question.is_read_by_trainer:
                response = {"text": f"Learner {number} writes about {question_id}: I would wait and ask her."}
            body = {"response": response, "number": 1, "token": uuid4().hex}
            assert client.post(f"{BASE}questions/{question_id}/attempts", json=body).status_code == 201
        assert client.post(f"{BASE}submission", json={"token": uuid4().hex}).status_code == 202


class Desk:
    """A trainer's browser, worked by keys alone once it is signed in."""

    def __init__(self, browser, cohort, trainer):
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.cohort, self.url = cohort, cohort.server.url
        sign_in(self.page, cohort.server, trainer)
        self.keys = Keyboard(self.page)

    def open(self, path):
        self.page.goto(f"{self.url}course/desk{path}")

    def is_open(self):
        self.page.locator("[data-desk][data-claimed]").wait_for()

    def enter(self, selector):
        """Tab to something and press Enter."""
        self.keys.tab_to(selector)
        self.keys.press("Enter")

    @property
    def item_id(self):
        return re.search(r"i-[a-z0-9]+", self.page.url)[0]

    def rate(self, levels, comment):
        """Choose a level of each criterion and write a comment."""
        question_id = self.question_id()
        for criterion, level in zip(KEY.questions[question_id].rubric, levels, strict=True):
            self.keys.tab_to(f"input[name=rate-{criterion.id}]")
            self.keys.press("Space")
            for _ in range(level):
                self.keys.press("ArrowDown")
        self.keys.tab_to("#overall")
        self.keys.write(comment)

    def question_id(self):
        store = self.cohort.server.store()
        with store.read() as conn:
            item = desk_items.find_item(conn, self.item_id)
        store.close()
        self.item = item
        return item.question_id

    def accept(self, levels, comment):
        """Rate the open text and accept it; its next one is open afterwards."""
        self.rate(levels, comment)
        self.cohort.given[self.item.account_id, self.item.question_id] = float(sum(levels)), comment
        self.finish()

    def finish(self):
        """Accept by keyboard, and wait until the server has it."""
        with self.page.expect_response(lambda reply: reply.url.endswith("/finish")) as done:
            self.keys.press("Control+Enter")
        assert done.value.ok
        self.page.wait_for_url(lambda url: self.item.item_id not in url)


def test_two_trainers_grade_thirty_learners_and_everybody_sees_the_same_points(cohort, browser):
    tara, theo = Desk(browser, cohort, cohort.tara), Desk(browser, cohort, cohort.theo)
    hold_back_and_read_half_twice(cohort)
    read_at_the_same_time(tara, theo)
    returned = cohort.learners[5]
    return_for_revision(cohort, tara, returned)
    revise(cohort, browser, returned)
    read_the_rest(cohort)
    disagree_and_resolve(cohort, tara, theo)
    assert len(cohort.given) == LEARNERS * len(READ)
    wait_until_graded(cohort)
    nobody_sees_anything_yet(cohort)
    release(tara)
    all_say_the_same(cohort)
    both_attempts_stay(cohort, returned)
    for desk in (tara, theo):
        desk.context.close()


def hold_back_and_read_half_twice(cohort):
    with closing(cohort.tara.client()) as client:
        form = {"lesson": LESSON, "release": "together", "second_share": "50", "allocation": "open"}
        done = client.post("course/desk/settings", data=form | {"_xsrf": client.cookies["_xsrf"]})
        assert "Kept." in done.text


def read_at_the_same_time(tara, theo):
    """Let both open the same text: the second is told who has it, and goes on with the next one."""
    tara.open("")
    assert tara.page.locator(".hv-tabs [aria-current]").inner_text().split() == ["Waiting", str(LEARNERS * 2)]
    tara.enter("main .hv-button")
    tara.is_open()
    contested = tara.item_id
    theo.open("")
    theo.page.get_by_text("Somebody else is reading it just now.").wait_for()
    theo.enter(f"h2 a[href*={contested}]")
    said = r"^\s*Tara First is reading this text until [\d:]+\s[AP]M\. Take the next one meanwhile\.\s*$"
    expect(theo.page.locator("[data-desk-problem]")).to_have_text(re.compile(said))
    assert theo.page.locator("#overall").is_disabled()
    theo.enter("a[data-go]")
    theo.page.wait_for_url(lambda url: contested not in url)
    theo.is_open()
    assert theo.item_id != contested
    theo.accept((1, 1, 2), "You waited. That is the hard part.")
    theo.is_open()
    tara.accept((2, 1, 2), "You name what anybody could see.")
    # what Theo has read meanwhile, and what he reads now, is passed over
    tara.is_open()
    assert tara.item_id not in (contested, theo.item_id)
    assert tara.page.get_by_text("Accepted.").is_visible()
    tara.accept((0, 2, 1), "Say who is there.")
    theo.accept((2, 2, 2), "I would like to read this aloud.")


def return_for_revision(cohort, tara, learner):
    item = cohort.item(learner, READ[0])
    tara.open(f"/{item.item_id}")
    tara.is_open()
    tara.enter("[data-return-open]")
    tara.keys.tab_to("#reason")
    tara.keys.write("Which words would you say to the mother?")
    tara.enter("[data-finish=returned]")
    tara.page.get_by_text("Returned to the learner.").wait_for()


def revise(cohort, browser, learner):
    """Let the learner find the reason in the lesson, revise there, and hand in again."""
    place = f"#q-{READ[0]}"
    context = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    page = context.new_page()
    sign_in(page, cohort.server, learner)
    page.goto(f"{cohort.server.url}lessons/{LESSON}")
    page.get_by_text("Your trainer asks you to look at something again:").wait_for()
    number = list(KEY.questions).index(READ[0]) + 1
    page.get_by_role("link", name=f"Question {number}", exact=True).click()
    note = page.locator(f"{place} .hvq-returned")
    assert "Which words would you say to the mother?" in note.inner_text()
    page.click(f"{place} [data-action=revise]")
    page.fill(
        f"{place} textarea", "I would say to the mother: who taught him to build so well? And then wait."
    )
    page.click(f"{place} [data-action=check]")
    page.locator(f"{place} .hvq-feedback[data-attempt='2']").wait_for()
    assert "Hand in the lesson again" in note.inner_text()
    page.get_by_role("button", name="Hand in").click()
    note.wait_for(state="hidden")
    context.close()


def read_the_rest(cohort):
    """Read what waits through the page's own calls: one half each, but what the other one has open."""
    with closing(cohort.tara.client()) as one, closing(cohort.theo.client()) as two:
        for number, learner in enumerate(cohort.learners):
            for question_id in READ:
                if (learner.account_id, question_id) in cohort.given:
                    continue
                levels = tuple(
                    (number + place) % 3 for place in range(len(KEY.questions[question_id].rubric))
                )
                comment = f"To learner {number} about {question_id}, and <b>nothing</b> else."
                clients = (one, two) if number % 2 else (two, one)
                item = cohort.item(learner, question_id)
                free = next(client for client in clients if claimed(client, item))
                read_one(free, item, levels, comment)
                cohort.given[learner.account_id, question_id] = float(sum(levels)), comment


def claimed(client, item):
    return client.post(f"course/api/desk/{item.item_id}/claim", json={"kind": "first"}).status_code == 200


def read_one(client, item, levels, comment):
    at = f"course/api/desk/{item.item_id}"
    criteria = KEY.questions[item.question_id].rubric
    ratings = {criterion.id: level for criterion, level in zip(criteria, levels, strict=True)}
    draft = {"base": 0, "ratings": ratings, "comment": comment}
    saved = client.put(f"{at}/reading", json=draft).json()
    done = client.post(f"{at}/finish", json={"base": saved["version"], "outcome": "accepted"}).json()
    assert done["points"] == sum(levels)


def disagree_and_resolve(cohort, tara, theo):
    """Let a second reader, who sees nothing of the first, give nothing; and the first settle it."""
    theo.open("?state=second")
    theo.enter("main .hv-button")
    theo.is_open()
    theo.question_id()
    item = theo.item
    _, comment = cohort.given[item.account_id, item.question_id]
    assert "second reading" in theo.page.locator(".hv-desk-text").inner_text()
    assert comment not in theo.page.content()
    assert html.escape(comment) not in theo.page.content()
    theo.rate([0] * len(KEY.questions[item.question_id].rubric), "I see it otherwise.")
    theo.finish()
    tara.open("/agreement")
    tara.enter(f"main a[href*='{item.item_id}']")
    tara.is_open()
    assert "I see it otherwise." in tara.page.locator(".hv-desk-form").inner_text()
    levels = [1] * len(KEY.questions[item.question_id].rubric)
    tara.accept(levels, "We talked it over.")
    tara.open("/agreement")
    assert "Resolved." in tara.page.locator("main").inner_text()


def wait_until_graded(cohort):
    deadline = time.monotonic() + 120
    for learner in cohort.learners:
        with closing(learner.client()) as client:
            while client.get(f"{BASE}submission").json()["submission"]["state"] != "graded":
                assert time.monotonic() < deadline, cohort.server.log
                time.sleep(0.2)


def nobody_sees_anything_yet(cohort):
    for learner in cohort.learners[::7]:
        with closing(learner.client()) as client:
            page, state = client.get(f"lessons/{LESSON}/result").text, client.get(f"{BASE}state").text
            assert "wait for your trainer" in page
            for question_id in READ:
                points, comment = cohort.given[learner.account_id, question_id]
                for told in (page, state, client.get("").text):
                    assert comment not in told
                    assert html.escape(comment) not in told
                block = blocks(page)[question_id]
                assert "With your trainer" in block
                assert f"{points:g} of" not in block
            assert "ratings" not in state
            assert all(json.loads(state)["questions"][name]["attempts"][-1]["raw"] is None for name in READ)


def release(tara):
    tara.open("/settings")
    tara.keys.tab_to(f"section[aria-labelledby=l-{LESSON}] form:first-of-type button")
    tara.keys.press("Enter")
    tara.page.get_by_text(f"{LEARNERS * len(READ)} texts are released.").wait_for()


def all_say_the_same(cohort):
    """Compare the learner's page, our store, nbgrader's export, and what the trainers gave."""
    exported, stored = exported_scores(cohort.server), points_in_store(cohort.server)
    for learner in cohort.learners:
        with closing(learner.client()) as client:
            page = client.get(f"lessons/{LESSON}/result").text
        shown = blocks(page)
        for question_id in READ:
            points, comment = cohort.given[learner.account_id, question_id]
            assert stored[learner.account_id, question_id] == (points, comment)
            assert (
                f"<strong>{points:g} of {KEY.questions[question_id].points} points</strong>"
                in shown[question_id]
            )
            assert html.escape(comment) in shown[question_id]
        total = re.search(r'id="total">([\d.]+) of ([\d.]+) points<', page)
        assert (float(total[1]), float(total[2])) == exported[learner.account_id]
    checked = homevisit(cohort.server, "gradebook", "check")
    assert (checked.returncode, checked.stdout) == (0, "The desk and the gradebook say the same.\n")


def both_attempts_stay(cohort, learner):
    store = cohort.server.store()
    with store.read() as conn:
        tried = attempt_store.attempts(conn, learner.account_id, LESSON, READ[0])
        items = desk_items.items_of(conn, learner.account_id, LESSON, READ[0])
        [first] = readings.readings_of(conn, [items[0].item_id])
    store.close()
    assert [attempt.number for attempt in tried] == [1, 2]
    assert (items[0].state, first.outcome) == ("returned", "returned")
    assert items[1].state == "read"


def blocks(page):
    """Return the part of a result page that each question has."""
    parts = re.split(r'data-question="([^"]+)"', page)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def points_in_store(server):
    """Return (points, comment) of the reading that counts, by learner and question."""
    from homevisit.services.desk.posting import effective

    store = server.store()
    with store.read() as conn:
        found = {}
        for item in desk_items.all_items(conn, lesson_id=LESSON):
            counted = effective(readings.readings_of(conn, [item.item_id]))
            found[item.account_id, item.question_id] = counted.points, counted.comment
    store.close()
    return found


def exported_scores(server):
    """Return (score, most) of each learner as `nbgrader export` writes it."""
    target = server.data_dir / "export.csv"
    nbgrader = Path(sys.executable).parent / "nbgrader"
    place = f"--CourseDirectory.db_url=sqlite:///{server.data_dir / 'nbgrader' / 'gradebook.db'}"
    subprocess.run(
        [nbgrader, "export", "--to", str(target), place], cwd=ROOT, check=True, capture_output=True
    )
    with target.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["assignment"] == LESSON]
    return {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in rows}


def homevisit(server, *words):
    command = [sys.executable, "-m", "homevisit", *words, "--course", ROOT, "--data", server.data_dir]
    return subprocess.run(command, capture_output=True, text=True, check=False)
