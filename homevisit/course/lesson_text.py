"""Reads a lesson's MyST Markdown as cells that know their lines, so that a check can point at them."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from homevisit.errors import ContentError

if TYPE_CHECKING:
    from pathlib import Path

_CODE = re.compile(r"(`{3,}|~{3,})\{code-cell\}")
_BREAK = re.compile(r"\+\+\+(\s|$)")
_OPTION = re.compile(r":[\w-]+:")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `mark` is the line that opens it, `line` the first line of its text; both from 1."""

    is_code: bool
    mark: int
    line: int
    text: str
    metadata: dict[str, Any]

    @property
    def points(self) -> list[str]:
        """The points of the sources that this cell teaches."""
        named = self.metadata.get("points", [])
        return [str(name) for name in named] if isinstance(named, list) else [str(named)]


@dataclass(frozen=True, slots=True)
class LessonText:
    """A lesson's cells in order."""

    path: Path
    cells: tuple[Cell, ...]

    def calls(self) -> list[tuple[str, str, int]]:
        """Return (name, argument, line) of each code cell that is one call, such as a question or a clip."""
        found = []
        for cell in self.cells:
            call = lone_call(cell.text) if cell.is_code else None
            if call:
                found.append((*call, cell.line))
        return found


def missing_imports(text: LessonText) -> list[tuple[str, int]]:
    """Return (name, line) of each call, such as a question, whose name no cell above it brings in."""
    known: set[str] = set()
    missing = []
    for cell in text.cells:
        if not cell.is_code:
            continue
        call = lone_call(cell.text)
        if call is None:
            brought = _names_of(cell.text)
            if brought is None:
                return []  # whether a star or something that cannot be read brings it in, nobody can say here
            known |= brought
        elif call[0] not in known:
            missing.append((call[0], cell.line))
    return missing


def _names_of(source: str) -> set[str] | None:
    """Return the names that a code cell makes or imports; None when that cannot be told."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom | ast.Import):
            names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
    return None if "*" in names else names


def lone_call(source: str) -> tuple[str, str] | None:
    """Return (name, argument) when a code cell is one call such as ``observe("omar-observe")``, else None."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return None
    if len(body) != 1 or not isinstance(body[0], ast.Expr) or not isinstance(body[0].value, ast.Call):
        return None
    call = body[0].value
    if not isinstance(call.func, ast.Name) or len(call.args) != 1:
        return None
    argument = call.args[0]
    if not isinstance(argument, ast.Constant) or not isinstance(argument.value, str):
        return None
    return call.func.id, argument.value


def read_lesson_text(path: Path) -> LessonText:
    """Read the lesson's text; ContentError when it is not there or a ``+++`` line is not as it should be."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as exc:
        message = "Write the lesson's text in this file, or take the lesson out of course.yml."
        raise ContentError(message, path) from exc
    except UnicodeDecodeError as exc:
        raise ContentError("Save the file in UTF-8; it is in another encoding.", path) from exc
    cells: list[Cell] = []
    number = _after_front_matter(lines)
    start = mark = number
    metadata: dict[str, Any] = {}

    def finish(end: int) -> None:
        first = next((at for at in range(start, end) if lines[at].strip()), end)
        text = "\n".join(lines[first:end]).rstrip()
        if text:
            cells.append(Cell(is_code=False, mark=mark + 1, line=first + 1, text=text, metadata=metadata))

    while number < len(lines):
        fence = _CODE.match(lines[number])
        if fence:
            finish(number)
            end = _closing(lines, number, fence[1], path)
            code = _after_options(lines, number + 1, end)
            source = "\n".join(lines[code:end])
            cells.append(Cell(is_code=True, mark=number + 1, line=code + 1, text=source, metadata={}))
            start, mark, metadata = end + 1, end + 1, {}
            number = end
        elif _BREAK.match(lines[number]):
            finish(number)
            start, mark, metadata = number + 1, number, _metadata(lines[number], path, number + 1)
        number += 1
    finish(len(lines))
    return LessonText(path, tuple(cells))


def _after_front_matter(lines: list[str]) -> int:
    if lines and lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:], 1):
            if line.rstrip() in ("---", "..."):
                return number + 1
    return 0


def _closing(lines: list[str], opens: int, fence: str, path: Path) -> int:
    for number in range(opens + 1, len(lines)):
        line = lines[number].strip()
        if line.startswith(fence) and not line.strip(fence[0]):
            return number
    raise ContentError(f"Close this code cell by a line with {fence} only.", path, opens + 1)


def _after_options(lines: list[str], number: int, end: int) -> int:
    if lines[number].strip() == "---":
        number = next((at for at in range(number + 1, end) if lines[at].strip() == "---"), number) + 1
    while number < end and (_OPTION.match(lines[number]) or not lines[number].strip()):
        number += 1
    return number


def _metadata(line: str, path: Path, number: int) -> dict[str, Any]:
    written = line[3:].strip()
    try:
        metadata = json.loads(written or "{}")
    except ValueError:
        metadata = None
    if not isinstance(metadata, dict):
        message = 'Write this line like +++ {"source": "000#How To", "points": ["000-27"]}, all in one line.'
        raise ContentError(message, path, number)
    return metadata
