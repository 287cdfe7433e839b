"""Time that people spend with lessons: a row for each account, lesson and day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select, update

from homevisit.store import tables, tables_team
from homevisit.store.values_team import Spent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from sqlalchemy import Connection

    from homevisit.store.values_team import Stretch

table = tables_team.contacts
accounts = tables.accounts


def add_stretches(conn: Connection, stretches: Iterable[Stretch]) -> None:
    """Add times to the rows of their days; what another server has counted already is not counted again.

    Stretches of people who are gone are left out. Three statements, however many stretches there are.
    """
    wanted = list(stretches)
    if not wanted:
        return
    people = {one.account_id for one in wanted}
    here = set(conn.execute(select(accounts.c.account_id).where(accounts.c.account_id.in_(people))).scalars())
    days = {one.day for one in wanted}
    kept = select(table.c.account_id, table.c.lesson_id, table.c.day, table.c.last_at)
    rows = conn.execute(kept.where(table.c.account_id.in_(people), table.c.day.in_(days)).with_for_update())
    last: dict[tuple[Any, ...], datetime] = {tuple(row)[:3]: row.last_at for row in rows}
    known = set(last)
    seconds: dict[tuple[Any, ...], float] = {}
    for one in sorted(wanted, key=lambda found: found.start):
        key = (one.account_id, one.lesson_id, one.day)
        if one.account_id not in here:
            continue
        start = max(one.start, last.get(key, one.start))
        seconds[key] = seconds.get(key, 0) + max(0.0, (one.end - start).total_seconds())
        last[key] = max(one.end, last.get(key, one.end))
    new = [_row(key, seconds[key], last[key]) for key in seconds if key not in known]
    if new:
        conn.execute(insert(table), new)
    for key in seconds.keys() & known:
        place = [
            table.c[name] == value
            for name, value in zip(("account_id", "lesson_id", "day"), key, strict=True)
        ]
        more = {"seconds": table.c.seconds + round(seconds[key]), "last_at": last[key]}
        conn.execute(update(table).where(*place).values(more))


def spent_in_team(conn: Connection, team: str) -> dict[tuple[str, str], Spent]:
    """Return the time of a team's people by person and lesson ("" for pages of none); one query."""
    query = (
        select(table.c.account_id, table.c.lesson_id, func.sum(table.c.seconds), func.max(table.c.last_at))
        .join(accounts, accounts.c.account_id == table.c.account_id)
        .where(accounts.c.team == team, accounts.c.practice_of.is_(None))
        .group_by(table.c.account_id, table.c.lesson_id)
    )
    return {
        (account_id, lesson_id): Spent(int(seconds), last_at)
        for account_id, lesson_id, seconds, last_at in conn.execute(query)
    }


def _row(key: tuple[Any, ...], seconds: float, last_at: datetime) -> dict[str, Any]:
    account_id, lesson_id, day = key
    return {
        "account_id": account_id,
        "lesson_id": lesson_id,
        "day": day,
        "seconds": round(seconds),
        "last_at": last_at,
    }
