"""The command that copies a course's data while the server runs."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  Typer reads the annotations
from typing import Annotated

import typer

from homevisit.cli.door import CourseOption, DataOption, settings


def backup(
    ctx: typer.Context,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where backups go, outside the data folder.")
    ],
    *,
    keep: Annotated[
        int | None, typer.Option(min=1, help="Keep this many backups, with the new one; remove the oldest.")
    ] = None,
    data: DataOption = None,
    course: CourseOption = None,
) -> None:
    """Copy all data of the course to a new folder below FOLDER; the server may run meanwhile."""
    from homevisit.services.backup import back_up  # noqa: PLC0415  not needed for --help

    made = back_up(settings(ctx, course, data), folder, keep=keep)
    older = f" Removed {made.removed} older." if made.removed else ""
    typer.echo(f"Backed up to {made.folder} ({_size(made.size)}).{older}")
    if made.dump:
        typer.echo(
            "The database is on a server of its own and is not in this folder. Copy it as well, at best just "
            f"before this command: {made.dump}"
        )


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e5 else f"{max(1, round(count / 1e3))} kB"  # noqa: PLR2004  one digit
