"""Mail from the settings of the environment to a real mail server: once, in time, with nothing of a text in it."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from homevisit.errors import ConfigError, InvalidEntryError
from homevisit.services import mailing, mailing_delivery
from homevisit.services.mailing_delivery import MailError, send_due, send_test
from homevisit.store import accounts as account_store
from homevisit.store import mails as mail_store
from tests.smtp_server import SmtpServer, certificate, with_password

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
FROM = {"HOMEVISIT_MAIL_FROM": "course@example.org"}


@pytest.fixture
def smtp():
    server = SmtpServer().start()
    yield server
    server.stop()


@pytest.fixture
def mail_on(smtp, monkeypatch):
    """Set mail up for this process; return its settings."""
    monkeypatch.setenv("HOMEVISIT_SMTP", f"smtp://127.0.0.1:{smtp.port}")
    monkeypatch.setenv("HOMEVISIT_MAIL_FROM", FROM["HOMEVISIT_MAIL_FROM"])
    monkeypatch.setenv("HOMEVISIT_PUBLIC_ADDRESS", "https://course.example.org")
    return mailing.mail_settings()


def person(store, name="Lena", email="lena@example.org", role="learner"):
    with store.begin() as conn:
        return account_store.add_account(conn, email=email, name=name, role=role)


def queue(store, account, subject="Something is new", text="Look at it.\n", now=NOW):
    with store.begin() as conn:
        mailing.queue_mail(conn, account.account_id, "reminder", subject, text, now)


def states(store):
    return [(one.email, one.mail.state, one.mail.tries) for one in mailing.listed(store)]


@pytest.mark.parametrize(
    ("smtp", "found"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, "starttls", "", "")),
        ("smtp://relay:25", ("relay", 25, "starttls", "", "")),
        (
            "smtps://ann%40x.org:p%2Fq%20r@mail.example.org",
            ("mail.example.org", 465, "tls", "ann@x.org", "p/q r"),
        ),
    ],
)
def test_settings_are_read_from_the_environment(smtp, found):
    settings = mailing.mail_settings({"HOMEVISIT_SMTP": smtp, **FROM})
    assert (settings.host, settings.port, settings.security, settings.user, settings.password) == found
    assert settings.public_address == ""
    assert "p/q r" not in repr(settings)


def test_server_without_the_settings_sends_no_mail(store, monkeypatch):
    monkeypatch.delenv("HOMEVISIT_SMTP", raising=False)
    assert mailing.mail_settings({}) is None
    lena = person(store)
    queue(store, lena)
    assert states(store) == []
    assert mailing.choice(store, lena) is None


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"HOMEVISIT_SMTP": "mail.example.org", **FROM}, "not the address of a mail server"),
        ({"HOMEVISIT_SMTP": "http://mail.example.org", **FROM}, "not the address of a mail server"),
        ({"HOMEVISIT_SMTP": "smtp://mail.example.org:mail", **FROM}, "port in HOMEVISIT_SMTP is no number"),
        ({"HOMEVISIT_SMTP": "smtp://ann:secret/1@mail.example.org", **FROM}, "HOMEVISIT_SMTP"),
        ({"HOMEVISIT_SMTP": "smtp://relay"}, "Set HOMEVISIT_MAIL_FROM"),
        (
            {"HOMEVISIT_SMTP": "smtp://relay", "HOMEVISIT_MAIL_FROM": "a@b.org\nBcc: c@d.org"},
            "HOMEVISIT_MAIL_FROM",
        ),
        (
            {"HOMEVISIT_SMTP": "smtp://relay", **FROM, "HOMEVISIT_PUBLIC_ADDRESS": "course"},
            "HOMEVISIT_PUBLIC_ADDRESS",
        ),
    ],
)
def test_wrong_setting_is_refused_with_a_sentence_that_holds_no_password(environ, sentence):
    with pytest.raises(ConfigError, match=sentence) as caught:
        mailing.mail_settings(environ)
    assert "secret" not in caught.value.message


@pytest.mark.usefixtures("mail_on")
def test_only_people_with_an_open_account_an_address_and_the_wish_get_mail(store):
    lena, admin = person(store), person(store, "Admin", "administrator@localhost", "administrator")
    odd, closed = person(store, "Odd", "no address"), person(store, "Cleo", "cleo@example.org")
    with store.begin() as conn:
        practice = account_store.add_account(
            conn, email="practice+1@invalid", name="P", role="learner", practice_of=lena.account_id
        )
        account_store.update_account(conn, closed.account_id, is_disabled=True)
    for account in (lena, admin, odd, closed, practice):
        queue(store, account)
    assert states(store) == [("lena@example.org", "waiting", 0)]
    mailing.choose(store, lena, is_wanted=False)
    queue(store, lena)
    assert states(store) == []
    assert mailing.choice(store, lena) is False
    mailing.choose(store, lena, is_wanted=True)
    queue(store, lena)
    assert len(states(store)) == 1


def test_mail_is_sent_once_and_nobody_gets_two_within_ten_minutes(store, smtp, mail_on):
    lena = person(store, "Lena Núñez")
    queue(store, lena)
    assert send_due(store, mail_on, NOW).sent == 1
    assert send_due(store, mail_on, NOW + timedelta(days=1)).sent == 0
    [mail] = smtp.to("lena@example.org")
    assert mail["To"] == "Lena Núñez <lena@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().strip() == "Look at it."
    queue(store, lena, now=NOW + timedelta(minutes=3))
    assert send_due(store, mail_on, NOW + timedelta(minutes=9)).sent == 0
    assert send_due(store, mail_on, NOW + timedelta(minutes=10)).sent == 1


def test_name_or_subject_with_a_line_break_adds_no_header_and_no_recipient(store, smtp, mail_on):
    bad = person(store, "Mallory\r\nBcc: all@example.org\r\n\r\nBuy this", "mallory@example.org")
    queue(store, bad, subject="News\nBcc: all@example.org\n\nBuy that")
    assert send_due(store, mail_on, NOW).sent == 1
    [(recipients, mail)] = smtp.mails
    assert recipients == ["mallory@example.org"]
    assert mail["Bcc"] is None
    assert mail.get_content().strip() == "Look at it."
    evil = person(store, "Eve", "eve@example.org\r\nbcc: all@example.org")
    queue(store, evil)
    assert len(smtp.mails) == 1


def test_mail_server_that_is_down_and_up_again_loses_nothing_and_gets_each_mail_once(store, smtp, mail_on):
    people = [person(store, name, f"{name.lower()}@example.org") for name in ("Ana", "Bo", "Cy")]
    for account in people:
        queue(store, account)
    smtp.stop()
    down = send_due(store, mail_on, NOW)
    assert (down.sent, down.is_reachable) == (0, False)
    waiting = [one.mail for one in mailing.listed(store) if one.mail.problem]
    assert [mail.state for mail in waiting] == ["waiting"]
    assert f"The mail server 127.0.0.1:{mail_on.port} cannot be used" in waiting[0].problem
    assert send_due(store, mail_on, NOW + timedelta(seconds=30)).is_reachable is False
    again = SmtpServer(port=mail_on.port).start()
    try:
        assert send_due(store, mail_on, NOW + timedelta(minutes=2)).sent == 3
        assert send_due(store, mail_on, NOW + timedelta(hours=1)).sent == 0
    finally:
        again.stop()
    assert sorted(to for recipients, _ in again.mails for to in recipients) == [
        "ana@example.org",
        "bo@example.org",
        "cy@example.org",
    ]
    assert {state for _, state, _ in states(store)} == {"sent"}


def test_address_that_bounces_fails_at_once_and_an_administrator_sees_it(store, smtp, mail_on):
    lena, gone = person(store), person(store, "Gus", "gone@example.org")
    boss = person(store, "Ada", "ada@example.org", "administrator")
    queue(store, gone, now=datetime.now(UTC))
    queue(store, lena, now=datetime.now(UTC))
    assert send_due(store, mail_on).sent == 1
    assert set(states(store)) == {("gone@example.org", "failed", 1), ("lena@example.org", "sent", 1)}
    found = mailing.trouble(store, boss)
    assert (found.failed, found.waiting) == (1, 0)
    assert found.problem == "The mail server refuses this address: 550 5.1.1 No such person here."
    assert mailing.trouble(store, lena) is None
    assert len(smtp.mails) == 1


def test_mail_that_is_put_off_again_and_again_is_given_up_with_its_reason(store, mail_on):
    queue(store, person(store, "Bea", "busy@example.org"))
    at = NOW
    for number, pause in enumerate(mailing_delivery.PAUSES, 1):
        assert send_due(store, mail_on, at).is_reachable
        assert states(store) == [("busy@example.org", "waiting", number)]
        assert send_due(store, mail_on, at + pause - timedelta(seconds=1)).sent == 0
        at += pause
    send_due(store, mail_on, at)
    [one] = mailing.listed(store)
    assert one.mail.state == "failed"
    assert "451 4.7.1 Come again later" in one.mail.problem


SENDER = """
import sys
from homevisit.services.mailing import mail_settings
from homevisit.services.mailing_delivery import send_due
from homevisit.store.engine import open_store
store = open_store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
print(sum(send_due(store, mail_settings()).sent for _ in range(3)))
"""


def test_two_servers_never_send_the_same_mail_twice(database_url, smtp, mail_on):
    from homevisit.store.engine import open_store

    assert mail_on is not None
    store = open_store(database_url)
    emails = [f"learner{number}@example.org" for number in range(20)]
    for email in emails:
        queue(store, person(store, email, email), now=datetime.now(UTC))
    command = [sys.executable, "-c", SENDER, database_url]
    servers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    for process in servers:
        assert process.stdout.readline() == "ready\n"
    for process in servers:  # both are open by now: let them go at the same moment
        process.stdin.write("go\n")
        process.stdin.flush()
    sent = [int(process.communicate(timeout=60)[0]) for process in servers]
    assert sum(sent) == 20
    assert sorted(to for recipients, _ in smtp.mails for to in recipients) == sorted(emails)
    store.close()


def test_claim_of_a_server_that_died_while_sending_passes_on(store, smtp, mail_on):
    queue(store, person(store))
    with store.begin() as conn:
        until = NOW + mailing_delivery.CLAIM_LASTS
        assert mail_store.claim_due(conn, NOW, until) is not None
        assert mail_store.claim_due(conn, NOW, until) is None
    assert send_due(store, mail_on, NOW + timedelta(minutes=1)).sent == 0
    assert send_due(store, mail_on, until).sent == 1
    assert len(smtp.mails) == 1


def settings_for(server, *, scheme="smtp", user="", host="localhost"):
    login = f"{user}@" if user else ""
    return mailing.mail_settings({"HOMEVISIT_SMTP": f"{scheme}://{login}{host}:{server.port}", **FROM})


def test_login_goes_over_starttls_with_a_certificate_that_is_checked(tmp_path, monkeypatch):
    context, cert = certificate(tmp_path)
    options = with_password("ann", "s3cret/word")
    server = SmtpServer(tls_context=context, require_starttls=True, **options).start()
    try:
        settings = settings_for(server, user="ann:s3cret%2Fword")
        with pytest.raises(MailError, match=r"cannot be used: .*certificate"):
            send_test(settings, "ann@example.org")
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        send_test(settings, "ann@example.org")
        with pytest.raises(MailError, match="does not take the name and password") as caught:
            send_test(settings_for(server, user="ann:wrong"), "ann@example.org")
        assert caught.value.is_server
        assert "wrong" not in caught.value.message
    finally:
        server.stop()
    assert server.were_encrypted == [True]


def test_mail_without_login_is_encrypted_where_the_server_offers_it(tmp_path):
    context, _ = certificate(tmp_path)
    server = SmtpServer(tls_context=context).start()
    try:
        send_test(settings_for(server), "ann@example.org")
    finally:
        server.stop()
    assert server.were_encrypted == [True]


def test_mail_over_tls_from_the_first_byte(tmp_path, monkeypatch):
    context, cert = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    server = SmtpServer(ssl_context=context).start()
    try:
        send_test(settings_for(server, scheme="smtps"), "ann@example.org")
    finally:
        server.stop()
    assert len(server.to("ann@example.org")) == 1


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_login_without_encryption_is_for_this_machine_only():
    options = with_password("ann", "word")
    server = SmtpServer(auth_require_tls=False, **options).start()
    try:
        send_test(settings_for(server, user="ann:word"), "ann@example.org")
    finally:
        server.stop()
    assert len(server.mails) == 1
    # this machine too, but not by a name that says so
    other = SmtpServer(host="127.0.0.2", auth_require_tls=False, **options).start()
    try:
        with pytest.raises(MailError, match="offers no encryption for the password"):
            send_test(settings_for(other, user="ann:word", host="127.0.0.2"), "ann@example.org")
    finally:
        other.stop()
    assert other.mails == []


def test_test_mail_needs_one_address(mail_on):
    for wrong in ("", "ann", "a@b.org, c@d.org", "a@b.org\nBcc: c@d.org"):
        with pytest.raises(InvalidEntryError):
            send_test(mail_on, wrong)


@pytest.mark.parametrize(
    "slip",
    ["ana..ruiz@example.org", ".ana@example.org", "ana@example..org", "aña@example.org", "\U0001f600@x.org"],
)
def test_address_with_a_slip_of_the_pen_keeps_no_other_mail_from_going_out(store, mail_on, slip):
    ana = person(store, "Ana")
    queue(store, ana, now=NOW - timedelta(minutes=1))
    with store.begin() as conn:
        account_store.update_account(conn, ana.account_id, email=slip)
    queue(store, person(store))
    assert send_due(store, mail_on, NOW).sent == 1
    assert sorted(states(store)) == sorted([("lena@example.org", "sent", 1), (slip, "failed", 1)])


def test_password_that_no_mail_server_takes_is_told_without_a_letter_of_it():
    options = {"authenticator": with_password("ann", "word"), "auth_require_tls": False}
    server = SmtpServer(**options).start()
    try:
        with pytest.raises(MailError, match="a letter that mail servers do not take") as caught:
            send_test(settings_for(server, user="ann:wörd"), "ann@example.org")
    finally:
        server.stop()
    assert "ö" not in caught.value.message
    assert caught.value.is_server


def test_what_was_sent_long_ago_is_forgotten_and_what_failed_is_not(store, mail_on):
    lena, gone = person(store), person(store, "Gus", "gone@example.org")
    for account in (lena, gone):
        queue(store, account)
    send_due(store, mail_on, NOW)
    with store.begin() as conn:
        assert mail_store.forget_sent(conn, NOW) == 0
        assert mail_store.forget_sent(conn, NOW + timedelta(days=1)) == 1
    assert states(store) == [("gone@example.org", "failed", 1)]
