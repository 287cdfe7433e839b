"""Loads ``source/points.yml``: what each source document says, point by point and in our own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import ValidationError, model_validator

from homevisit.course.fields import AsTuple, Checked, Identifier, Text, at_least
from homevisit.course.problems import content_errors, refuse
from homevisit.course.yaml_file import all_in_one, read_yaml

if TYPE_CHECKING:
    from pathlib import Path


class SourcePoint(Checked):
    """One statement of a source document, named by the document and a number."""

    id: Identifier
    section: Text
    point: Text


class SourceDocument(Checked):
    """One document that the course is adapted from."""

    title: Text
    publisher: Text
    points: Annotated[tuple[SourcePoint, ...], AsTuple, at_least(1)]


class _Sources(Checked):
    sources: Annotated[Mapping[Identifier, SourceDocument], at_least(1)]

    @model_validator(mode="after")
    def _numbered(self) -> Self:
        problems = []
        for document_id, document in self.sources.items():
            for number, point in enumerate(document.points):
                wanted = f"{document_id}-{number + 1:02}"
                if point.id != wanted:
                    at = ("sources", document_id, "points", number, "id")
                    problems.append((at, f"Write {wanted} here; points are numbered in their order."))
        refuse("_Sources", problems)
        return self


@dataclass(frozen=True, slots=True)
class Sources:
    """The source documents by id, and the line on which each point stands."""

    path: Path
    documents: Mapping[str, SourceDocument]
    lines: Mapping[str, int]


def load_points(path: Path) -> Sources:
    """Load ``source/points.yml``; raise `ContentError` for its first problem, the rest in `others`."""
    file = read_yaml(path)
    try:
        documents = _Sources.model_validate(file.content).sources
    except ValidationError as exc:
        raise all_in_one(content_errors(exc, file)) from exc
    lines = {
        point.id: file.line(("sources", document_id, "points", number))
        for document_id, document in documents.items()
        for number, point in enumerate(document.points)
    }
    return Sources(path, documents, lines)
