"""Copy SQLite databases while others write to them; say how a database server's is copied."""

from __future__ import annotations

import os
import shlex
import sqlite3
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING
from urllib.parse import quote

from homevisit.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BUSY_SECONDS = 60.0
TRIES = 20
HEADER = b"SQLite format 3\0"


def is_database(path: Path) -> bool:
    """Return whether a file is an SQLite database, by its first bytes; one that is gone is none."""
    try:
        with path.open("rb") as file:
            return file.read(len(HEADER)) == HEADER
    except FileNotFoundError:
        return False


def copy_databases(pairs: Sequence[tuple[Path, Path]]) -> None:
    """Copy each first file to its second one, all as they are at one moment, and check the copies.

    Nobody has to wait: what others commit meanwhile is not in the copies, and neither is what they have begun.

    Raises
    ------
    StoreError
        A database cannot be read or copied, or a copy is not sound.
    """
    if not pairs:
        return
    at = pairs[0][0]
    try:
        with ExitStack() as stack:
            sources = [stack.enter_context(closing(_opened(at := source))) for source, _ in pairs]
            _hold(sources, stack.enter_context(closing(_opened(pairs[0][0]))))
            for source, (path, target) in zip(sources, pairs, strict=True):
                at = path
                _copy(source, target)
    except sqlite3.Error as exc:
        raise StoreError(
            f"The database {at} could not be copied: {exc}. Look whether there is room for the copy and whether you "
            "may read the file, then run this again. Earlier backups are kept; if the server cannot read this "
            "database either, restore the last one."
        ) from exc


def dump_command(url: str) -> str:
    """Return the command that copies a PostgreSQL database to a file, without the password."""
    from sqlalchemy import make_url  # noqa: PLC0415  only where a server keeps the data

    address = make_url(url).set(drivername="postgresql")
    # set() cannot take a password away
    bare = address._replace(password=None).difference_update_query(["password"])
    where = shlex.quote(bare.render_as_string(hide_password=False))
    return f"pg_dump --format=custom --file=course.dump {where}"


def _opened(path: Path) -> sqlite3.Connection:
    # rw and not rwc: nothing is made where nothing is
    where = f"file:{quote(str(path))}?mode=rw"
    connection = sqlite3.connect(where, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    connection.execute("PRAGMA query_only=1")
    return connection


def _hold(sources: Sequence[sqlite3.Connection], watch: sqlite3.Connection) -> None:
    """Let each connection see its database as it is now, all at a moment when the first did not change.

    Points stand in the gradebook a moment after they stand in the first database: a copy that was older there
    would hold points that nobody gave.
    """
    for left in reversed(range(TRIES)):
        before = _version(watch)
        for source in sources:
            source.execute("BEGIN")
            source.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
        if not left or _version(watch) == before:
            return
        for source in sources:
            source.execute("ROLLBACK")


def _version(watch: sqlite3.Connection) -> int:
    return int(watch.execute("PRAGMA data_version").fetchone()[0])


def _copy(source: sqlite3.Connection, target: Path) -> None:
    os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    with closing(sqlite3.connect(target)) as copy:
        said = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if said != "ok":
        raise sqlite3.DatabaseError(f"the copy is not sound: {said}")
