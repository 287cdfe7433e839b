"""Items of the trainer's desk: responses that were handed in for a trainer to read, and their queue."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, insert, or_, select, update

from homevisit.errors import MissingEntryError
from homevisit.store import tables, tables_desk
from homevisit.store.ids import new_id
from homevisit.store.values_desk import DeskItem, QueueEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Connection, Select

    from homevisit.store.values_desk import ItemState, QueueFilters

table = tables_desk.desk_items
readings = tables_desk.readings
claims = tables_desk.claims
accounts = tables.accounts
FIELDS = tuple(DeskItem.__dataclass_fields__)
GONE = "There is no such text at the desk; its learner or its lesson may be gone. Go back to the queue."
LIVE = ("waiting", "read", "returned")


def add_item(
    conn: Connection,
    *,
    attempt_id: str,
    account_id: str,
    lesson_id: str,
    question_id: str,
    language: str,
    needs_second: bool,
    allocated_to: str | None,
    queued_at: datetime | None = None,
) -> DeskItem:
    """Put a response into the queue; ConflictError (on commit of the row) when it stands there already."""
    item = DeskItem(
        item_id=new_id("i-"),
        attempt_id=attempt_id,
        account_id=account_id,
        lesson_id=lesson_id,
        question_id=question_id,
        language=language,
        queued_at=queued_at or datetime.now(UTC),
        state="waiting",
        needs_second=needs_second,
        allocated_to=allocated_to,
        released_at=None,
    )
    conn.execute(insert(table).values({field: getattr(item, field) for field in FIELDS}))
    return item


def find_item(conn: Connection, item_id: str) -> DeskItem:
    """Return an item; MissingEntryError when there is none."""
    row = conn.execute(_items().where(table.c.item_id == item_id)).mappings().one_or_none()
    if row is None:
        raise MissingEntryError(GONE)
    return DeskItem(**row)


def items_of(
    conn: Connection, account_id: str, lesson_id: str | None = None, question_id: str | None = None
) -> list[DeskItem]:
    """Return the items of a learner, oldest first; withdrawn ones too."""
    query = _items().where(table.c.account_id == account_id)
    if lesson_id is not None:
        query = query.where(table.c.lesson_id == lesson_id)
    if question_id is not None:
        query = query.where(table.c.question_id == question_id)
    rows = conn.execute(query.order_by(table.c.queued_at, table.c.item_id)).mappings()
    return [DeskItem(**row) for row in rows]


def all_items(conn: Connection, *, lesson_id: str = "") -> list[DeskItem]:
    """Return the items that are not withdrawn, oldest first; practice is left out."""
    query = _items().join(accounts, accounts.c.account_id == table.c.account_id)
    query = query.where(table.c.state.in_(LIVE), accounts.c.practice_of.is_(None))
    if lesson_id:
        query = query.where(table.c.lesson_id == lesson_id)
    return [
        DeskItem(**row) for row in conn.execute(query.order_by(table.c.queued_at, table.c.item_id)).mappings()
    ]


def has_any(conn: Connection) -> bool:
    """Return whether there is any item."""
    return conn.execute(select(table.c.item_id).limit(1)).first() is not None


def known_attempts(conn: Connection, attempt_ids: Iterable[str]) -> set[str]:
    """Return which of some attempts have an item."""
    query = select(table.c.attempt_id).where(table.c.attempt_id.in_(list(attempt_ids)))
    return set(conn.execute(query).scalars())


def set_state(conn: Connection, item_id: str, state: ItemState) -> None:
    """Record where an item stands."""
    conn.execute(update(table).where(table.c.item_id == item_id).values(state=state))


def set_needs_second(conn: Connection, item_id: str, *, needs_second: bool) -> None:
    """Ask for a second reading of an item, or no more."""
    conn.execute(update(table).where(table.c.item_id == item_id).values(needs_second=needs_second))


def allocate(conn: Connection, item_id: str, trainer_id: str | None) -> None:
    """Give an item to one trainer, or to whoever comes first."""
    conn.execute(update(table).where(table.c.item_id == item_id).values(allocated_to=trainer_id))


def release(conn: Connection, item_ids: Iterable[str], at: datetime) -> int:
    """Let the learners see what was given for some items; return how many were not released before."""
    held = table.c.item_id.in_(list(item_ids)) & table.c.released_at.is_(None)
    return conn.execute(update(table).where(held).values(released_at=at)).rowcount


def take_back_release(conn: Connection, item_id: str) -> None:
    """Hold an item back again, because its reading was undone."""
    conn.execute(update(table).where(table.c.item_id == item_id).values(released_at=None))


def withdraw_older(conn: Connection, account_id: str, lesson_id: str, question_id: str) -> None:
    """Take a learner's unread items of a question out of the queue: a newer one comes in their place."""
    older = and_(
        table.c.account_id == account_id,
        table.c.lesson_id == lesson_id,
        table.c.question_id == question_id,
        table.c.state == "waiting",
    )
    conn.execute(update(table).where(older).values(state="withdrawn"))


