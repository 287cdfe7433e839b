"""The course's server: Voilà's application with our people, pages and kernels."""

from __future__ import annotations

import asyncio
import functools
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jupyter_core.paths import jupyter_path
from jupyter_server.utils import url_path_join
from tornado.ioloop import IOLoop
from traitlets.config import Config
from voila.app import Voila
from voila.paths import collect_static_paths, collect_template_paths
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler

from homevisit.course.catalogue import Catalogue
from homevisit.services import accounts, mailing, running
from homevisit.services.desk import posting, queueing
from homevisit.store.engine import Store, open_store
from homevisit.web import (
    api,
    desk,
    desk_anchors,
    desk_api,
    ecomap_pages,
    group_report,
    join,
    lesson,
    live,
    live_api,
    live_pages,
    mail_choice,
    media,
    pages,
    paper_exports,
    papers_api,
    people,
    plans,
    practice_pages,
    reports,
    summary,
    team,
    tools,
    voila_files,
)
from homevisit.web.assets import STATIC, Assets
from homevisit.web.base import POLICY, TEMPLATES
from homevisit.web.grading import GradingProgram
from homevisit.web.identity import CourseAuthorizer, CourseIdentityProvider
from homevisit.web.kept_pages import KeptPages
from homevisit.web.kernels import CourseKernelManager
from homevisit.web.live_state import LiveState
from homevisit.web.markdown import LessonMarkdown
from homevisit.web.postman import Postman
from homevisit.web.regular import RegularWork
from homevisit.web.startup import check_port, checked_base_url, cookie_secret, hold_data_dir, shared_secret

if TYPE_CHECKING:
    from homevisit.config import Settings

HERE = Path(__file__).parent
# Lab extensions of the environment that have no place in a lesson page; some fail inside Voilà.
UNWANTED_EXTENSIONS = [
    "@jupyter-notebook/lab-extension",
    "@jupyter/nbgrader",
    "@voila-dashboards/jupyterlab-preview",
    "jupyterlab-jupytext",
    "jupyterlab_pygments",
]
STARTS_AT_ONCE = 4
MAX_KERNELS = 40
IDLE_SECONDS = 30 * 60
BODY_BYTES = 10 * 1024 * 1024


class CourseApp(Voila):
    """Voilà with the course's sign-in, pages and API; made by `make_app`."""

    course_settings: Settings
    course_store: Store
    catalogue: Catalogue
    live: LiveState
    grading: GradingProgram
    postman: Postman
    regular: RegularWork
    starting: asyncio.Semaphore
    behind_proxy: bool = False
    max_kernels: int = MAX_KERNELS

    def setup_template_dirs(self) -> None:
        """Find our template inside the package, and what it builds on where Jupyter keeps it."""
        self.template_dir = HERE / "share" / "voila" / "templates" / "homevisit"
        roots = [str(HERE / "share"), *jupyter_path()]
        self.template_paths = collect_template_paths(
            ["voila", "nbconvert"], "homevisit", prune=True, root_dirs=roots
        )
        self.static_paths = collect_static_paths(["voila", "nbconvert"], "lab")

    def init_settings(self) -> dict[str, Any]:
        """Add what our handlers need to Voilà's settings."""
        settings: dict[str, Any] = super().init_settings()
        self.page_templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
        )
        self.assets = Assets()
        self.pages = KeptPages(self)
        self.starting = asyncio.Semaphore(STARTS_AT_ONCE)
        settings["course"] = self
        settings["xsrf_cookies"] = True
        settings["xsrf_cookie_kwargs"] = {"samesite": "Lax"}
        return settings

    def init_handlers(self) -> list[Any]:
        """Return our routes, and of Voilà's those that a live lesson page needs."""
        wanted = (
            "/api/kernels/",
            "/voila/templates/",
            "/voila/static/",
            "/voila/labextensions/",
            "/voila/api/themes/",
        )
        kept = [
            (pattern, voila_files.OURS.get(handler, handler), *options)
            for pattern, handler, *options in super().init_handlers()
            if handler is VoilaShutdownKernelHandler or any(part in pattern for part in wanted)
        ]
        ours = [
            (url_path_join(self.base_url, pattern) or self.base_url, handler)
            for pattern, handler in (
                *pages.ROUTES,
                *people.ROUTES,
                *mail_choice.ROUTES,
                *lesson.ROUTES,
                *summary.ROUTES,
                *practice_pages.ROUTES,
                *tools.ROUTES,
                *ecomap_pages.ROUTES,
                *paper_exports.ROUTES,
                *papers_api.ROUTES,
                *desk_anchors.ROUTES,
                *desk.ROUTES,
                *desk_api.ROUTES,
                *reports.ROUTES,
                *team.ROUTES,
                *plans.ROUTES,
                *group_report.ROUTES,
                *join.ROUTES,
                *live.ROUTES,
                *live_api.ROUTES,
                *live_pages.ROUTES,
                *api.ROUTES,
            )
        ]
        files = [
            (
                r"course/media/(.*)",
                media.MediaHandler,
                {"path": str(self.course_settings.lessons_dir / "media")},
            ),
        ]
        return [
            *kept,
            *ours,
            *(
                (url_path_join(self.base_url, pattern), handler, options)
                for pattern, handler, options in files
            ),
            (r"(.*)", pages.UnknownPageHandler),
        ]

    def listen(self) -> None:
        """Listen, and believe a proxy about the visitor's address where there is one."""
        self.app.listen = functools.partial(
            self.app.listen, xheaders=self.behind_proxy, max_body_size=BODY_BYTES
        )
        # run as soon as the server's loop runs
        IOLoop.current().add_callback(self.pages.prepare)
        IOLoop.current().add_callback(self.live.start)
        super().listen()

    def stop(self) -> None:
        """End kernels, the grading program and the store, in this order."""
        running.withdraw(self.course_settings.data_dir)
        self.grading.stop()
        self.postman.stop()
        self.regular.stop()
        self.live.stop()
        super().stop()
        self.course_store.close()


