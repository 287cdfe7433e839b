"""Where each point of the sources is taught or asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from homevisit.course.lesson_text import read_lesson_text
from homevisit.course.points import SourcePoint, load_points
from homevisit.course.prose import read_prose
from homevisit.course.yaml_file import read_yaml
from homevisit.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from homevisit.course.catalogue import Catalogue
    from homevisit.course.points import Sources
    from homevisit.course.yaml_file import Place


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of a lesson that names a point: `place` is a heading, or a question and its key point."""

    point_id: str
    lesson_id: str
    verb: str
    place: str
    path: Path
    line: int


@dataclass(frozen=True, slots=True)
class CoveredPoint:
    """One point with all places that name it."""

    document: str
    point: SourcePoint
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every point in order, and the names of points that do not exist."""

    points: tuple[CoveredPoint, ...]
    unknown: tuple[ContentError, ...]
    sources: Sources

    @property
    def missing(self) -> list[CoveredPoint]:
        """The points that no lesson names."""
        return [covered for covered in self.points if not covered.mentions]

    def missing_problems(self) -> list[ContentError]:
        """Give a finding for each point that no lesson names."""
        return [
            ContentError(
                f'Teach "{covered.point.point}" in a lesson and write {covered.point.id} in the points of '
                "that cell, or ask it and write points_of in the key.",
                self.sources.path,
                self.sources.lines[covered.point.id],
            )
            for covered in self.missing
        ]


def coverage_of(catalogue: Catalogue, lesson_ids: list[str] | None = None) -> Coverage:
    """Compare the list of points with what lessons name; all lessons of the syllabus when none is given.

    With lessons given, only the documents that they name a point of are looked at.
    """
    sources = load_points(catalogue.points_path())
    lessons = lesson_ids or [info.lesson_id for info in catalogue.lessons()]
    mentions: dict[str, list[Mention]] = {point_id: [] for point_id in sources.lines}
    unknown: list[ContentError] = []
    for lesson_id in lessons:
        for mention in _mentions(catalogue, lesson_id):
            if mention.point_id in mentions:
                mentions[mention.point_id].append(mention)
            else:
                message = f"Write a point that source/points.yml lists; it has no {mention.point_id}."
                unknown.append(ContentError(message, mention.path, mention.line))
    used = {point_id.partition("-")[0] for point_id, places in mentions.items() if places}
    covered = tuple(
        CoveredPoint(document_id, point, tuple(mentions[point.id]))
        for document_id, document in sources.documents.items()
        if lesson_ids is None or document_id in used
        for point in document.points
    )
    return Coverage(covered, tuple(unknown), sources)


def _mentions(catalogue: Catalogue, lesson_id: str) -> Iterator[Mention]:
    yield from _taught(catalogue.text_path(lesson_id), lesson_id)
    file = read_yaml(catalogue.key_path(lesson_id))
    for place, names in _asked(file.content):
        for number, point_id in enumerate(names):
            line = file.line((*place, "points_of", number))
            said = str(place[1])
            if len(place) > 2:  # noqa: PLR2004  a key point inside the question
                said += f"/{_entry(file.content, place).get('id')}"
            yield Mention(str(point_id), lesson_id, "asked", said, file.path, line)


def _taught(path: Path, lesson_id: str) -> Iterator[Mention]:
    heading = lesson_id
    for cell in read_lesson_text(path).cells:
        headings = read_prose([cell]).headings
        heading = headings[-1].text if headings else heading
        for point_id in cell.points:
            yield Mention(point_id, lesson_id, "taught", heading, path, cell.mark)


def _asked(content: dict[str, Any]) -> Iterator[tuple[Place, list[Any]]]:
    questions = content.get("questions")
    for question_id, question in (questions if isinstance(questions, dict) else {}).items():
        places: list[Place] = [("questions", question_id)]
        if isinstance(question, dict) and isinstance(question.get("key_points"), list):
            count = len(question["key_points"])
            places += [("questions", question_id, "key_points", number) for number in range(count)]
        for place in places:
            names = _entry(content, place).get("points_of")
            if isinstance(names, list):
                yield place, names


def _entry(content: Any, place: Place) -> dict[str, Any]:
    for part in place:
        content = content[part]
    return content if isinstance(content, dict) else {}
