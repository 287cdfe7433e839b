"""Bring the tables of a database to the version of this code."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.util import CommandError

from homevisit.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCRIPTS = "homevisit.store:migrations"
VERSION_TABLE = "alembic_version_course"
LOCK = 7_044_826_153  # any number that no other program of this database uses
ONE_AT_A_TIME = Lock()  # Alembic's context is one for the whole process
OTHER_VERSION = (
    "The database was written by another, probably newer version of the course; "
    "install that version, or restore the backup that belongs to this one."
)
LOST = (
    "Some entries of the database do not belong to anything, so it was not brought up to date "
    "and nothing was changed; restore the last backup."
)


def upgrade(conn: Connection) -> None:
    """Run the missing migrations inside the transaction of `conn`; all of them or none.

    Raises
    ------
    StoreError
        The database was written by a newer version of the course, or has lost its order.
    """
    is_sqlite = conn.dialect.name == "sqlite"
    if not is_sqlite:
        # Two servers that start together migrate one after the other.
        conn.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
    before = _version(conn)
    try:
        with ONE_AT_A_TIME:
            command.upgrade(alembic_config(conn), "head")
    except CommandError as exc:
        raise StoreError(OTHER_VERSION) from exc
    has_moved = _version(conn) != before
    if is_sqlite and has_moved and conn.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise StoreError(LOST)


def alembic_config(conn: Connection) -> Config:
    """Return Alembic's configuration for `conn`, made without a file."""
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    config.attributes["connection"] = conn
    return config


def _version(conn: Connection) -> str | None:
    return MigrationContext.configure(conn, opts={"version_table": VERSION_TABLE}).get_current_revision()
