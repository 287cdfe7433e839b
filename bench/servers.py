"""The two servers that are compared: the course as `homevisit serve` runs it, and stock Voilà."""

from __future__ import annotations

import shutil
import sys
from itertools import count
from typing import TYPE_CHECKING

from bench.processes import Server
from homevisit.config import DATABASE_VARIABLE
from homevisit.course.catalogue import Catalogue
from tests.web.course_server import LESSON, ROOT, free_port

if TYPE_CHECKING:
    from pathlib import Path

NUMBERS = count(1)
CATALOGUE = Catalogue(ROOT)
QUESTIONS = CATALOGUE.key(LESSON).questions


def course_server(folder: Path, data: Path, *, database_url: str = "", course: Path = ROOT) -> Server:
    """Return the course's server on a data folder."""
    port = free_port()
    command = [sys.executable, "-m", "homevisit", "serve", "--port", str(port)]
    command += ["--course", str(course), "--data", str(data)]
    return Server(
        folder / f"c{next(NUMBERS)}",
        command,
        port=port,
        probe="/health",
        page=f"/lessons/{LESSON}",
        environment={DATABASE_VARIABLE: database_url, "PYTHONPATH": str(ROOT)},
    )


def changed_course(target: Path) -> Path:
    """Make a copy of the course that is not what a server made its pages from; return its folder."""
    for name in ("source", "answer_keys", "lessons"):
        shutil.copytree(ROOT / name, target / name)
    syllabus = (ROOT / "course.yml").read_text(encoding="utf-8")
    (target / "course.yml").write_text(f"{syllabus}\n# {target.name}\n", encoding="utf-8")
    return target


def stock_server(folder: Path, *, course: Path = ROOT) -> Server:
    """Return stock Voilà on the notebook of the lesson."""
    notebook = course / "lessons" / LESSON / f"{LESSON}.ipynb"
    port = free_port()
    command = [sys.executable, "-m", "bench.stock", str(notebook), "--no-browser"]
    command += [f"--port={port}", "--Voila.ip=127.0.0.1", "--Voila.port_retries=0"]
    return Server(
        folder / f"s{next(NUMBERS)}",
        command,
        port=port,
        probe="/course/static/lesson.js",
        page="/",
        environment={"PYTHONPATH": str(ROOT)},
    )
