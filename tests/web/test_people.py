"""The page People as an administrator uses it, and as nobody else can."""

from __future__ import annotations

import re
from contextlib import closing
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from homevisit.services import practice, signin
from homevisit.web.managing import NO_SUCH_ACTION
from tests.web.course_server import PASSWORD
from tests.web.test_accessibility import sign_in, violations

pytestmark = pytest.mark.shared_server

GONE = "This account no longer exists."


@pytest.fixture(scope="module")
def boss(server):
    return server.person(f"Ada {uuid4().hex[:6]}", role="administrator", team="")


@pytest.fixture
def client(boss):
    with closing(boss.client()) as signed_in:
        yield signed_in


def entry(**more):
    tag = uuid4().hex[:6]
    return {
        "name": f"Mia {tag}",
        "email": f"mia.{tag}@example.org",
        "role": "learner",
        "team": f"Harbor {tag}",
    } | more


def of(person):
    return f"course/people/{person.account_id}"


def account_of(server, person):
    from homevisit.store import accounts as account_store

    store = server.store()
    try:
        with store.read() as conn:
            return account_store.find_account(conn, person.account_id)
    finally:
        store.close()


def link_in(text):
    return re.search(r'value="(\S+/invite/[\w-]+)"', text)[1]


def known_of(client, typed):
    """Return the address of the page of somebody who was added."""
    found = client.get("course/people", params={"q": typed["email"]}).text
    return re.search(rf'href="/(course/people/a-[a-z2-7]+)">{typed["name"]}<', found)[1]


def test_person_is_added_and_the_link_is_shown_this_once(server, client):
    assert 'href="/course/people"' in client.get("").text
    typed = entry()
    made = client.post("course/people", data=typed)
    assert made.status_code == 200
    assert made.headers["cache-control"] == "no-store"
    link = link_in(made.text)
    assert link.startswith(f"{server.url}invite/")
    mail = urlsplit(re.search(r'href="(mailto:[^"]+)"', made.text)[1].replace("&amp;", "&"))
    assert mail.path == typed["email"]
    assert link in parse_qs(mail.query)["body"][0]
    page = known_of(client, typed)
    listed = client.get("course/people", params={"q": typed["team"]}).text
    assert ("1 person found" in listed, "<strong>invited</strong>" in listed) == (True, True)
    token = link.rsplit("/", 1)[1]
    assert token not in listed + client.get(page).text
    assert f'<option value="{typed["team"]}">' in listed


@pytest.mark.parametrize("role", ["learner", "trainer", "supervisor"])
def test_only_administrators_open_the_pages_and_change_anything(server, boss, role):
    someone = server.person(f"Sue {uuid4().hex[:6]}", role=role)
    form = {"action": "close"} | entry()
    with closing(someone.client()) as other:
        for reply in (
            other.get("course/people"),
            other.get(of(boss)),
            other.post("course/people", data=form),
            other.post(of(boss), data=form),
        ):
            assert reply.status_code == 403
            assert "This page is for administrators." in reply.text
            assert boss.email not in reply.text
        assert "course/people" not in other.get("").text
    assert not account_of(server, boss).is_disabled


def test_visitor_signs_in_first_and_a_form_needs_its_token(server, boss):
    with server.visitor() as visitor:
        assert visitor.get("course/people").status_code in {302, 401, 403}
    typed = entry()
    with closing(boss.client()) as client:
        del client.headers["X-XSRFToken"]
        for path in ("course/people", of(boss)):
            assert client.post(path, data=typed | {"action": "change"}).status_code == 403
        assert "0 people found" in client.get("course/people", params={"q": typed["email"]}).text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "The name is missing; write the person's name."),
        ({"email": "mia@nowhere"}, "is not an e-mail address; write one such as ann@example.org."),
        ({"role": "pupil"}, "“pupil” is not a role"),
        ({"team": "=1+1"}, "The team starts with =; start it with a letter or a digit."),
    ],
)
def test_refused_entry_comes_back_as_typed_with_a_sentence(server, client, wrong, sentence):
    typed = entry(**wrong)
    person = server.person(f"Pia {uuid4().hex[:6]}")
    for path in ("course/people", of(person)):
        refused = client.post(path, data=typed | {"action": "change"})
        text = refused.text.replace("&#39;", "'")
        assert (refused.status_code, sentence in text) == (422, True)
        for name in ("name", "email", "team"):
            assert f'value="{typed[name]}"' in refused.text
    assert account_of(server, person).name == person.name


def test_known_address_leads_to_the_person_who_has_it(server, client):
    person = server.person(f"Pia {uuid4().hex[:6]}")
    typed = entry(email=person.email.upper())
    refused = client.post("course/people", data=typed)
    assert (refused.status_code, f'href="/{of(person)}"' in refused.text) == (409, True)
    assert f'value="{typed["email"]}"' in refused.text


