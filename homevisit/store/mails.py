"""Mail: what waits, what was sent, what failed, and who wants none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from homevisit.store import tables, tables_mail
from homevisit.store.ids import new_id
from homevisit.store.values_mail import AddressedMail, Mail

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Connection

    from homevisit.store.values_mail import MailKind

table = tables_mail.mails
wishes = tables_mail.mail_wishes
accounts = tables.accounts
FIELDS = tuple(Mail.__dataclass_fields__)


def add_mail(
    conn: Connection,
    account_id: str,
    kind: MailKind,
    *,
    subject: str,
    text: str,
    made_at: datetime,
    due_at: datetime,
) -> Mail:
    """Put a mail down to be sent when it is due."""
    mail = Mail(
        mail_id=new_id("m-"),
        account_id=account_id,
        kind=kind,
        subject=subject,
        text=text,
        state="waiting",
        tries=0,
        problem="",
        made_at=made_at,
        due_at=due_at,
        sent_at=None,
    )
    conn.execute(insert(table).values({field: getattr(mail, field) for field in FIELDS}))
    return mail


def find_untried(conn: Connection, account_id: str, kind: MailKind) -> Mail | None:
    """Return the mail of this kind to a person that nobody has tried to send yet, or None."""
    query = _mails().where(
        table.c.account_id == account_id,
        table.c.kind == kind,
        table.c.state == "waiting",
        table.c.tries == 0,
    )
    row = conn.execute(query.order_by(table.c.made_at).limit(1)).mappings().one_or_none()
    return None if row is None else Mail(**row)


def change_mail(conn: Connection, mail: Mail, values: Mapping[str, Any]) -> bool:
    """Change a waiting mail that has had as many tries as `mail` says; return whether it was still so."""
    as_it_was = (table.c.mail_id == mail.mail_id) & (table.c.tries == mail.tries)
    changed = update(table).where(as_it_was, table.c.state == "waiting").values(dict(values))
    return conn.execute(changed).rowcount == 1


def claim_due(conn: Connection, now: datetime, until: datetime) -> AddressedMail | None:
    """Take the mail that has been due for longest, for nobody else to try before `until`; None when none is due.

    The number of tries grows by one. Of two servers that ask at once each gets another mail, or none.
    """
    due = table.c.state == "waiting"
    query = (
        select(*(table.c[field] for field in FIELDS), accounts.c.name, accounts.c.email)
        .join(accounts, accounts.c.account_id == table.c.account_id)
        .where(due, table.c.due_at <= now)
        .order_by(table.c.due_at, table.c.mail_id)
        .limit(1)
        .with_for_update(of=table, skip_locked=True)  # no meaning, and no harm, in SQLite
    )
    row = conn.execute(query).mappings().one_or_none()
    if row is None:
        return None
    mail = Mail(**{field: row[field] for field in FIELDS})
    if not change_mail(conn, mail, {"tries": mail.tries + 1, "due_at": until}):
        return None
    claimed = Mail(**{**{field: row[field] for field in FIELDS}, "tries": mail.tries + 1, "due_at": until})
    return AddressedMail(claimed, row["name"], row["email"])


def mails(conn: Connection, *, limit: int | None = None) -> list[AddressedMail]:
    """Return mails with whom they are for, newest first."""
    query = (
        select(*(table.c[field] for field in FIELDS), accounts.c.name, accounts.c.email)
        .join(accounts, accounts.c.account_id == table.c.account_id)
        .order_by(table.c.made_at.desc(), table.c.mail_id)
    )
    if limit is not None:
        query = query.limit(limit)
    return [
        AddressedMail(Mail(**{field: row[field] for field in FIELDS}), row["name"], row["email"])
        for row in conn.execute(query).mappings()
    ]


def last_sent_at(conn: Connection, account_id: str) -> datetime | None:
    """Return when a person was last sent a mail, or None."""
    query = select(table.c.sent_at).where(table.c.account_id == account_id, table.c.sent_at.is_not(None))
    found: datetime | None = conn.execute(
        query.order_by(table.c.sent_at.desc()).limit(1)
    ).scalar_one_or_none()
    return found


def troubles(conn: Connection, since: datetime) -> tuple[int, int, str]:
    """Return how many mails made since then failed, how many wait after a failed try, and the newest problem."""
    stuck = table.c.problem != ""
    query = select(table.c.state, func.count()).where(stuck, table.c.made_at >= since).group_by(table.c.state)
    counts = {row[0]: int(row[1]) for row in conn.execute(query)}
    newest = select(table.c.problem).where(stuck, table.c.made_at >= since, table.c.state != "sent")
    problem = conn.execute(newest.order_by(table.c.due_at.desc()).limit(1)).scalar_one_or_none()
    return counts.get("failed", 0), counts.get("waiting", 0), str(problem or "")


def revive_failed(conn: Connection, since: datetime, now: datetime) -> int:
    """Let mails that were made since then and failed wait again, as if nobody had tried; return how many."""
    failed = (table.c.state == "failed") & (table.c.made_at >= since)
    fresh = {"state": "waiting", "tries": 0, "problem": "", "due_at": now}
    return conn.execute(update(table).where(failed).values(fresh)).rowcount


def forget_sent(conn: Connection, before: datetime) -> int:
    """Remove mails that were sent before then; return how many."""
    return conn.execute(delete(table).where(table.c.state == "sent", table.c.sent_at < before)).rowcount


def is_wanted(conn: Connection, account_id: str) -> bool:
    """Return whether a person wants mail; who never said so does."""
    query = select(wishes.c.is_wanted).where(wishes.c.account_id == account_id)
    found = conn.execute(query).scalar_one_or_none()
    return True if found is None else bool(found)


def set_wanted(conn: Connection, account_id: str, now: datetime, *, is_wanted: bool) -> None:
    """Store whether a person wants mail; what waits for one who wants none is removed."""
    conn.execute(delete(wishes).where(wishes.c.account_id == account_id))
    conn.execute(insert(wishes).values(account_id=account_id, is_wanted=is_wanted, changed_at=now))
    if not is_wanted:
        conn.execute(delete(table).where(table.c.account_id == account_id, table.c.state == "waiting"))


def _mails() -> Any:
    return select(*(table.c[field] for field in FIELDS))
