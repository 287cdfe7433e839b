"""Check lessons before they are built: what is wrong with file, line and what to write, and a few figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from homevisit.course.answer_keys import answer_key_problems
from homevisit.course.lesson_text import LessonText, missing_imports, read_lesson_text
from homevisit.course.media import load_clips
from homevisit.course.prose import Prose, heading_problems, read_prose, reading_grade, words_in
from homevisit.course.shown_clips import watched_clips
from homevisit.course.yaml_file import read_yaml
from homevisit.errors import ContentError, MissingEntryError
from homevisit.services.anchor_checks import lesson_anchor_problems
from homevisit.services.authoring import DECLARES
from homevisit.services.coverage import coverage_of
from homevisit.services.key_checks import bands_problems, scene_problems, telling_pointers
from homevisit.services.leaks import repeated_secrets
from homevisit.services.media_checks import check_media
from homevisit.services.practice_checks import practice_problems
from homevisit.services.word_checks import question_word_problems, word_file_problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from homevisit.course.catalogue import Catalogue
    from homevisit.course.yaml_file import YamlFile

# The course aims at US grade 8 to 9 at most; plainer is fine.
HARDEST_GRADE = 9


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted in one lesson and is no mistake in itself."""

    lesson_id: str
    words: int
    questions: int
    grade: float

    @property
    def is_hard(self) -> bool:
        """Whether the text should be made easier to read."""
        return self.grade > HARDEST_GRADE


@dataclass(frozen=True, slots=True)
class Report:
    """Findings must be mended; figures and warnings are for the author's judgement."""

    findings: tuple[ContentError, ...]
    figures: tuple[Figures, ...]
    warnings: tuple[ContentError, ...] = ()


def check_lessons(catalogue: Catalogue, lesson_id: str | None = None) -> Report:
    """Check one lesson of the syllabus, or all of them with the list of points and the clips.

    Raises
    ------
    MissingEntryError
        The syllabus has no such lesson.
    """
    lessons = [info for info in catalogue.lessons() if lesson_id in (None, info.lesson_id)]
    if not lessons:
        names = ", ".join(info.lesson_id for info in catalogue.lessons())
        raise MissingEntryError(f"Name a lesson of course.yml; there is no {lesson_id}, but {names}.")
    findings: list[ContentError] = []
    figures: list[Figures] = []
    readable: list[str] = []
    for info in lessons:
        found, counted = _check_lesson(catalogue, info.lesson_id)
        findings += found
        if counted is not None:
            figures.append(counted)
            readable.append(info.lesson_id)
    if readable == [info.lesson_id for info in lessons]:
        findings += _check_points(catalogue, readable if lesson_id else None)
    findings += word_file_problems(catalogue)
    findings += bands_problems(catalogue)
    if lesson_id is None:
        said = {str(found) for found in findings}
        findings += [found for found in check_media(catalogue).findings if str(found) not in said]
        findings += practice_problems(catalogue)
    warnings = [found for info in lessons for found in telling_pointers(catalogue, info.lesson_id)]
    return Report(tuple(findings), tuple(figures), tuple(warnings))


def _check_points(catalogue: Catalogue, lesson_ids: list[str] | None) -> list[ContentError]:
    try:
        found = coverage_of(catalogue, lesson_ids)
    except ContentError as exc:
        return [exc, *exc.others]
    return [*found.unknown, *found.missing_problems()]


def _check_lesson(catalogue: Catalogue, lesson_id: str) -> tuple[list[ContentError], Figures | None]:
    """Give the findings of one lesson; no figures when its text or key cannot be read at all."""
    findings = answer_key_problems(catalogue.key_path(lesson_id))
    try:
        text = read_lesson_text(catalogue.text_path(lesson_id))
    except ContentError as exc:
        return [*findings, exc], None
    prose = read_prose(text.cells)
    findings += [ContentError(said, text.path, line) for line, said in heading_problems(prose.headings)]
    findings += _image_problems(prose, text.path)
    findings += _link_problems(prose, text.path, catalogue, lesson_id)
    try:
        key = read_yaml(catalogue.key_path(lesson_id))
    except ContentError:
        return [*findings, *_clip_problems(text, catalogue.media_path(), ())], None
    entries = key.content.get("questions")
    findings += _clip_problems(text, catalogue.media_path(), watched_clips(entries))
    questions = entries if isinstance(entries, dict) else {}
    findings += _question_problems(text, key, questions)
    findings += scene_problems(text, key)
    findings += _import_problems(text)
    findings += question_word_problems(catalogue, lesson_id)
    findings += lesson_anchor_problems(catalogue, lesson_id)
    findings += repeated_secrets(text, key, questions, _clips_file(catalogue))
    words = sum(len(words_in(passage)) for passage in prose.passages)
    return findings, Figures(lesson_id, words, len(questions), reading_grade(prose.passages))


