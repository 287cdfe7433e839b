"""Commands that run the course: build, serve, demo."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path  # noqa: TC003  Typer reads the annotations
from typing import Annotated
from urllib.parse import urlsplit

import typer

from homevisit.cli.door import CourseOption, DataOption, command_like_this, settings
from homevisit.config import DATABASE_VARIABLE
from homevisit.errors import ContentError

HostOption = Annotated[str, typer.Option(help="Address to listen on; 127.0.0.1 is this machine alone.")]
PortOption = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]


def serve(
    ctx: typer.Context,
    *,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8866,
    base_url: Annotated[str, typer.Option(help="Path of the course on its host, such as /course/.")] = "/",
    behind_proxy: Annotated[
        bool,
        typer.Option(
            "--behind-proxy", help="Believe X-Forwarded-For and -Proto: a web server stands in front."
        ),
    ] = False,
    max_kernels: Annotated[
        int, typer.Option(min=1, help="Most visitors at once in lessons that need a kernel.")
    ] = 40,
    data: DataOption = None,
    course: CourseOption = None,
) -> None:
    """Serve the course until it is stopped with Ctrl+C."""
    from homevisit.web.app import serve as run  # noqa: PLC0415  Voilà takes seconds to load

    run(
        settings(ctx, course, data),
        host=host,
        port=port,
        base_url=base_url,
        behind_proxy=behind_proxy,
        max_kernels=max_kernels,
    )


def build(
    ctx: typer.Context,
    lesson: Annotated[
        str | None, typer.Argument(metavar="LESSON", help="One lesson; all by default.")
    ] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Only say whether lessons/ is up to date.")] = False,
    course: CourseOption = None,
    data: DataOption = None,
) -> None:
    """Build lessons/ from the lesson texts and answer keys."""
    from homevisit.course.catalogue import Catalogue  # noqa: PLC0415  pydantic would slow down --help
    from homevisit.services import building  # noqa: PLC0415  same

    found = settings(ctx, course, data)
    catalogue = Catalogue(found.course_dir)
    if not check:
        for path in building.build_lessons(found, catalogue, lesson):
            typer.echo(f"Built {path.relative_to(found.course_dir)}")
        return
    drifted = building.drifted_files(found, catalogue)
    if drifted:
        raise ContentError(f"Out of date in lessons/: {', '.join(drifted)}. Run: homevisit build")
    typer.echo("lessons/ is up to date.")


def demo(
    ctx: typer.Context,
    *,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="DIR", help="Folder for the demo; COURSE/var/demo by default."),
    ] = None,
    course: CourseOption = None,
    url: Annotated[
        str, typer.Option(help="Address at which the demo will be served.")
    ] = "http://127.0.0.1:8866/",
) -> None:
    """Fill a data directory of its own with a sample team, through the real way of handing in."""
    from homevisit.services.demo import make_demo  # noqa: PLC0415  pydantic and nbgrader

    base = settings(ctx, course, None)
    found = settings(ctx, base.course_dir, data or base.data_dir / "demo")
    # never the database of the real course, whatever the environment names
    found = replace(found, database_url=f"sqlite:///{found.data_dir / 'course.db'}")
    made = make_demo(found)
    typer.echo(f"Made {made.learners} learners with {made.submissions} submissions in {found.data_dir}.")
    typer.echo("Open one of these links, each good for one person, once the server runs:\n")
    for role, token in made.links.items():
        typer.echo(f"  {role:14} {url.rstrip('/')}/invite/{token}")
    port = urlsplit(url).port
    serving = "serve" if port in {None, 8866} else f"serve --port {port}"
    without = f"env -u {DATABASE_VARIABLE} " if os.environ.get(DATABASE_VARIABLE, "").strip() else ""
    typer.echo(f"\nServe it with: {without}{command_like_this(ctx, serving, course, found.data_dir)}")
    typer.echo("It prints a link for the administrator when it starts.")
