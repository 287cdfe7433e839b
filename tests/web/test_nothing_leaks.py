"""No byte of an answer key reaches a browser before its question is committed."""

from __future__ import annotations

import json
import re
from uuid import uuid4

import pytest

from homevisit.course.catalogue import Catalogue
from homevisit.services.authoring import public_questions
from tests.web.conftest import copy_course
from tests.web.course_server import LESSON, PASSWORD
from tests.web.drawn import all_drawn
from tests.web.responses import CATALOGUE, KEY

pytestmark = pytest.mark.shared_server

# A level such as "Not yet" stands in other places too.
TELLING = 25


def secrets_of(question):
    """Return every server-only text of a question."""
    for point in getattr(question, "key_points", ()):
        yield point.text
        yield point.look_again
        yield from point.also
    yield from getattr(question, "feedback", {}).values()
    yield from getattr(question, "examples", ())
    for criterion in getattr(question, "rubric", ()):
        yield criterion.note
        if question.type == "respond":
            yield criterion.criterion
            yield from (text for text in criterion.levels.values() if len(text) >= TELLING)


def plain(text):
    """Return text without escapes, case, punctuation and spaces, so that no spelling hides a leak."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    text = re.sub(r"\\[nrt\"\\]", " ", text)
    text = re.sub(r"&#?\w+;", " ", text)
    return re.sub(r"[\W_]+", "", text).lower()


SECRETS = {
    plain(text): (question_id, text)
    for question_id, question in KEY.questions.items()
    for text in secrets_of(question)
    if text
}


def found_in(received):
    together = plain(received)
    return [place for words, place in SECRETS.items() if words in together]


def test_search_finds_a_leak_where_there_is_one():
    raw = CATALOGUE.key_path(LESSON).read_text(encoding="utf-8")
    assert len(found_in(json.dumps(raw))) == len(SECRETS) > 40


class Received:
    """Everything that a page's browser receives: documents, replies, frames of sockets, and the page itself."""

    def __init__(self, page):
        self.page, self.replies, self.frames, self.read = page, [], [], []
        page.on("response", self.keep_reply)
        page.on("websocket", lambda socket: socket.on("framereceived", self.keep_frame))

    def keep_reply(self, reply):
        self.replies.append(reply)

    def keep_frame(self, data):
        self.frames.append(data)

    def texts(self):
        """Return all texts so far; call it before a reload, which lets go of replies."""
        self.page.wait_for_load_state("networkidle")
        self.read.append(self.page.content())
        for reply in self.replies:
            if reply.request.method != "GET":
                self.read.append(reply.text())
            elif (
                reply.request.resource_type != "font" and reply.status == 200 and reply.url.startswith("http")
            ):
                # asked for once more where the browser has let go of it: what is sent is what counts
                self.read.append(self.page.context.request.get(reply.url).text())
        self.replies.clear()
        frames = [
            frame if isinstance(frame, str) else frame.decode("utf-8", "replace") for frame in self.frames
        ]
        return [*self.read, *frames]


@pytest.fixture(params=["server", "live_server"])
def kind(request):
    return request.param


