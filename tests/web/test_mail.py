"""A server that sends mail in the background, the switch on the account page, and the line for administrators."""

from __future__ import annotations

import os
import subprocess
import time
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from homevisit.services import mailing
from tests.smtp_server import SmtpServer
from tests.web.course_server import ROOT, CourseServer


@pytest.fixture(scope="module")
def smtp():
    server = SmtpServer().start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def environment(smtp):
    return {
        "HOMEVISIT_SMTP": f"smtp://127.0.0.1:{smtp.port}",
        "HOMEVISIT_MAIL_FROM": "course@example.org",
        "HOMEVISIT_PUBLIC_ADDRESS": "https://course.example.org",
    }


@pytest.fixture(scope="module")
def mail_server(tmp_path_factory, environment):
    running = CourseServer(tmp_path_factory.mktemp("mail") / "data", environment=environment).start()
    yield running
    if running.process.poll() is None:
        running.stop()


@pytest.fixture
def queue(mail_server, environment, monkeypatch):
    """Return a function that puts a mail down for a person, as a part of the server would."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    def put(person, email=""):
        store = mail_server.store()
        with store.begin() as conn:
            if email:
                from homevisit.store import accounts

                accounts.update_account(conn, person.account_id, email=email)
            mailing.queue_mail(
                conn, person.account_id, "reminder", "Your lesson", "It is due soon.\n", datetime.now(UTC)
            )
        store.close()

    return put


def becomes(found):
    """Wait until `found` gives something true, a minute at most; return it."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if value := found():
            return value
        time.sleep(0.1)
    raise AssertionError("it did not come to be")


def test_server_sends_what_waits_and_shows_an_administrator_what_failed(mail_server, smtp, queue):
    lena = mail_server.person(f"Lena {uuid4().hex[:6]}")
    lost = mail_server.person(f"Gus {uuid4().hex[:6]}")
    boss = mail_server.person(f"Ada {uuid4().hex[:6]}", role="administrator").client()
    trainer = mail_server.person(f"Tara {uuid4().hex[:6]}", role="trainer").client()
    assert "could not be sent" not in boss.get("").text
    queue(lost, email=f"gone.{uuid4().hex[:6]}@example.org")
    queue(lena)
    [mail] = becomes(lambda: smtp.to(lena.email))
    assert mail["Subject"] == "Your lesson"
    assert mail["From"].addresses[0].addr_spec == "course@example.org"
    page = becomes(lambda: (text := boss.get("").text) and "could not be sent" in text and text)
    assert "1 mail could not be sent." in page
    assert "The mail server refuses this address: 550" in page
    assert "could not be sent" not in trainer.get("").text
    boss.close()
    trainer.close()


def test_person_switches_mail_off_and_on_again(mail_server, smtp, queue):
    person = mail_server.person(f"Olga {uuid4().hex[:6]}")
    client = person.client()
    form = {"_xsrf": client.cookies["_xsrf"]}
    assert 'name="mail" value="yes" checked' in client.get("account").text
    assert client.post("account/mail", data=form).headers["location"] == "/account?changed=mail"
    page = client.get("account?changed=mail").text
    assert "Your choice about mail is kept." in page
    assert 'name="mail" value="yes">' in page
    queue(person)
    client.post("account/mail", data=form | {"mail": "yes"})
    queue(person)
    becomes(lambda: smtp.to(person.email))
    assert len(smtp.to(person.email)) == 1
    client.close()


def test_server_without_mail_says_nothing_about_it(server):
    client = server.person(f"Nils {uuid4().hex[:6]}").client()
    assert "mail about my work" not in client.get("account").text
    client.close()


def test_server_with_a_wrong_setting_does_not_start_and_says_which(tmp_path, environment):
    wrong = CourseServer(tmp_path / "data", environment=environment | {"HOMEVISIT_MAIL_FROM": "nobody"})
    done = subprocess.run(
        wrong.command(),
        env={**os.environ, **wrong.environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert "Set HOMEVISIT_MAIL_FROM to the address that mail comes from" in done.stderr
