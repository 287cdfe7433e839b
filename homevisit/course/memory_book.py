"""Loads ``source/memory-book.yml``: pages that a family prints and fills in by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from homevisit.course.fields import AsTuple, Checked, Identifier, Text, at_least, repeated
from homevisit.course.problems import content_errors, refuse
from homevisit.course.yaml_file import all_in_one, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

Language = Literal["en", "es"]
# What fits on a letter page below a heading, at 9 mm a line.
MOST_LINES = 20


class WritingPrompt(Checked):
    """A few words, and how many lines stand below them."""

    text: Text
    lines: Annotated[int, Field(ge=1, le=MOST_LINES)]


class Sheet(Checked):
    """A page in one language."""

    title: Text
    prompts: Annotated[tuple[WritingPrompt, ...], AsTuple, at_least(1)]


class BookPage(Checked):
    """A page in both languages; `frame` says what is pasted in above the prompts."""

    id: Identifier
    part: Literal["book", "portfolio"]
    frame: Literal["picture", "artwork", "none"]
    en: Sheet
    es: Sheet

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if [prompt.lines for prompt in self.en.prompts] != [prompt.lines for prompt in self.es.prompts]:
            message = "Write the same prompts, with as many lines each, as in English."
            refuse("BookPage", [(("es", "prompts"), message)])
        return self


class _Book(Checked):
    pages: Annotated[tuple[BookPage, ...], AsTuple, at_least(1)]


def load_memory_book(path: Path) -> tuple[BookPage, ...]:
    """Load the pages in their order; raise `ContentError` for the first problem, the rest in `others`."""
    file = read_yaml(path)
    try:
        pages = _Book.model_validate(file.content).pages
        refuse("_Book", repeated(("pages",), "id", [page.id for page in pages]))
    except ValidationError as exc:
        raise all_in_one(content_errors(exc, file)) from exc
    return pages
