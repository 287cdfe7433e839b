"""Sends what waits, by SMTP: each mail once, again after a growing pause when the mail server is away."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import format_datetime
from typing import TYPE_CHECKING

from homevisit.errors import CourseError, InvalidEntryError
from homevisit.services.mailing import is_address
from homevisit.store import mails as mail_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from homevisit.services.mailing import MailSettings
    from homevisit.store.engine import Store
    from homevisit.store.values_mail import AddressedMail

COURSE = "Home Visitor's Course"
TIMEOUT = 20.0
# A server that dies while it sends leaves its mail to the others after this time.
CLAIM_LASTS = timedelta(minutes=15)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 1440))
MOST_AT_ONCE = 50
KEPT = timedelta(days=90)
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
PERMANENT = 500
ODD_SETTING = "The name, the password or the mail server of HOMEVISIT_SMTP holds a letter that mail servers do not take."


class MailError(CourseError):
    """A mail could not be sent.

    Parameters
    ----------
    is_final : bool
        Whether another try would end the same way.
    is_server : bool
        Whether it has to do with the mail server, so that other mails would fail too.
    """

    def __init__(self, message: str, *, is_final: bool = False, is_server: bool = False) -> None:
        super().__init__(message)
        self.is_final, self.is_server = is_final, is_server


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one look at the waiting mails did; `is_reachable` is False when the mail server was the problem."""

    sent: int
    is_reachable: bool


def send_due(store: Store, settings: MailSettings, now: datetime | None = None) -> Delivery:
    """Send the mails that are due, each in a claim of its own, so that no other server sends it too.

    Where the mail server is away, the rest waits for the next look; nothing is lost.
    """
    sent = 0
    for _ in range(MOST_AT_ONCE):
        at = now or datetime.now(UTC)
        with store.begin() as conn:
            found = mail_store.claim_due(conn, at, at + CLAIM_LASTS)
        if found is None:
            return Delivery(sent, is_reachable=True)
        try:
            deliver(settings, message(settings, found))
        except MailError as exc:
            _put_back(store, found, exc, at)
            if exc.is_server:
                return Delivery(sent, is_reachable=False)
            continue
        with store.begin() as conn:
            mail_store.change_mail(conn, found.mail, {"state": "sent", "sent_at": at, "problem": ""})
        sent += 1
    return Delivery(sent, is_reachable=True)


def send_test(settings: MailSettings, address: str) -> None:
    """Send a mail that says that mail works.

    Raises
    ------
    InvalidEntryError
        This is no address.
    MailError
        It could not be sent; the sentence says why.
    """
    if not is_address(address):
        raise InvalidEntryError("Write one e-mail address, such as ana@example.org.")
    mail = _envelope(settings, "", address, "Mail from the course works")
    mail.set_content(
        "This is a test. People of the course can be told by mail that something is new.\n"
        + (f"\n{settings.public_address}\n" if settings.public_address else "")
    )
    deliver(settings, mail)


def forget_old(store: Store) -> None:
    """Remove what was sent long ago: nobody needs it, and it says who works on what."""
    with store.begin() as conn:
        mail_store.forget_sent(conn, datetime.now(UTC) - KEPT)


def message(settings: MailSettings, found: AddressedMail) -> EmailMessage:
    """Return a mail in its outer form; MailError when it has no address that works."""
    if not is_address(found.email):
        raise MailError("This person has no e-mail address that works.", is_final=True)
    mail = _envelope(settings, found.name, found.email, found.mail.subject)
    # the same on every try, so that a mail server can tell a second copy from a second mail
    mail["Message-ID"] = f"<{found.mail.mail_id}@{settings.sender.rpartition('@')[2]}>"
    mail["Date"] = format_datetime(found.mail.made_at)
    mail.set_content(found.mail.text)
    return mail


def deliver(settings: MailSettings, mail: EmailMessage) -> None:
    """Hand a mail over to the mail server; MailError when it does not take it."""
    try:
        with _connected(settings) as smtp:
            smtp.send_message(mail)
    except UnicodeError as exc:
        raise MailError(ODD_SETTING, is_server=True) from exc
    except (smtplib.SMTPException, OSError) as exc:
        raise _as_mail_error(settings, exc) from exc


