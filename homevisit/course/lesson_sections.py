"""The sections of a built lesson: what stands below each heading, in order."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from markdown_it import MarkdownIt

from homevisit.course.lesson_text import lone_call

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from markdown_it.token import Token

PartKind = Literal["text", "clip", "question"]

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a section: a text as HTML that may stand in a page as it is, or the id of a clip or question."""

    kind: PartKind
    content: str


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below one heading, until the next; `section_id` is the heading's id on the lesson's page."""

    section_id: str
    title: str
    level: int
    parts: tuple[Part, ...]

    @property
    def words(self) -> int:
        """How many words the texts have."""
        texts = " ".join(part.content for part in self.parts if part.kind == "text")
        return len(re.sub(r"<[^>]+>", " ", texts).split())

    @property
    def clips(self) -> tuple[str, ...]:
        """The ids of the clips shown in it."""
        return tuple(part.content for part in self.parts if part.kind == "clip")

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of the questions asked in it."""
        return tuple(part.content for part in self.parts if part.kind == "question")

    @property
    def is_showable(self) -> bool:
        """Whether there is anything in it to show to a group."""
        return bool(self.words or self.clips)


def heading_id(title: str) -> str:
    """Give the id that a heading has on a lesson's page; `title` may hold tags."""
    words = re.sub(r"<[^>]+>", "", title).lower()
    return re.sub(r"[^\w]+", "-", words).strip("-")


def read_sections(path: Path) -> tuple[Section, ...]:
    """Return the sections of a built notebook in order; none when it cannot be read."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
    except (OSError, ValueError, KeyError):
        return ()
    found: list[tuple[str, int, list[Part]]] = []
    for piece in _pieces(cells):
        if isinstance(piece, Part):
            if found:
                found[-1][2].append(piece)
        else:
            found.append((*piece, []))
    return tuple(Section(heading_id(title), title, level, tuple(parts)) for title, level, parts in found)


def _pieces(cells: list[dict[str, Any]]) -> Iterator[Part | tuple[str, int]]:
    for cell in cells:
        source = "".join(cell.get("source", ""))
        metadata = cell.get("metadata", {})
        question_id = metadata.get("homevisit", {}).get("question_id")
        if cell.get("cell_type") == "markdown" and "response" not in metadata.get("tags", ()):
            yield from _texts(source)
        elif question_id:
            yield Part("question", str(question_id))
        elif (call := lone_call(source)) and call[0] == "clip":
            yield Part("clip", call[1])


def _texts(source: str) -> Iterator[Part | tuple[str, int]]:
    tokens = _MARKDOWN.parse(source)
    starts = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    for start, end in zip([-1, *starts], [*starts, len(tokens)], strict=True):
        body = start
        if start >= 0:
            yield _plain(tokens[start + 1]), int(tokens[start].tag[1:])
            body = start + 3
        kept = tokens[max(body, 0) : end]
        if kept:
            yield Part("text", str(_MARKDOWN.renderer.render(kept, _MARKDOWN.options, {})))


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or ())
