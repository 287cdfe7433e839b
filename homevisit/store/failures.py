"""Put what a database driver reports into a sentence of the one error tree."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError

from homevisit.errors import ConflictError, CourseError, InvalidEntryError, MissingEntryError, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

DUPLICATE = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "23505"}
NO_PARENT = {"SQLITE_CONSTRAINT_FOREIGNKEY", "23503"}
BUSY = {"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_LOCKED", "55P03", "40P01"}
FULL = {"SQLITE_FULL", "53100"}
CLOSED = {"SQLITE_READONLY", "SQLITE_READONLY_DIRECTORY", "SQLITE_CANTOPEN", "25006", "42501"}
BROKEN = {"SQLITE_NOTADB", "SQLITE_CORRUPT"}

IS_BUSY = "The database is busy with other work and did not take this; please try again in a moment."
IS_FULL = "The disk that holds the course data is full; ask the person who runs the course to free space."
IS_CLOSED = (
    "The database cannot be opened for writing; "
    "ask the person who runs the course to check who owns the data folder."
)
IS_BROKEN = (
    "The database file is damaged or is not one of this course; "
    "ask the person who runs the course to restore the last backup."
)
IS_AWAY = (
    "The database cannot be reached; please try again in a minute. If it goes on, the person who runs "
    "the course should check that it is running and that HOMEVISIT_DATABASE_URL is right."
)
FAILED = (
    "The database failed and nothing was saved; please try again. "
    "If it happens again, tell the person who runs the course."
)
SENTENCES = ((BUSY, IS_BUSY), (FULL, IS_FULL), (CLOSED, IS_CLOSED), (BROKEN, IS_BROKEN))
NOT_KEPT = "This text holds characters or numbers that cannot be stored; take them out and try again."


def translate(exc: DBAPIError) -> CourseError:
    """Return the error of ours that says what a driver's error means for a person."""
    code = _code(exc)
    if code in DUPLICATE:
        return ConflictError("This was changed elsewhere at the same moment; load the page again.")
    if code in NO_PARENT:
        return MissingEntryError("The account or entry that this belongs to no longer exists; sign in again.")
    for codes, sentence in SENTENCES:
        if code in codes:
            return StoreError(sentence)
    if isinstance(exc, DataError):
        return InvalidEntryError(NOT_KEPT)
    if isinstance(exc, OperationalError) and (not code or exc.connection_invalidated):
        return StoreError(IS_AWAY)
    return StoreError(FAILED)


@contextmanager
def or_conflict(conn: Connection, sentence: str) -> Iterator[None]:
    """Run one insert; where its key is taken, raise ConflictError and leave the transaction usable."""
    # SQLite takes back only the refused insert; PostgreSQL would end the whole transaction.
    point = conn.begin_nested() if conn.dialect.name == "postgresql" else nullcontext()
    try:
        with point:
            yield
    except IntegrityError as exc:
        if _code(exc) in DUPLICATE:
            raise ConflictError(sentence) from exc
        raise


def _code(exc: DBAPIError) -> str:
    driver = exc.orig
    return str(getattr(driver, "sqlite_errorname", None) or getattr(driver, "sqlstate", None) or "")
