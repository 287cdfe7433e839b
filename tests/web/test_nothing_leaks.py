"""No byte of an answer key reaches a browser before its question is committed."""

from __future__ import annotations

import json
import re

import pytest

from tests.web.course_server import LESSON, PASSWORD
from tests.web.responses import CATALOGUE, KEY

# A level such as "Not yet" stands in other places too.
TELLING = 25


def secrets_of(question):
    """Return every server-only text of a question."""
    for point in getattr(question, "key_points", ()):
        yield point.text
        yield point.look_again
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


@pytest.mark.parametrize("kind", ["server", "live_server"])
def test_browser_receives_no_word_of_the_key_before_committing(kind, request, browser):
    server = request.getfixturevalue(kind)
    person = server.person("Leo Leaks")
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{server.url}login")
    page.fill("input[name=email]", person.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(server.url)
    received, replies, frames = [page.content()], [], []

    def keep_reply(reply):
        replies.append(reply)

    def keep_frame(data):
        frames.append(data)

    page.on("response", keep_reply)
    page.on("websocket", lambda socket: socket.on("framereceived", keep_frame))
    page.goto(f"{server.url}lessons/{LESSON}")
    page.wait_for_function(
        "(n) => document.querySelectorAll('.hvq-question[data-state=not-started]').length >= n",
        arg=len(KEY.questions),
    )
    page.locator("#q-culture-reflection textarea").press_sequentially("A draft is no commit.")
    page.locator("#q-culture-reflection[data-state=draft][data-unsent=no]").wait_for()
    page.wait_for_load_state("networkidle")
    received.append(page.content())
    received += [frame if isinstance(frame, str) else frame.decode("utf-8", "replace") for frame in frames]
    # asked for once more where the browser has let go of it: what is sent is what counts
    received += [
        context.request.get(reply.url).text()
        for reply in replies
        if reply.request.resource_type != "font" and reply.status == 200 and reply.url.startswith("http")
    ]
    assert bool(frames) == (kind == "live_server")
    everything = "\n".join(received)
    # Voilà's own scripts hold such words too, as names in schemas of settings
    data = "\n".join(text for text in received if "webpackChunk" not in text)
    assert plain(KEY.questions["culture-reflection"].public.prompt) in plain(everything)
    assert found_in(everything) == []
    assert not re.search(r'"(correct|key_points|look_again|examples|least_words)"\s*:', data)
    context.close()


def test_every_file_below_lessons_is_free_of_the_key():
    for path in (CATALOGUE.course_dir / "lessons").rglob("*"):
        if path.is_file() and path.suffix in {".ipynb", ".json", ".yml", ".svg"}:
            assert found_in(path.read_text(encoding="utf-8")) == [], path


def test_after_committing_feedback_brings_that_questions_key_and_no_other(server):
    client = server.person("Cora Commit").client()
    reply = client.post(
        f"course/api/lessons/{LESSON}/questions/omar-observe/attempts",
        json={
            "response": {"rows": [{"saw": "x", "meaning": "", "at": ""}]},
            "number": 1,
            "token": "cora-token-1",
        },
    )
    assert {question_id for question_id, _ in found_in(reply.text)} == {"omar-observe"}
    client.close()
