"""Frozen values of the reports, and the limits below which a figure is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

# Fewer people than this, and a figure tells about one of them.
FEWEST = 5
# A correlation over fewer learners than this is chance more than anything.
FEWEST_COMPARED = 10

FEW = "Fewer than five learners, so no figures are shown."


@dataclass(frozen=True, slots=True)
class Tried:
    """One attempt as the figures see it.

    `share` of the points is None while nobody gave any; `is_full` is None where a trainer gives them.
    """

    account_id: str
    question_id: str
    number: int
    share: float | None
    is_full: bool | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Figure:
    """A number over `n` learners; when it is None, `why` says why it is not shown."""

    value: float | None
    n: int
    why: str = ""

    @property
    def percent(self) -> int | None:
        """The value as whole percent."""
        return None if self.value is None else round(self.value * 100)


@dataclass(frozen=True, slots=True)
class Line:
    """`count` of `n` learners: one option, one statement, one point, one level.

    `note` adds a few words, such as whether an option belongs to the right ones.
    """

    text: str
    count: int
    n: int
    note: str = ""

    @property
    def share(self) -> float:
        """The count as a share, 0 for no learners."""
        return self.count / self.n if self.n else 0.0

    @property
    def percent(self) -> int:
        """The share as whole percent."""
        return round(self.share * 100)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Some lines under one heading; `lead` says in a sentence what they count."""

    kind: str
    title: str
    lead: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """All figures of one question; `is_few` when too few learners tried it for any."""

    number: int
    question_id: str
    type: str
    prompt: str
    is_read_by_trainer: bool
    tried: int
    first: Figure
    last: Figure
    discrimination: Figure
    minutes: Figure
    breakdowns: tuple[Breakdown, ...]

    @property
    def is_few(self) -> bool:
        """Whether figures would tell about single persons."""
        return self.tried < FEWEST


@dataclass(frozen=True, slots=True)
class LessonReport:
    """One lesson: how many learners tried anything of it, and its questions in their order."""

    lesson_id: str
    title: str
    learners: int
    questions: tuple[QuestionReport, ...]

    @property
    def is_few(self) -> bool:
        """Whether figures would tell about single persons."""
        return self.learners < FEWEST


@dataclass(frozen=True, slots=True)
class LessonLine:
    """One lesson in the list of lessons; `first` is the mean share of points at first attempts."""

    lesson_id: str
    title: str
    first: Figure

    @property
    def is_few(self) -> bool:
        """Whether figures would tell about single persons."""
        return self.first.n < FEWEST
