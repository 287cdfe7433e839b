"""What all commands share: where the course is, its open store, and the one door for errors."""

from __future__ import annotations

import shlex
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from homevisit.config import Settings, load_settings
from homevisit.errors import ConfigError, CourseError
from homevisit.store.engine import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Place:
    """The folders named on the command line."""

    course_dir: Path | None
    data_dir: Path | None


class CourseGroup(TyperGroup):
    """The root command; it turns each CourseError into a line (and one for each of its others) and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except CourseError as exc:
            for found in (exc, *getattr(exc, "others", ())):
                typer.echo(" ".join(str(found).split()), err=True)
            raise typer.Exit(exc.exit_code) from exc


CourseOption = Annotated[
    Path | None, typer.Option("--course", metavar="DIR", help="Folder that holds course.yml.")
]
DataOption = Annotated[
    Path | None, typer.Option("--data", metavar="DIR", help="Folder for data; COURSE/var by default.")
]


def settings(ctx: typer.Context, course: Path | None = None, data: Path | None = None) -> Settings:
    """Return the settings of the course that the command line names, before or after the command."""
    place = ctx.find_object(Place) or Place(None, None)
    return load_settings(course or place.course_dir, data or place.data_dir)


def command_like_this(
    ctx: typer.Context, command: str, course: Path | None = None, data: Path | None = None
) -> str:
    """Return another command as a person would type it, with the folders that this one was given."""
    place = ctx.find_object(Place) or Place(None, None)
    named = (("--course", course or place.course_dir), ("--data", data or place.data_dir))
    words = [f"{option} {shlex.quote(str(folder))}" for option, folder in named if folder]
    return " ".join([_program(), command, *words])


def _program() -> str:
    """Return how this program was called, or its bare name where that would find it too."""
    called = Path(sys.argv[0])
    is_ours = called.name == "homevisit" and called.is_file()
    return shlex.quote(sys.argv[0]) if is_ours and shutil.which("homevisit") is None else "homevisit"


@contextmanager
def opened_store(
    ctx: typer.Context, course: Path | None = None, data: Path | None = None, *, can_begin: bool | None = None
) -> Iterator[Store]:
    """Open the store of the course that the command line names, and close it afterwards.

    Parameters
    ----------
    can_begin : bool or None
        Whether a new one may be made where there is none; None when this command never makes one.

    Raises
    ------
    ConfigError
        There is none, and none may be made: most often the folder is not the one of the server.
    """
    found = settings(ctx, course, data)
    database = found.database_file
    try:
        is_there = database is None or database.is_file()
    except PermissionError as exc:
        raise ConfigError(
            f"You may not look into {found.data_dir}. Run this as the account that the server runs as."
        ) from exc
    if not can_begin and not is_there:
        begin = "; to begin a new course there, add --new" if can_begin is False else ""
        raise ConfigError(
            f"There is no course data in {found.data_dir}. Name the folder that the server uses with --data{begin}."
        )
    store = open_store(found.database_url)
    try:
        yield store
    finally:
        store.close()
