"""Keeps one grading program running while submissions wait; nbgrader never loads into the server."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from homevisit.store import submissions as submission_store

if TYPE_CHECKING:
    from homevisit.config import Settings
    from homevisit.store.engine import Store

LINGER_SECONDS = 600
STOP_SECONDS = 20


class GradingProgram:
    """Starts ``homevisit grade --queued`` when there is work; the queue itself is in the store."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._process: subprocess.Popen[bytes] | None = None

    def wake(self) -> None:
        """Make sure that somebody grades what waits."""
        if self._process is not None and self._process.poll() is None:
            return
        command = [sys.executable, "-m", "homevisit", "grade", "--queued", "--linger", str(LINGER_SECONDS)]
        command += ["--course", str(self.settings.course_dir), "--data", str(self.settings.data_dir)]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603  our own program

    def wake_if_waiting(self, store: Store) -> None:
        """After a restart, go on with what was handed in before."""
        with store.read() as conn:
            waits = any(found.state in {"queued", "grading"} for found in submission_store.submissions(conn))
        if waits:
            self.wake()

    def stop(self) -> None:
        """End the program; what it was grading is taken up again at the next start."""
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