def _as_mail_error(settings: MailSettings, exc: Exception) -> MailError:
    """Return what a failure means, and whether another try, or another mail, makes sense."""
    if isinstance(exc, smtplib.SMTPRecipientsRefused):
        code, reply = next(iter(exc.recipients.values()))
        sentence = f"The mail server refuses this address: {_said(code, reply)}."
        return MailError(sentence, is_final=code >= PERMANENT)
    if isinstance(exc, smtplib.SMTPNotSupportedError):
        if settings.user:
            return MailError("The mail server offers no encryption for the password.", is_server=True)
        return MailError("The mail server cannot write to this address.", is_final=True)
    if isinstance(exc, smtplib.SMTPSenderRefused | smtplib.SMTPDataError | smtplib.SMTPAuthenticationError):
        return _refused(exc)
    place = f"{settings.host}:{settings.port}"
    said_by_system = None if isinstance(exc, smtplib.SMTPException) else getattr(exc, "strerror", None)
    reason = _one_line(str(said_by_system or exc)).rstrip(".") or type(exc).__name__
    return MailError(f"The mail server {place} cannot be used: {reason}.", is_server=True)


def _refused(exc: smtplib.SMTPResponseException) -> MailError:
    said = _said(exc.smtp_code, exc.smtp_error)
    if isinstance(exc, smtplib.SMTPAuthenticationError):
        sentence = f"The mail server does not take the name and password of HOMEVISIT_SMTP: {said}."
        return MailError(sentence, is_server=True)
    if isinstance(exc, smtplib.SMTPSenderRefused):
        sentence = f"The mail server refuses the sender of HOMEVISIT_MAIL_FROM: {said}."
        return MailError(sentence, is_server=True)
    is_final = exc.smtp_code >= PERMANENT
    return MailError(f"The mail server did not take this mail: {said}.", is_final=is_final)


@contextmanager
def _connected(settings: MailSettings) -> Iterator[smtplib.SMTP]:
    """Give a connection that is encrypted and signed in as the settings ask for."""
    checked = ssl.create_default_context()
    if settings.security == "tls":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=TIMEOUT, context=checked)
    else:
        smtp = smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT)
    with closing(smtp):
        smtp.ehlo()
        if settings.security == "starttls":
            _encrypt(smtp, settings, checked)
        if settings.user:
            smtp.login(settings.user, settings.password)
        yield smtp


def _encrypt(smtp: smtplib.SMTP, settings: MailSettings, checked: ssl.SSLContext) -> None:
    """Go on encrypted: checked and always where a password follows, else as far as the server can."""
    offers = smtp.has_extn("starttls")
    if settings.user and (offers or settings.host not in LOCAL):
        smtp.starttls(context=checked)
        smtp.ehlo()
    elif offers:
        # an unknown certificate still keeps passers-by from reading, and no secret depends on it
        loose = ssl.create_default_context()
        loose.check_hostname = False
        loose.verify_mode = ssl.CERT_NONE
        smtp.starttls(context=loose)
        smtp.ehlo()


def _envelope(settings: MailSettings, name: str, address: str, subject: str) -> EmailMessage:
    # a name or subject can hold whatever people wrote: a line break in it would begin a header of its own
    mail = EmailMessage(policy=SMTP_POLICY)
    mail["From"] = Address(COURSE, addr_spec=settings.sender)
    mail["To"] = Address(_one_line(name), addr_spec=address)
    mail["Subject"] = _one_line(subject)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday notice replies to it
    return mail


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:200]


def _said(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {_one_line(text)}".strip().rstrip(".")


def _put_back(store: Store, found: AddressedMail, problem: MailError, at: datetime) -> None:
    """Leave a mail for a later try, or give it up where no try will help."""
    is_over = problem.is_final or found.mail.tries > len(PAUSES)
    changed: dict[str, object] = {"problem": problem.message}
    if is_over:
        changed["state"] = "failed"
    else:
        changed["due_at"] = at + PAUSES[found.mail.tries - 1]
    with store.begin() as conn:
        mail_store.change_mail(conn, found.mail, changed)
