"""Spares nbgrader what it repeats for each submission; each trick says why the outcome stays the same."""

from __future__ import annotations

import os
import sys
import warnings
from contextlib import ExitStack, contextmanager, suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.exc import SAWarning

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

BUSY_SECONDS = 60.0


def import_quickly() -> None:
    """Make the first import of nbgrader take half as long; call it before that.

    jsonschema builds a grammar of Internet addresses at import, 1 to 2 seconds, where the package for
    it is installed. It goes without where it is not, and no notebook's schema asks for an address.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # None: not to be found


@contextmanager
def quick_nbgrader(database: Path) -> Iterator[None]:
    """Let nbgrader's autograde, while this lasts, keep its gradebook open and check its schema once.

    It opens its gradebook nine times for one submission. Each opening made an engine, which looked
    for all tables and compiled all SQL anew. At the end of the block no connection is open, and all
    that was graded is on the disk.
    """
    from nbgrader import preprocessors as steps  # noqa: PLC0415  1,300 modules: only grading needs them
    from nbgrader.converters import autograde  # noqa: PLC0415  same
    from nbgrader.nbgraderformat import common  # noqa: PLC0415  same

    opens = (autograde, steps.overwritekernelspec, steps.overwritecells, steps.saveautogrades)
    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        # about the order in which nbgrader adds its rows; nobody who reads our log can change it
        warnings.simplefilter("ignore", SAWarning)
        for module in (*opens, steps.latesubmissions):
            stack.enter_context(_replaced(module, Gradebook=kept_gradebook))
        stack.enter_context(_replaced(common, jsonschema=_Checked(common.jsonschema)))
        try:
            yield
        finally:
            _settle(database)


@lru_cache(maxsize=8)
def kept_gradebook(url: str, course_id: str = "default_course") -> Any:
    """Take the place of nbgrader's class `Gradebook`: set up once in a process for each database."""
    from nbgrader import api  # noqa: PLC0415  1,300 modules, as above

    with _replaced(api, create_engine=lambda url, **_options: _engine(url)):
        rows = api.Gradebook(url, course_id)
    # nbgrader ends its session and gives up the engine; here only the session ends
    rows.close = rows.db.remove
    return rows


@lru_cache(maxsize=4)
def _engine(url: str) -> Engine:
    """Take the place of `create_engine` in nbgrader, for several processes in one gradebook."""
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # nbgrader commits forty times for one submission; so each commit is safe from a crash of the
        # program at once, and from a power cut from `_settle` on
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            connection.execute("PRAGMA synchronous=NORMAL")

    return engine


def _settle(database: Path) -> None:
    """Close the connections, of which the last brings all to the disk; do so here when others are left."""
    _engine(f"sqlite:///{database}").dispose()
    with suppress(FileNotFoundError):
        log = os.open(f"{database}-wal", os.O_RDONLY)
        try:
            os.fsync(log)
        finally:
            os.close(log)


@contextmanager
def _replaced(module: Any, **parts: Any) -> Iterator[None]:
    """Put `parts` into a module for a while, also when it ends in an error."""
    before = {name: getattr(module, name) for name in parts}
    vars(module).update(parts)
    try:
        yield
    finally:
        vars(module).update(before)


class _Checked:
    """Take the place of the module jsonschema in nbgrader's own format check.

    `jsonschema.validate` checks the schema before each cell; nbgrader's schema is a constant.
    """

    def __init__(self, jsonschema: Any) -> None:
        self._jsonschema = jsonschema

    def validate(self, instance: Any, schema: Any) -> None:
        """Check `instance` only."""
        validator = self._jsonschema.validators.validator_for(schema)(schema)
        error = self._jsonschema.exceptions.best_match(validator.iter_errors(instance))
        if error is not None:
            raise error