def _clips_file(catalogue: Catalogue) -> YamlFile | None:
    try:
        return read_yaml(catalogue.media_path())
    except ContentError:
        return None


def _question_problems(text: LessonText, key: YamlFile, questions: dict[str, Any]) -> Iterator[ContentError]:
    asked: dict[str, int] = {}
    for kind, question_id, line in text.calls():
        if kind not in DECLARES and (kind == "clip" or question_id not in questions):
            continue  # a clip, or some other Python of the lesson's own
        if question_id in asked:
            message = f"Remove this question; {question_id} is asked on line {asked[question_id]} already."
            yield ContentError(message, text.path, line)
            continue
        asked[question_id] = line
        entry = questions.get(question_id)
        if entry is None:
            message = f"Add {question_id} to answer_keys/{key.path.name}; this question has no key."
            yield ContentError(message, text.path, line)
        elif (known := _type_of(entry)) in DECLARES and known != kind:
            why = "as its key says" if kind in DECLARES else f"for there is no {kind}"
            message = f'Write {known}("{question_id}") here, {why}.'
            yield ContentError(message, text.path, line)
    for question_id, entry in questions.items():
        if question_id not in asked:
            known = _type_of(entry)
            kind = known if known in DECLARES else "choose"
            message = f'Ask this question by a code cell {kind}("{question_id}") in the text, or remove it.'
            yield key.problem(("questions", question_id), message)


def _type_of(entry: object) -> str:
    return str(entry.get("type")) if isinstance(entry, dict) else ""


def _image_problems(prose: Prose, path: Path) -> Iterator[ContentError]:
    for address, alt, line in prose.images:
        if not alt:
            message = f"Describe the image {address} in its square brackets, for those who cannot see it."
            yield ContentError(" ".join(message.split()), path, line)


def _link_problems(prose: Prose, path: Path, catalogue: Catalogue, lesson_id: str) -> Iterator[ContentError]:
    anchors = {heading.anchor for heading in prose.headings}
    folders = (path.parent, catalogue.notebook_path(lesson_id).parent)
    for address, _, line in (*prose.links, *prose.images):
        if not address or "://" in address or address.startswith(("mailto:", "tel:", "data:")):
            continue
        file, _, anchor = address.partition("#")
        if file and not any((folder / file).resolve().exists() for folder in folders):
            yield ContentError(f"Correct this link; there is no file {file}.", path, line)
        elif not file and unquote(anchor) not in anchors:
            like = f"#{prose.headings[0].anchor}" if prose.headings else "#Title"
            message = f"Correct this link; no heading makes #{anchor}. A link to one looks like {like}."
            yield ContentError(message, path, line)


def _import_problems(text: LessonText) -> Iterator[ContentError]:
    for name, line in missing_imports(text):
        if name in (*DECLARES, "clip"):
            message = f"Add {name} to `from homevisit.widgets import …` in the first code cell."
            yield ContentError(message, text.path, line)


def _clip_problems(text: LessonText, media_path: Path, watched: Iterable[str]) -> Iterable[ContentError]:
    shown = {clip_id: line for kind, clip_id, line in reversed(text.calls()) if kind == "clip"}
    shown |= {clip_id: shown.get(clip_id, 1) for clip_id in watched}
    if not shown:
        return []
    try:
        clips = load_clips(media_path)
        file = read_yaml(media_path)
    except ContentError as exc:
        return [exc, *exc.others]
    findings = []
    for clip_id, line in sorted(shown.items(), key=lambda entry: entry[1]):
        if clip_id not in clips:
            message = (
                f"Add {clip_id} to lessons/media/{media_path.name}, with its scene; this clip is not in it."
            )
            findings.append(ContentError(message, text.path, line))
        elif not clips[clip_id].poster:
            message = "Name a drawing beside media.yml here; it stands in the clip's place."
            findings.append(file.problem(("clips", clip_id, "poster"), message))
        elif "://" not in clips[clip_id].poster and not (media_path.parent / clips[clip_id].poster).is_file():
            message = f"Put {clips[clip_id].poster} beside media.yml, or name another drawing here."
            findings.append(file.problem(("clips", clip_id, "poster"), message))
    return findings
