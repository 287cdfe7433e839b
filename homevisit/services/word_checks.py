"""Check a programme's changes to the lists of judging words, in their files and in the keys of questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.course.answer_keys import load_own_key
from homevisit.course.words import PROGRAMME_FILES, WordChoices, load_words
from homevisit.course.yaml_file import read_yaml
from homevisit.errors import ContentError
from homevisit.scoring.language import LANGUAGES
from homevisit.scoring.objectivity import check
from homevisit.scoring.word_list import word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from homevisit.course.catalogue import Catalogue
    from homevisit.course.words import Words
    from homevisit.course.yaml_file import Place, YamlFile
    from homevisit.scoring.language import Language

NAMES = {"en": "English", "es": "Spanish"}


def word_file_problems(catalogue: Catalogue) -> Iterator[ContentError]:
    """Give what is wrong in ``answer_keys/words_en.yml`` and ``words_es.yml``; none where they are not there."""
    for language in LANGUAGES:
        path = catalogue.words_path(language)
        if not path.is_file():
            continue
        try:
            words = load_words(path)
        except ContentError as exc:
            yield from (exc, *exc.others)
        else:
            found = _idle_changes(read_yaml(path), (), language, words)
            yield from sorted(found, key=lambda problem: problem.line or 0)
    near = sorted(catalogue.course_dir.joinpath("answer_keys").glob("words*"))
    for path in near:
        if path.name not in PROGRAMME_FILES.values():
            files = " or ".join(PROGRAMME_FILES.values())
            yield ContentError(f"Name this file {files}; under another name it changes nothing.", path)


def question_word_problems(catalogue: Catalogue, lesson_id: str) -> Iterator[ContentError]:
    """Give the changes below ``words:`` in a lesson's questions that change nothing; none for a faulty key."""
    path = catalogue.key_path(lesson_id)
    try:
        key, file = load_own_key(path), read_yaml(path)
    except ContentError:
        return
    for question_id, question in key.questions.items():
        choices = getattr(question, "words", None)
        if isinstance(choices, WordChoices):
            for language in LANGUAGES:
                place = ("questions", question_id, "words", language)
                yield from _idle_changes(file, place, language, choices.of(language))


def _idle_changes(file: YamlFile, place: Place, language: Language, words: Words) -> Iterable[ContentError]:
    listed = word_list(language)
    for number, entry in enumerate(words.remove):
        if not listed.holds(entry):
            message = f"Correct or remove this entry; '{entry}' is not in the {NAMES[language]} list."
            yield file.problem((*place, "remove", number), message)
    for category, entries in words.add.items():
        for number, entry in enumerate(entries):
            if any(flag.category == category for flag in check(entry, otherwise=language)):
                message = f"Remove this entry; '{entry}' is in the {NAMES[language]} list already."
                yield file.problem((*place, "add", category, number), message)
