"""Mail about one's work: the settings of this server, who can be written to, and what waits to be sent."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urlsplit

from homevisit.errors import ConfigError
from homevisit.services.accounts import FIRST_ADMINISTRATOR
from homevisit.store import accounts as account_store
from homevisit.store import mails as mail_store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from homevisit.store.engine import Store
    from homevisit.store.values import Account
    from homevisit.store.values_mail import AddressedMail, MailKind

SMTP, FROM, PUBLIC = "HOMEVISIT_SMTP", "HOMEVISIT_MAIL_FROM", "HOMEVISIT_PUBLIC_ADDRESS"
PORTS = {"smtp": 587, "smtps": 465}
# What happens within this time comes in one mail, and nobody gets two mails within it.
TOGETHER = timedelta(minutes=10)
SHOWN_DAYS = 30
MOST_LISTED = 200
# Of each part only what the headers of a mail take; a dot stands between two others.
_NAME, _LABEL = r"[^\s@.,;:<>()\[\]\\\"\x00-\x1f\x7f-\U0010ffff]+", r"[^\s@.,;:<>()\[\]\\\"\x00-\x1f\x7f]+"
_ADDRESS = re.compile(rf"{_NAME}(\.{_NAME})*@({_LABEL}\.)+[^\s@.,;:<>()\[\]\\\"\x00-\x1f\x7f]{{2,}}")
EXAMPLE = "smtp://name:password@mail.example.org:587"


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How mail is sent; the password is not shown.

    `security` is tls from the first byte, or starttls, which is a must where there is a password to send;
    without one the connection is encrypted where the mail server offers it.
    """

    host: str
    port: int
    security: Literal["tls", "starttls"]
    user: str
    password: str = field(repr=False)
    sender: str
    public_address: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an administrator should know: mails that failed, mails that wait for the next try, and why."""

    failed: int
    waiting: int
    problem: str


def mail_settings(environ: Mapping[str, str] | None = None) -> MailSettings | None:
    """Return how mail is sent, or None when this server sends none.

    Parameters
    ----------
    environ : mapping or None
        The environment of the program when None.

    Raises
    ------
    ConfigError
        A setting is wrong; the sentence says which, and never holds the password.
    """
    environ = os.environ if environ is None else environ
    public = public_address(environ)  # pages give links with it, mail or not
    smtp = environ.get(SMTP, "").strip()
    if not smtp:
        return None
    try:
        parts = urlsplit(smtp)
        port = parts.port
    except ValueError as exc:
        raise ConfigError(f"The port in {SMTP} is no number. Write it like {EXAMPLE}.") from exc
    if parts.scheme not in PORTS or not parts.hostname:
        raise ConfigError(f"{SMTP} is not the address of a mail server. Write it like {EXAMPLE}.")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ConfigError(
            f"{SMTP} goes on after the port. Write it like {EXAMPLE}; in a password, write %2F for a slash, "
            "%3F for a question mark and %23 for a number sign."
        )
    sender = environ.get(FROM, "").strip()
    if not is_address(sender):
        raise ConfigError(f"Set {FROM} to the address that mail comes from, such as course@example.org.")
    return MailSettings(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        security="tls" if parts.scheme == "smtps" else "starttls",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=sender,
        public_address=public,
    )


def public_address(environ: Mapping[str, str] | None = None) -> str:
    """Return the address that people open, with a slash at its end; empty where none is set, ConfigError if wrong."""
    address = (os.environ if environ is None else environ).get(PUBLIC, "").strip()
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ConfigError(
            f"Set {PUBLIC} to the address that people open, such as https://course.example.org/."
        )
    return address.rstrip("/") + "/"


def is_address(text: str) -> bool:
    """Whether a text is one plain e-mail address that mail can go to."""
    return len(text) <= 254 and _ADDRESS.fullmatch(text) is not None  # noqa: PLR2004  RFC 5321, 4.5.3.1.3


def can_be_written_to(conn: Connection, account: Account) -> bool:
    """Whether a person has an address that works, an open account, and has not switched mail off."""
    is_real = not account.is_practice and not account.is_disabled and account.email != FIRST_ADMINISTRATOR
    return is_real and is_address(account.email) and mail_store.is_wanted(conn, account.account_id)


def queue_mail(  # noqa: PLR0917  a mail has as many parts
    conn: Connection, account_id: str, kind: MailKind, subject: str, text: str, now: datetime
) -> None:
    """Put a mail down for a person, to be sent once the transaction is kept.

    Nothing happens when this server sends no mail, or the person has no address that works or wants none.
    A person who was sent a mail a moment ago gets this one ten minutes after that.

    Parameters
    ----------
    text : str
        Plain text, without a word of what a learner or a trainer wrote.
    """
    if not wants_mail(conn, account_id):
        return
    last = mail_store.last_sent_at(conn, account_id)
    due = now if last is None else max(now, last + TOGETHER)
    mail_store.add_mail(conn, account_id, kind, subject=subject, text=text, made_at=now, due_at=due)


def wants_mail(conn: Connection, account_id: str) -> bool:
    """Whether mail is on for a person: this server sends mail, and the person can be written to."""
    if mail_settings() is None:
        return False
    return can_be_written_to(conn, account_store.find_account(conn, account_id))


def choose(store: Store, account: Account, *, is_wanted: bool) -> None:
    """Store whether a person wants mail; what waits for one who wants none is not sent."""
    with store.begin() as conn:
        mail_store.set_wanted(conn, account.account_id, datetime.now(UTC), is_wanted=is_wanted)


def choice(store: Store, account: Account) -> bool | None:
    """Return whether a person wants mail, or None where there is nothing to choose."""
    if mail_settings() is None or account.is_practice:
        return None
    with store.read() as conn:
        return mail_store.is_wanted(conn, account.account_id)


def trouble(store: Store, viewer: Account) -> Trouble | None:
    """Return what went wrong in the last thirty days, for an administrator; None for others, or when all is well."""
    if viewer.role != "administrator":
        return None
    with store.read() as conn:
        found = Trouble(*mail_store.troubles(conn, datetime.now(UTC) - timedelta(days=SHOWN_DAYS)))
    return found if found.failed or found.waiting else None


def listed(store: Store) -> list[AddressedMail]:
    """Return the newest mails, whatever became of them."""
    with store.read() as conn:
        return mail_store.mails(conn, limit=MOST_LISTED)


def try_again(store: Store) -> int:
    """Put the mails of the last thirty days that failed in the queue again; return how many they are."""
    now = datetime.now(UTC)
    with store.begin() as conn:
        return mail_store.revive_failed(conn, now - timedelta(days=SHOWN_DAYS), now)
