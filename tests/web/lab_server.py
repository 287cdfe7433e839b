"""A real JupyterLab as `homevisit lab` starts it, and what an author does in it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import httpx

from tests.web.course_server import LESSON, NO_TLS, ROOT, free_port

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page


@dataclass
class LabServer:
    """`folder` takes everything that JupyterLab would put into the home directory of its author."""

    folder: Path
    course_dir: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None
    address: str = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @property
    def data_dir(self) -> Path:
        return self.folder / "trials"

    def start(self) -> LabServer:
        shutil.copy(ROOT / "jupytext.toml", self.course_dir)
        own = {f"JUPYTER_{name}_DIR": str(self.folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
        # whatever the environment names, an author's trials go nowhere else
        own |= {"HOMEVISIT_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/learners"}
        paths = ["--course", str(self.course_dir), "--data", str(self.data_dir)]
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lab.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "homevisit", "lab", LESSON, "--port", str(self.port), *paths],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env={**os.environ, **own},
                cwd=ROOT,
            )
        # the first line comes when the server listens; an empty one when it has ended
        found = re.search(r"http://\S+", self.process.stdout.readline())
        assert found, (self.folder / "lab.log").read_text(encoding="utf-8")
        self.address = found[0]
        return self

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(30)
        self.process.stdout.close()
        return code

    def client(self) -> httpx.Client:
        """Return an HTTP client of the author."""
        token = self.address.rsplit("token=", 1)[1]
        return httpx.Client(
            verify=NO_TLS, base_url=self.url, headers={"Authorization": f"token {token}"}, timeout=60
        )


def run_all_cells(page: Page) -> None:
    # what JupyterLab restores may lie in front for a moment; a menu speaks of what was clicked last
    page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").first.click()
    page.locator(".jp-StatusBar-TextItem", has_text="| Idle").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Run All Cells$")).click()


def save(page: Page) -> None:
    with page.expect_response(
        lambda reply: reply.request.method == "PUT" and "/api/contents/" in reply.url
    ) as saved:
        page.keyboard.press("Control+s")
    assert saved.value.status == 200
