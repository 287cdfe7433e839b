"""Checks of an answer key beside its lesson: pointers that tell too much, scenes, the programme's own limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.course.bands import PROGRAMME_FILE, programme_bands
from homevisit.course.yaml_file import read_yaml
from homevisit.errors import ContentError
from homevisit.scoring.text import stemmed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from homevisit.course.catalogue import Catalogue
    from homevisit.course.lesson_text import LessonText
    from homevisit.course.yaml_file import YamlFile

# From this share of its words on, a pointer says the point itself; one word in common says little.
MOST = 0.5
LEAST_WORDS = 2


def telling_pointers(catalogue: Catalogue, lesson_id: str) -> Iterator[ContentError]:
    """Give a warning for each `look_again` with most content words of its point, those of the prompt left out.

    Learners see pointers before a second try, and the points only after it.
    """
    try:
        key = read_yaml(catalogue.key_path(lesson_id))
    except ContentError:
        return
    for question_id, question in _questions(key):
        prompt = str(_inner(question, "public").get("prompt", ""))
        points = question.get("key_points")
        for number, point in enumerate(points if isinstance(points, list) else []):
            common = _in_common(point, prompt) if isinstance(point, dict) else set()
            if common:
                said = ", ".join(sorted(common))
                message = f"Point to the place in other words; these give the point away: {said}."
                yield key.problem(("questions", question_id, "key_points", number, "look_again"), message)


def scene_problems(text: LessonText, key: YamlFile) -> Iterator[ContentError]:
    """Give a finding for each `scene` that is no clip standing above its question in the lesson's text."""
    asked = {name: line for _, name, line in reversed(text.calls())}
    clips = {name: line for kind, name, line in reversed(text.calls()) if kind == "clip"}
    for question_id, question in _questions(key):
        scene = _inner(question, "public").get("scene")
        if scene is None or question_id not in asked:
            continue
        above = [name for name, line in clips.items() if line < asked[question_id]]
        if scene not in above:
            choice = f"Write one of: {', '.join(sorted(above))}." if above else "Remove this line."
            message = f"{choice} No clip '{scene}' stands above this question in the lesson."
            yield key.problem(("questions", question_id, "public", "scene"), message)


def bands_problems(catalogue: Catalogue) -> list[ContentError]:
    """Give what is wrong with the programme's own limits of the first reading."""
    try:
        programme_bands(catalogue.course_dir / "answer_keys" / PROGRAMME_FILE)
    except ContentError as exc:
        return [exc, *exc.others]
    return []


def _questions(key: YamlFile) -> Iterator[tuple[str, dict[str, Any]]]:
    entries = key.content.get("questions")
    for question_id, question in (entries if isinstance(entries, dict) else {}).items():
        if isinstance(question, dict):
            yield question_id, question


def _inner(entry: dict[str, Any], name: str) -> dict[str, Any]:
    inner = entry.get(name)
    return inner if isinstance(inner, dict) else {}


def _in_common(point: dict[str, Any], prompt: str) -> set[str]:
    """Give the words of a pointer that are most of its point's own, or none."""
    free = {stem for _, stem in stemmed(prompt)}
    own = {stem for _, stem in stemmed(str(point.get("text", "")))} - free
    common = {word: stem for word, stem in stemmed(str(point.get("look_again", ""))) if stem in own}
    return set(common) if len(set(common.values())) >= max(LEAST_WORDS, MOST * len(own)) else set()
