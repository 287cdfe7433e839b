"""Tells other commands at which address the server of a data folder runs."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, cast

if TYPE_CHECKING:
    from pathlib import Path

FILE = "server.json"


class _Announced(TypedDict):
    pid: int
    url: str
    is_behind_proxy: bool


@dataclass(frozen=True, slots=True)
class RunningServer:
    """Where a server listens; with a web server in front of it, people use another address."""

    url: str
    is_behind_proxy: bool


def announce(data_dir: Path, url: str, *, is_behind_proxy: bool) -> None:
    """Write down that this process serves `data_dir` at `url`."""
    beside = data_dir / f".{FILE}.new"
    content = {"pid": os.getpid(), "url": url, "is_behind_proxy": is_behind_proxy}
    beside.write_text(json.dumps(content), encoding="utf-8")
    beside.replace(data_dir / FILE)


def withdraw(data_dir: Path) -> None:
    """Take back what `announce` wrote, when it was this process."""
    found = _read(data_dir)
    if found and found["pid"] == os.getpid():
        (data_dir / FILE).unlink(missing_ok=True)


def running_server(data_dir: Path) -> RunningServer | None:
    """Return the server that runs on `data_dir` now, or None; one that was killed does not count."""
    found = _read(data_dir)
    if not found or not _is_alive(found["pid"]):
        return None
    return RunningServer(found["url"], found["is_behind_proxy"])


def _read(data_dir: Path) -> _Announced | None:
    try:
        found = json.loads((data_dir / FILE).read_bytes())
    except (OSError, ValueError):
        return None
    kinds = {"pid": int, "url": str, "is_behind_proxy": bool}
    is_whole = isinstance(found, dict) and all(
        isinstance(found.get(name), kind) for name, kind in kinds.items()
    )
    return cast("_Announced", found) if is_whole else None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it runs as somebody else
        return True
    return True
