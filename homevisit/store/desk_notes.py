"""What stands around readings: the record, the comment bank, settings, replies, exemplars, notices."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, insert, or_, select, update

from homevisit.errors import MissingEntryError
from homevisit.store import tables_desk
from homevisit.store.failures import or_conflict
from homevisit.store.ids import new_id
from homevisit.store.values_desk import BankComment, DeskSettings, Notice, Record, Reply

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from homevisit.store.values_desk import Consent, NoticeKind

bank = tables_desk.comment_bank
settings = tables_desk.desk_settings
replies_table = tables_desk.replies
exemplars = tables_desk.exemplars
notices_table = tables_desk.notices
records_table = tables_desk.records
NO_COMMENT = "This comment is not in the bank any more. Load the page again."
SENT_TWICE = "This reply was sent already."


def add_record(
    conn: Connection,
    *,
    actor_id: str,
    actor_name: str,
    action: str,
    item_id: str = "",
    learner_id: str = "",
    lesson_id: str = "",
    question_id: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Add a line to the record; nothing ever changes or removes one."""
    row = {
        "at": datetime.now(UTC),
        "actor_id": actor_id,
        "actor_name": actor_name,
        "action": action,
        "item_id": item_id,
        "learner_id": learner_id,
        "lesson_id": lesson_id,
        "question_id": question_id,
        "before": dict(before or {}),
        "after": dict(after or {}),
    }
    conn.execute(insert(records_table).values(row))


def records(conn: Connection, *, item_id: str = "", limit: int | None = None) -> list[Record]:
    """Return the record, or that of one item, newest first."""
    query = select(records_table).order_by(records_table.c.record_id.desc())
    if item_id:
        query = query.where(records_table.c.item_id == item_id)
    if limit is not None:
        query = query.limit(limit)
    return [Record(**row) for row in conn.execute(query).mappings()]


def add_comment(conn: Connection, owner_id: str, text: str, *, is_shared: bool) -> BankComment:
    """Keep a comment in the bank."""
    comment = BankComment(new_id("c-"), owner_id, is_shared, text, 0)
    row = {field: getattr(comment, field) for field in BankComment.__dataclass_fields__}
    conn.execute(insert(bank).values(**row, created_at=datetime.now(UTC)))
    return comment


def comments(conn: Connection, owner_id: str) -> list[BankComment]:
    """Return a person's own comments and the shared ones, the most used first."""
    columns = [bank.c[field] for field in BankComment.__dataclass_fields__]
    seen = and_(or_(bank.c.owner_id == owner_id, bank.c.is_shared.is_(True)), bank.c.removed_at.is_(None))
    order = (bank.c.used.desc(), bank.c.created_at, bank.c.comment_id)
    return [
        BankComment(**row) for row in conn.execute(select(*columns).where(seen).order_by(*order)).mappings()
    ]


def change_comment(conn: Connection, owner_id: str, comment_id: str, values: Mapping[str, Any]) -> None:
    """Change one's own comment; MissingEntryError when it is another's or gone."""
    mine = and_(bank.c.comment_id == comment_id, bank.c.owner_id == owner_id, bank.c.removed_at.is_(None))
    if conn.execute(update(bank).where(mine).values(dict(values))).rowcount == 0:
        raise MissingEntryError(NO_COMMENT)


def count_use(conn: Connection, comment_id: str) -> None:
    """Count that a comment was put into a reading."""
    conn.execute(update(bank).where(bank.c.comment_id == comment_id).values(used=bank.c.used + 1))


def desk_settings(conn: Connection) -> dict[str, DeskSettings]:
    """Return the settings of each lesson that has its own."""
    return {row["lesson_id"]: DeskSettings(**row) for row in conn.execute(select(settings)).mappings()}


def save_settings(conn: Connection, wanted: DeskSettings) -> None:
    """Store how the texts of a lesson are read."""
    conn.execute(delete(settings).where(settings.c.lesson_id == wanted.lesson_id))
    row = {field: getattr(wanted, field) for field in DeskSettings.__dataclass_fields__}
    conn.execute(insert(settings).values(row))


