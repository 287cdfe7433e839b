"""Build every lesson into ``lessons/``, or say where what stands there is out of date."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.services.gradebook import Gradebook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from homevisit.config import Settings
    from homevisit.course.catalogue import Catalogue


def build_lessons(settings: Settings, catalogue: Catalogue, lesson_id: str | None = None) -> list[Path]:
    """Build all lessons of the syllabus, or one; return the notebooks that now stand in ``lessons/``.

    Raises
    ------
    MissingEntryError
        The syllabus has no such lesson.
    ContentError
        A lesson's text or key is wrong; nothing of that lesson is written.
    """
    gradebook = Gradebook(
        catalogue, settings.gradebook_dir, source=settings.source_dir, release=settings.lessons_dir
    )
    chosen = catalogue.lessons() if lesson_id is None else (catalogue.lesson(lesson_id),)
    return [gradebook.release(info.lesson_id) for info in chosen]


def drifted_files(settings: Settings, catalogue: Catalogue) -> list[str]:
    """Return the files of ``lessons/`` that differ from what a build gives now, by content."""
    with tempfile.TemporaryDirectory(prefix="homevisit-build-") as folder:
        fresh = Path(folder)
        gradebook = Gradebook(
            catalogue, fresh / "gradebook", source=fresh / "source", release=fresh / "lessons"
        )
        drifted: list[str] = []
        for info in catalogue.lessons():
            gradebook.release(info.lesson_id)
            drifted += _differences(fresh / "lessons" / info.lesson_id, settings.lessons_dir / info.lesson_id)
    return drifted


def _differences(fresh: Path, stands: Path) -> Iterator[str]:
    names = {path.name for folder in (fresh, stands) if folder.is_dir() for path in folder.iterdir()}
    for name in sorted(names - {".ipynb_checkpoints"}):
        new, old = fresh / name, stands / name
        if not (new.is_file() and old.is_file() and new.read_bytes() == old.read_bytes()):
            yield f"{stands.name}/{name}"