@pytest.fixture
def opened(kind, request, browser):
    """Return the lesson as a learner opens it for the first time, with what the browser receives."""
    server = request.getfixturevalue(kind)
    person = server.person(f"Leo Leaks {uuid4().hex[:6]}")
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 390, "height": 844})
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{server.url}login")
    page.fill("input[name=email]", person.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(server.url)
    received = Received(page)
    page.goto(f"{server.url}lessons/{LESSON}")
    all_drawn(page, KEY.questions)
    yield page, received
    context.close()


def test_browser_receives_no_word_of_the_key_before_committing(opened, kind):
    page, received = opened
    page.locator("#q-culture-reflection textarea").press_sequentially("A draft is no commit.")
    page.locator("#q-culture-reflection[data-state=draft][data-unsent=no]").wait_for()
    texts = received.texts()
    assert bool(received.frames) == (kind == "live_server")
    everything = "\n".join(texts)
    # Voilà's own scripts hold such words too, as names in schemas of settings
    data = "\n".join(text for text in texts if "webpackChunk" not in text)
    assert plain(KEY.questions["culture-reflection"].public.prompt) in plain(everything)
    assert found_in(everything) == []
    assert not re.search(r'"(correct|key_points|look_again|examples|least_words|bands)"\s*:', data)


def test_browser_receives_points_that_are_not_covered_only_after_the_second_try(opened):
    page, received = opened
    first, *others = KEY.questions["omar-observe"].key_points
    own = KEY.questions["culture-reflection"].key_points
    held = [plain(point.text) for point in (*others, *own)]
    page.fill("#q-omar-observe .hvq-saw", first.text)
    page.click("#q-omar-observe [data-action=check]")
    page.locator("#q-omar-observe[data-state=checked] .hvq-feedback").wait_for()
    page.fill("#q-culture-reflection textarea", "It rained on the way.")
    page.click("#q-culture-reflection [data-action=check]")
    page.locator("#q-culture-reflection[data-state=checked] .hvq-feedback").wait_for()
    received.texts()
    page.reload()
    page.locator("#q-culture-reflection[data-state=checked] .hvq-feedback").wait_for()
    sent = "\n".join(received.texts())
    everything = plain(sent)
    assert [plain(first.text) in everything, plain(others[0].look_again) in everything] == [True, True]
    assert [text for text in held if text in everything] == []
    assert [f'"{point.id}"' in sent for point in (first, *others)] == [True] + [False] * len(others)
    page.click("#q-omar-observe [data-action=revise]")
    page.click("#q-omar-observe [data-action=check]")
    page.locator("#q-omar-observe .hvq-feedback[data-attempt='2']").wait_for()
    everything = plain("\n".join(received.texts()))
    assert [text in everything for text in held] == [True] * len(others) + [False] * len(own)


def test_every_file_below_lessons_is_free_of_the_key():
    for path in (CATALOGUE.course_dir / "lessons").rglob("*"):
        if path.is_file() and path.suffix in {".ipynb", ".json", ".yml", ".svg"}:
            assert found_in(path.read_text(encoding="utf-8")) == [], path


def test_limits_of_the_first_reading_reach_no_lesson(tmp_path):
    course = copy_course(tmp_path / "course")
    (course / "answer_keys" / "bands.yml").write_text(
        "covered: 0.515\nagain: 0.255\nrests_on: a test\n", encoding="utf-8"
    )
    catalogue = Catalogue(course)
    assert catalogue.question(LESSON, "omar-observe").bands.covered == 0.515
    assert public_questions(catalogue, LESSON) == public_questions(CATALOGUE, LESSON)
    for folder in ("lessons", "source"):
        assert list((CATALOGUE.course_dir / folder).rglob("bands.yml")) == []


def commit(client, lesson_id, question_id, response, number):
    reply = client.post(
        f"course/api/lessons/{lesson_id}/questions/{question_id}/attempts",
        json={"response": response, "number": number, "token": uuid4().hex},
    )
    assert reply.status_code == 201, reply.text
    return reply


def test_after_committing_feedback_brings_that_questions_key_and_no_other(server):
    client = server.person("Cora Commit").client()
    response = {"rows": [{"saw": "x", "meaning": "", "at": ""}]}
    points = KEY.questions["omar-observe"].key_points
    first = found_in(commit(client, LESSON, "omar-observe", response, 1).text)
    assert sorted(first) == sorted(("omar-observe", point.look_again) for point in points)
    second = found_in(commit(client, LESSON, "omar-observe", response, 2).text)
    said = [text for point in points for text in (point.text, point.look_again)]
    assert sorted(second) == sorted(("omar-observe", text) for text in said)
    client.close()


def test_examples_of_a_rephrasing_come_with_the_second_try(server):
    question = CATALOGUE.key("02-secure-relationship").questions["describe-eli"]
    client = server.person("Rita Rephrase").client()
    address = "course/api/lessons/02-secure-relationship/state"
    for number, are_sent in ((1, False), (2, True)):
        reply = commit(client, "02-secure-relationship", "describe-eli", {"text": "He was happy."}, number)
        for sent in (reply.text, client.get(address).text):
            assert [plain(example) in plain(sent) for example in question.examples] == [are_sent] * len(
                question.examples
            )
    client.close()
