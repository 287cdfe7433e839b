"""What all servers of one database have in common: the first one that brings a value sets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from homevisit.errors import ConflictError
from homevisit.store import tables_groups
from homevisit.store.failures import or_conflict

if TYPE_CHECKING:
    from sqlalchemy import Connection

table = tables_groups.shared_values


def shared_value(conn: Connection, name: str, own: str) -> str:
    """Return the value that another server has set before, or set and return one's own."""
    query = select(table.c.value).where(table.c.name == name)
    found = conn.execute(query).scalar_one_or_none()
    if found is not None:
        return str(found)
    try:
        with or_conflict(conn, "Another server was quicker."):
            conn.execute(insert(table).values(name=name, value=own))
    except ConflictError:
        return str(conn.execute(query).scalar_one())
    return own