def test_person_is_changed_closed_and_opened_again(server, client):
    person = server.person(f"Pia {uuid4().hex[:6]}")
    page = of(person)
    typed = entry(role="trainer")
    saved = client.post(page, data=typed | {"action": "change"}, follow_redirects=True)
    assert (saved.status_code, "The changes are kept." in saved.text) == (200, True)
    now = account_of(server, person)
    assert {name: getattr(now, name) for name in typed} == typed
    closed = client.post(page, data={"action": "close"}, follow_redirects=True)
    assert "The account is closed. What this person wrote is kept." in closed.text
    assert "Closed: cannot sign in" in closed.text
    refused = client.post(page, data={"action": "link"})
    assert (refused.status_code, "open it again before you invite" in refused.text) == (409, True)
    opened = client.post(page, data={"action": "open"}, follow_redirects=True)
    assert "The account is open again." in opened.text
    odd = client.post(page, data={"action": "erase"})
    assert (odd.status_code, NO_SUCH_ACTION in odd.text) == (422, True)


def test_looking_changes_nothing(server, client):
    person = server.person(f"Pia {uuid4().hex[:6]}")
    before = account_of(server, person)
    for query in ({"action": "close"}, {"action": "link"}, {"done": "close"}, entry(action="change")):
        assert client.get(of(person), params=query).status_code == 200
        assert client.get("course/people", params=query).status_code == 200
    assert account_of(server, person) == before
    for number in ("0", "x", "99999", "-1"):
        assert client.get("course/people", params={"page": number}).status_code == 200


def test_own_account_is_protected_with_a_sentence(server, boss, client):
    server.person(f"Bo {uuid4().hex[:6]}", role="administrator", team="")
    form = {"name": boss.name, "email": boss.email, "role": "learner", "team": ""}
    for data, sentence in (
        ({"action": "close"}, "closing it would shut you out; ask another administrator to close it."),
        (form | {"action": "change"}, "You cannot change your own role; ask another administrator"),
    ):
        refused = client.post(of(boss), data=data)
        assert (refused.status_code, sentence in refused.text) == (409, True)
    assert client.get(of(boss)).status_code == 200


def test_practice_and_removed_accounts_are_not_found(server, client):
    trainer = server.person(f"Tara {uuid4().hex[:6]}", role="trainer")
    store = server.store()
    token = signin.sign_in(store, trainer.email, PASSWORD, "desk")
    practised = practice.start_practice(store, token).account_id
    store.close()
    for account_id in (practised, "a-nobody"):
        page = f"course/people/{account_id}"
        actions = [{"action": action} | entry() for action in ("close", "link", "change", "other")]
        for reply in (client.get(page), *(client.post(page, data=data) for data in actions)):
            assert (reply.status_code, GONE in reply.text) == (404, True)
    assert practised not in client.get("course/people", params={"q": trainer.name}).text


def fits(page):
    """Whether axe finds nothing, and nothing is wider than the screen."""
    return violations(page) == [] and page.evaluate(
        "() => document.documentElement.scrollWidth <= innerWidth"
    )


def take_up(page, link, password):
    """Choose a password by a link, and come to the first page of a supervisor."""
    page.goto(link)
    page.get_by_label("Choose a password").fill(password)
    page.get_by_role("button", name="Start").click()
    page.get_by_role("heading", name="Your team", exact=True).first.wait_for()


def new_link(page, last=""):
    """Make a link on the page of a person and return it."""
    page.get_by_role("button", name="New link").press("Enter")
    page.wait_for_function("(last) => (document.getElementById('link')?.value ?? last) !== last", arg=last)
    return page.get_by_label("Link for choosing a password").input_value()


@pytest.fixture
def phones(browser):
    """Return the phones of two people."""
    # axe is a script that the strict policy of our pages would refuse
    size = {"width": 390, "height": 844}
    contexts = [
        browser.new_context(viewport=size, bypass_csp=True, reduced_motion="reduce") for _ in range(2)
    ]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def test_somebody_is_brought_in_by_keyboard_and_forgets_the_password(server, boss, phones):
    page, other = phones
    typed = entry(role="Supervisor")
    sign_in(page, server, boss)
    page.get_by_role("link", name="Add and look after people").press("Enter")
    page.get_by_label("Name", exact=True).focus()
    assert fits(page)
    for text in typed.values():
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=f"Link for {typed['name']}").wait_for()
    field = page.get_by_label("Link for choosing a password")
    assert field.evaluate("(field) => field === document.activeElement && field.readOnly")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("#copied", has_text="The link").wait_for()
    assert fits(page)
    # as it is where no script runs
    assert not page.locator("[data-hv-copy]").evaluate("(it) => (it.hidden = true) && it.checkVisibility()")
    first = field.input_value()
    take_up(other, first, "their own first words")

    page.get_by_label("Name, e-mail address, role or team").fill(typed["email"])
    page.keyboard.press("Enter")
    page.get_by_role("link", name=typed["name"]).press("Enter")
    page.get_by_text("Active: has chosen a password").wait_for()
    assert fits(page)
    second = new_link(page)
    third = new_link(page, second)
    assert fits(page)
    assert [other.goto(link).status for link in (first, second)] == [409, 404]
    take_up(other, third, "their other new words")
    with server.visitor() as fresh:
        fresh.get("login")
        form = {"email": typed["email"], "_xsrf": fresh.cookies["_xsrf"]}
        old = fresh.post("login", data=form | {"password": "their own first words"})
        new = fresh.post("login", data=form | {"password": "their other new words"})
        assert (old.status_code, new.status_code) == (422, 302)
