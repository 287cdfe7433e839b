"""Commands for clips: media set, media check."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  Typer reads the annotations
from typing import Annotated

import typer

from homevisit.cli.authoring import finding_line
from homevisit.cli.door import CourseOption, settings

app = typer.Typer(
    help="Clips of the lessons: their files or addresses, captions and transcripts.", no_args_is_help=True
)


@app.command("set")
def set_clip(
    ctx: typer.Context,
    clip: Annotated[str, typer.Argument(metavar="CLIP", help="Name of the clip in lessons/media/media.yml.")],
    source: Annotated[
        str, typer.Argument(metavar="FILE_OR_ADDRESS", help="An MP4 or WebM file, or an https address.")
    ],
    *,
    captions: Annotated[Path | None, typer.Option(metavar="FILE", help="Captions in WebVTT (.vtt).")] = None,
    transcript: Annotated[
        Path | None, typer.Option(metavar="FILE", help="All that is said, as text (.txt or .md).")
    ] = None,
    description: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What is to be seen: a second video that tells it, or WebVTT."),
    ] = None,
    licence: Annotated[str | None, typer.Option(metavar="TEXT", help="Who may use it, and how.")] = None,
    silent: Annotated[bool, typer.Option("--silent", help="The clip at this address has no sound.")] = False,
    course: CourseOption = None,
) -> None:
    """Give a clip its file or address; a file is copied into lessons/media/."""
    from homevisit.course.catalogue import Catalogue  # noqa: PLC0415  pydantic would slow down --help
    from homevisit.services import media  # noqa: PLC0415  same

    found = settings(ctx, course)
    catalogue = Catalogue(found.course_dir)
    done = media.set_clip(
        catalogue, clip, media.Supplied(source, captions, transcript, description, licence, silent)
    )
    path = catalogue.media_path().relative_to(found.course_dir)
    typer.echo(f"Changed {done.clip_id} in {path}:{done.line}:")
    for name, value in done.fields.items():
        typer.echo(f"  {name}: {str(value).lower() if isinstance(value, bool) else value}")
    for remark in done.remarks:
        typer.echo(remark)
    typer.echo(
        "The lessons show it from now on: nothing is to be built, and a server that runs needs no restart. "
        "Look at the lesson, then run: homevisit media check"
    )


@app.command()
def check(
    ctx: typer.Context,
    *,
    online: Annotated[
        bool, typer.Option("--online", help="Ask the web servers whether the addresses still work.")
    ] = False,
    course: CourseOption = None,
) -> None:
    """Say what is missing or wrong in the catalogue of clips and the files beside it."""
    from homevisit.course.catalogue import Catalogue  # noqa: PLC0415  pydantic would slow down --help
    from homevisit.services.media_checks import check_media  # noqa: PLC0415  same

    found = settings(ctx, course)
    report = check_media(Catalogue(found.course_dir), online=online)
    for finding in report.findings:
        typer.echo(finding_line(finding, found.course_dir))
    if report.remarks:
        typer.echo("To look at (no mistakes in themselves):")
        for remark in report.remarks:
            typer.echo(f"  {finding_line(remark, found.course_dir)}")
    if not online:
        typer.echo("Addresses were not tried; --online does that.")
    count = len(report.findings)
    summary = f"{count} finding{'' if count == 1 else 's'}" if count else "no findings"
    typer.echo(f"{report.clips} clips, {summary}.")
    if count:
        raise typer.Exit(1)
