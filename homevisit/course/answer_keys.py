"""Loads the answer key of a lesson: everything its questions need, most of it for the server only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from homevisit.course.bands import PROGRAMME_FILE, programme_bands
from homevisit.course.fields import Identifier
from homevisit.course.problems import content_errors
from homevisit.course.questions import (
    QUESTION,
    ChecklistQuestion,
    RatedQuestion,
    RephraseQuestion,
    SeenQuestion,
)
from homevisit.course.words import WordChoices, load_word_choices
from homevisit.course.yaml_file import all_in_one, read_yaml
from homevisit.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from homevisit.course.bands import Bands
    from homevisit.course.questions import Question
    from homevisit.course.yaml_file import YamlFile

_IDENTIFIER: TypeAdapter[str] = TypeAdapter(Identifier)


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """The questions of one lesson by `question_id`, in the order of the lesson."""

    lesson_id: str
    questions: Mapping[str, Question]


def load_answer_key(path: Path) -> AnswerKey:
    """Load ``answer_keys/NN-slug.yml`` with the programme's limits and lists of words, which stand beside it.

    Raises
    ------
    ContentError
        The first problem of a file, the rest in `others`.
    """
    key = with_bands(load_own_key(path), programme_bands(path.with_name(PROGRAMME_FILE)))
    return with_words(key, load_word_choices(path.parent))


def load_own_key(path: Path) -> AnswerKey:
    """Load ``answer_keys/NN-slug.yml`` alone; raise `ContentError` as `load_answer_key` does."""
    key, problems = _checked(read_yaml(path))
    if problems:
        raise all_in_one(problems)
    return key


def with_bands(key: AnswerKey, bands: Bands | None) -> AnswerKey:
    """Give the key with a programme's limits at each question that has key points and sets none of its own."""
    if bands is None:
        return key
    questions = dict(key.questions)
    for question_id, question in key.questions.items():
        if isinstance(question, SeenQuestion | RatedQuestion) and question.bands is None:
            questions[question_id] = question.model_copy(update={"bands": bands})
    return replace(key, questions=questions)


def with_words(key: AnswerKey, programme: WordChoices) -> AnswerKey:
    """Give the key with a programme's changes to the lists of words, below those of each question that has any."""
    if programme == WordChoices():
        return key
    questions = dict(key.questions)
    for question_id, question in key.questions.items():
        if isinstance(question, SeenQuestion | RephraseQuestion):
            words = (question.words or WordChoices()).over(programme)
            questions[question_id] = question.model_copy(update={"words": words})
    return replace(key, questions=questions)


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
    unsound = entries.keys() - questions.keys()
    problems += _comparison_problems(file, questions, unsound)
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


def _comparison_problems(
    file: YamlFile, questions: Mapping[str, Question], unsound: Collection[str]
) -> list[ContentError]:
    """Give a problem for each checklist that compares with something else than an earlier one of its items.

    One that names an `unsound` question is left alone, since nothing is known of that yet.
    """
    problems: list[ContentError] = []
    earlier: dict[str, ChecklistQuestion] = {}
    for question_id, question in questions.items():
        if not isinstance(question, ChecklistQuestion):
            continue
        if question.public.compares_with in unsound:
            continue
        message = _comparison_problem(question, earlier)
        if message:
            place = ("questions", question_id, "public", "compares_with")
            problems.append(file.problem(place, message))
        earlier[question_id] = question
    return problems


def _comparison_problem(question: ChecklistQuestion, earlier: Mapping[str, ChecklistQuestion]) -> str:
    compared = question.public.compares_with
    if not compared:
        return ""
    if compared not in earlier:
        if not earlier:
            return "Remove this line, or put the checklist it names above this one; there is none above."
        return f"Name a checklist that stands above this one: {', '.join(earlier)}."
    first, second = earlier[compared].public, question.public
    if first.items != second.items or first.levels != second.levels:
        return f"Give this checklist the same items and levels as '{compared}', word for word."
    return ""
