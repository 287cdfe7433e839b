"""Finds what only the answer key may say, word for word, in what learners see beforehand."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from homevisit.course.prose import words_in
from homevisit.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from homevisit.course.lesson_text import LessonText
    from homevisit.course.yaml_file import Place, YamlFile

# A shorter text is a term or a common phrase, and will stand in any lesson on the matter.
LEAST_WORDS = 5
_SHOWN = 8


class _Seen:
    """One public text, searched word by word, with the line of each word."""

    def __init__(self, path: Path, line: int, text: str, *, folded: bool = False) -> None:
        self.path = path
        words: list[str] = []
        self.lines: list[int] = []
        for number, part in enumerate(text.splitlines()):
            found = words_in(part)
            words += found
            self.lines += [line if folded else line + number] * len(found)
        self.text = f" {' '.join(words)} "

    def line_of(self, words: list[str]) -> int | None:
        at = self.text.find(f" {' '.join(words)} ")
        return None if at < 0 else self.lines[self.text.count(" ", 0, at)]


def repeated_secrets(
    text: LessonText, key: YamlFile, questions: dict[str, Any], clips: YamlFile | None
) -> Iterator[ContentError]:
    """Give a finding for each text of the key that stands verbatim where a learner reads before responding."""
    seen = [_Seen(text.path, cell.line, cell.text) for cell in text.cells if not cell.is_code]
    seen += _public_parts(key, questions)
    seen += _scenes(text, clips)
    for question_id, question in questions.items():
        if not isinstance(question, dict):
            continue
        for place, secret in _secrets(question):
            words = words_in(secret)
            if len(words) < LEAST_WORDS:
                continue
            for public in seen:
                line = public.line_of(words)
                if line is not None:
                    begin = " ".join(words[:_SHOWN])
                    message = (
                        f'Say this in other words: "{begin}" stands word for word '
                        f"in the key of {question_id}, {place}."
                    )
                    yield ContentError(message, public.path, line)


def _secrets(question: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for point in _dicts(question.get("key_points")):
        yield f"key point {point.get('id')}", str(point.get("text", ""))
        yield f"look_again of {point.get('id')}", str(point.get("look_again", ""))
        also = point.get("also")
        for said in also if isinstance(also, list) else []:
            yield f"also of {point.get('id')}", str(said)
    feedback = question.get("feedback")
    for name, said in (feedback if isinstance(feedback, dict) else {}).items():
        yield f"feedback of {name}", str(said)
    examples = question.get("examples")
    for number, example in enumerate(examples if isinstance(examples, list) else [], 1):
        yield f"example {number}", str(example)
    for criterion in _dicts(question.get("rubric")):
        yield f"note of {criterion.get('id')}", str(criterion.get("note", ""))
        if question.get("type") != "reflect":
            # Only beside a reflection the rubric stands from the start.
            for _, said in _texts({**criterion, "note": None}, ()):
                yield f"rubric, {criterion.get('id')}", said


def _dicts(entries: object) -> list[dict[str, Any]]:
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _public_parts(key: YamlFile, questions: dict[str, Any]) -> list[_Seen]:
    parts = []
    for question_id, question in questions.items():
        place: Place = ("questions", question_id)
        if not isinstance(question, dict):
            continue
        shown = _texts(question.get("public"), (*place, "public"))
        rubric: list[Iterator[tuple[Place, str]]] = []
        if question.get("type") == "reflect":
            for number, criterion in enumerate(_dicts(question.get("rubric"))):
                at = (*place, "rubric", number)
                rubric.append(_texts({**criterion, "note": None}, at))
        parts += [_Seen(key.path, key.line(at), said, folded=True) for at, said in chain(shown, *rubric)]
    return parts


def _texts(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, (*place, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*place, number))
    elif isinstance(value, str):
        yield place, value


def _scenes(text: LessonText, clips: YamlFile | None) -> Iterator[_Seen]:
    entries = clips.content.get("clips") if clips else None
    if clips is None or not isinstance(entries, dict):
        return
    for kind, clip_id, _ in text.calls():
        entry = entries.get(clip_id) if kind == "clip" else None
        if isinstance(entry, dict) and isinstance(entry.get("scene"), str):
            # The text of a block starts on the line after its name.
            yield _Seen(clips.path, clips.line(("clips", clip_id, "scene")) + 1, entry["scene"])
