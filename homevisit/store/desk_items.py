"""Items of the trainer's desk: responses that were handed in for a trainer to read, and their queue."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, insert, or_, select, update

from homevisit.errors import MissingEntryError
from homevisit.store import tables, tables_desk
from homevisit.store.ids import new_id
from homevisit.store.readings import readings_of
from homevisit.store.values_desk import DeskItem, QueueEntry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Connection, Select

    from homevisit.store.values_desk import ItemState, QueueFilters, Reading

table = tables_desk.desk_items
readings = tables_desk.readings
claims = tables_desk.claims
accounts = tables.accounts
allocated = accounts.alias("allocated")
FIELDS = tuple(DeskItem.__dataclass_fields__)
GONE = "There is no such text at the desk; its learner or its lesson may be gone. Go back to the queue."
LIVE = ("waiting", "read", "returned")
NOBODY = "nobody"


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


def find_items(conn: Connection, item_ids: Iterable[str]) -> dict[str, DeskItem]:
    """Return items by their ids; one that is gone is left out."""
    rows = conn.execute(_items().where(table.c.item_id.in_(list(item_ids)))).mappings()
    return {row["item_id"]: DeskItem(**row) for row in rows}


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
            func.coalesce(allocated.c.name, "").label("allocated_name"),
        )
        .select_from(
            table.join(accounts, accounts.c.account_id == table.c.account_id)
            .outerjoin(
                claims, and_(claims.c.item_id == table.c.item_id, claims.c.kind == _kind_of(filters.state))
            )
            .outerjoin(allocated, allocated.c.account_id == table.c.allocated_to)
        )
        .where(_wanted(filters, reader_id))
        .order_by(*_order(filters.order))
    )
    rows = conn.execute(query.limit(limit).offset(offset)).mappings().all()
    readings = _done(conn, [row["item_id"] for row in rows])
    extra = ("learner_name", "team", "claimed_by", "claimed_until", "allocated_name")
    return [
        QueueEntry(
            item=DeskItem(**{field: row[field] for field in FIELDS}),
            **{name: row[name] for name in extra},
            readings=readings.get(row["item_id"], ()),
        )
        for row in rows
    ]


def count_queue(conn: Connection, filters: QueueFilters, reader_id: str) -> dict[str, int]:
    """Return how many items the filters leave in each state of the queue, whatever state they name; one query."""
    states = ("waiting", "mine", "second", "returned", "read")
    sums = (func.sum(case((_in_state(state, reader_id), 1), else_=0)).label(state) for state in states)
    query = (
        select(*sums)
        .select_from(table.join(accounts, accounts.c.account_id == table.c.account_id))
        .where(_filtered(filters))
    )
    return {state: int(count or 0) for state, count in conn.execute(query).mappings().one().items()}


def queue_order(conn: Connection, filters: QueueFilters, reader_id: str, item_id: str = "") -> list[str]:
    """Return the ids of the filtered queue in its order, for going on to the next; with one item in any case."""
    query = (
        select(table.c.item_id)
        .select_from(table.join(accounts, accounts.c.account_id == table.c.account_id))
        .where(or_(_wanted(filters, reader_id), table.c.item_id == item_id))
        .order_by(*_order(filters.order))
    )
    return list(conn.execute(query).scalars())


def claimed_by_others(conn: Connection, filters: QueueFilters, reader_id: str, now: datetime) -> set[str]:
    """Return the items that somebody else has claimed for the reading that a list of the queue asks for."""
    held = and_(
        claims.c.kind == _kind_of(filters.state),
        claims.c.trainer_id != reader_id,
        claims.c.expires_at > now,
    )
    return set(conn.execute(select(claims.c.item_id).where(held)).scalars())


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
    return and_(_in_state(filters.state, reader_id), _filtered(filters))


def _in_state(state: str, reader_id: str) -> ColumnElement[bool]:
    """Return what puts an item on one of the lists of the queue, for the person who looks."""
    if state == "second":
        unread = table.c.item_id.not_in(_by(reader_id, "done"))
        return and_(table.c.state == "read", table.c.needs_second.is_(True), unread)
    if state == "mine":
        own = or_(table.c.allocated_to == reader_id, table.c.item_id.in_(_by(reader_id, "draft")))
        return and_(table.c.state == "waiting", own)
    return table.c.state == state


def _filtered(filters: QueueFilters) -> ColumnElement[bool]:
    names = ("lesson_id", "question_id", "language")
    wanted: list[ColumnElement[bool]] = [
        accounts.c.practice_of.is_(None),
        *(table.c[name] == value for name in names if (value := getattr(filters, name))),
    ]
    if filters.learner_id:
        wanted.append(table.c.account_id == filters.learner_id)
    if filters.team:
        wanted.append(accounts.c.team == filters.team)
    if filters.allocated_to == NOBODY:
        wanted.append(table.c.allocated_to.is_(None))
    elif filters.allocated_to:
        wanted.append(table.c.allocated_to == filters.allocated_to)
    return and_(*wanted)


def _by(reader_id: str, state: str) -> Select[Any]:
    """Return the items of which a trainer has a reading in a state."""
    return select(readings.c.item_id).where(readings.c.reader_id == reader_id, readings.c.state == state)


def _order(order: str) -> tuple[Any, ...]:
    oldest = (table.c.queued_at, table.c.item_id)
    if order == "question":
        return (table.c.lesson_id, table.c.question_id, *oldest)
    if order == "learner":
        return (table.c.account_id, *oldest)
    return oldest


def _done(conn: Connection, item_ids: Iterable[str]) -> dict[str, tuple[Reading, ...]]:
    """Return the finished readings of some items, in the order in which they were begun; one query."""
    found: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings_of(conn, item_ids):
        if reading.state == "done":
            found[reading.item_id].append(reading)
    return {item_id: tuple(done) for item_id, done in found.items()}
