"""Commands for nbgrader's gradebook beside the trainer's desk: gradebook check, gradebook repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from homevisit.cli.door import CourseOption, DataOption, opened_store, settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from homevisit.services.desk.posting import Divergence

app = typer.Typer(help="Do the trainer's desk and nbgrader's gradebook say the same?", no_args_is_help=True)


@app.command()
def check(ctx: typer.Context, *, course: CourseOption = None, data: DataOption = None) -> None:
    """Compare all readings with nbgrader's gradebook; exit with 1 when something differs."""
    from homevisit.course.catalogue import Catalogue  # noqa: PLC0415  pydantic would slow down --help
    from homevisit.services.desk import posting  # noqa: PLC0415  same

    found = settings(ctx, course, data)
    with opened_store(ctx, course, data) as store:
        differ = posting.check(store, found, Catalogue(found.course_dir))
    if not differ:
        typer.echo("The desk and the gradebook say the same.")
        return
    _tell(differ)
    typer.echo("Run this to mend it: homevisit gradebook repair", err=True)
    raise typer.Exit(1)


@app.command()
def repair(ctx: typer.Context, *, course: CourseOption = None, data: DataOption = None) -> None:
    """Write readings into nbgrader's gradebook again, and read back grades given in formgrader."""
    from homevisit.course.catalogue import Catalogue  # noqa: PLC0415  pydantic would slow down --help
    from homevisit.services.desk import posting  # noqa: PLC0415  same

    found = settings(ctx, course, data)
    catalogue = Catalogue(found.course_dir)
    with opened_store(ctx, course, data) as store:
        differed = posting.check(store, found, catalogue)
        left = posting.repair(store, found, catalogue) if differed else []
    if not differed:
        typer.echo("There is nothing to mend.")
        return
    _tell(differed)
    mended = len(differed) - len(left)
    typer.echo(f"Mended {mended} of {len(differed)}.")
    if left:
        typer.echo(
            "The rest is not graded in nbgrader yet, or its gradebook is busy. Run: homevisit grade --queued, "
            "then this again.",
            err=True,
        )
        raise typer.Exit(1)


def _tell(differ: Sequence[Divergence]) -> None:
    for one in differ:
        ours, theirs = ("none" if points is None else f"{points:g}" for points in (one.ours, one.theirs))
        typer.echo(
            f"{one.learner}, {one.item.lesson_id}, {one.item.question_id}: desk {ours}, gradebook {theirs} "
            f"({one.what})"
        )
