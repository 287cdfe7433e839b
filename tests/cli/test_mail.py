"""homevisit mail: a test mail to a real mail server, and what became of the others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from homevisit.cli.main import app
from homevisit.config import load_settings
from homevisit.services import mailing
from homevisit.services.mailing_delivery import send_due
from homevisit.store import accounts as account_store
from homevisit.store.engine import open_store
from tests.smtp_server import SmtpServer
from tests.web.course_server import ROOT


@pytest.fixture
def smtp(monkeypatch):
    server = SmtpServer().start()
    monkeypatch.setenv("HOMEVISIT_SMTP", f"smtp://127.0.0.1:{server.port}")
    monkeypatch.setenv("HOMEVISIT_MAIL_FROM", "course@example.org")
    yield server
    server.stop()


def run(*words):
    return CliRunner().invoke(app, list(words))


def test_test_mail_arrives_and_a_refused_one_says_why(smtp):
    done = run("mail", "test", "ann@example.org")
    assert (done.exit_code, done.output) == (
        0,
        "127.0.0.1 took the mail for ann@example.org. Look whether it arrives.\n",
    )
    assert len(smtp.to("ann@example.org")) == 1
    refused = run("mail", "test", "gone@example.org")
    assert refused.exit_code == 1
    assert "The mail server refuses this address: 550 5.1.1 No such person here." in refused.output


def test_commands_say_which_setting_is_missing_or_wrong(monkeypatch):
    monkeypatch.delenv("HOMEVISIT_SMTP", raising=False)
    assert "Set HOMEVISIT_SMTP to the address of a mail server first" in run("mail", "test", "a@b.org").output
    monkeypatch.setenv("HOMEVISIT_SMTP", "mail.example.org")
    wrong = run("mail", "test", "a@b.org")
    assert (wrong.exit_code, "is not the address of a mail server" in wrong.output) == (2, True)


def test_list_shows_what_was_sent_and_what_failed_and_that_can_be_sent_again(smtp, tmp_path, monkeypatch):
    monkeypatch.delenv("HOMEVISIT_DATABASE_URL", raising=False)
    assert smtp is not None
    place = ["--course", str(ROOT), "--data", str(tmp_path)]
    store = open_store(load_settings(ROOT, tmp_path).database_url)
    assert run("mail", "list", *place).output == "There is no mail.\n"
    now = datetime.now(UTC)
    with store.begin() as conn:
        for name in ("lena", "gone"):
            account = account_store.add_account(conn, email=f"{name}@example.org", name=name, role="learner")
            mailing.queue_mail(conn, account.account_id, "reminder", "News", "Look.", now)
    send_due(store, mailing.mail_settings())
    shown = run("mail", "list", *place).output
    assert "sent, 1 try  lena@example.org  reminder\n" in shown
    failed = run("mail", "list", "--failed", *place).output
    assert "lena" not in failed
    assert "failed, 1 try  gone@example.org  reminder: The mail server refuses this address: 550" in failed

    with store.begin() as conn:
        account_store.update_account(conn, account.account_id, email="here@example.org")
    assert run("mail", "again", *place).output == "1 mail waits to be sent by the running server.\n"
    assert send_due(store, mailing.mail_settings()).sent == 1
    store.close()
    assert [len(smtp.to(f"{name}@example.org")) for name in ("lena", "here")] == [1, 1]
    assert run("mail", "again", *place).output == "No mail of the last thirty days has failed.\n"
