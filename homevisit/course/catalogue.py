"""The course as it stands on disk: syllabus and answer keys, read again when a file changes."""

from __future__ import annotations

import json
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from homevisit.course.answer_keys import AnswerKey, load_own_key, with_bands, with_words
from homevisit.course.bands import PROGRAMME_FILE, programme_bands
from homevisit.course.syllabus import Course, LessonInfo, load_course
from homevisit.course.words import PROGRAMME_FILES, WordChoices, load_words
from homevisit.errors import MissingEntryError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from homevisit.course.questions import Question

Stamp = tuple[int, int]
T = TypeVar("T")


class Catalogue:
    """Syllabus and answer keys under one course directory.

    Parameters
    ----------
    course_dir : Path
        Holds ``course.yml``, ``answer_keys/``, ``lessons/``.
    """

    def __init__(self, course_dir: Path) -> None:
        self.course_dir = course_dir
        self._kept: dict[tuple[Path, object], tuple[Stamp, object]] = {}
        self._lock = Lock()

    def course(self) -> Course:
        """Return the syllabus; ContentError when ``course.yml`` is wrong."""
        return self.read(self.course_dir / "course.yml", load_course)

    def lessons(self) -> tuple[LessonInfo, ...]:
        """Return all lessons in the order of the syllabus."""
        return self.course().lessons

    def lesson(self, lesson_id: str) -> LessonInfo:
        """Return one lesson; MissingEntryError when the syllabus has no such lesson."""
        for info in self.lessons():
            if info.lesson_id == lesson_id:
                return info
        raise MissingEntryError(
            "There is no lesson of that name. Go to the home page and choose one from the list."
        )

    def key(self, lesson_id: str) -> AnswerKey:
        """Return the answer key of a lesson of the syllabus."""
        self.lesson(lesson_id)
        path = self.key_path(lesson_id)
        # read apart, so that either file may change alone
        key = self.read(path, load_own_key)
        key = with_bands(key, self.read(path.with_name(PROGRAMME_FILE), programme_bands))
        return with_words(key, self.words())

    def words(self) -> WordChoices:
        """Return the programme's changes to the lists of judging words; ContentError when a file is wrong."""
        english, spanish = (self.read(self.words_path(name), load_words) for name in PROGRAMME_FILES)
        return WordChoices(en=english, es=spanish)

    def question(self, lesson_id: str, question_id: str) -> Question:
        """Return one question; MissingEntryError when the lesson has no such question."""
        questions = self.key(lesson_id).questions
        if question_id not in questions:
            raise MissingEntryError(
                "This lesson has no such question. Reload the page; what you wrote is kept."
            )
        return questions[question_id]

    def key_path(self, lesson_id: str) -> Path:
        """Return where the answer key of a lesson stands."""
        return self.course_dir / "answer_keys" / f"{lesson_id}.yml"

    def words_path(self, language: str) -> Path:
        """Return where the programme's changes to one list of judging words stand, if it has made any."""
        return self.course_dir / "answer_keys" / PROGRAMME_FILES[language]

    def text_path(self, lesson_id: str) -> Path:
        """Return where the hand-written text of a lesson stands."""
        return self.course_dir / "source" / lesson_id / f"{lesson_id}.md"

    def notebook_path(self, lesson_id: str) -> Path:
        """Return where the built notebook of a lesson stands."""
        return self.course_dir / "lessons" / lesson_id / f"{lesson_id}.ipynb"

    def points_path(self) -> Path:
        """Return where the list of the sources' points stands."""
        return self.course_dir / "source" / "points.yml"

    def media_path(self) -> Path:
        """Return where the list of clips stands."""
        return self.course_dir / "lessons" / "media" / "media.yml"

    def cards_path(self) -> Path:
        """Return where the role-play cards stand."""
        return self.course_dir / "source" / "role-play.yml"

    def memory_book_path(self) -> Path:
        """Return where the pages of the memory book stand."""
        return self.course_dir / "source" / "memory-book.yml"

    def is_live(self, lesson_id: str) -> bool:
        """Return whether the built lesson asks for a kernel of its own at each visit."""
        return self.read(self.notebook_path(lesson_id), _asks_for_kernel)

    def read(self, path: Path, load: Callable[[Path], T]) -> T:
        """Return what `load`, a function of a module, makes of a file; again when the file has changed."""
        try:
            status = path.stat()
        except FileNotFoundError:
            return load(path)
        stamp = (status.st_mtime_ns, status.st_size)
        with self._lock:
            kept = self._kept.get((path, load))
            if kept is None or kept[0] != stamp:
                kept = (stamp, load(path))
                self._kept[path, load] = kept
            return kept[1]  # type: ignore[return-value]  # what this `load` gave for this very path


def _asks_for_kernel(path: Path) -> bool:
    try:
        metadata = json.loads(path.read_bytes()).get("metadata", {})
    except (OSError, ValueError):
        return False
    return bool(metadata.get("homevisit", {}).get("kernel") == "live")
