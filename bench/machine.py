"""What the figures belong to: machine, versions, date; and how evenly the machine ran meanwhile."""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests import chromium
from tests.postgresql import find_programs

PACKAGES = (
    "homevisit",
    "voila",
    "nbgrader",
    "ipykernel",
    "jupyter_client",
    "jupyter_server",
    "tornado",
    "anywidget",
    "SQLAlchemy",
)


def facts(folder: Path, command: str) -> dict[str, str]:
    """Return the machine, the versions, the date and the command; `folder` is where the servers wrote."""
    postgres = find_programs()
    versions = [f"{name} {version(name)}" for name in PACKAGES]
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "command": f"`{command}`",
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release()}, {platform.machine()}",
        "data on": _line("df", "--output=fstype", str(folder)),
        "Python": platform.python_version(),
        "packages": ", ".join(versions),
        "Chromium": _line(chromium.program() or "chromium", "--version"),
        "PostgreSQL": _line(str(postgres / "postgres"), "--version") if postgres else "none",
    }


def pace() -> float:
    """Return the seconds that a fixed piece of work takes now; it takes longer while others work here."""
    began = time.perf_counter()
    digest = hashlib.sha256()
    for _ in range(400):
        digest.update(bytes(250_000))
    return time.perf_counter() - began


def load() -> float:
    """Return how many processes ran or waited to run over the last minute."""
    return os.getloadavg()[0]


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8").splitlines() if known.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"


def _memory() -> str:
    return f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 2**30:.0f} GB"


def _line(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20)
    except OSError:
        return "unknown"
    return (done.stdout.strip().splitlines() or ["unknown"])[-1].strip()
