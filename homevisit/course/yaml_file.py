"""Reads a hand-written YAML 1.2 file and keeps the line of every place in it.

`no` stays the word "no" and `1:30` stays text. What a course file never needs (tabs, tags, aliases,
merge keys) is refused with a sentence, because it is a slip far more often than a wish.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from homevisit.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Place = tuple[str | int, ...]

_PLAIN_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null")}
_KEY_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "int")}
_TEXT_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("timestamp", "value")}
_ADVICE = {
    "mapping values are not allowed": "Put quotes around the whole text: it holds a colon and a space.",
    "but found another document": "Remove the line '---': one file holds one document.",
    "found unknown escape character": "Write the backslash twice here, or use single quotes.",
    "found unexpected end of stream": "Close the quotation that opens here.",
    "could not find expected ':'": "Write 'name: value' here, or indent this line under its text.",
    "expected <block end>": "Give this line the same indentation as the entries beside it.",
    "cannot start any token": "Put quotes around the text that starts with this sign.",
}


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One YAML file; `lines` gives the line, from 1, of each place such as ``("lessons", 0, "id")``."""

    path: Path
    content: dict[str, Any]
    lines: Mapping[Place, int]

    def problem(self, place: Place, message: str, line: int | None = None) -> ContentError:
        """Give the error that says what to write instead at `place`; entries of a list count from 1."""
        return ContentError(message, self.path, line or self.line(place), self._dotted(place))

    def line(self, place: Place) -> int:
        """Give the line of `place`, or of the nearest place around it that exists."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def _dotted(self, place: Place) -> str:
        names = []
        inside: Any = self.content
        for part in place:
            if isinstance(inside, list) and isinstance(part, int):
                names.append(str(part + 1))
                inside = inside[part] if part < len(inside) else None
            else:
                names.append(str(part))
                inside = inside.get(part) if isinstance(inside, dict) else None
        return ".".join(names)


def read_yaml(path: Path) -> YamlFile:
    """Read a file whose top level is a mapping; raise `ContentError`, with further problems in `others`."""
    root = _compose(path, read_text(path))
    if not isinstance(root, MappingNode):
        message = "Write 'name: value' lines at the top level of the file, not a list or a single text."
        raise ContentError(message, path, root.start_mark.line + 1 if root is not None else 1)
    plain = _Plain()
    file = YamlFile(path, plain.value(root, ()), plain.lines)
    if plain.problems:
        raise all_in_one([file.problem(*found) for found in plain.problems])
    return file


def read_text(path: Path) -> str:
    """Read a UTF-8 file, with or without a byte order mark, and with no tab in it."""
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as exc:
        raise ContentError("This file cannot be read; check that it exists and may be opened.", path) from exc
    except UnicodeDecodeError as exc:
        line = data[: exc.start].count(b"\n") + 1
        raise ContentError("Save the file in UTF-8; this line is in another encoding.", path, line) from exc
    tabs = [number for number, line in enumerate(text.split("\n"), 1) if "\t" in line]
    if tabs:
        message = "Replace the tab on this line by spaces; YAML indents with spaces only."
        raise all_in_one([ContentError(message, path, number) for number in tabs])
    return text


def all_in_one(problems: list[ContentError]) -> ContentError:
    """Give the first problem as the error to raise, carrying the others; `problems` must not be empty."""
    first = problems[0]
    return ContentError(first.advice, first.path, first.line, first.field, tuple(problems[1:]))


def _compose(path: Path, text: str) -> Node | None:
    if text.startswith("%"):
        # A %YAML 1.1 line would bring back `no` as False.
        raise ContentError("Remove the line that starts with '%'; it is not needed.", path, 1)
    try:
        node: Node | None = YAML(typ="safe", pure=True).compose(text)
    except ReaderError as exc:
        line = text.count("\n", 0, exc.position) + 1
        raise ContentError("Delete the invisible control character on this line.", path, line) from exc
    except MarkedYAMLError as exc:
        mark = exc.problem_mark
        if exc.problem == "found unexpected end of stream":
            mark = exc.context_mark  # where the quotation opens, not where the file ends
        raise ContentError(_advice(exc), path, mark.line + 1 if mark else None) from exc
    except YAMLError as exc:
        raise ContentError("Compare this file with another of its kind; it is not YAML.", path) from exc
    except RecursionError as exc:
        raise ContentError("Write this file with less nesting; it cannot be read.", path) from exc
    return node


def _advice(exc: MarkedYAMLError) -> str:
    said = f"{exc.context or ''} {exc.problem or ''}".strip()
    for words, advice in _ADVICE.items():
        if words in said:
            return advice
    return f"Check the indentation, quotes and brackets here and on the line above ({said})."


@dataclass
class _Plain:
    """Turns YAML nodes into plain values, noting the line of each and what is wrong."""

    lines: dict[Place, int] = field(default_factory=dict)
    problems: list[tuple[Place, str, int]] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    yaml: YAML = field(default_factory=lambda: YAML(typ="safe", pure=True))

    def value(self, node: Node, place: Place) -> Any:
        """Give the plain value of `node`; a place that cannot be read gives None and a problem."""
        self.lines.setdefault(place, node.start_mark.line + 1)
        if id(node) in self.seen:
            return self._refuse(place, "Write the text out again here; '&' and '*' references are not used.")
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return self._mapping(node, place)
        if isinstance(node, SequenceNode):
            return [self.value(entry, (*place, number)) for number, entry in enumerate(node.value)]
        return self._scalar(node, place)

    def _mapping(self, node: MappingNode, place: Place) -> dict[Any, Any]:
        content: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            at = (*place, re.sub(r"\s+", " ", str(key_node.value))[:60])
            line = key_node.start_mark.line + 1
            key = self._key(key_node, at, line)
            if key is None:
                continue
            at = (*place, key)
            if key in content:
                first = self.lines[at]
                message = (
                    f"Keep this entry or the one of the same name on line {first}, and delete the other."
                )
                self._refuse(at, message, line)
                continue
            self.lines[at] = line
            content[key] = self.value(value_node, at)
        return content

    def _key(self, node: Node, at: Place, line: int) -> str | int | None:
        if str(node.tag) == "tag:yaml.org,2002:merge":
            self._refuse(at, "Write the entries out here; '<<' is not used.", line)
        elif isinstance(node, ScalarNode) and str(node.tag) in _KEY_TAGS:
            key: str | int = self.yaml.constructor.construct_object(node)
            return key
        else:
            self._refuse(at, "Put quotes around the name of this entry, and keep it on one line.", line)
        return None

    def _scalar(self, node: Node, place: Place) -> Any:
        tag = str(node.tag)
        if tag in _TEXT_TAGS:
            return node.value
        if tag not in _PLAIN_TAGS:
            return self._refuse(place, f"Remove the tag {tag!r}, or put quotes around the whole text.")
        try:
            return self.yaml.constructor.construct_object(node)
        except (YAMLError, ValueError):
            return self._refuse(place, "Put quotes around this text; as it stands, it is read as a number.")

    def _refuse(self, place: Place, message: str, line: int | None = None) -> None:
        self.problems.append((place, message, line or self.lines[place]))
