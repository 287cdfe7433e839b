"""A report as tables for a spreadsheet: one line for each question, and one for each single figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.services.reports.values import FEW
from homevisit.services.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from homevisit.services.reports.values import Figure, LessonLine, LessonReport, QuestionReport
    from homevisit.services.sheets import Cell

SUMMARY_HEAD: tuple[Cell, ...] = (
    "Number",
    "Question",
    "Type",
    "Prompt",
    "Learners who tried it",
    "First try, percent of points",
    "Last try, percent of points",
    "Goes together with the rest",
    "Minutes from first to last try (median)",
)
FIGURES_HEAD: tuple[Cell, ...] = (
    "Number",
    "Question",
    "What",
    "Of what",
    "Learners",
    "Of learners",
    "Value",
    "Unit",
    "Note",
)
SUMMARY_WIDTHS = (8, 26, 12, 60, 12, 14, 14, 14, 16)
FIGURES_WIDTHS = (8, 26, 28, 60, 10, 10, 10, 12, 50)
LESSONS_HEAD: tuple[Cell, ...] = ("Lesson", "Title", "Learners", "First try, percent of points", "Note")


def lesson_sheets(report: LessonReport) -> tuple[Sheet, Sheet]:
    """Return the figures of a lesson: each on a line of its own, and the questions with one line each."""
    figures = [FIGURES_HEAD, *(row for question in report.questions for row in _figures(question))]
    summary = [SUMMARY_HEAD, *(_summary(question) for question in report.questions)]
    return (
        Sheet("Figures", figures, frozenset({1}), FIGURES_WIDTHS),
        Sheet("Questions", summary, frozenset({1}), SUMMARY_WIDTHS),
    )


def course_sheet(lines: Iterable[LessonLine]) -> Sheet:
    """Return one line for each lesson."""
    rows: list[tuple[Cell, ...]] = [LESSONS_HEAD]
    rows += [
        (
            line.lesson_id,
            line.title,
            None if line.is_few else line.first.n,
            line.first.percent,
            line.first.why,
        )
        for line in lines
    ]
    return Sheet("Lessons", rows, frozenset({1}), (26, 50, 10, 16, 50))


def _summary(question: QuestionReport) -> tuple[Cell, ...]:
    return (
        question.number,
        question.question_id,
        question.type,
        question.prompt,
        FEW if question.is_few else question.tried,
        question.first.percent,
        question.last.percent,
        question.discrimination.value,
        question.minutes.value,
    )


def _figures(question: QuestionReport) -> Iterator[tuple[Cell, ...]]:
    place = (question.number, question.question_id)
    if question.is_few:
        yield (*place, "Learners who tried it", question.prompt, None, None, None, None, FEW)
        return
    tried = question.tried
    yield (*place, "Learners who tried it", question.prompt, tried, tried, None, None, None)
    yield (*place, "First try", "Share of the points", *_value(question.first, "percent"))
    yield (*place, "Last try", "Share of the points", *_value(question.last, "percent"))
    yield (
        *place,
        "Goes together with the rest",
        "Points at the last try",
        *_value(question.discrimination, "correlation"),
    )
    yield (*place, "From first to last try", "Median", *_value(question.minutes, "minutes"))
    for breakdown in question.breakdowns:
        for line in breakdown.lines:
            value: tuple[Cell, ...] = (line.count, line.n, line.percent, "percent", line.note)
            yield (*place, breakdown.title, line.text, *value)


def _value(figure: Figure, unit: str) -> tuple[Cell, ...]:
    value = figure.percent if unit == "percent" else figure.value
    n = None if figure.value is None else figure.n
    return (n, n, value, unit, figure.why)
