"""The command that holds the first reading against trainers' decisions."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path  # noqa: TC003  Typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from homevisit.cli.door import CourseOption, DataOption, opened_store, settings
from homevisit.errors import InvalidEntryError

if TYPE_CHECKING:
    from homevisit.scoring.calibration import Agreement
    from homevisit.services.calibrating import Evidence, Refit

WIDE = 46


def calibrate(
    ctx: typer.Context,
    *,
    pairs: Annotated[
        list[Path] | None,
        typer.Option("--pairs", metavar="FILE", help="Labelled pairs as CSV; may be given several times."),
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Set the limits anew, in answer_keys/bands.yml.")
    ] = False,
    course: CourseOption = None,
    data: DataOption = None,
) -> None:
    """Say how well the first reading of key points agrees with people, and fit its limits to them."""
    from homevisit.course.catalogue import Catalogue  # noqa: PLC0415  pydantic would slow down --help
    from homevisit.services import calibrating  # noqa: PLC0415  same

    found = settings(ctx, course, data)
    catalogue = Catalogue(found.course_dir)
    # pairs alone can be tried where no course has run yet
    is_new = found.database_file is not None and not found.database_file.is_file()
    with nullcontext() if is_new and pairs else opened_store(ctx, course, data) as store:
        evidence = calibrating.gather(store, catalogue, pairs or ())
    _tell_evidence(evidence)
    try:
        anew = calibrating.refit(evidence)
    except InvalidEntryError as exc:
        if write:
            raise
        typer.echo(f"\n{exc.message}")
        return
    _tell_refit(anew)
    if write:
        path = calibrating.write_bands(catalogue, evidence, anew)
        typer.echo(
            f"\nWrote {path.relative_to(catalogue.course_dir)}. It counts for every check from now on."
        )
    else:
        typer.echo("\nNothing is changed. Write them with: homevisit calibrate --write")


def _tell_evidence(evidence: Evidence) -> None:
    typer.echo(
        f"{evidence.decisions} decisions of trainers and {evidence.pairs} labelled pairs, "
        f"over {evidence.questions} questions."
    )
    if evidence.gone:
        typer.echo(
            f"{evidence.gone} of them are left out: their question or point is not in the keys any more."
        )
    readers = evidence.readers
    if readers.count:
        typer.echo(
            f"The two readers of the pairs agree in {_said(readers.accuracy)} (kappa {_said(readers.kappa)}); "
            "where they differ, a point counts as one to look at again."
        )
    if not evidence.judged:
        return
    typer.echo(f"\nThe first reading as it is now:\n\n{_head()}")
    typer.echo(_line("all", evidence.now()))
    for field in ("language", "question"):
        for name, found in evidence.by(field).items():
            typer.echo(_line(f"{field} {name}" if field == "language" else name, found))


def _tell_refit(found: Refit) -> None:
    typer.echo(
        f"\nFitted anew: covered from {found.bands.covered:.2f} on, look again from {found.bands.again:.2f} on."
        f"\nEach question read with limits fitted to the others:\n\n{_head()}"
    )
    typer.echo(_line("all", found.tested))


def _head() -> str:
    return f"{'':{WIDE}}  points  same  kappa  covered: right   not found: right  but said"


def _line(name: str, found: Agreement) -> str:
    return (
        f"{name[:WIDE]:{WIDE}}{found.count:8}{_said(found.accuracy):>6}{_said(found.kappa):>7}"
        f"{found.covered:9}{_said(found.covered_right):>7}{found.none:13}{_said(found.none_right):>7}"
        f"{_said(found.missed):>10}"
    )


def _said(share: float | None) -> str:
    return "-" if share is None else f"{share:.2f}"
