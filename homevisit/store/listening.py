"""Hear from PostgreSQL that another server changed a group session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import make_url

from homevisit.store.groups_events import CHANNEL

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


def is_shared(database_url: str) -> bool:
    """Return whether several servers may use a database at once."""
    return make_url(database_url).get_backend_name() == "postgresql"


async def changed_sessions(database_url: str) -> AsyncIterator[str]:
    """Give "" once it listens, then the id of each session that was changed; `OSError` when the line breaks.

    The line is one connection for the whole process, apart from those of the store.
    """
    import psycopg  # noqa: PLC0415  a course on SQLite never needs it

    address = make_url(database_url).set(drivername="postgresql+psycopg")
    _, options = address.get_dialect()().create_connect_args(address)
    try:
        conn = await psycopg.AsyncConnection.connect(**options, autocommit=True)
        async with conn:
            await conn.execute(f"LISTEN {CHANNEL}")
            yield ""
            async for notice in conn.notifies():
                yield notice.payload
    except psycopg.Error as exc:
        raise OSError(str(exc)) from exc
