"""JupyterLab for an author: lesson texts open as notebooks, and their questions work."""

from __future__ import annotations

import logging
import os
import secrets
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from traitlets.config import Config

from homevisit.config import DATABASE_VARIABLE
from homevisit.web.startup import check_port, hold_data_dir
from homevisit.widgets.written import AUTHORED_COURSE

if TYPE_CHECKING:
    from homevisit.config import Settings

# How JupyterLab opens Markdown, and what it leaves out: labconfig/ in this folder.
JUPYTER_CONFIG = Path(__file__).parent / "share" / "jupyter"
# Voilà's preview knows neither our pages nor our sign-in (`homevisit serve` shows what learners see), and
# grading is for trainers; of nbgrader the panel Create Assignment stays, which needs no server.
UNWANTED_EXTENSIONS = (
    "nbgrader.server_extensions.assignment_list",
    "nbgrader.server_extensions.course_list",
    "nbgrader.server_extensions.formgrader",
    "nbgrader.server_extensions.validate_assignment",
    "notebook",
    "voila.server_extension",
)
# What a build makes beside the texts; whoever edits it loses that at the next build.
DERIVED = ["[0-9][0-9]-*.ipynb", "questions.json"]


def run_lab(settings: Settings, *, host: str, port: int, lesson_id: str | None = None) -> None:
    """Run JupyterLab in the folder of the course until it is stopped; print the address that opens it.

    Parameters
    ----------
    settings : Settings
        Its data folder takes the author's trials, and nothing of the learners.
    lesson_id : str or None
        The lesson whose text the address opens; the list of files when None.

    Raises
    ------
    ConfigError
        The port is taken, or another server runs on this data folder.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    hold_data_dir(settings.data_dir)
    check_port(host, port)
    _prepare_environment(settings)
    token = secrets.token_urlsafe(32)
    server = _initialized(settings, _configuration(settings, host, port, token))
    # whatever an old configuration of this person says, the address below must open it, and no other
    server.identity_provider.token, server.identity_provider.hashed_password = token, ""
    text = f"/tree/source/{lesson_id}/{lesson_id}.md" if lesson_id else ""
    print(  # noqa: T201  the terminal is this command's page
        f"JupyterLab is at http://{host}:{port}{server.base_url}lab{text}?token={token}\n\n"
        "Open a lesson's .md file in source/ and choose Run > Run All Cells: its questions work.\n"
        f"What you try there stays in {settings.data_dir}.\n"
        "To see lessons as learners do: homevisit build, then homevisit serve.\n"
        "Ctrl+C here stops JupyterLab.",
        flush=True,
    )
    try:
        server.start()
    finally:
        server.web_app.settings["course"].course_store.close()


def _initialized(settings: Settings, config: Config) -> Any:
    """Return the server of JupyterLab with the course in it, listening and not yet started."""
    # JupyterLab and Jupytext take seconds to load: a port that is taken should be told at once
    from jupyter_server.utils import JupyterServerAuthWarning  # noqa: PLC0415
    from jupyterlab.labapp import LabApp  # noqa: PLC0415

    from homevisit.web.lab_course import offer_course  # noqa: PLC0415

    with warnings.catch_warnings():
        # that handlers do not say themselves who may come; allow_unauthenticated_access says so for all of them
        warnings.simplefilter("ignore", JupyterServerAuthWarning)
        server = LabApp.initialize_server(argv=[], config=config)
        offer_course(server, settings)
    return server


def _prepare_environment(settings: Settings) -> None:
    """Set what kernels and terminals of this JupyterLab go by; the learners' database is not named in it."""
    config_path = os.environ.get("JUPYTER_CONFIG_PATH")
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, (str(JUPYTER_CONFIG), config_path)))
    os.environ[AUTHORED_COURSE] = str(settings.course_dir)
    os.environ.pop(DATABASE_VARIABLE, None)
    # so that `homevisit check` works in a terminal of JupyterLab
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))


def _configuration(settings: Settings, host: str, port: int, token: str) -> Config:
    config: Any = Config()
    config.ServerApp.ip = host
    config.ServerApp.port = port
    config.ServerApp.port_retries = 0  # another port than the one asked for helps nobody
    config.ServerApp.open_browser = False
    config.ServerApp.root_dir = str(settings.course_dir)
    config.ContentsManager.preferred_dir = "source" if settings.source_dir.is_dir() else ""
    config.ContentsManager.hide_globs.extend(DERIVED)
    config.ServerApp.allow_root = True  # as everybody is in a container; the token guards it
    config.ServerApp.allow_unauthenticated_access = False
    config.ServerApp.answer_yes = True  # Ctrl+C stops it, as it stops `homevisit serve`
    config.ServerApp.identity_provider_class = "homevisit.web.lab_course.AuthorIdentity"
    config.ServerApp.contents_manager_class = "homevisit.web.lab_files.LessonContents"
    config.ServerApp.jpserver_extensions = dict.fromkeys(UNWANTED_EXTENSIONS, False)
    # pings keep connections through proxies open; here there is none, and tornado warns of jupyter_server's timing
    config.ServerApp.tornado_settings = {"ws_ping_interval": 0}
    config.Application.log_level = logging.WARNING
    config.IdentityProvider.token = token
    config.PasswordIdentityProvider.hashed_password = ""
    config.KernelManager.transport_encryption = "auto"
    config.LabApp.workspaces_dir = str(settings.data_dir / "workspaces")
    config.LabApp.news_url = None  # nothing is fetched from elsewhere
    config.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
    config.LabApp.extension_manager = "readonly"
    return config
