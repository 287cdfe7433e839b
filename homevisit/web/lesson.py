"""The lesson page: kept and the same for everybody, or live with a kernel for each visitor."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from homevisit.course.shown_clips import clip_origins
from homevisit.web.base import CourseHandler, policy_with_media
from homevisit.web.kept_pages import NOT_NOW, RENDER_SECONDS
from homevisit.web.rendering import new_renderer, page_parts, start_kernel

if TYPE_CHECKING:
    from homevisit.course.syllabus import LessonInfo

BROKEN_OFF = f"</main><p class='hv-broken' role='alert'>{NOT_NOW} If it happens again, tell your trainer.</p>"


class LessonHandler(CourseHandler):
    """One lesson as a page, for people who have signed in."""

    async def get(self, lesson_id: str) -> None:
        """Send the kept page, or run the lesson for this visitor when it asks for a kernel."""
        info = self.catalogue.lesson(lesson_id)
        course = self.settings["course"]
        _ = self.xsrf_token  # sets the cookie that the page's scripts send back
        if self.catalogue.is_live(lesson_id):
            await self.send_live(info)
        else:
            page = await course.pages.page(info)
            origins = clip_origins(self.catalogue, lesson_id)
            self.set_header("Content-Security-Policy", policy_with_media(origins))
            self.send_asset(page, "private, no-cache")

    async def send_live(self, info: LessonInfo) -> None:
        """Send the page part by part as its cells run; one that fails ends with a sentence."""
        course = self.settings["course"]
        if course.kernel_manager.count() >= course.max_kernels:
            self.set_status(503)
            self.set_header("Retry-After", "10")
            self.finish(self.page("full.html", lesson=info))
            return
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header(
            "Content-Security-Policy", "frame-ancestors 'self'"
        )  # Voilà's front end evaluates scripts
        try:
            async with asyncio.timeout(RENDER_SECONDS), course.starting:
                renderer, facts = await new_renderer(course, info)
                kernel_id = await start_kernel(course, renderer)
                async for part in page_parts(course, renderer, facts, kernel_id):
                    self.write(part)
                    await self.flush()
        except Exception:  # the page has begun: its end must be a sentence, whatever went wrong
            self.log.exception("The live lesson %s broke off", info.lesson_id)
            self.finish(BROKEN_OFF)


ROUTES = [(r"lessons/([a-z0-9-]+)", LessonHandler)]