def queue_page(
    conn: Connection, filters: QueueFilters, reader_id: str, *, limit: int, offset: int
) -> list[QueueEntry]:
    """Return a page of the queue in its order; two queries, however long the queue is.

    Parameters
    ----------
    reader_id : str
        Who looks: what waits for a second reading is left out when the first was this person's.
    """
    columns = [table.c[field] for field in FIELDS]
    query = (
        select(
            *columns,
            accounts.c.name.label("learner_name"),
            accounts.c.team,
            claims.c.trainer_id.label("claimed_by"),
            claims.c.expires_at.label("claimed_until"),
        )
        .select_from(
            table.join(accounts, accounts.c.account_id == table.c.account_id).outerjoin(
                claims, and_(claims.c.item_id == table.c.item_id, claims.c.kind == _kind_of(filters.state))
            )
        )
        .where(_wanted(filters, reader_id))
        .order_by(*_order(filters.order))
    )
    rows = conn.execute(query.limit(limit).offset(offset)).mappings().all()
    readers = _readers(conn, [row["item_id"] for row in rows])
    extra = ("learner_name", "team", "claimed_by", "claimed_until")
    return [
        QueueEntry(
            item=DeskItem(**{field: row[field] for field in FIELDS}),
            **{name: row[name] for name in extra},
            readers=readers.get(row["item_id"], ()),
        )
        for row in rows
    ]


def count_queue(conn: Connection, filters: QueueFilters, reader_id: str) -> int:
    """Return how many items the filters leave."""
    query = (
        select(func.count())
        .select_from(table.join(accounts, accounts.c.account_id == table.c.account_id))
        .where(_wanted(filters, reader_id))
    )
    return int(conn.execute(query).scalar_one())


def queue_order(conn: Connection, filters: QueueFilters, reader_id: str) -> list[str]:
    """Return the ids of the filtered queue in its order, for going on to the next."""
    query = (
        select(table.c.item_id)
        .select_from(table.join(accounts, accounts.c.account_id == table.c.account_id))
        .where(_wanted(filters, reader_id))
        .order_by(*_order(filters.order))
    )
    return list(conn.execute(query).scalars())


def standing(conn: Connection) -> list[tuple[str, str, str, str, int]]:
    """Return (lesson, question, team, state, how many) for all items that are not withdrawn or practice."""
    query = (
        select(table.c.lesson_id, table.c.question_id, accounts.c.team, table.c.state, func.count())
        .select_from(table.join(accounts, accounts.c.account_id == table.c.account_id))
        .where(table.c.state.in_(LIVE), accounts.c.practice_of.is_(None))
        .group_by(table.c.lesson_id, table.c.question_id, accounts.c.team, table.c.state)
    )
    return [tuple(row) for row in conn.execute(query)]


def _items() -> Select[Any]:
    return select(*(table.c[field] for field in FIELDS))


def _kind_of(state: str) -> str:
    return "second" if state == "second" else "first"


def _wanted(filters: QueueFilters, reader_id: str) -> ColumnElement[bool]:
    wanted: list[ColumnElement[bool]] = [accounts.c.practice_of.is_(None)]
    if filters.state == "second":
        wanted += [table.c.state == "read", table.c.needs_second.is_(True), ~_read_by(reader_id)]
    else:
        wanted.append(table.c.state == filters.state)
    for name in ("lesson_id", "question_id", "language"):
        if value := getattr(filters, name):
            wanted.append(table.c[name] == value)
    if filters.learner_id:
        wanted.append(table.c.account_id == filters.learner_id)
    if filters.team:
        wanted.append(accounts.c.team == filters.team)
    if filters.allocated_to:
        wanted.append(or_(table.c.allocated_to == filters.allocated_to, table.c.allocated_to.is_(None)))
    return and_(*wanted)


def _read_by(reader_id: str) -> ColumnElement[bool]:
    mine = select(readings.c.item_id).where(readings.c.reader_id == reader_id, readings.c.state == "done")
    return table.c.item_id.in_(mine)


def _order(order: str) -> tuple[Any, ...]:
    oldest = (table.c.queued_at, table.c.item_id)
    if order == "question":
        return (table.c.lesson_id, table.c.question_id, *oldest)
    if order == "learner":
        return (table.c.account_id, *oldest)
    return oldest


def _readers(conn: Connection, item_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    query = (
        select(readings.c.item_id, accounts.c.name)
        .join(accounts, accounts.c.account_id == readings.c.reader_id)
        .where(readings.c.item_id.in_(list(item_ids)), readings.c.state == "done")
        .order_by(readings.c.done_at)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for item_id, name in conn.execute(query):
        found[item_id].append(name)
    return {item_id: tuple(names) for item_id, names in found.items()}
