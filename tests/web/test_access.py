"""Every route as every role: nobody reaches another person's work, kernel or page."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import pytest

from tests.web.course_server import LESSON
from tests.web.responses import KEY, good_response

SECRET = "These words are for my trainer alone."
QUESTION = "culture-reflection"
ROLES = ["learner", "trainer", "supervisor", "administrator"]
STATE = f"course/api/lessons/{LESSON}/state"
ROUTES = [
    ("GET", ""),
    ("GET", f"lessons/{LESSON}/result"),
    ("GET", "account"),
    ("GET", "course/desk/anchors"),
    ("GET", STATE),
    ("GET", f"course/api/lessons/{LESSON}/submission"),
    ("PUT", f"course/api/lessons/{LESSON}/questions/{QUESTION}/draft"),
    ("POST", f"course/api/lessons/{LESSON}/questions/{QUESTION}/attempts"),
    ("PUT", f"course/api/lessons/{LESSON}/questions/{QUESTION}/sharing"),
    ("POST", f"course/api/lessons/{LESSON}/submission"),
]


@pytest.fixture(scope="module")
def author(server):
    """Return a learner who has committed and drafted something."""
    person = server.person("Alma Author")
    client = person.client()
    client.post(
        f"course/api/lessons/{LESSON}/questions/{QUESTION}/attempts",
        json={"response": {"text": SECRET}, "number": 1, "token": "token-of-alma-1"},
    )
    client.put(
        f"course/api/lessons/{LESSON}/questions/omar-next-step/draft",
        json={"response": {"text": SECRET}, "base": 0},
    )
    assert SECRET in client.get(STATE).text
    yield person
    client.close()


@pytest.fixture(scope="module", params=ROLES)
def other(request, server):
    client = server.person(f"Other {request.param}", role=request.param).client()
    yield client
    client.close()


def call(client, method, path):
    bodies = {
        "draft": {"response": {"text": "mine"}, "base": 0},
        "attempts": {"response": {"text": "mine"}, "number": 1, "token": uuid4().hex},
        "sharing": {"readers": "group", "base": ""},
        "submission": {"token": uuid4().hex},
    }
    body = None if method == "GET" else bodies[path.split("?")[0].rsplit("/", 1)[-1]]
    return client.request(method, path, json=body)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_no_role_is_shown_another_persons_words(author, other, method, path):
    reply = call(other, method, path)
    assert SECRET not in reply.text
    assert author.account_id not in reply.text


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_no_route_takes_the_name_of_another_account(author, other, method, path):
    """An account id smuggled into a request changes nothing: the cookie alone says who asks."""
    for name in ("account_id", "account", "owner", "learner", "as"):
        reply = call(other, method, f"{path}?{name}={author.account_id}")
        assert SECRET not in reply.text


@pytest.mark.usefixtures("author")
def test_token_of_another_persons_attempt_gives_nothing_away(other):
    reply = other.post(
        f"course/api/lessons/{LESSON}/questions/omar-next-step/attempts",
        json={"response": {"text": "mine"}, "number": 1, "token": "token-of-alma-1"},
    )
    assert SECRET not in reply.text
    assert reply.json()["attempt"]["response"] == {"text": "mine"}


@pytest.mark.usefixtures("author")
@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_visitor_gets_nothing(server, method, path):
    with server.visitor(timeout=60) as client:
        client.get("login")
        client.headers["X-XSRFToken"] = client.cookies["_xsrf"]
        reply = call(client, method, path)
    assert reply.status_code in {302, 401}
    assert SECRET not in reply.text


def test_supervisor_sees_who_handed_in_only_in_the_own_team(server):
    learner = server.person("Hana Handed", team="Harbor").client()
    for question_id in KEY.questions:
        learner.post(
            f"course/api/lessons/{LESSON}/questions/{question_id}/attempts",
            json={"response": good_response(question_id), "number": 1, "token": uuid4().hex},
        )
    assert (
        learner.post(f"course/api/lessons/{LESSON}/submission", json={"token": uuid4().hex}).status_code
        == 202
    )
    own = server.person("Hilda Harbor", role="supervisor", team="Harbor").client()
    foreign = server.person("Fay Forest", role="supervisor", team="Forest").client()
    assert "Hana Handed" in own.get("").text
    assert "Hana Handed" not in foreign.get("").text
    assert "Hana Handed" in server.person("Theo Trainer", role="trainer").client().get("").text
    assert "Hana Handed" not in server.person("Luis Learner", team="Harbor").client().get("").text


def test_kernel_answers_its_owner_alone(live_server):
    owner = live_server.person("Olive Owner").client()
    page = owner.get(f"lessons/{LESSON}")
    kernel = re.search(r'"kernelId": "([0-9a-f-]+)"', page.text)[1]
    other = live_server.person("Kim Kernel").client()
    assert owner.get(f"api/kernels/{kernel}").status_code == 200
    assert other.get(f"api/kernels/{kernel}").status_code == 403
    assert other.delete(f"api/kernels/{kernel}").status_code == 403
    assert other.get(f"api/kernels/{kernel}/channels").status_code in {400, 403}
    assert other.post(f"voila/api/shutdown/{kernel}").status_code in {403, 404, 405}
    assert owner.get(f"api/kernels/{kernel}").status_code == 200
    owner.close()
    other.close()


def test_kernel_has_no_secret_of_the_server_in_its_environment(live_server):
    client = live_server.person("Enno Environment").client()
    client.get(f"lessons/{LESSON}")
    for pid in live_server.kernels():
        entries = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        names = {entry.split(b"=", 1)[0].decode() for entry in entries if entry}
        assert not {name for name in names if "SECRET" in name or "HOMEVISIT" in name or "DATABASE" in name}
    assert live_server.kernels()
    client.close()


def test_media_folder_gives_pictures_and_nothing_else(other):
    assert other.get("course/media/omar-stacking.svg").status_code == 200
    assert other.get("course/media/media.yml").status_code == 404
    for path in (
        "course/media/../../answer_keys/04-roles-for-parents.yml",
        "course/media/%2e%2e/%2e%2e/course.yml",
    ):
        assert other.get(path).status_code in {403, 404}


def test_no_odd_address_of_a_file_breaks_the_server(server, other):
    for path in ("course/media/%00.svg", "voila/templates/..%2f..%2fetc/passwd", "voila/templates/none"):
        reply = other.get(path)
        assert reply.status_code == 404, path
        assert "</h1>" in reply.text
        assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "Traceback" not in server.log


def test_request_that_cannot_be_read_gets_a_sentence_and_no_traceback_in_the_log(server, other):
    kinds = {"Content-Type": "multipart/form-data; boundary=x"}
    replies = [
        other.post("account/mail", content=b"--x\r\nbroken", headers=kinds),
        other.request("PATCH", "account"),
    ]
    assert [reply.status_code for reply in replies] == [400, 405]
    assert ["</h1>" in reply.text for reply in replies] == [True, True]
    assert "Calling" not in server.log
