"""Takes from a built lesson what its last section tells a learner to take along."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from pathlib import Path

    from markdown_it.token import Token

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_LISTS = ("bullet_list_open", "ordered_list_open")


@dataclass(frozen=True, slots=True)
class Closing:
    """The last section's heading, and its points as HTML; both empty when the lesson has no section."""

    title: str
    html: str


def read_closing(path: Path) -> Closing:
    """Return the last section of a notebook: its lists, or all of its text when it has none.

    What stands around a list, such as how to hand in, is for the page and not for paper.
    """
    try:
        cells = json.loads(path.read_bytes())["cells"]
    except (OSError, ValueError, KeyError):
        return Closing("", "")
    texts = ["".join(cell["source"]) for cell in cells if cell.get("cell_type") == "markdown"]
    for text in reversed(texts):
        tokens = _MARKDOWN.parse(text)
        starts = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"]
        if starts:
            title = tokens[starts[-1] + 1].content
            return Closing(title, _rendered(tokens[starts[-1] + 3 :]))
    return Closing("", "")


def _rendered(tokens: list[Token]) -> str:
    kept: list[Token] = []
    is_inside = False
    for token in tokens:
        if token.level == 0 and token.type in _LISTS:
            is_inside = True
        if is_inside:
            kept.append(token)
        if token.level == 0 and token.nesting == -1:
            is_inside = False
    return str(_MARKDOWN.renderer.render(kept or tokens, _MARKDOWN.options, {}))
