"""Tells a person that something is new at the desk: a badge, and a mail without a word of any text."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from homevisit.services import mailing
from homevisit.store import accounts as account_store
from homevisit.store import desk_items, desk_notes
from homevisit.store import mails as mail_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

    from homevisit.store.values import Account
    from homevisit.store.values_desk import DeskItem, Notice, NoticeKind

SUBJECT = "Home Visitor's Course: something is new for you"
SUBJECT_ES = "Home Visitor's Course: hay algo nuevo para usted"
ENGLISH: dict[str, tuple[str, str]] = {
    "released": (
        "Your trainer has read one of your texts and written to you.",
        "Your trainer has read {n} of your texts and written to you.",
    ),
    "returned": (
        "Your trainer asks you to look at one of your texts again.",
        "Your trainer asks you to look at {n} of your texts again.",
    ),
    "replied": (
        "A learner has replied to what you wrote about a text.",
        "Learners have replied to what you wrote about {n} texts.",
    ),
    "exemplar": (
        "Your trainer asks whether one of your texts may be shown to others as an example, without your name.",
        "Your trainer asks whether {n} of your texts may be shown to others as examples, without your name.",
    ),
}
SPANISH: dict[str, tuple[str, str]] = {
    "released": (
        "La persona que le capacita ha leído uno de sus textos y le ha escrito.",
        "La persona que le capacita ha leído {n} de sus textos y le ha escrito.",
    ),
    "returned": (
        "La persona que le capacita le pide que mire otra vez uno de sus textos.",
        "La persona que le capacita le pide que mire otra vez {n} de sus textos.",
    ),
    "replied": (
        "Alguien del curso ha contestado a lo que usted escribió sobre un texto.",
        "Alguien del curso ha contestado a lo que usted escribió sobre {n} textos.",
    ),
    "exemplar": (
        "La persona que le capacita pregunta si uno de sus textos se puede mostrar como ejemplo, sin su nombre.",
        "La persona que le capacita pregunta si {n} de sus textos se pueden mostrar como ejemplos, sin su nombre.",
    ),
}
SIGN_IN = "Sign in to the course to see it"
SIGN_IN_ES = "Entre en el curso para verlo"
OFF = "You can switch these mails off on your account page"
OFF_ES = "Puede desactivar estos mensajes en la página de su cuenta"


def tell(
    conn: Connection, account_id: str, kind: NoticeKind, item_id: str, now: datetime | None = None
) -> None:
    """Add a badge for a person and, where mail is on for them, put it into the mail that waits for them.

    What is new within ten minutes comes in one mail; only counts stand in it, never a text or comment.
    """
    now = now or datetime.now(UTC)
    by_mail = mailing.wants_mail(conn, account_id)
    added = desk_notes.add_notice(conn, account_id, kind, item_id, by_mail=by_mail)
    if not by_mail:
        return
    waiting = mail_store.find_untried(conn, account_id, "desk")
    fresh = desk_notes.mails_to_send(conn, account_id)
    if waiting is None:
        # what an earlier mail has said is not said again
        desk_notes.set_mail(conn, [one.notice_id for one in fresh if one != added], "sent", 1)
        fresh = [added]
    items = desk_items.find_items(conn, {notice.item_id for notice in fresh})
    subject, text = composed(account_store.find_account(conn, account_id), fresh, items)
    if waiting is not None and mail_store.change_mail(conn, waiting, {"subject": subject, "text": text}):
        return
    last = mail_store.last_sent_at(conn, account_id)
    due = max(now, last or now) + mailing.TOGETHER
    mail_store.add_mail(conn, account_id, "desk", subject=subject, text=text, made_at=now, due_at=due)


def composed(person: Account, notices: Sequence[Notice], items: dict[str, DeskItem]) -> tuple[str, str]:
    """Return subject and text of a mail about some notices: in English, and in Spanish for who writes Spanish."""
    settings = mailing.mail_settings()
    public = settings.public_address if settings is not None else ""
    counts = Counter(kind for kind, _ in {(notice.kind, notice.item_id) for notice in notices})
    link = public and public + _page(list(notices), items)
    account = public and f"{public}account"
    name = " ".join(person.name.split())
    is_spanish = person.role == "learner" and any(item.language == "es" for item in items.values())
    parts = [f"Hello {name},", f"{_lines(ENGLISH, counts)} {_sentence(SIGN_IN, link)}"]
    if is_spanish:
        parts.append(f"{_lines(SPANISH, counts)} {_sentence(SIGN_IN_ES, link)}")
    off = [_sentence(OFF, account)] + ([_sentence(OFF_ES, account)] if is_spanish else [])
    parts.append("-- \n" + "\n".join(off))
    return (f"{SUBJECT} / {SUBJECT_ES.partition(': ')[2]}" if is_spanish else SUBJECT), "\n\n".join(
        parts
    ) + "\n"


def _lines(words: dict[str, tuple[str, str]], counts: Counter[NoticeKind]) -> str:
    said = []
    for kind, (one, many) in words.items():
        count = counts[kind]  # type: ignore[index]  # the words have the kinds of notices as their names
        if count:
            said.append(one if count == 1 else many.format(n=count))
    return " ".join(said)


def _sentence(words: str, link: str) -> str:
    return f"{words}: {link}" if link else f"{words}."


def _page(notices: list[Notice], items: dict[str, DeskItem]) -> str:
    """Return where the person finds all of it: a result, a text at the desk, or the first page."""
    if all(notice.kind == "replied" for notice in notices):
        ids = {notice.item_id for notice in notices}
        return f"course/desk/{ids.pop()}" if len(ids) == 1 else ""
    lessons = {items[notice.item_id].lesson_id for notice in notices}
    return f"lessons/{lessons.pop()}/result" if len(lessons) == 1 else ""
