"""Drawings, clips and captions of the lessons, sent in parts where a player asks for a part."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import StaticFileHandler

from homevisit.errors import MissingEntryError
from homevisit.services.groups import access
from homevisit.web.base import CourseHandler
from homevisit.web.join import PARTICIPANT

CLIP_TYPES = {".mp4": "video/mp4", ".webm": "video/webm", ".vtt": "text/vtt; charset=utf-8"}
PICTURE_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".gif": "image/gif",
}
TYPES = CLIP_TYPES | PICTURE_TYPES


class MediaHandler(CourseHandler, StaticFileHandler):
    """Files of ``lessons/media/``, for people who have signed in or take part in a group session.

    tornado answers ranges (206), and reads and sends a file piece by piece: a long clip never stands in memory.
    """

    def prepare(self) -> object:
        """Forget a range that was meant for another version of the file (RFC 9110, If-Range)."""
        asked = self.request.headers.get("If-Range")
        if asked is not None and "Range" in self.request.headers:
            path = Path(self.root, self.request.path.rsplit("/", 1)[-1])
            if not path.is_file() or asked != _etag(path):
                del self.request.headers["Range"]
        return super().prepare()

    @allow_unauthenticated
    async def get(self, path: str, include_body: bool = True) -> None:  # noqa: FBT001, FBT002  tornado's signature
        """Send the file, or a part of it; a visitor is led to the sign-in."""
        if self.person is None and not await self.call(
            access.takes_part, self.store, PARTICIPANT.token(self)
        ):
            self.redirect(f"{self.url('login')}?{urlencode({'next': self.request.uri})}")
            return
        await super().get(path, include_body=include_body)

    @allow_unauthenticated
    async def head(self, path: str) -> None:
        """Send what `get` sends, without the file."""
        await self.get(path, include_body=False)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """Refuse hidden files, and everything that is no picture, clip or caption."""
        path = Path(absolute_path)
        is_hidden = "\0" in absolute_path or any(part.startswith(".") for part in path.parts[1:])
        if is_hidden or path.suffix.lower() not in TYPES:
            raise MissingEntryError("There is no such picture or clip in this course.")
        found: str | None = super().validate_absolute_path(root, absolute_path)
        return found

    def get_content_type(self) -> str:
        """Return the type by the file's ending, whatever this machine's own tables say."""
        return TYPES[Path(str(self.absolute_path)).suffix.lower()]

    def compute_etag(self) -> str | None:
        """Name the version by time and size: tornado's own would read a clip whole, and never again."""
        return _etag(Path(str(self.absolute_path)))

    def set_extra_headers(self, path: str) -> None:
        """Let the browser keep what it has, and ask whether a clip is still the same."""
        is_clip = Path(path).suffix.lower() in CLIP_TYPES
        self.set_header("Cache-Control", "private, no-cache" if is_clip else "private, max-age=3600")
        # a drawing that is opened by itself may run no script of this site
        self.set_header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")


def _etag(path: Path) -> str:
    status = path.stat()
    return f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
