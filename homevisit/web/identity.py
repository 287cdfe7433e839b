"""Who is asking: our accounts behind jupyter_server's identity provider."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jupyter_server.auth import Authorizer, IdentityProvider, User

from homevisit.errors import NotSignedInError
from homevisit.services import signin
from homevisit.web.cookies import TokenCookie

if TYPE_CHECKING:
    from tornado.web import RequestHandler

    from homevisit.services.accounts import SignedIn
    from homevisit.store.engine import Store

SIGN_IN = TokenCookie("homevisit-sign-in", days=30)


@dataclass
class Visitor(User):
    """The signed-in person in the form that jupyter_server expects; `signed_in` is ours."""

    signed_in: SignedIn | None = None


class CourseIdentityProvider(IdentityProvider):
    """Cookie sign-in only: no shared token, no anonymous visitor, no password of the server's own."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("token", None)  # Voilà passes an empty one, which would switch sign-in off
        super().__init__(**kwargs)

    @property
    def store(self) -> Store:
        """Return the course's store, which the application holds."""
        store: Store = self.parent.course_store
        return store

    @property
    def auth_enabled(self) -> bool:
        """Sign-in is never off."""
        return True

    async def get_user(self, handler: RequestHandler) -> Visitor | None:
        """Return who sent this request, or None for a visitor who has not signed in."""
        token = SIGN_IN.token(handler)
        if not token:
            return None
        try:
            signed_in = await asyncio.to_thread(signin.signed_in, self.store, token)
        except NotSignedInError:
            return None
        account = signed_in.account
        return Visitor(
            username=account.account_id, name=account.name, display_name=account.name, signed_in=signed_in
        )

    async def get_user_token(self, handler: RequestHandler) -> None:  # noqa: ARG002  the base class's signature
        """Refuse every token: a shared one would be everybody's password."""
        return

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return no routes: the pages bring their own sign-in."""
        return []


class CourseAuthorizer(Authorizer):
    """A kernel belongs to the person whose page started it."""

    def is_authorized(self, handler: Any, user: Visitor, action: str, resource: str) -> bool:  # noqa: ARG002
        """Return whether `user` may do `action`; kernels only for their owner, all else never."""
        if resource != "kernels":
            return False
        owner: str | None = handler.kernel_manager.owner(handler.path_kwargs.get("kernel_id", ""))
        return owner == user.username
