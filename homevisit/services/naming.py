"""Point out what in a response may tell who a family is, before it is committed; nothing is kept or sent on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.course.given import texts_in
from homevisit.course.lesson_words import words_of_notebook, words_of_questions, words_of_scenes
from homevisit.course.responses import parse_response
from homevisit.scoring import privacy

if TYPE_CHECKING:
    from homevisit.course.catalogue import Catalogue
    from homevisit.scoring.privacy import Finding

# More than this in one notice is a list that nobody reads.
MOST = 12


def naming_hints(catalogue: Catalogue, lesson_id: str, question_id: str, response: Any) -> list[Finding]:
    """Return what in a response may tell who somebody is, each piece once, at most `MOST`.

    Raises
    ------
    MissingEntryError
        There is no such lesson or question.
    InvalidResponseError
        The shape is wrong, or the text is longer than a draft may be.
    """
    question = catalogue.question(lesson_id, question_id)
    draft = parse_response(question, response, draft=True)
    known = known_words(catalogue, lesson_id)
    found = (finding for text in texts_in(draft) for finding in privacy.check(text, known))
    return list({finding.text.casefold(): finding for finding in found}.values())[:MOST]


def known_words(catalogue: Catalogue, lesson_id: str) -> frozenset[str]:
    """Return the words of a lesson and of the clips as they are written, and all lessons' words in small letters."""
    by_lesson = {info.lesson_id: _words_of_lesson(catalogue, info.lesson_id) for info in catalogue.lessons()}
    small = (word for words in by_lesson.values() for word in words if not word[0].isupper())
    scenes = catalogue.read(catalogue.media_path(), words_of_scenes)
    return frozenset(small) | by_lesson[lesson_id] | scenes


def _words_of_lesson(catalogue: Catalogue, lesson_id: str) -> frozenset[str]:
    notebook = catalogue.notebook_path(lesson_id)
    asked = catalogue.read(notebook.with_name("questions.json"), words_of_questions)
    return catalogue.read(notebook, words_of_notebook) | asked
