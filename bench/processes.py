"""A server in a process of its own: how long it takes to answer, what memory it holds, and its end."""

from __future__ import annotations

import contextlib
import http.client
import math
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

PROC = Path("/proc")
START_SECONDS = 60
STOP_SECONDS = 15
SETTLE_SECONDS = 20


class Server:
    """A server on a loopback port; a context that starts it and ends it with all it started.

    Parameters
    ----------
    folder : Path
        Takes the log of the server.
    probe : str
        The address that is asked until the server answers 200.
    page : str
        The address of the lesson.
    """

    def __init__(
        self,
        folder: Path,
        command: list[str],
        *,
        port: int,
        probe: str,
        page: str,
        environment: dict[str, str],
    ) -> None:
        self.folder, self.command, self.port = folder, command, port
        self.probe, self.page, self.environment = probe, page, environment
        self.url = f"http://127.0.0.1:{port}"
        self.seconds_to_start = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start the server and wait for its first answer."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "log").open("ab") as log:
            began = time.perf_counter()
            self._process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={**os.environ, **self.environment},
                start_new_session=True,
            )
        try:
            self._await_answer(began)
        except BaseException:
            self.end(is_patient=False)
            raise
        return self

    def __exit__(self, *failure: object) -> None:
        """End the server."""
        self.end()

    def _await_answer(self, began: float) -> None:
        while time.perf_counter() - began < START_SECONDS:
            if self._process.poll() is not None:
                break
            with contextlib.suppress(OSError, http.client.HTTPException):
                asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START_SECONDS)
                asked.request("GET", self.probe)
                if asked.getresponse().status == http.client.OK:
                    self.seconds_to_start = time.perf_counter() - began
                    return
            time.sleep(0.01)
        raise RuntimeError(f"{' '.join(self.command)} did not answer: {self.log()}")

    def is_running(self) -> bool:
        """Return whether the server has neither ended nor been ended."""
        return self._process is not None and self._process.poll() is None

    def log(self) -> str:
        """Return the end of what the server wrote."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]

    def memory(self) -> float:
        """Return the memory of the server and all its descendants in MB, as PSS."""
        return sum(_pss(pid) for pid, _ in _tree(self._process.pid)) / 1024

    def memory_at_rest(self) -> float:
        """Return the memory once it has stopped to change."""
        readings = [self.memory()]
        until = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < until:
            time.sleep(0.7)
            readings.append(self.memory())
            last = readings[-3:]
            if len(last) == 3 and max(last) - min(last) < 0.01 * max(last):
                break
        return readings[-1]

    def end(self, *, is_patient: bool = True) -> None:
        """End the server, and what it started and left behind."""
        if self._process is None:
            return
        if not is_patient:
            self._process.send_signal(signal.SIGSTOP)  # so that it starts nothing more
        started = _tree(self._process.pid)
        if is_patient and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
            started += [entry for entry in _tree(self._process.pid) if entry not in started]
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        for pid, birth in started:
            if pid != self._process.pid and _birth(pid) == birth:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self._process = None


def free_memory() -> float:
    """Return the memory that the machine can still give, in MB; infinite where that is not known."""
    known = PROC / "meminfo"
    lines = known.read_text(encoding="utf-8").splitlines() if known.is_file() else []
    found = [line.split()[1] for line in lines if line.startswith("MemAvailable:")]
    return float(found[0]) / 1024 if found else math.inf


def _tree(pid: int) -> list[tuple[int, str]]:
    """Return the process and its descendants, each with the moment it was born."""
    children: dict[int, list[int]] = {}
    births: dict[int, str] = {}
    for found, parent, birth in _processes():
        children.setdefault(parent, []).append(found)
        births[found] = birth
    found, waiting = [], [pid]
    while waiting:
        here = waiting.pop()
        if here in births:
            found.append((here, births[here]))
        waiting += children.get(here, [])
    return found


def _processes() -> Iterator[tuple[int, int, str]]:
    for entry in PROC.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = entry.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            yield int(entry.parent.name), int(fields[1]), fields[19]


def _birth(pid: int) -> str | None:
    return next((birth for found, _, birth in _processes() if found == pid), None)


def _pss(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in (PROC / str(pid) / "smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                return float(line.split()[1])
    return 0.0
