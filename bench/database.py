"""A PostgreSQL that keeps what it confirms, as a programme's would."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.postgresql import PostgresServer, find_programs

if TYPE_CHECKING:
    from collections.abc import Iterator

# The tests switch off what a power cut would need.
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def durable_postgres() -> Iterator[PostgresServer | None]:
    """Give a server for the block, or None where PostgreSQL is not installed."""
    programs = find_programs()
    if programs is None:
        yield None
        return
    postgres = PostgresServer(programs)
    try:
        postgres.start()
        for option in DURABLE:
            postgres._execute(f"ALTER SYSTEM SET {option} = 'on'")  # noqa: SLF001  the tests' helper
        postgres._execute("SELECT pg_reload_conf()")  # noqa: SLF001  same
        yield postgres
    finally:
        postgres.stop()
