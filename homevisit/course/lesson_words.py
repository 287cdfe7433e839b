"""The words of a built lesson as it writes them, so that its own people and places can be told from real ones."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from homevisit.course.given import texts_in
from homevisit.course.yaml_file import read_yaml
from homevisit.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n\"\u201c(#*|>-]['\")\u2019*_]*)\s*$")
_REACH = 12


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Give the words of some texts; one that has a capital letter only where sentences begin comes in small letters."""
    found: set[str] = set()
    doubtful: set[str] = set()
    for text in texts:
        for match in _WORD.finditer(text):
            word = match.group()
            begins = _SENTENCE_START.search(text, max(0, match.start() - _REACH), match.start())
            (doubtful if begins and word[0].isupper() else found).add(word)
    small = {word.casefold() for word in found if not word[0].isupper()}
    names = {word for word in doubtful - found if word.casefold() not in small}
    return frozenset(found | names)


def words_of_notebook(path: Path) -> frozenset[str]:
    """Give the words of a built lesson's text; none where it is not built yet."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
    except (OSError, ValueError, KeyError):
        return frozenset()
    return words_of("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def words_of_questions(path: Path) -> frozenset[str]:
    """Give the words of ``questions.json``, what a learner sees of each question; none where it is not built yet."""
    try:
        questions = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return frozenset()
    return words_of(texts_in(questions))


def words_of_scenes(path: Path) -> frozenset[str]:
    """Give the words of the scenes and titles in ``media.yml``; none where it cannot be read."""
    try:
        clips = read_yaml(path).content.get("clips")
    except ContentError:
        return frozenset()
    return words_of(texts_in(clips))
