"""Cookies that hold an opaque token: out of reach of scripts and of other sites' forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tornado.web import RequestHandler


@dataclass(frozen=True, slots=True)
class TokenCookie:
    """A cookie of one name that is believed for some days."""

    name: str
    days: int

    def token(self, handler: RequestHandler) -> str:
        """Return the token that a request brings, or an empty string."""
        value = handler.get_secure_cookie(self.name, max_age_days=self.days)
        return value.decode() if value else ""

    def set(self, handler: RequestHandler, token: str) -> None:
        """Let the browser keep a token."""
        handler.set_secure_cookie(
            self.name,
            token,
            expires_days=self.days,
            httponly=True,
            samesite="Lax",
            secure=handler.request.protocol == "https",
            path=handler.settings["base_url"],
        )

    def clear(self, handler: RequestHandler) -> None:
        """Forget the token in the browser."""
        handler.clear_cookie(self.name, path=handler.settings["base_url"])
