"""The rubric of a reading as it was when the trainer finished it, whatever became of the question since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from homevisit.errors import MissingEntryError

if TYPE_CHECKING:
    from homevisit.course.catalogue import Catalogue
    from homevisit.course.questions import RatedQuestion
    from homevisit.store.values_desk import DeskItem, Reading


def rated_question(catalogue: Catalogue, item: DeskItem) -> RatedQuestion | None:
    """Return the question of an item, or None when the course asks it no more, or as another type."""
    try:
        question = catalogue.question(item.lesson_id, item.question_id)
    except MissingEntryError:
        return None
    return question if question.is_read_by_trainer else None  # type: ignore[return-value]  # only such are rated


@dataclass(frozen=True, slots=True)
class Level:
    """A criterion, the level that the text reached and its words, and what the trainer wrote to it."""

    criterion: str
    points: int | None
    words: str
    comment: str


def kept_rubric(question: RatedQuestion) -> list[dict[str, Any]]:
    """Return what of a rubric is kept with a finished reading."""
    return question.shown_rubric()


def rubric_of(question: RatedQuestion | None, reading: Reading) -> list[dict[str, Any]]:
    """Return the rubric by which a text was read; the present one for a draft or a reading without its own."""
    if reading.rubric is not None:
        return list(reading.rubric)
    return [] if question is None else kept_rubric(question)


def is_changed(question: RatedQuestion | None, reading: Reading) -> bool:
    """Whether the rubric is another now than the one by which a text was read, or the question is gone."""
    if reading.state == "done" and reading.kind != "formgrader" and question is None:
        return True
    if reading.rubric is not None:
        return question is None or list(reading.rubric) != kept_rubric(question)
    return question is not None and bool(set(reading.ratings) - {one.id for one in question.rubric})


def levels(question: RatedQuestion | None, reading: Reading) -> tuple[Level, ...]:
    """Return what a reading says of each criterion, in the words that stood there when it was finished."""
    lines = []
    for criterion in rubric_of(question, reading):
        points = reading.ratings.get(criterion["id"])
        comment = reading.criterion_comments.get(criterion["id"], "")
        # a level is a number in the course and a text in JSON
        words = {str(level): text for level, text in criterion["levels"].items()}.get(str(points), "")
        if points is not None or comment:
            lines.append(Level(criterion["criterion"], points, words, comment))
    return tuple(lines)


def names(question: RatedQuestion | None, reading: Reading) -> dict[str, str]:
    """Return the words of each criterion by its id, as they were when the text was read."""
    return {criterion["id"]: criterion["criterion"] for criterion in rubric_of(question, reading)}
