"""Loads the answer key of a lesson: everything its questions need, most of it for the server only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from homevisit.course.fields import Identifier
from homevisit.course.problems import content_errors
from homevisit.course.questions import QUESTION
from homevisit.course.yaml_file import all_in_one, read_yaml
from homevisit.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from homevisit.course.questions import Question
    from homevisit.course.yaml_file import YamlFile

_IDENTIFIER: TypeAdapter[str] = TypeAdapter(Identifier)


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """The questions of one lesson by `question_id`, in the order of the lesson."""

    lesson_id: str
    questions: Mapping[str, Question]


def load_answer_key(path: Path) -> AnswerKey:
    """Load ``answer_keys/NN-slug.yml``; raise `ContentError` for its first problem, the rest in `others`."""
    key, problems = _checked(read_yaml(path))
    if problems:
        raise all_in_one(problems)
    return key


def answer_key_problems(path: Path) -> list[ContentError]:
    """Give every problem of an answer key, in the order of its lines; none means that it loads."""
    try:
        return _checked(read_yaml(path))[1]
    except ContentError as exc:
        return [exc, *exc.others]


def _checked(file: YamlFile) -> tuple[AnswerKey, list[ContentError]]:
    content = file.content
    problems = [
        file.problem((name,), f"Remove '{name}'; only 'lesson:' and 'questions:' stand at the top.")
        for name in content
        if name not in ("lesson", "questions")
    ]
    lesson_id = content.get("lesson")
    if lesson_id != file.path.stem:
        message = f"Write 'lesson: {file.path.stem}' here, as the file is named."
        problems.append(file.problem(("lesson",), message))
    entries = content.get("questions")
    questions: dict[str, Question] = {}
    if not isinstance(entries, dict) or not entries:
        message = "Write 'questions:' and, indented under it, one entry for each question."
        problems.append(file.problem(("questions",), message))
        entries = {}
    for question_id, entry in entries.items():
        question, found = _checked_question(file, question_id, entry)
        problems += found
        if question is not None:
            questions[question_id] = question
    problems.sort(key=lambda problem: problem.line or 0)
    return AnswerKey(str(lesson_id), questions), problems


def _checked_question(
    file: YamlFile, question_id: str, entry: object
) -> tuple[Question | None, list[ContentError]]:
    place = ("questions", question_id)
    problems: list[ContentError] = []
    try:
        _IDENTIFIER.validate_python(question_id)
    except ValidationError as exc:
        problems += content_errors(exc, file, place)
    try:
        return QUESTION.validate_python(entry), problems
    except ValidationError as exc:
        return None, problems + content_errors(exc, file, place, skip=1)
