"""The command that opens the course in JupyterLab for an author."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path  # noqa: TC003  Typer reads the annotations
from typing import Annotated

import typer

from homevisit.cli.door import CourseOption, settings
from homevisit.errors import MissingEntryError


def lab(
    ctx: typer.Context,
    lesson: Annotated[
        str | None, typer.Argument(metavar="LESSON", help="The lesson to open; the list of files by default.")
    ] = None,
    *,
    host: Annotated[
        str, typer.Option(help="Address to listen on; 127.0.0.1 is this machine alone.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8888,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="Folder for what you try out; COURSE/var/lab by default."),
    ] = None,
    course: CourseOption = None,
) -> None:
    """Write lessons in JupyterLab, where their questions work; stop it with Ctrl+C."""
    from homevisit.course.catalogue import Catalogue  # noqa: PLC0415  pydantic would slow down --help
    from homevisit.web.lab import run_lab  # noqa: PLC0415  same

    base = settings(ctx, course, None)
    if lesson is not None:
        known = [info.lesson_id for info in Catalogue(base.course_dir).lessons()]
        if lesson not in known:
            raise MissingEntryError(
                f"There is no lesson {lesson} in course.yml. Write one of: {', '.join(known)}."
            )
    found = settings(ctx, base.course_dir, data or base.data_dir / "lab")
    # never the database of the learners, whatever the environment names
    found = replace(found, database_url=f"sqlite:///{found.data_dir / 'course.db'}")
    run_lab(found, host=host, port=port, lesson_id=lesson)
