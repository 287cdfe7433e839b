"""A whole copy of a course's data, made while the server runs, and the oldest of such copies removed."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.errors import ConfigError, InvalidEntryError, StoreError
from homevisit.services import running
from homevisit.services.locks import alone
from homevisit.store.copying import copy_databases, dump_command, is_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from homevisit.config import Settings

MARKER = "homevisit-backup.txt"
NAME = re.compile(r"homevisit-\d{8}T\d{6}Z(-\d+)?")
UNFINISHED_NAME = re.compile(rf"\.{NAME.pattern}\.unfinished")
DATABASE = "course.db"
# a server that ran on a folder leaves this there
SERVED = "server.lock"
# drawn anew where they are missing, or true for one server only
LEFT_OUT = {"pages", running.FILE, MARKER}
LEFT_OUT_ENDINGS = ("-wal", "-shm", "-journal", ".lock", ".log", ".new")
STEPS = {"submitted", "autograded", "feedback"}


@dataclass(frozen=True, slots=True)
class Backup:
    """What was made: the folder, its size in bytes, older ones removed, and what is left to copy by hand.

    `dump` is the command that copies the database where a database server keeps it, else empty.
    """

    folder: Path
    size: int
    removed: int
    dump: str


def back_up(settings: Settings, folder: Path, *, keep: int | None = None) -> Backup:
    """Copy the data of a course to a new folder below `folder`; a server may run and people may write.

    Parameters
    ----------
    keep : int or None
        How many backups stay in `folder`, with the new one; all when None.

    Raises
    ------
    ConfigError
        There is no course data.
    InvalidEntryError
        `folder` is inside the data folder.
    StoreError
        The copy could not be made; what was there before is untouched.
    """
    made: Path | None = None
    try:
        folder = _checked(settings, folder)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with alone(folder):  # so what is unfinished in there was left by a run that was killed
            for left in _ours(folder, UNFINISHED_NAME):
                _remove(left)
            made = _make(settings, folder)
            removed = 0 if keep is None else _remove_oldest(settings, made, keep)
    except OSError as exc:
        if made is not None:
            raise StoreError(
                f"The backup is whole, in {made}, but an older one could not be removed: {exc.strerror} "
                f"({exc.filename}). Look who owns it, and remove it by hand."
            ) from exc
        raise StoreError(
            f"The backup in {folder} could not be made: {exc.strerror or exc} ({exc.filename or folder}). Look "
            "whether there is room, and run this as the account that runs the course. Earlier backups are kept."
        ) from exc
    size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file())
    return Backup(made, size, removed, "" if settings.database_file else dump_command(settings.database_url))


def _checked(settings: Settings, folder: Path) -> Path:
    """Return the whole path of `folder` when there is something to back up and it may go there."""
    database = settings.database_file
    if not settings.data_dir.is_dir() or (database is not None and not database.is_file()):
        raise ConfigError(
            f"There is no course data in {settings.data_dir}. Name the folder that the server uses with --data."
        )
    folder = folder.expanduser().resolve()
    if folder.is_relative_to(settings.data_dir):
        raise InvalidEntryError(
            f"{folder} is inside the data folder, and a backup would be lost with it. Name a folder elsewhere, "
            "at best on another disk."
        )
    if folder.exists() and not folder.is_dir():
        raise InvalidEntryError(
            f"{folder} is a file. Name a folder for the backups; it is made where it is missing."
        )
    return folder


def _make(settings: Settings, folder: Path) -> Path:
    final = _free_name(folder)
    half = _unfinished(final)
    half.mkdir(mode=0o700)
    try:
        _mark(half / MARKER, settings)
        _copy_all(settings, half)
        os.sync()  # a power cut after the new name was given must not leave half a copy under it
        half.rename(final)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise
    return final


def _free_name(folder: Path) -> Path:
    name = f"homevisit-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    number = 1
    while (folder / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return folder / (name if number == 1 else f"{name}-{number}")


def _mark(path: Path, settings: Settings) -> None:
    path.write_text(
        f"A backup of {settings.data_dir}, made by homevisit backup.\n"
        "homevisit backup --keep removes folders with this file in them, the oldest first.\n",
        encoding="utf-8",
    )
    path.chmod(0o600)


def _copy_all(settings: Settings, target: Path) -> None:
    """Copy the databases first: whatever is graded after that moment waits in the copy, and is graded again."""
    main = settings.database_file
    databases: list[Path] = []
    files: list[Path] = []
    for path in _files(settings.data_dir):
        relative = path.relative_to(settings.data_dir)
        # the course's own goes first, from wherever it is, to where a server looks for it
        if main is None or (relative != Path(DATABASE) and path.resolve() != main.resolve()):
            (databases if is_database(path) else files).append(relative)
    pairs = [] if main is None else [(main, target / DATABASE)]
    pairs += [(settings.data_dir / one, _place(target, one)) for one in databases]
    copy_databases(pairs)
    ordered = sorted(files, key=lambda one: (_guard(settings, one) or Path(), one))
    for guard, group in groupby(ordered, key=lambda one: _guard(settings, one)):
        with _locked(guard):
            for relative in group:
                _copy_file(settings.data_dir / relative, _place(target, relative))


def _files(data_dir: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(data_dir, followlinks=True, onerror=_refuse):
        at_top = Path(here) == data_dir
        # a folder with a course.db is the data folder of something else: the demo, the lab
        folders[:] = sorted(
            name
            for name in folders
            if not (at_top and (name in LEFT_OUT or (data_dir / name / DATABASE).is_file()))
        )
        for name in sorted(names):
            path = Path(here) / name
            is_left_out = name.endswith(LEFT_OUT_ENDINGS) or (at_top and name in LEFT_OUT)
            if not is_left_out and path.is_file():
                yield path


def _refuse(problem: OSError) -> None:
    """Stop at a folder that cannot be read; one that is gone meanwhile has nothing to copy."""
    if not isinstance(problem, FileNotFoundError):
        raise problem


def _guard(settings: Settings, relative: Path) -> Path | None:
    """Return the folder that a grading program holds while it writes this file; None when none writes it."""
    gradebook = settings.data_dir / relative.parts[0]
    if gradebook not in {settings.gradebook_dir, settings.practice_gradebook_dir}:
        return None
    match relative.parts[1:]:
        case [step, learner, lesson, _, *_] if step in STEPS:
            return gradebook / "submitted" / learner / lesson
        case _:
            return gradebook


def _locked(guard: Path | None) -> AbstractContextManager[None]:
    return alone(guard) if guard is not None and guard.is_dir() else nullcontext()


def _place(target: Path, relative: Path) -> Path:
    """Return where a file goes, with the folders above it, which only the owner may open."""
    folder = target
    for part in relative.parts[:-1]:
        folder /= part
        folder.mkdir(exist_ok=True, mode=0o700)
    return folder / relative.name


def _copy_file(source: Path, target: Path) -> None:
    with suppress(FileNotFoundError):  # removed meanwhile, with its account
        shutil.copy2(source, target)
        target.chmod(0o600)


def _remove_oldest(settings: Settings, made: Path, keep: int) -> int:
    """Remove all but the newest `keep` backups, never the new one nor one that a server ran on."""
    kept = {made, settings.data_dir}
    ours = [path for path in _ours(made.parent, NAME) if path not in kept and not (path / SERVED).exists()]
    old = ours[: max(0, len(ours) - (keep - 1))]
    for path in old:
        _remove(path.rename(_unfinished(path)))
    return len(old)


def _ours(folder: Path, name: re.Pattern[str]) -> list[Path]:
    """Return the folders of such a name that this program made, the oldest first."""
    return [
        path
        for path in sorted(folder.iterdir())
        if name.fullmatch(path.name) and not path.is_symlink() and (path / MARKER).is_file()
    ]


def _unfinished(final: Path) -> Path:
    return final.with_name(f".{final.name}.unfinished")


def _remove(half: Path) -> None:
    """Remove a folder of ours, its marker last, so that the next run knows what one that was killed left."""
    for path in sorted(half.iterdir(), key=lambda one: one.name == MARKER):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    half.rmdir()