def add_reply(conn: Connection, item_id: str, account_id: str, text: str, token: str) -> Reply:
    """Store a learner's reply; ConflictError when this press of the button is stored already."""
    reply = Reply(new_id("y-"), item_id, account_id, text, datetime.now(UTC))
    row = {field: getattr(reply, field) for field in Reply.__dataclass_fields__}
    with or_conflict(conn, SENT_TWICE):
        conn.execute(insert(replies_table).values(**row, token=token))
    return reply


def replies(conn: Connection, item_ids: Iterable[str]) -> list[Reply]:
    """Return the replies about some items, oldest first."""
    columns = [replies_table.c[field] for field in Reply.__dataclass_fields__]
    query = select(*columns).where(replies_table.c.item_id.in_(list(item_ids)))
    return [Reply(**row) for row in conn.execute(query.order_by(replies_table.c.at)).mappings()]


def set_exemplar(conn: Connection, item_id: str, consent: Consent, asked_by: str | None = None) -> None:
    """Ask whether an item may be shown as an exemplar, or record what its learner said."""
    now = datetime.now(UTC)
    if consent == "asked":
        conn.execute(delete(exemplars).where(exemplars.c.item_id == item_id))
        row = {"item_id": item_id, "asked_by": asked_by, "asked_at": now, "consent": consent}
        conn.execute(insert(exemplars).values(row))
    else:
        change = update(exemplars).where(exemplars.c.item_id == item_id)
        conn.execute(change.values(consent=consent, decided_at=now))


def consents(conn: Connection, item_ids: Iterable[str] | None = None) -> dict[str, Consent]:
    """Return what the learners said about being shown as an exemplar, by item; of all items when None."""
    query = select(exemplars.c.item_id, exemplars.c.consent)
    if item_ids is not None:
        query = query.where(exemplars.c.item_id.in_(list(item_ids)))
    return {row.item_id: row.consent for row in conn.execute(query)}


def add_notice(conn: Connection, account_id: str, kind: NoticeKind, item_id: str, *, by_mail: bool) -> Notice:
    """Tell a person that something is new."""
    notice = Notice(
        notice_id=new_id("n-"),
        account_id=account_id,
        kind=kind,
        item_id=item_id,
        made_at=datetime.now(UTC),
        seen_at=None,
        mail="waiting" if by_mail else "none",
        mail_tries=0,
    )
    row = {field: getattr(notice, field) for field in Notice.__dataclass_fields__}
    conn.execute(insert(notices_table).values(**row, mail_problem=""))
    return notice


def notices(conn: Connection, account_id: str) -> list[Notice]:
    """Return what a person has not seen yet, oldest first."""
    mine = (notices_table.c.account_id == account_id) & notices_table.c.seen_at.is_(None)
    return _notices(conn, mine)


def mails_to_send(conn: Connection, account_id: str) -> list[Notice]:
    """Return the notices of a person that no mail has told yet, oldest first."""
    mine = notices_table.c.account_id == account_id
    return _notices(conn, and_(mine, notices_table.c.mail == "waiting"))


def see_notices(conn: Connection, account_id: str, item_ids: Iterable[str]) -> None:
    """Record that a person has seen what is new about some items."""
    mine = and_(
        notices_table.c.account_id == account_id,
        notices_table.c.item_id.in_(list(item_ids)),
        notices_table.c.seen_at.is_(None),
    )
    conn.execute(update(notices_table).where(mine).values(seen_at=datetime.now(UTC)))


def set_mail(conn: Connection, notice_ids: Iterable[str], state: str, tries: int, problem: str = "") -> None:
    """Record how the mail about some notices went."""
    sent = {"mail": state, "mail_tries": tries, "mail_problem": problem}
    conn.execute(update(notices_table).where(notices_table.c.notice_id.in_(list(notice_ids))).values(sent))


def _notices(conn: Connection, wanted: Any) -> list[Notice]:
    columns = [notices_table.c[field] for field in Notice.__dataclass_fields__]
    query = select(*columns).where(wanted).order_by(notices_table.c.made_at, notices_table.c.notice_id)
    return [Notice(**row) for row in conn.execute(query).mappings()]
