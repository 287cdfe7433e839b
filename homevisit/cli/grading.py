"""The command that grades: what waits, or all of a lesson again."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from homevisit.cli.door import CourseOption, DataOption, opened_store, settings
from homevisit.errors import GradingError, InvalidEntryError, MissingEntryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from homevisit.services.regrading import Cohort, Run

INTERRUPTED = 130


def grade(
    ctx: typer.Context,
    lesson: Annotated[
        str | None, typer.Argument(help="Grade everything handed in for this lesson again.")
    ] = None,
    *,
    queued: Annotated[
        bool, typer.Option("--queued", help="Grade what has been handed in and waits.")
    ] = False,
    linger: Annotated[float, typer.Option(min=0, help="Seconds to wait for more work before ending.")] = 0,
    start_over: Annotated[
        bool, typer.Option("--all", help="Start over where an interrupted run would be gone on with.")
    ] = False,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Most processes at once; as many as processors by default.")
    ] = None,
    course: CourseOption = None,
    data: DataOption = None,
) -> None:
    """Grade a lesson's submissions again, or those that wait; the server starts the latter by itself."""
    from homevisit.course.catalogue import Catalogue  # noqa: PLC0415  pydantic would slow down --help
    from homevisit.services.grading import grade_while_busy  # noqa: PLC0415  same
    from homevisit.services.regrading import Run  # noqa: PLC0415  same

    if lesson is None and not queued:
        raise InvalidEntryError("Say what to grade: homevisit grade --queued, or homevisit grade LESSON")
    found = settings(ctx, course, data)
    catalogue = Catalogue(found.course_dir)
    if lesson is not None:
        catalogue.lesson(lesson)
    with opened_store(ctx, course, data) as store, _until_stopped() as is_stopped:
        if lesson is not None and not queued:
            run = Run(store, found, lesson, jobs or os.cpu_count() or 1)
            _grade_again(run, start_over=start_over, is_stopped=is_stopped)
            return
        graded = grade_while_busy(store, found, catalogue, linger, lesson_id=lesson, is_stopped=is_stopped)
        typer.echo(f"Graded {_count(graded)}.")


def _grade_again(run: Run, *, start_over: bool, is_stopped: Callable[[], bool]) -> None:
    goes_on = run.begin(start_over=start_over)
    cohort = run.standing()
    _announce(cohort, run.lesson_id, goes_on=goes_on)
    with _shown(cohort) as show:
        cohort = run.grade(on_progress=show, is_stopped=is_stopped)
    _conclude(cohort, was_stopped=is_stopped())


def _announce(cohort: Cohort, lesson_id: str, *, goes_on: bool) -> None:
    if not cohort.total:
        raise MissingEntryError(f"Nobody has handed in {lesson_id} yet, so there is nothing to grade.")
    if goes_on:
        left = f"{cohort.waiting} of {_count(cohort.total)}"
        typer.echo(f"Going on with what an earlier run left: {left} of {lesson_id}. --all starts over.")
    else:
        typer.echo(f"Grading {_count(cohort.total)} of {lesson_id}.")


def _conclude(cohort: Cohort, *, was_stopped: bool) -> None:
    """Say how it ended; an error says what is left to do."""
    for name, problem in cohort.failed:
        typer.echo(f"{name}: {problem}", err=True)
    if cohort.waiting and was_stopped:
        typer.echo(
            f"Stopped: {cohort.done} of {_count(cohort.total)} are graded. "
            "Run the same command to go on with the others."
        )
        raise typer.Exit(INTERRUPTED)
    if cohort.waiting:
        raise GradingError(
            f"{_count(cohort.waiting)} of {cohort.total} are with another grading program. If that was "
            "stopped by force, run the same command in five minutes."
        )
    if cohort.failed:
        raise GradingError(
            f"{len(cohort.failed)} of {_count(cohort.total)} could not be graded; the reasons stand above. "
            "Run the same command when they are put right."
        )
    typer.echo(f"Graded {_count(cohort.total)}.")


@contextmanager
def _shown(cohort: Cohort) -> Iterator[Callable[[Cohort], None]]:
    """Give a function that shows how far it is: a bar in a terminal, a line for each tenth elsewhere."""
    from rich.console import Console  # noqa: PLC0415  only this command draws
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415  same

    console = Console()
    if console.is_terminal:
        with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console) as progress:
            task = progress.add_task("Grading", total=cohort.total, completed=cohort.done)
            yield lambda now: progress.update(task, completed=now.done)
        return
    told = cohort.done * 10 // cohort.total

    def tell(now: Cohort) -> None:
        nonlocal told
        if now.done * 10 // now.total > told:
            told = now.done * 10 // now.total
            typer.echo(f"{now.done} of {now.total}")

    yield tell


@contextmanager
def _until_stopped() -> Iterator[Callable[[], bool]]:
    """Give a function that says whether somebody pressed Ctrl+C or asked this process to end."""
    asked: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _frame: asked.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _count(number: int) -> str:
    return f"{number} submission{'' if number == 1 else 's'}"
