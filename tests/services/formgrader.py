"""nbgrader's formgrader, started from a course's folder as the README says."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from tests.web.course_server import LESSON, NO_TLS, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def formgrader(course_dir: Path, home: Path, **environment: str) -> Iterator[httpx.Client]:
    """Yield an HTTP client of it; the server ends with the block."""
    port = free_port()
    server = subprocess.Popen(
        [
            Path(sys.executable).parent / "jupyter",
            "server",
            "--no-browser",
            "--allow-root",
            f"--port={port}",
            "--ServerApp.port_retries=0",
            "--IdentityProvider.token=test",
        ],
        cwd=course_dir,
        env={**os.environ, "HOME": str(home), "JUPYTER_CONFIG_DIR": str(home / "config"), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    with httpx.Client(
        verify=NO_TLS,
        base_url=f"http://127.0.0.1:{port}/",
        timeout=60,
        headers={"Authorization": "token test"},
    ) as client:
        for _ in range(600):
            try:
                client.get("api/status")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield client
    server.terminate()
    server.wait(30)


def submission_of(gradebook_dir: Path, account_id: str) -> str:
    """Return the id under which nbgrader's database knows a learner's notebook."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{gradebook_dir / 'gradebook.db'}", "homevisit") as gradebook:
        return gradebook.find_submission_notebook(LESSON, LESSON, account_id).id
