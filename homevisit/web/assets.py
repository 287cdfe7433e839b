"""The style sheet and scripts of the pages: joined, compressed once, and addressed by their version."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from homevisit.web.bundle import bundle

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent; `etag` is the quoted hash of its content."""

    body: bytes
    packed: bytes
    content_type: str
    etag: str


class Assets:
    """All files that pages name, held in memory.

    `version` is a hash of all of them and part of their address: what a browser has kept under an
    address never changes.
    """

    def __init__(self, static: Path = STATIC) -> None:
        texts = {
            "course.css": "\n".join(
                (static / name).read_text(encoding="utf-8")
                for name in ("site.css", "lesson/lesson.css", "print.css")
            ),
            "lesson.css": (static / "lesson" / "lesson.css").read_text(encoding="utf-8"),
            "lesson.js": bundle(static / "lesson", "main"),
            "tools.css": "\n".join(
                (static / "lesson" / name).read_text(encoding="utf-8")
                for name in ("tools.css", "planning.css", "watch.css")
            ),
            "tools.js": bundle(static / "lesson", "tools"),
            "live.css": "\n".join(
                (static / name).read_text(encoding="utf-8")
                for name in ("site.css", "lesson/lesson.css", "live.css")
            ),
            "live.js": bundle(static / "lesson", "live"),
            "lead.js": bundle(static / "lesson", "lead"),
            "desk.css": (static / "desk.css").read_text(encoding="utf-8"),
            "team.css": (static / "team.css").read_text(encoding="utf-8"),
            "plans.css": (static / "plans.css").read_text(encoding="utf-8"),
            "plans.js": (static / "plans.js").read_text(encoding="utf-8"),
            "reports.css": (static / "reports.css").read_text(encoding="utf-8"),
            "desk.js": bundle(static / "lesson", "reading"),
            "frame.js": (static / "frame.js").read_text(encoding="utf-8"),
            "waiting.js": (static / "waiting.js").read_text(encoding="utf-8"),
            "people.js": (static / "people.js").read_text(encoding="utf-8"),
            "icon.svg": (static / "icon.svg").read_text(encoding="utf-8"),
        }
        self.files = {name: make_asset(name, text.encode()) for name, text in texts.items()}
        together = "".join(asset.etag for asset in self.files.values())
        self.version = hashlib.sha256(together.encode()).hexdigest()[:12]

    def path(self, name: str) -> str:
        """Return the versioned address of a file, below the server's base."""
        return f"course/static/{self.version}/{name}"


def make_asset(name: str, body: bytes) -> Asset:
    """Return a file ready to be sent."""
    kinds = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".html": "text/html"}
    return Asset(
        body=body,
        packed=gzip.compress(body, 9, mtime=0),
        content_type=f"{kinds[Path(name).suffix]}; charset=utf-8",
        etag=f'"{hashlib.sha256(body).hexdigest()[:20]}"',
    )
