"""Which clips a built lesson shows, and from which other servers they come."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from homevisit.course.lesson_text import lone_call
from homevisit.course.media import load_clips
from homevisit.errors import ContentError

if TYPE_CHECKING:
    from pathlib import Path

    from homevisit.course.catalogue import Catalogue


def clip_origins(catalogue: Catalogue, lesson_id: str) -> tuple[str, ...]:
    """Return the servers, such as ``https://video.example.org``, from which clips of the lesson play.

    A catalogue of clips with a mistake gives none: the lesson is shown without the clip, and
    `homevisit media check` says what is wrong.
    """
    try:
        clips = catalogue.read(catalogue.media_path(), load_clips)
    except ContentError:
        return ()
    notebook = catalogue.notebook_path(lesson_id)
    shown = catalogue.read(notebook, _named_clips) | catalogue.read(
        notebook.parent / "questions.json", _asked_clips
    )
    origins = {clips[clip_id].origin for clip_id in shown if clip_id in clips}
    return tuple(sorted(origins - {""}))


def watched_clips(questions: object) -> set[str]:
    """Return the clips of the questions of type `watch`, as a key or a ``questions.json`` holds them."""
    clips = set()
    for question in questions.values() if isinstance(questions, dict) else ():
        if isinstance(question, dict) and question.get("type") == "watch":
            public = question.get("public", question)
            clips.add(str(public.get("clip", "")) if isinstance(public, dict) else "")
    return clips


def _asked_clips(path: Path) -> set[str]:
    try:
        return watched_clips(json.loads(path.read_bytes()).get("questions"))
    except (OSError, ValueError, AttributeError):
        return set()


def _named_clips(path: Path) -> set[str]:
    """Return the ids of the cells ``clip("…")`` of a notebook; none when it cannot be read."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
    except (OSError, ValueError, KeyError):
        return set()
    calls = [lone_call("".join(cell["source"])) for cell in cells if cell.get("cell_type") == "code"]
    return {call[1] for call in calls if call and call[0] == "clip"}
