"""Lesson pages that are rendered once for each version, kept, and served to everybody."""

from __future__ import annotations

import asyncio
import contextvars
import hashlib
import os
import time
from typing import TYPE_CHECKING

import homevisit
from homevisit.errors import ContentError, CourseError
from homevisit.web.assets import Asset, make_asset
from homevisit.web.rendering import new_renderer, page_parts, start_kernel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from homevisit.course.syllabus import LessonInfo
    from homevisit.web.app import CourseApp

RENDER_SECONDS = 90
RETRY_SECONDS = 60
NOT_NOW = "This lesson cannot be opened just now. What you wrote is kept; try again later."


class LessonUnavailableError(CourseError):
    """There is no page of this lesson that could be shown."""

    status = 503


class KeptPages:
    """One page a lesson, made again when anything it is made from has changed.

    `renderings` counts how often a notebook was run; `problems` holds, by lesson, why the newest version
    could not be rendered while an older page is still served.
    """

    def __init__(self, app: CourseApp) -> None:
        self.app = app
        self.folder = app.course_settings.data_dir / "pages"
        self.renderings = 0
        self.problems: dict[str, str] = {}
        self._pages: dict[str, tuple[str, Asset]] = {}
        self._failed: dict[str, tuple[str, float]] = {}
        self._versions: dict[str, tuple[tuple[tuple[str, int, int], ...], str]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def page(self, info: LessonInfo) -> Asset:
        """Return the page of a lesson; visitors who come while it is made wait for the same rendering.

        Raises
        ------
        LessonUnavailableError
            It could not be rendered, and no earlier page is kept.
        """
        version = self.version(info.lesson_id)
        kept = self._kept(info.lesson_id)
        if kept is not None and kept[0] == version:
            return kept[1]
        async with self._locks.setdefault(info.lesson_id, asyncio.Lock()):
            kept = self._pages.get(info.lesson_id)
            if (kept is None or kept[0] != version) and not self._has_just_failed(info.lesson_id, version):
                await self._render(info, version)
        kept = self._pages.get(info.lesson_id)
        if kept is None:
            raise LessonUnavailableError(NOT_NOW)
        return kept[1]

    async def prepare(self) -> None:
        """Render what has changed while the server was down, so that the first visitor need not wait."""
        for info in self.app.catalogue.lessons():
            if not self.app.catalogue.is_live(info.lesson_id):
                try:
                    await self.page(info)
                except CourseError:
                    self.app.log.warning("The lesson %s has no page yet", info.lesson_id)

    def version(self, lesson_id: str) -> str:
        """Return a hash of all that the page is made from; files are read again only when they changed."""
        files = list(self._sources(lesson_id))
        stamps = tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files)
        known = self._versions.get(lesson_id)
        if known is None or known[0] != stamps:
            digest = hashlib.sha256(
                f"{homevisit.__version__} {self.app.assets.version} {self.app.base_url}".encode()
            )
            for path in files:
                digest.update(path.name.encode() + b"\0" + path.read_bytes())
            known = (stamps, digest.hexdigest()[:20])
            self._versions[lesson_id] = known
        return known[1]

    def _sources(self, lesson_id: str) -> Iterator[Path]:
        settings = self.app.course_settings
        folders = (settings.lessons_dir / lesson_id, self.app.template_dir)
        media = settings.lessons_dir / "media"
        files = [settings.catalogue_path, media / "media.yml", *sorted(media.glob("*.transcript.*"))]
        files += [path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir())]
        yield from (path for path in files if path.is_file())

    def _kept(self, lesson_id: str) -> tuple[str, Asset] | None:
        """Return the page in memory, or the one that an earlier run of the server left on disk."""
        if lesson_id not in self._pages:
            file = self.folder / f"{lesson_id}.html"
            try:
                version, _, html = file.read_text(encoding="utf-8").partition("\n")
            except OSError:
                return None
            self._pages[lesson_id] = (version, make_asset(file.name, html.encode()))
        return self._pages[lesson_id]

    def _has_just_failed(self, lesson_id: str, version: str) -> bool:
        failed, moment = self._failed.get(lesson_id, ("", 0.0))
        return failed == version and time.monotonic() - moment < RETRY_SECONDS

    async def _render(self, info: LessonInfo, version: str) -> None:
        # A context of its own: the page is everybody's, so its kernel must not belong to whoever came first.
        task = asyncio.create_task(self._rendered(info), context=contextvars.Context())
        try:
            async with asyncio.timeout(RENDER_SECONDS):
                html = await task
        except (CourseError, TimeoutError, RuntimeError, OSError, ValueError) as exc:
            self._failed[info.lesson_id] = (version, time.monotonic())
            self.problems[info.lesson_id] = str(exc) or f"It took more than {RENDER_SECONDS} seconds."
            self.app.log.error("The lesson %s could not be rendered: %s", info.lesson_id, exc)  # noqa: TRY400  said whole
            return
        self.problems.pop(info.lesson_id, None)
        self._pages[info.lesson_id] = (version, make_asset(f"{info.lesson_id}.html", html.encode()))
        self._write(info.lesson_id, version, html)

    async def _rendered(self, info: LessonInfo) -> str:
        self.renderings += 1
        async with self.app.starting:
            renderer, facts = await new_renderer(self.app, info)
            kernel_id = await start_kernel(self.app, renderer)
            try:
                parts = [part async for part in page_parts(self.app, renderer, facts, kernel_id)]
            finally:
                await self.app.kernel_manager.shutdown_kernel(kernel_id, now=True)
        if facts.failures:
            raise ContentError("; ".join(facts.failures), self.app.catalogue.notebook_path(info.lesson_id))
        foreign = facts.foreign_widgets()
        if foreign:
            raise ContentError(
                f"It shows widgets of {', '.join(foreign)}, which need a kernel. "
                "Write `kernel: live` below `homevisit:` at the top of the lesson's text.",
                self.app.catalogue.text_path(info.lesson_id),
            )
        return "".join(parts)

    def _write(self, lesson_id: str, version: str, html: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = self.folder / f"{lesson_id}.{os.getpid()}.new"
        fresh.write_text(f"{version}\n{html}", encoding="utf-8")
        fresh.replace(self.folder / f"{lesson_id}.html")
