"""Commands for authors: check, coverage, new-lesson."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from homevisit.cli.door import CourseOption, command_like_this, settings

if TYPE_CHECKING:
    from pathlib import Path

    from homevisit.errors import ContentError

LessonArgument = Annotated[str | None, typer.Argument(metavar="LESSON", help="One lesson; all by default.")]


def check(ctx: typer.Context, lesson: LessonArgument = None, *, course: CourseOption = None) -> None:
    """Say what is wrong in lesson texts and keys, and what to write instead."""
    from homevisit.course.catalogue import Catalogue  # noqa: PLC0415  pydantic would slow down --help
    from homevisit.services.checking import HARDEST_GRADE, check_lessons  # noqa: PLC0415  same

    found = settings(ctx, course)
    report = check_lessons(Catalogue(found.course_dir), lesson)
    for finding in report.findings:
        typer.echo(finding_line(finding, found.course_dir))
    if report.findings:
        typer.echo("")
    for warning in report.warnings:
        typer.echo(f"Warning: {finding_line(warning, found.course_dir)}")
    if report.warnings:
        typer.echo("")
    typer.echo("Figures (no mistakes in themselves):")
    for figures in report.figures:
        typer.echo(
            f"  {figures.lesson_id}: {figures.words} words, {figures.questions} questions, "
            f"reading level grade {figures.grade:.1f} (at most {HARDEST_GRADE}; plainer is fine)"
        )
        if figures.is_hard:
            typer.echo(f"    Warning: above grade {HARDEST_GRADE}; use shorter sentences and plainer words.")
    count = len(report.findings)
    typer.echo(f"\n{count} finding{'' if count == 1 else 's'}." if count else "\nNo findings.")
    if count:
        raise typer.Exit(1)


def coverage(
    ctx: typer.Context,
    *,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write comma-separated values.")] = False,
    course: CourseOption = None,
) -> None:
    """Show for each point of the sources where a lesson teaches or asks it."""
    from homevisit.course.catalogue import Catalogue  # noqa: PLC0415  pydantic would slow down --help
    from homevisit.services.coverage import coverage_of  # noqa: PLC0415  same

    found = settings(ctx, course)
    covered = coverage_of(Catalogue(found.course_dir))
    rows = [
        (
            entry.point.id,
            entry.point.section,
            entry.point.point,
            mention.lesson_id,
            mention.verb,
            mention.place,
        )
        for entry in covered.points
        for mention in entry.mentions
    ]
    rows += [
        (entry.point.id, entry.point.section, entry.point.point, "", "", "") for entry in covered.missing
    ]
    rows.sort(key=lambda row: row[0])
    if as_csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows(
            [("point", "section", "text", "lesson", "how", "place"), *rows]
        )
    else:
        for point_id, _, text, lesson_id, verb, place in rows:
            where = f"{lesson_id} {verb}: {place}" if lesson_id else "-"
            typer.echo(f"{point_id}  {text[:48]:48}  {where}")
    for finding in covered.unknown:
        typer.echo(finding_line(finding, found.course_dir), err=as_csv)
    _end(len(covered.points), [entry.point.id for entry in covered.missing], quiet=as_csv)
    if covered.missing or covered.unknown:
        raise typer.Exit(1)


def new_lesson(
    ctx: typer.Context,
    lesson_id: Annotated[str, typer.Argument(metavar="ID", help="Number and name, such as 06-some-title.")],
    title: Annotated[str, typer.Argument(metavar="TITLE", help="The title that learners read.")],
    *,
    course: CourseOption = None,
) -> None:
    """Begin a lesson: a text, a key with questions of several types, and its entry in course.yml."""
    from homevisit.course.catalogue import Catalogue  # noqa: PLC0415  pydantic would slow down --help
    from homevisit.services.drafting import begin_lesson  # noqa: PLC0415  same

    found = settings(ctx, course)
    for path in begin_lesson(Catalogue(found.course_dir), lesson_id, title):
        typer.echo(f"Wrote {path.relative_to(found.course_dir)}")
    typer.echo("Edit them, then run:")
    for command in (f"check {lesson_id}", f"build {lesson_id}", "serve"):
        typer.echo(f"  {command_like_this(ctx, command, course)}")


def _end(count: int, missing: list[str], *, quiet: bool) -> None:
    if missing:
        typer.echo(f"{len(missing)} of {count} points missing: {', '.join(missing)}.", err=quiet)
    else:
        typer.echo(f"{count} points, none missing.", err=quiet)


def finding_line(finding: ContentError, course_dir: Path) -> str:
    """Return a finding as one line, with the file as seen from the folder of the course."""
    path = finding.path
    if path is not None and path.is_relative_to(course_dir):
        path = path.relative_to(course_dir)
    place = ":".join(str(part) for part in (path, finding.line) if part is not None)
    return ": ".join(part for part in (place, finding.field, finding.advice) if part)
