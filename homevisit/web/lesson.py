"""The lesson page: Voilà's renderer runs the notebook and fills our template."""

from __future__ import annotations

import asyncio
import os
from typing import Any

from voila.notebook_renderer import NotebookRenderer
from voila.utils import ENV_VARIABLE, get_page_config

from homevisit.errors import ContentError
from homevisit.web.base import CourseHandler

RENDER_SECONDS = 90
FAILED = (
    "</main><p class='hv-broken' role='alert'>This lesson could not be opened just now. "
    "What you wrote is kept. Reload the page in a minute; if it happens again, tell your trainer.</p>"
    "</body></html>"
)


class LessonHandler(CourseHandler):
    """One lesson as a page, for people who have signed in."""

    async def get(self, lesson_id: str) -> None:
        """Render the lesson's notebook part by part; a page that fails ends with a sentence."""
        account = self.account
        info = self.catalogue.lesson(lesson_id)
        path = self.catalogue.notebook_path(lesson_id)
        if not path.is_file():
            self.log.error("The lesson %s is not built yet. Run: homevisit build", lesson_id)
            raise ContentError(
                "This lesson cannot be opened just now. What you wrote is kept; try again later."
            )
        self.set_header("Content-Type", "text/html; charset=utf-8")
        _ = self.xsrf_token  # sets the cookie that the page's scripts send back
        try:
            async with asyncio.timeout(RENDER_SECONDS), self.settings["course"].starting:
                renderer = await self.renderer(str(path.relative_to(self.course_settings.course_dir)))
                renderer.resources["homevisit"] = {
                    "lesson": info,
                    "credit": self.catalogue.course().credit,
                    "assets": self.settings["course"].asset_version,
                    "language": renderer.notebook.metadata.get("homevisit", {}).get("language", "en"),
                }
                await self.send(renderer)
        except Exception:  # the page has begun: its end must be a sentence, whatever went wrong
            self.log.exception("The lesson %s could not be rendered for %s", lesson_id, account.account_id)
            self.finish(FAILED)

    async def renderer(self, notebook: str) -> Any:
        """Return Voilà's renderer for a notebook below the course directory."""
        course = self.settings["course"]
        shared = {"voila_configuration": course.voila_configuration, "base_url": self.base_url}
        renderer = NotebookRenderer(
            request_handler=self,
            traitlet_config=course.config,
            notebook_path=notebook,
            template_paths=course.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            kernel_spec_manager=self.kernel_spec_manager,
            prelaunch_hook=None,
            page_config=get_page_config(settings=self.settings, log=self.log, **shared),
            mathjax_config=self.settings.get("mathjax_config"),
            mathjax_url=self.settings.get("mathjax_url"),
            **shared,
        )
        await renderer.initialize()
        return renderer

    async def send(self, renderer: Any) -> None:
        """Start the page's kernel and send the page as its cells run."""
        environment = {
            **os.environ,
            ENV_VARIABLE.VOILA_PREHEAT: "False",
            ENV_VARIABLE.VOILA_BASE_URL: self.base_url,
        }
        kernel_id = await self.kernel_manager.start_kernel(
            kernel_name=renderer.notebook.metadata.kernelspec.name, path=renderer.cwd, env=environment
        )
        kernel = self.kernel_manager.get_kernel(kernel_id)
        async for part, _ in renderer.generate_content_generator(kernel_id, kernel):
            self.write(part)
            await self.flush()


ROUTES = [(r"lessons/([a-z0-9-]+)", LessonHandler)]
