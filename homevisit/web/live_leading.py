"""The calls of who leads a group session; who may do what, the services say."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, TypeVar

from jupyter_server.auth.decorator import allow_unauthenticated

from homevisit.services.groups import leading, taking_part
from homevisit.web.live_handler import LiveApiHandler

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


class StageHandler(LiveApiHandler):
    """POST: go to a part of a step."""

    @allow_unauthenticated
    async def post(self, session_id: str) -> None:
        """Send the leader's state; 409 with it when another screen moved on meanwhile."""
        viewer = self.account
        done = await self.act(
            session_id,
            "leader",
            leading.set_stage,
            self.store,
            viewer,
            session_id,
            position=self.wanted("position", int),
            phase=self.wanted("phase", str),
            base=self.wanted("base", int),
        )
        if done is not None:
            self.reply(await self.view(session_id, "leader"))
            await self.call(taking_part.prepare_scoring, self.catalogue, done)


class LeaderActionHandler(LiveApiHandler):
    """POST: what the leader does besides moving on; the leader's state comes back."""

    @allow_unauthenticated
    async def post(self, session_id: str, action: str) -> None:
        """Do it."""
        viewer = self.account
        if action == "points":
            shown = self.wanted("shown", bool)
            await self.done(session_id, leading.show_points, self.store, viewer, session_id, shown=shown)
        elif action == "take-over":
            await self.done(session_id, leading.take_over, self.store, viewer, session_id)
        elif action == "pairs":
            await self.done(session_id, leading.form_pairs, self.store, viewer, session_id)
        else:
            await self.done(session_id, leading.end, self.store, self.live.presence, viewer, session_id)

    async def done(
        self, session_id: str, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Run a service of the leader and send the state."""
        await self.act(session_id, "leader", function, *args, **kwargs)
        if not self._finished:
            self.reply(await self.view(session_id, "leader"))


class EntryHandler(LeaderActionHandler):
    """POST: hide or pin an entry, or undo it."""

    @allow_unauthenticated
    async def post(self, session_id: str, entry_id: str) -> None:
        """Change what the body names."""
        viewer, body = self.account, self.body()
        wanted = {name: body[name] for name in ("is_hidden", "is_pinned") if isinstance(body.get(name), bool)}
        await self.done(session_id, leading.change_entry, self.store, viewer, session_id, entry_id, **wanted)


class RemoveHandler(LeaderActionHandler):
    """POST: take a participant out."""

    @allow_unauthenticated
    async def post(self, session_id: str, participant_id: str) -> None:
        """Take the participant out; the name is free again."""
        viewer, presence = self.account, self.live.presence
        await self.done(
            session_id, leading.remove_participant, self.store, presence, viewer, session_id, participant_id
        )


class ParkedHandler(LeaderActionHandler):
    """POST: mark a parked question as talked about."""

    @allow_unauthenticated
    async def post(self, session_id: str, entry_id: str) -> None:
        """Mark it, or take the mark away."""
        viewer, is_done = self.account, self.wanted("is_done", bool)
        await self.done(
            session_id, leading.set_parked, self.store, viewer, session_id, entry_id, is_done=is_done
        )
