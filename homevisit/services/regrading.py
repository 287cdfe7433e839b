"""Grades all of a lesson again, in several processes; the store's queue says what is left."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from homevisit.errors import GradingError
from homevisit.store import accounts as account_store
from homevisit.store import submissions as submission_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from homevisit.config import Settings
    from homevisit.store.engine import Store

WAITING = frozenset({"queued", "grading"})
POLL_SECONDS = 0.2
# A process takes seconds to start, in which another one grades about this many.
WORTH_A_PROCESS = 10


@dataclass(frozen=True, slots=True)
class Cohort:
    """Where the grading of a lesson stands; `failed` holds names of learners, each with what was wrong."""

    total: int
    waiting: int
    failed: tuple[tuple[str, str], ...]

    @property
    def done(self) -> int:
        """Return how many are finished, well or not."""
        return self.total - self.waiting


@dataclass(frozen=True, slots=True)
class Run:
    """One grading of a whole lesson, in up to `jobs` processes."""

    store: Store
    settings: Settings
    lesson_id: str
    jobs: int

    def begin(self, *, start_over: bool = False) -> bool:
        """Queue the last submission of each learner; return whether this goes on with an earlier run.

        A run that was interrupted leaves in the queue what had been graded before and waits again.
        Then nothing is added to the queue, unless `start_over`.
        """
        with self.store.begin() as conn:
            left = [
                found
                for found in submission_store.latest_submissions(conn, self.lesson_id)
                if found.state in WAITING and found.graded_at is not None
            ]
            if start_over or not left:
                submission_store.requeue_lesson(conn, self.lesson_id)
        return bool(left) and not start_over

    def standing(self) -> Cohort:
        """Return where the grading of the lesson stands now."""
        with self.store.read() as conn:
            latest = submission_store.latest_submissions(conn, self.lesson_id)
            failed = tuple(
                (account_store.find_account(conn, found.account_id).name, found.problem)
                for found in latest
                if found.state == "failed"
            )
        return Cohort(len(latest), sum(found.state in WAITING for found in latest), failed)

    def grade(self, *, on_progress: Callable[[Cohort], None], is_stopped: Callable[[], bool]) -> Cohort:
        """Grade what waits of the lesson; return where it stands at the end.

        Parameters
        ----------
        on_progress : function
            Told again and again where the grading stands.
        is_stopped : function
            Once it says so, each process finishes what it is grading and ends.

        Raises
        ------
        GradingError
            A process broke; what it was grading is in the queue again.
        """
        with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
            workers = self._start_workers(log)
            try:
                while any(worker.poll() is None for worker in workers) and not is_stopped():
                    time.sleep(POLL_SECONDS)
                    on_progress(self.standing())
            finally:
                was_stopped = is_stopped()
                for worker in workers:
                    worker.terminate()
                codes = [worker.wait() for worker in workers]
            log.seek(0)
            if any(codes) and not was_stopped:
                reason = (log.read().splitlines() or ["it gave no reason"])[-1]
                raise GradingError(f"A grading process broke ({reason}). Run the same command to go on.")
        cohort = self.standing()
        on_progress(cohort)
        return cohort

    def _start_workers(self, log: IO[str]) -> list[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "homevisit", "grade", self.lesson_id, "--queued"]
        command += ["--course", str(self.settings.course_dir), "--data", str(self.settings.data_dir)]
        count = min(self.jobs, -(-self.standing().waiting // WORTH_A_PROCESS))
        return [
            # a session of its own: Ctrl+C in the terminal is for this process, which tells its workers
            subprocess.Popen(  # noqa: S603  our own program
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
            for _ in range(count)
        ]
