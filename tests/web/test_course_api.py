"""The course API over real HTTP: drafts, attempts, handing in, and what it answers to bad input."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from tests.web.course_server import LESSON
from tests.web.responses import KEY, good_response

pytestmark = pytest.mark.shared_server

BASE = f"course/api/lessons/{LESSON}/"
REFLECT = "culture-reflection"
TOO_LONG = "That is 50,000 characters; there is room for 20,000. Shorten it a little; everything you wrote is still here."


@pytest.fixture(scope="module")
def learner(server):
    client = server.person("Lena Learner").client()
    yield client
    client.close()


@pytest.fixture
def fresh(server):
    """Return a client of a learner who has done nothing yet."""
    client = server.person(f"Nobody {uuid4().hex[:8]}").client()
    yield client
    client.close()


def commit(client, question_id, response, number=1, token=None):
    body = {"response": response, "number": number, "token": token or uuid4().hex}
    return client.post(f"{BASE}questions/{question_id}/attempts", json=body)


def message(reply):
    return reply.json()["error"]["message"]


def test_state_of_a_new_learner_is_empty(fresh):
    state = fresh.get(BASE + "state").json()
    assert list(state["questions"]) == list(KEY.questions)
    assert all(found == {"draft": None, "attempts": []} for found in state["questions"].values())
    assert state["submission"] is None


def test_draft_is_there_at_the_next_visit(fresh):
    saved = fresh.put(
        f"{BASE}questions/{REFLECT}/draft", json={"response": {"text": "Half a"}, "base": 0}
    ).json()
    assert saved["version"] == 1
    draft = fresh.get(BASE + "state").json()["questions"][REFLECT]["draft"]
    assert (draft["response"], draft["version"]) == ({"text": "Half a"}, 1)


def test_draft_from_a_device_that_is_behind_is_refused_with_the_newer_text(fresh):
    address = f"{BASE}questions/{REFLECT}/draft"
    fresh.put(address, json={"response": {"text": "from the phone"}, "base": 0})
    reply = fresh.put(address, json={"response": {"text": "from the laptop"}, "base": 0})
    assert reply.status_code == 409
    assert reply.json()["draft"]["response"] == {"text": "from the phone"}


def test_commit_gives_score_and_feedback(fresh):
    reply = commit(fresh, "who-is-in-the-network", good_response("who-is-in-the-network"))
    assert reply.status_code == 201
    attempt = reply.json()["attempt"]
    assert (attempt["number"], attempt["raw"], attempt["max"]) == (1, 2.0, 2.0)
    assert all(option["text"] for option in attempt["feedback"]["options"])


def test_same_press_of_the_button_twice_makes_one_attempt(fresh):
    token = uuid4().hex
    first = commit(fresh, REFLECT, {"text": "Once is enough."}, token=token)
    second = commit(fresh, REFLECT, {"text": "Once is enough."}, token=token)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert len(fresh.get(BASE + "state").json()["questions"][REFLECT]["attempts"]) == 1


def test_stale_attempt_is_refused_with_the_attempts_there_are(fresh):
    commit(fresh, REFLECT, {"text": "First."})
    reply = commit(fresh, REFLECT, {"text": "Second, from a page that is behind."})
    assert reply.status_code == 409
    assert [attempt["response"]["text"] for attempt in reply.json()["attempts"]] == ["First."]
    assert message(reply).startswith("You have checked this question on another device")


def test_revision_is_a_new_attempt_and_the_first_stays(fresh):
    commit(fresh, REFLECT, {"text": "First."})
    assert commit(fresh, REFLECT, {"text": "Better."}, number=2).status_code == 201
    attempts = fresh.get(BASE + "state").json()["questions"][REFLECT]["attempts"]
    assert [attempt["response"]["text"] for attempt in attempts] == ["First.", "Better."]


def test_points_are_shown_in_full_from_the_second_try_on_in_every_reply(fresh):
    response = {"rows": [{"saw": KEY.questions["omar-observe"].key_points[0].text, "meaning": "", "at": ""}]}
    for number, held_back in ((1, True), (2, False)):
        token = uuid4().hex
        first = commit(fresh, "omar-observe", response, number, token)
        again = commit(fresh, "omar-observe", response, number, token)
        conflict = commit(fresh, "omar-observe", response, 1)
        state = fresh.get(BASE + "state").json()["questions"]["omar-observe"]["attempts"]
        assert first.json() == again.json()
        assert conflict.status_code == 409
        shown = [first.json()["attempt"], *conflict.json()["attempts"], *state]
        assert [attempt["feedback"]["held_back"] for attempt in shown] == [held_back] * (1 + 2 * number)
        assert first.json()["attempt"]["raw"] == 1.0


def test_learner_asks_for_a_point_to_be_read_and_the_attempt_says_so(fresh):
    for number in (1, 2):
        commit(fresh, "omar-observe", {"rows": [{"saw": "It rained.", "meaning": "", "at": ""}]}, number)
    address = f"{BASE}questions/omar-observe/requests"
    reply = fresh.post(address, json={"number": 2, "point": "places"})
    assert reply.status_code == 200
    points = reply.json()["attempt"]["feedback"]["points"]
    assert [point["id"] for point in points if point["asked"]] == ["places"]
    state = fresh.get(BASE + "state").json()["questions"]["omar-observe"]["attempts"]
    assert state[1] == reply.json()["attempt"]
    refused = fresh.post(address, json={"number": 2, "point": "no-such-point"})
    assert (refused.status_code, message(refused)) == (
        422,
        "This response has no such point. Load the page again; what is marked already is kept.",
    )
    assert fresh.post(address, json={"number": "2", "point": "places"}).status_code == 400


@pytest.mark.parametrize(
    ("question_id", "response", "sentence"),
    [
        (REFLECT, {"text": "  "}, "Nothing is written yet. Write a few sentences, then check again."),
        (
            REFLECT,
            {"text": "x" * 50_000},
            TOO_LONG,
        ),
        (
            "omar-observe",
            {"rows": [{"saw": "", "meaning": "", "at": ""}]},
            "Write down at least one thing that you saw or heard, then check again.",
        ),
        (
            "who-is-in-the-network",
            {"chosen": []},
            "Nothing is chosen yet. Choose at least one option, then check again.",
        ),
        (
            "who-is-in-the-network",
            {"chosen": ["no-such-option"]},
            "This page does not fit the question any more. Reload the page; what you wrote is kept.",
        ),
        (
            REFLECT,
            ["not", "an", "object"],
            "This page does not fit the question any more. Reload the page; what you wrote is kept.",
        ),
    ],
)
def test_bad_commit_gets_its_sentence_and_the_draft_stays(fresh, question_id, response, sentence):
    draft = {"text": "my draft"} if question_id == REFLECT else good_response(question_id)
    fresh.put(f"{BASE}questions/{question_id}/draft", json={"response": draft, "base": 0})
    reply = commit(fresh, question_id, response)
    assert (reply.status_code, message(reply)) == (422, sentence)
    found = fresh.get(BASE + "state").json()["questions"][question_id]
    assert (found["draft"]["response"], found["attempts"]) == (draft, [])


def test_long_draft_is_kept_whole(fresh):
    text = "word " * 10_000
    fresh.put(f"{BASE}questions/{REFLECT}/draft", json={"response": {"text": text}, "base": 0})
    assert fresh.get(BASE + "state").json()["questions"][REFLECT]["draft"]["response"] == {"text": text}


def test_script_tags_come_back_as_the_text_they_are(fresh):
    text = '<script>alert("x")</script> & <b>bold</b>'
    attempt = commit(fresh, REFLECT, {"text": text}).json()["attempt"]
    assert attempt["response"] == {"text": text}


@pytest.mark.parametrize("question_id", ["no-such-question", "piwi-order"])
def test_question_that_is_not_of_this_lesson_gets_a_sentence(learner, question_id):
    reply = commit(learner, question_id, {"text": "x"})
    assert (reply.status_code, message(reply)) == (
        404,
        "This lesson has no such question. Reload the page; what you wrote is kept.",
    )


def look(client, question_id, response):
    return client.post(f"{BASE}questions/{question_id}/privacy", json={"response": response})


def test_look_before_a_commit_points_at_names_and_numbers_and_keeps_nothing(fresh):
    rows = [
        {"saw": "Maria Lopez sat next to Omar and Mr. Ortiz.", "meaning": "Call 555-0134?", "at": "0:10"},
        {"saw": "Maria Lopez waved.", "meaning": "", "at": ""},
    ]
    reply = look(fresh, "omar-observe", {"rows": rows})
    assert (reply.status_code, reply.json()) == (
        200,
        {
            "findings": [
                {"text": "Maria Lopez", "kind": "a name"},
                {"text": "555-0134", "kind": "a phone number"},
            ]
        },
    )
    found = fresh.get(BASE + "state").json()["questions"]["omar-observe"]
    assert found == {"draft": None, "attempts": []}


def test_look_at_a_response_without_names_finds_nothing(fresh):
    assert look(fresh, REFLECT, {"text": "Omar and Tasha laughed in May."}).json() == {"findings": []}
    assert look(fresh, "who-is-in-the-network", {"chosen": ["sister"]}).json() == {"findings": []}


@pytest.mark.parametrize(
    ("question_id", "response", "status"),
    [
        (REFLECT, ["no", "object"], 422),
        (REFLECT, {"text": "x" * 300_000}, 422),
        ("no-such", {"text": ""}, 404),
    ],
)
def test_look_at_what_cannot_be_taken_gets_a_sentence(learner, question_id, response, status):
    reply = look(learner, question_id, response)
    assert (reply.status_code, message(reply)[-1]) == (status, ".")


def test_unknown_lesson_gets_a_sentence(learner):
    reply = learner.get("course/api/lessons/99-nothing/state")
    assert (reply.status_code, message(reply)) == (
        404,
        "There is no lesson of that name. Go to the home page and choose one from the list.",
    )


def test_body_that_is_no_json_gets_a_sentence(learner):
    reply = learner.post(f"{BASE}questions/{REFLECT}/attempts", content=b"{broken")
    assert (reply.status_code, message(reply)) == (
        400,
        "The page sent something the course could not read. Reload it and try again.",
    )


def test_request_without_the_forms_token_changes_nothing(fresh):
    del fresh.headers["X-XSRFToken"]
    reply = fresh.put(f"{BASE}questions/{REFLECT}/draft", json={"response": {"text": "x"}, "base": 0})
    assert (reply.status_code, message(reply)) == (
        403,
        "This page was open for too long. Go back, reload it and try again.",
    )
    assert fresh.get(BASE + "state").json()["questions"][REFLECT]["draft"] is None


def test_handing_in_too_early_names_the_open_questions(fresh):
    first, _, *others = KEY.questions
    for question_id in others:
        commit(fresh, question_id, good_response(question_id))
    reply = fresh.post(BASE + "submission", json={"token": uuid4().hex})
    assert (reply.status_code, message(reply)) == (
        422,
        "Questions 1 and 2 are not checked yet. Check them, then hand in; everything so far is saved.",
    )
    commit(fresh, first, good_response(first))
    reply = fresh.post(BASE + "submission", json={"token": uuid4().hex})
    assert (
        message(reply) == "Question 2 is not checked yet. Check it, then hand in; everything so far is saved."
    )


def test_page_of_one_person_saves_nothing_as_another(server, fresh):
    """Two tabs on one device: the page that the first person left open must not write for the second."""
    owner = fresh.get(BASE + "state").json()["owner"]
    second = server.person(f"Second {uuid4().hex[:8]}").client()
    second.headers["X-Course-Owner"] = owner
    reply = second.put(f"{BASE}questions/{REFLECT}/draft", json={"response": {"text": "hers"}, "base": 0})
    assert (reply.status_code, reply.json()["error"]["code"]) == (403, "other-person")
    assert second.get(BASE + "state").json()["questions"][REFLECT]["draft"] is None
    second.close()


def test_very_large_request_is_refused_and_the_server_goes_on(learner):
    reply = learner.put(
        f"{BASE}questions/{REFLECT}/draft",
        content=json.dumps({"response": {"text": "x" * 300_000}, "base": 0}),
    )
    assert reply.status_code == 422
    assert learner.get("health").status_code == 200
