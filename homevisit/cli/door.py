"""What all commands share: where the course is, its open store, and the one door for errors."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from homevisit.config import Settings, load_settings
from homevisit.errors import CourseError
from homevisit.store.engine import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Place:
    """The folders named on the command line."""

    course_dir: Path | None
    data_dir: Path | None


class CourseGroup(TyperGroup):
    """The root command; it turns each CourseError into one line and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except CourseError as exc:
            typer.echo(" ".join(str(exc).split()), err=True)
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


@contextmanager
def opened_store(ctx: typer.Context, course: Path | None = None, data: Path | None = None) -> Iterator[Store]:
    """Open the store of the course that the command line names, and close it afterwards."""
    store = open_store(settings(ctx, course, data).database_url)
    try:
        yield store
    finally:
        store.close()
