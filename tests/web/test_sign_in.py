"""Signing in and out, invitations, practice, and pages that a visitor may not see."""

from __future__ import annotations

import re

import pytest

from homevisit.services import accounts, register
from homevisit.store import accounts as account_store
from tests.web.course_server import LESSON, PASSWORD
from tests.web.responses import CATALOGUE

FIRST = CATALOGUE.lessons()[0].lesson_id
PAGES = ["", f"lessons/{LESSON}", f"lessons/{LESSON}/result", "account", "course/media/omar-stacking.svg"]


@pytest.fixture
def visitor(server):
    with server.visitor(timeout=60) as client:
        client.get("login")
        yield client


def post(client, path, **data):
    return client.post(path, data={**data, "_xsrf": client.cookies["_xsrf"]})


def sentence(reply):
    found = re.search(r'role="alert">([^<]+)<', reply.text) or re.search(
        r"</h1>\s*<p>([^<]+)</p>", reply.text
    )
    return found[1]


def invitation(server, name, role="learner"):
    store = server.store()
    try:
        with store.begin() as conn:
            account = account_store.add_account(
                conn, email=f"{name.lower()}@example.org", name=name, role=role, team=""
            )
        return accounts.invite(store, account.account_id)
    finally:
        store.close()


def test_health_answers_without_signing_in(visitor):
    reply = visitor.get("health")
    assert (reply.status_code, reply.json()["status"]) == (200, "ok")


@pytest.mark.parametrize("page", PAGES)
def test_page_sends_a_visitor_to_the_sign_in_page(visitor, page):
    reply = visitor.get(page)
    assert reply.status_code == 302
    assert reply.headers["location"].startswith("/login?next=")


@pytest.mark.parametrize(
    "page", ["voila/render/lessons/x.ipynb", "voila/tree", "api/kernels", "api/contents", "tree"]
)
def test_voilas_and_jupyters_own_pages_are_not_there(server, visitor, page):
    assert visitor.get(page, follow_redirects=True).url.path == "/login"
    signed_in = server.person(f"Curious {abs(hash(page)) % 10**6}").client()
    assert signed_in.get(page).status_code == 404
    signed_in.close()


def test_api_answers_a_visitor_with_401_and_a_sentence(visitor):
    reply = visitor.get(f"course/api/lessons/{LESSON}/state")
    assert (reply.status_code, reply.json()) == (
        401,
        {"error": {"code": "not-signed-in", "message": "Please sign in first."}},
    )


def test_wrong_password_and_unknown_address_get_the_same_sentence(server, visitor):
    person = server.person("Wanda Wrong")
    known = post(visitor, "login", email=person.email, password="not my password")
    unknown = post(visitor, "login", email="nobody@example.org", password="not my password")
    assert known.status_code == unknown.status_code == 422
    assert sentence(known) == sentence(unknown) == "The e-mail address or the password is not right."
    assert f'value="{person.email}"' in known.text


def test_sign_in_slows_down_after_repeated_failures(server, visitor):
    person = server.person("Freda Forgetful")
    for _ in range(5):
        post(visitor, "login", email=person.email, password="not my password")
    reply = post(visitor, "login", email=person.email, password=PASSWORD)
    assert reply.status_code == 429
    assert re.fullmatch(
        r"There were too many tries with a wrong password; wait \d+ seconds?, then try again.",
        sentence(reply),
    )


@pytest.mark.parametrize(
    "wanted", ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)"]
)
def test_signing_in_never_leads_to_another_site(server, visitor, wanted):
    person = server.person(f"Nell Next {abs(hash(wanted)) % 10**6}")
    reply = post(visitor, "login", email=person.email, password=PASSWORD, next=wanted)
    assert (reply.status_code, reply.headers["location"]) == (302, "/")


def test_signing_in_goes_on_to_the_page_that_was_wanted(server, visitor):
    person = server.person("Nora Next")
    reply = post(visitor, "login", email=person.email, password=PASSWORD, next=f"/lessons/{LESSON}")
    assert reply.headers["location"] == f"/lessons/{LESSON}"


