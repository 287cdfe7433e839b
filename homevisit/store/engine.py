"""Open the database, bring it up to date and give out transactions."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from homevisit.errors import ConfigError, InvalidEntryError, StoreError
from homevisit.store.failures import IS_BUSY, NOT_KEPT, translate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection, Engine

BUSY_SECONDS = 10.0


class Store:
    """The database of one course; safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Give a connection in one transaction that may write; writers queue for each other.

        Raises
        ------
        StoreError
            The database failed; nothing of the transaction is kept.
        """
        with self._transaction("write") as conn:
            yield conn

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection in one transaction that only reads and waits for no writer.

        Raises
        ------
        StoreError
            The database failed.
        """
        with self._transaction("read") as conn:
            yield conn

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, purpose: str) -> Iterator[Connection]:
        options = {"course_purpose": purpose, "postgresql_readonly": purpose == "read"}
        try:
            with self._engine.connect().execution_options(**options) as conn, conn.begin():
                yield conn
        except DBAPIError as exc:
            raise translate(exc) from exc
        except PoolTimeoutError as exc:
            raise StoreError(IS_BUSY) from exc
        except (UnicodeEncodeError, OverflowError) as exc:  # half a character; a number of more than 64 bits
            raise InvalidEntryError(NOT_KEPT) from exc


def open_store(url: str, *, busy_seconds: float = BUSY_SECONDS) -> Store:
    """Open the database at `url`, create it where needed and bring its tables up to date.

    Parameters
    ----------
    url : str
        ``sqlite:///path/to/course.db`` or ``postgresql://name:password@host/database``.
    busy_seconds : float
        How long a writer waits for another one.

    Raises
    ------
    ConfigError
        The address cannot be understood.
    StoreError
        The database cannot be reached, or belongs to a newer version of the course.
    """
    from homevisit.store.migrate import upgrade  # noqa: PLC0415  slow to load, and only needed here

    address = _parse_address(url)
    is_sqlite = address.get_backend_name() == "sqlite"
    engine = _sqlite(address, busy_seconds) if is_sqlite else _postgresql(address, busy_seconds)
    store = Store(engine)
    try:
        with store._transaction("migrate") as conn:  # noqa: SLF001  no one else may ask for this purpose
            upgrade(conn)
    except BaseException:
        store.close()
        raise
    return store


def _parse_address(url: str) -> URL:
    advice = "write sqlite:///path/to/course.db or postgresql://name:password@host/database."
    try:
        address = make_url(url)
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as exc:
        raise ConfigError(f"The database address cannot be understood; {advice}") from exc
    backend = address.get_backend_name()
    if backend not in {"sqlite", "postgresql"}:
        raise ConfigError(f"The course does not work with a {backend} database; {advice}")
    if backend == "sqlite" and (address.database or ":memory:") == ":memory:":
        raise ConfigError(f"The course needs a database that stays; {advice}")
    return address


def _sqlite(address: URL, busy_seconds: float) -> Engine:
    path = Path(str(address.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Learners' texts are for the server alone; the -wal and -shm files take over these rights.
        os.close(os.open(path, os.O_CREAT, 0o600))
    except OSError as exc:
        raise StoreError(f"The database file {path} cannot be made; check who owns its folder.") from exc
    # isolation_level None: the driver starts no transaction of its own, see _begin_sqlite.
    engine = create_engine(
        address,
        connect_args={"isolation_level": None, "timeout": busy_seconds},
        hide_parameters=True,  # they are what people wrote, and an error goes into the log
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        # what is removed is written over, so that it cannot be read out of the file
        connection.execute("PRAGMA secure_delete=ON")

    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(conn: Connection) -> None:
    purpose = conn.get_execution_options()["course_purpose"]
    # A migration rebuilds tables, and dropping the old one would delete what refers to it.
    conn.exec_driver_sql(f"PRAGMA foreign_keys={int(purpose != 'migrate')}")
    conn.exec_driver_sql(f"PRAGMA query_only={int(purpose == 'read')}")
    conn.exec_driver_sql("BEGIN" if purpose == "read" else "BEGIN IMMEDIATE")


def _postgresql(address: URL, busy_seconds: float) -> Engine:
    if address.drivername == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    engine = create_engine(
        address, pool_pre_ping=True, connect_args={"connect_timeout": 10}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.execute(f"SET lock_timeout = {int(busy_seconds * 1000)}")
        connection.commit()

    return engine
