"""How JupyterLab saves a lesson's text: the Markdown that its author wrote, changed only where it was edited."""

from __future__ import annotations

import re
from contextvars import ContextVar
from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupytext.async_contentsmanager import build_async_jupytext_contents_manager_class
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from tornado.web import HTTPError

HEADER = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
# Jupytext writes its section, and JupyterLab the kernel's full name, as this machine has them.
OF_THE_MACHINE = ("jupytext", "kernelspec")

_is_notebook: ContextVar[bool] = ContextVar("_is_notebook", default=False)


class LessonFiles(AsyncLargeFileManager):
    """The files of the course folder; below Jupytext, so that it sees the Markdown made from a notebook."""

    async def save(self, model: dict[str, Any], path: str = "") -> Any:
        """Save a file; one made from a notebook keeps the header of the file it replaces."""
        if _is_notebook.get() and model["type"] == "file" and await self.file_exists(path):
            try:
                before = await super().get(path, type="file", format="text")
            except HTTPError:  # not a text
                return await super().save(model, path)
            model = {**model, "content": with_header_of(before["content"], model["content"])}
        return await super().save(model, path)


class LessonContents(build_async_jupytext_contents_manager_class(LessonFiles)):  # type: ignore[misc]  # untyped
    """Jupytext's way of opening Markdown as a notebook, over `LessonFiles`."""

    async def save(self, model: dict[str, Any], path: str = "") -> Any:
        """Save what JupyterLab sends."""
        token = _is_notebook.set(model["type"] == "notebook")
        try:
            return await super().save(model, path)
        finally:
            _is_notebook.reset(token)


def with_header_of(before: str, after: str) -> str:
    """Return `after` with the header of `before` where both say the same of the lesson."""
    old, new = HEADER.match(before), HEADER.match(after)
    if old is None or new is None or _wishes(old[0]) != _wishes(new[0]):
        return after
    return old[0] + after[new.end() :]


def _wishes(header: str) -> dict[str, Any] | None:
    """Return what a header says of the lesson: its own entries and the name of its kernel."""
    try:
        content = YAML(typ="safe", pure=True).load(header.strip("-\n"))
    except YAMLError:
        return None
    if not isinstance(content, dict):
        return None
    kernel = content.get("kernelspec")
    name = kernel.get("name") if isinstance(kernel, dict) else None
    return {key: value for key, value in content.items() if key not in OF_THE_MACHINE} | {"kernel": name}
