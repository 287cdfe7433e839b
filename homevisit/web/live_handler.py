"""What the calls of group sessions share: who asks from which device, the view of a screen, waking others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from tornado.web import HTTPError

from homevisit.errors import ConflictError, InvalidResponseError
from homevisit.services.groups import views
from homevisit.services.groups.taking_part import INCOMPLETE, Device
from homevisit.web.api import CourseApiHandler
from homevisit.web.base import explain
from homevisit.web.join import PARTICIPANT

if TYPE_CHECKING:
    from collections.abc import Callable

    from homevisit.store.values import Account
    from homevisit.web.live_state import LiveState

P = ParamSpec("P")
T = TypeVar("T")
KINDS = ("leader", "projector", "phone")


class LiveApiHandler(CourseApiHandler):
    """Base of the calls; who may do what is decided by the services, for people without an account too."""

    @property
    def live(self) -> LiveState:
        """What the server keeps in memory for group sessions."""
        found: LiveState = self.settings["course"].live
        return found

    @property
    def viewer(self) -> Account | None:
        """The account that is signed in, or None."""
        return None if self.person is None else self.person.account

    @property
    def device(self) -> Device:
        """Who takes part from here: the account, or the cookie of this browser."""
        return Device(self.viewer, PARTICIPANT.token(self))

    def kind(self) -> str:
        """Return which screen asks; 400 for any other."""
        found = self.get_query_argument("as", "")
        if found not in KINDS:
            raise HTTPError(400, "no such screen")
        return found

    def error_details(self, error: BaseException | None) -> dict[str, Any]:
        """Add the sentence on its own."""
        status = error.status_code if isinstance(error, HTTPError) else 500
        return {"message": explain(status, error)[1]}

    async def view(self, session_id: str, kind: str) -> dict[str, Any]:
        """Return what a screen shows."""
        found = (self.store, self.catalogue)
        if kind == "phone":
            return await self.call(views.phone_view, *found, self.device, session_id, cache=self.live.views)
        make = views.leader_view if kind == "leader" else views.projector_view
        address = f"{self.request.protocol}://{self.request.host}{self.url('course', 'join')}"
        return await self.call(
            make, *found, self.viewer, session_id, join_address=address, cache=self.live.views
        )

    async def act(
        self, session_id: str, kind: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Run a service and wake the screens; a conflict is sent with what the screen should show now."""
        try:
            done = await self.call(function, *args, **kwargs)
        except ConflictError as exc:
            error = {"code": exc.code, "message": exc.message}
            reply = {"error": error, "message": exc.message, "state": await self.view(session_id, kind)}
            self.reply(reply, exc.status)
            return None
        self.live.bus.changed([session_id])
        return done

    def wanted(self, name: str, kind: type[T]) -> T:
        """Return an entry of the body; InvalidResponseError when it is missing or of another kind."""
        found = self.body().get(name)
        if type(found) is not kind:
            raise InvalidResponseError(INCOMPLETE)
        return found
