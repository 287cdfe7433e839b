"""The `homevisit` command line."""

from __future__ import annotations

import sys
from pathlib import Path  # noqa: TC003  Typer reads the annotations
from typing import Annotated

import typer

from homevisit.cli import accounts, authoring, gradebook, mail, media
from homevisit.cli import course as course_commands
from homevisit.cli.backup import backup
from homevisit.cli.calibrating import calibrate
from homevisit.cli.door import CourseGroup, Place
from homevisit.cli.grading import grade
from homevisit.cli.lab import lab

app = typer.Typer(
    cls=CourseGroup,
    help="A training course for people who visit families at home.",
    no_args_is_help=True,
    # A traceback with local variables could show a password.
    pretty_exceptions_enable=False,
)
app.add_typer(accounts.app, name="accounts")
app.add_typer(media.app, name="media")
app.add_typer(gradebook.app, name="gradebook")
app.add_typer(mail.app, name="mail")
for command in (course_commands.serve, course_commands.build, grade, course_commands.demo):
    app.command()(command)
for author_command in (authoring.check, authoring.coverage, authoring.new_lesson):
    app.command()(author_command)
app.command()(backup)
app.command()(lab)
app.command()(calibrate)


@app.callback()
def place(
    ctx: typer.Context,
    course: Annotated[
        Path | None, typer.Option("--course", metavar="DIR", help="Folder that holds course.yml.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Folder for data; COURSE/var by default.")
    ] = None,
) -> None:
    """Say where the course and its data are."""
    ctx.obj = Place(course, data)


def main() -> None:
    """Run the command line."""
    # jsonschema builds a grammar of international addresses when it is imported, which takes a second, for two
    # formats that no schema of Jupyter uses (its issue 1428). None refuses the import; jsonschema goes on without.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    app()