def make_app(settings: Settings, *, host: str, port: int, base_url: str = "/") -> CourseApp:
    """Return the application, ready to start; the store is open and brought up to date.

    Raises
    ------
    ConfigError
        Another server runs on this data directory, or the base URL or a setting of mail is wrong.
    ContentError
        ``course.yml`` or an answer key is wrong.
    """
    base_url = checked_base_url(base_url)
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    hold_data_dir(settings.data_dir)
    check_port(host, port)
    mail = mailing.mail_settings()
    catalogue = Catalogue(settings.course_dir)
    for info in catalogue.lessons():
        catalogue.key(info.lesson_id)
    store = open_store(settings.database_url)
    secret = shared_secret(store, settings.database_url, cookie_secret(settings.data_dir))
    app: CourseApp = CourseApp.instance(config=_configuration(settings, host, port, base_url))
    app.cookie_secret = secret
    app.course_settings = settings
    app.course_store = store
    app.catalogue = catalogue
    app.live = LiveState(app.course_store, settings.database_url)
    app.grading = GradingProgram(settings)
    app.postman = Postman(app.course_store, mail)
    app.regular = RegularWork(app.course_store, app.catalogue)
    app.initialize([])
    app.log.addFilter(_is_worth_a_line)
    return app


def serve(
    settings: Settings,
    *,
    host: str,
    port: int,
    base_url: str = "/",
    behind_proxy: bool = False,
    max_kernels: int = MAX_KERNELS,
) -> None:
    """Run the server until it is stopped; print its address, and the first administrator's link."""
    os.umask(0o077)  # learners' words stand in nbgrader's files, too, wherever the data directory is
    app = make_app(settings, host=host, port=port, base_url=base_url)
    app.behind_proxy, app.max_kernels = behind_proxy, max_kernels
    address = f"http://{host}:{port}{app.base_url}"
    link = accounts.ensure_administrator(app.course_store)
    print(f"The course is at {address}", flush=True)  # noqa: T201  the terminal is this command's page
    if link is not None:
        print(  # noqa: T201
            "Nobody looks after this course yet. Open this link once to become its administrator,\n"
            f"or to try the course as a learner first:\n\n    {address}invite/{link}\n",
            flush=True,
        )
    app.grading.wake_if_waiting(app.course_store)
    queueing.fill_queue(app.course_store, app.catalogue)
    posting.post_all_waiting(app.course_store, settings, app.catalogue)
    app.postman.start()
    app.regular.start()
    running.announce(settings.data_dir, address, is_behind_proxy=behind_proxy)
    app.start()


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """Whether a line helps in the log; lessons are the course's own and are not signed, which Jupyter warns of."""
    return record.msg != "Notebook %s is not trusted"


def _configuration(settings: Settings, host: str, port: int, base_url: str) -> Config:
    config = Config()
    config.Voila.ip = host
    config.Voila.port = port
    config.Voila.port_retries = 0  # another port than the one asked for helps nobody
    config.Voila.base_url = base_url
    config.Voila.open_browser = False
    config.Voila.root_dir = str(settings.course_dir)
    config.Voila.identity_provider_class = CourseIdentityProvider
    config.Voila.authorizer_class = CourseAuthorizer
    config.Voila.log_level = logging.WARNING
    config.Voila.tornado_settings = {
        "static_path": str(STATIC),
        "static_url_prefix": url_path_join(base_url, "course/static/"),
        "websocket_max_message_size": BODY_BYTES,
        "headers": {"Content-Security-Policy": POLICY},
    }
    config.VoilaConfiguration.template = "homevisit"
    config.VoilaConfiguration.strip_sources = True
    config.VoilaConfiguration.show_tracebacks = True  # our template takes their last line and shows none
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.multi_kernel_manager_class = CourseKernelManager
    config.VoilaConfiguration.extension_denylist = UNWANTED_EXTENSIONS
    config.CourseKernelManager.cull_idle_timeout = IDLE_SECONDS
    config.CourseKernelManager.cull_connected = True
    config.CourseKernelManager.cull_interval = 60
    config.KernelManager.transport = "ipc"  # a TCP port may be taken between probe and bind
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = {"response"}
    config.VoilaExporter.markdown_renderer_class = LessonMarkdown
    return config
