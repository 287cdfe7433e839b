"""Kernels that know nothing: owned by one person, with an allow-listed environment."""

from __future__ import annotations

import os
from typing import Any

from jupyter_server.base.call_context import CallContext
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError

# What Python and Jupyter need to start; everything else of the server's environment stays outside.
ALLOWED = frozenset(
    {"HOME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "PATH", "PYTHONPATH", "TMPDIR", "TZ", "VIRTUAL_ENV"}
    | {"JPY_PARENT_PID", "JUPYTER_PATH", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"}
)
ALLOWED_PREFIXES = ("VOILA_",)


def allowed_environment(environment: dict[str, str]) -> dict[str, str]:
    """Return the part of `environment` that a lesson's kernel may see."""
    return {
        name: value
        for name, value in environment.items()
        if name in ALLOWED or name.startswith(ALLOWED_PREFIXES)
    }


class CourseKernelManager(AsyncMappingKernelManager):
    """Records who owns each kernel, and lets nobody else stop it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._owners: dict[str, str] = {}

    def owner(self, kernel_id: str) -> str | None:
        """Return the account id of the kernel's owner, None for an unknown kernel."""
        return self._owners.get(kernel_id)

    def count(self) -> int:
        """Return how many kernels run."""
        return len(self.list_kernel_ids())

    async def start_kernel(
        self, *, kernel_id: str | None = None, path: str | None = None, **kwargs: Any
    ) -> str:
        """Start a kernel for the person of the current request; return its id."""
        visitor = _visitor()
        kwargs["env"] = allowed_environment(kwargs.get("env") or dict(os.environ))
        # a TCP port may be taken between probe and bind; a socket file is not
        kwargs.setdefault("kernel_name", "python3")
        started: str = await super().start_kernel(kernel_id=kernel_id, path=path, **kwargs)
        if visitor is not None:
            self._owners[started] = visitor
        return started

    async def shutdown_kernel(self, kernel_id: str, *args: Any, **kwargs: Any) -> None:
        """Stop a kernel; 403 when the request's person does not own it."""
        handler = CallContext.get(CallContext.JUPYTER_HANDLER)
        if handler is not None and kernel_id in self._owners and _visitor() != self._owners[kernel_id]:
            raise HTTPError(403, "That page belongs to someone else.")
        await super().shutdown_kernel(kernel_id, *args, **kwargs)
        self._owners.pop(kernel_id, None)


def _visitor() -> str | None:
    handler = CallContext.get(CallContext.JUPYTER_HANDLER)
    current = getattr(handler, "current_user", None)
    return getattr(current, "username", None)
