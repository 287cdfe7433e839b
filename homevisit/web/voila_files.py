"""The files of Voilà's front end, which live lesson pages load; sent as carefully as all others."""

from __future__ import annotations

from jupyter_server.auth.decorator import allow_unauthenticated
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler

from homevisit.errors import MissingEntryError
from homevisit.web.base import NOT_FOUND, CourseHandler


class VoilaFileHandler(CourseHandler):
    """Base of both handlers: nothing personal, so no sign-in; an address that fits no file is not found."""

    @allow_unauthenticated
    async def get(self, path: str, include_body: bool = True) -> None:  # noqa: FBT001, FBT002  tornado's signature
        """Send the file."""
        folder, _, rest = path.partition("/")
        is_of_template = isinstance(self, TemplateStaticFileHandler)
        if "\0" in path or ".." in path.split("/"):
            raise MissingEntryError(NOT_FOUND)
        if is_of_template and (folder not in TEMPLATES or not rest.startswith("static/")):
            raise MissingEntryError(NOT_FOUND)
        await super().get(path, include_body=include_body)

    @allow_unauthenticated
    async def head(self, path: str) -> None:
        """Send what `get` sends, without the file."""
        await self.get(path, include_body=False)

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002  tornado's signature
        """Let the browser ask whether it has the newest version."""
        self.set_header("Cache-Control", "no-cache")


class TemplateFileHandler(VoilaFileHandler, TemplateStaticFileHandler):
    """Files of a template, such as ``lab/static/voila.js``."""


class FrontEndFileHandler(VoilaFileHandler, MultiStaticFileHandler):
    """Files of the front end itself."""


# Ours builds on both of Voilà's.
TEMPLATES = frozenset({"homevisit", "lab", "base"})
OURS = {TemplateStaticFileHandler: TemplateFileHandler, MultiStaticFileHandler: FrontEndFileHandler}