def test_signing_out_ends_the_sign_in_on_the_server_too(server):
    client = server.person("Otto Out").client()
    cookie = client.cookies["homevisit-sign-in"]
    post(client, "logout")
    client.cookies.set("homevisit-sign-in", cookie, domain="127.0.0.1", path="/")
    assert client.get("account").headers["location"].startswith("/login")


def test_invitation_is_taken_up_once(server, visitor):
    token = invitation(server, "Ines")
    assert "Welcome, Ines" in visitor.get(f"invite/{token}").text
    assert post(visitor, f"invite/{token}", name="Ines I.", password=PASSWORD).headers["location"] == "/"
    assert "Ines I." in visitor.get("").text
    again = visitor.get(f"invite/{token}")
    assert again.status_code == 409
    assert sentence(again).startswith("This invitation")


def test_short_password_keeps_the_invitation_and_the_name(server, visitor):
    token = invitation(server, "Sina")
    reply = post(visitor, f"invite/{token}", name="Sina S.", password="short")
    assert reply.status_code == 422
    assert "10 characters" in sentence(reply)
    assert 'value="Sina S."' in reply.text
    assert visitor.get(f"invite/{token}").status_code == 200
    assert visitor.post(f"invite/{token}", data={"password": PASSWORD}).status_code == 403
    assert token not in server.log


def test_unknown_invitation_gets_a_sentence(visitor):
    reply = visitor.get("invite/not-a-real-token")
    assert reply.status_code == 404
    assert "invitation" in sentence(reply)


def test_first_administrator_is_in_the_lesson_after_two_clicks(server, visitor):
    link = re.search(r"invite/(\S+)", server.log)[1]
    page = visitor.get(f"invite/{link}")
    assert "Try it as a learner" in page.text
    reply = post(visitor, f"invite/{link}/practice")
    assert (reply.status_code, reply.headers["location"]) == (302, f"/lessons/{FIRST}")
    assert visitor.get(f"course/api/lessons/{LESSON}/state").status_code == 200
    assert visitor.get(f"invite/{link}").status_code == 200


def test_practice_stops_and_gives_the_own_account_back(server):
    client = server.person("Tara Trainer", role="trainer").client()
    assert post(client, "practice/start").headers["location"] == f"/lessons/{FIRST}"
    assert "You are practicing as a learner" in client.get("").text
    post(client, "practice/stop")
    home = client.get("").text
    assert "You are practicing" not in home
    assert "Tara Trainer" in home
    client.close()


def test_password_is_changed_only_with_the_old_one(server):
    client = server.person("Petra Password").client()
    wrong = post(client, "account", old="something else", new="a new long password")
    assert wrong.status_code == 422
    right = post(client, "account", old=PASSWORD, new="a new long password")
    assert "Your password is changed." in right.text
    assert client.get("account").status_code == 200
    client.close()


def test_closed_account_is_signed_out_at_once(server):
    person = server.person("Dina Disabled")
    client = person.client()
    store = server.store()
    register.set_disabled(store, person.account_id, is_disabled=True)
    store.close()
    assert client.get("").headers["location"].startswith("/login")
    client.close()


def test_unknown_page_gets_a_sentence(server):
    client = server.person("Uma Unknown").client()
    reply = client.get("no/such/page")
    assert reply.status_code == 404
    assert "There is no page at this address." in reply.text
    client.close()


def test_administrator_changes_the_e_mail_address_on_the_account_page(server):
    server.person("Taken Already")
    client = server.person("Adele Admin", role="administrator").client()
    assert "Change your e-mail address" in client.get("account").text
    refused = post(client, "account/address", email="taken.already@example.org", password=PASSWORD)
    assert refused.status_code == 409
    assert 'value="taken.already@example.org"' in refused.text
    done = post(client, "account/address", email="adele@example.org", password=PASSWORD)
    assert (done.status_code, done.headers["location"]) == (302, "/account?changed=address")
    page = client.get("account?changed=address").text
    assert "Your e-mail address is changed." in page
    assert "adele@example.org" in page
    client.close()
    other = server.person("Lena Learner").client()
    assert "Change your e-mail address" not in other.get("account").text
    assert post(other, "account/address", email="lena@example.org", password=PASSWORD).status_code == 403
    other.close()
