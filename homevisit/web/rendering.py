"""Run a lesson's notebook through Voilà's renderer and our template."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from voila.notebook_renderer import NotebookRenderer
from voila.utils import ENV_VARIABLE, get_page_config

from homevisit.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from homevisit.course.syllabus import LessonInfo
    from homevisit.web.app import CourseApp

# Both tell a page without a kernel what it needs; the rest of a widget's state is the widget's own.
SOURCE, STYLE = "_esm", "_css"


class PageFacts:
    """What our template asks about the page it fills, and what the page found out while it was made."""

    def __init__(self, app: CourseApp, info: LessonInfo, *, language: str, is_live: bool) -> None:
        self.lesson, self.language, self.is_live = info, language, is_live
        self.credit = app.catalogue.course().credit
        self.module, self.style, self.icon = (
            app.assets.path(name) for name in ("lesson.js", "course.css", "icon.svg")
        )
        self.failures: list[str] = []
        self.states: dict[str, dict[str, Any]] = {}

    def __deepcopy__(self, _memo: dict[int, Any]) -> PageFacts:
        """Stay one object when the exporter copies its resources: the page reports back through it."""
        return self

    def foreign_widgets(self) -> list[str]:
        """Return the packages of widgets that only a kernel and the full front end can show."""
        own = {"anywidget", "@jupyter-widgets/base"}
        return sorted({str(state.get("_model_module")) for state in self.states.values()} - own)

    def widgets(self) -> Markup:
        """Return the state of all anywidget models as JSON for a script element.

        It has the form ``{sources, styles, models: {id: {source, state}}}``. Jinja's own filter sorts
        keys, and the order of options and steps is the author's.
        """
        found = json.dumps(self._models(), ensure_ascii=False, separators=(",", ":"))
        return Markup(found.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704

    def _models(self) -> dict[str, Any]:
        models = {
            model_id: state
            for model_id, state in self.states.items()
            if state.get("_model_module") == "anywidget"
        }
        sources = sorted({state[SOURCE] for state in models.values()})
        return {
            "sources": sources,
            "styles": sorted({state[STYLE] for state in models.values() if state.get(STYLE)}),
            "models": {
                model_id: {
                    "source": sources.index(state[SOURCE]),
                    "state": {name: value for name, value in state.items() if not name.startswith("_")},
                }
                for model_id, state in models.items()
            },
        }


async def new_renderer(app: CourseApp, info: LessonInfo) -> tuple[Any, PageFacts]:
    """Return Voilà's renderer for a lesson, and the facts its template will see.

    Raises
    ------
    ContentError
        The lesson has not been built.
    """
    path = app.catalogue.notebook_path(info.lesson_id)
    if not path.is_file():
        raise ContentError("The lesson is not built yet. Run: homevisit build", path)
    shared = {"voila_configuration": app.voila_configuration, "base_url": app.base_url}
    renderer = NotebookRenderer(
        request_handler=None,
        traitlet_config=app.config,
        notebook_path=str(path.relative_to(app.course_settings.course_dir)),
        template_paths=app.template_paths,
        config_manager=app.config_manager,
        contents_manager=app.contents_manager,
        kernel_spec_manager=app.kernel_spec_manager,
        prelaunch_hook=None,
        page_config=get_page_config(settings=app.app.settings, log=app.log, **shared),
        mathjax_config=app.mathjax_config,
        mathjax_url=app.mathjax_url,
        **shared,
    )
    await renderer.initialize()
    wishes = renderer.notebook.metadata.get("homevisit", {})
    facts = PageFacts(
        app, info, language=wishes.get("language", "en"), is_live=wishes.get("kernel") == "live"
    )
    renderer.resources["homevisit"] = facts
    return renderer, facts


async def start_kernel(app: CourseApp, renderer: Any) -> str:
    """Start the kernel of a page for the person of the current request, if any; return its id."""
    environment = {
        **os.environ,
        ENV_VARIABLE.VOILA_PREHEAT: "False",
        ENV_VARIABLE.VOILA_BASE_URL: app.base_url,
    }
    started: str = await app.kernel_manager.start_kernel(
        kernel_name=renderer.notebook.metadata.kernelspec.name, path=renderer.cwd, env=environment
    )
    return started


async def page_parts(app: CourseApp, renderer: Any, facts: PageFacts, kernel_id: str) -> AsyncIterator[str]:
    """Run the notebook cell by cell and give the page's HTML as it comes."""
    kernel = app.kernel_manager.get_kernel(kernel_id)
    async for part, _ in renderer.generate_content_generator(kernel_id, kernel):
        facts.states = getattr(getattr(renderer, "executor", None), "widget_state", {})
        yield part
