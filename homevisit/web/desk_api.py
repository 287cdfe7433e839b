"""The API of the trainer's desk: claim, keep a draft, finish, take back, mark points, comment bank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from tornado.web import HTTPError

from homevisit.errors import ConflictError, HeldError, InvalidEntryError
from homevisit.services import decisions
from homevisit.services.desk import anchors, bank, claims, posting, reading
from homevisit.web.api import CourseApiHandler

if TYPE_CHECKING:
    from homevisit.store.values_desk import BankComment, Reading, ReadingKind

KINDS = ("first", "second", "resolution")


class DeskApiHandler(CourseApiHandler):
    """Base of the desk's calls; all are for trainers and administrators."""

    async def prepare(self) -> None:
        """Refuse everybody else before anything is read."""
        await super().prepare()
        if self.person is not None:
            self.need_role("trainer", "administrator")

    def error_details(self, error: BaseException | None) -> dict[str, Any]:
        """Say who holds a text until when, and the version of what was kept all the same."""
        details: dict[str, Any] = {}
        if isinstance(error, HeldError):
            details["held"] = {"name": error.name, "until": error.until.isoformat()}
        if isinstance(error, ConflictError) and error.version is not None:
            details["version"] = error.version
        return details

    def kind(self, body: dict[str, Any]) -> ReadingKind:
        """Return which reading of the text is meant."""
        found = body.get("kind", "first")
        if found not in KINDS:
            raise HTTPError(400, "no such kind of reading")
        return cast("ReadingKind", found)

    async def post_to_gradebook(self, item_id: str) -> bool:
        """Write the standing of a text into nbgrader's gradebook; return whether it took it."""
        left = await self.call(posting.post, self.store, self.course_settings, self.catalogue, [item_id])
        return not left


class ClaimHandler(DeskApiHandler):
    """POST: claim a text or prolong the claim. DELETE: give it back."""

    async def post(self, item_id: str) -> None:
        """Send until when it is claimed; 409 names who has it."""
        await self.call(anchors.need_anchors_read, self.store, self.catalogue, self.account)
        claim = await self.call(claims.claim, self.store, self.account, item_id, self.kind(self.body()))
        self.reply({"expires_at": claim.expires_at.isoformat()})

    async def delete(self, item_id: str) -> None:
        """Let others have it."""
        kind = self.kind({"kind": self.get_query_argument("kind", "first")})
        await self.call(claims.let_go, self.store, self.account, item_id, kind)
        self.reply({})


class ReadingHandler(DeskApiHandler):
    """PUT: keep what a trainer has put down so far."""

    async def put(self, item_id: str) -> None:
        """Keep the draft; 409 with the newer one when another window saved since."""
        body = self.body()
        base = body.get("base")
        if type(base) is not int:
            raise HTTPError(400, "no base")
        await self.call(anchors.need_anchors_read, self.store, self.catalogue, self.account)
        saved = await self.call(
            reading.save, self.store, self.account, item_id, kind=self.kind(body), given=body, base=base
        )
        self.reply(reading_json(saved))


class FinishHandler(DeskApiHandler):
    """POST: accept a text, or return it."""

    async def post(self, item_id: str) -> None:
        """Finish the reading and write its points into the gradebook."""
        body = self.body()
        base, outcome, reason = body.get("base"), body.get("outcome"), body.get("reason", "")
        if type(base) is not int or not isinstance(outcome, str) or not isinstance(reason, str):
            raise HTTPError(400, "no base or no outcome, or a reason that is no text")
        done = await self.call(
            reading.finish,
            self.store,
            self.catalogue,
            self.account,
            item_id,
            kind=self.kind(body),
            base=base,
            outcome=outcome,  # type: ignore[arg-type]  # the service refuses any other
            reason=reason,
        )
        is_posted = await self.post_to_gradebook(item_id)
        self.reply(reading_json(done) | {"in_gradebook": is_posted})


class TakeBackHandler(DeskApiHandler):
    """POST: undo a finished reading of one's own."""

    async def post(self, item_id: str) -> None:
        """Make it a draft again; the text waits in the gradebook too."""
        taken = await self.call(reading.take_back, self.store, self.account, item_id, self.kind(self.body()))
        await self.post_to_gradebook(item_id)
        self.reply(reading_json(taken))


class AsSecondHandler(DeskApiHandler):
    """POST: use one's draft of a text that another trainer has finished as a second reading."""

    async def post(self, item_id: str) -> None:
        """Make it one; 409 when there is none."""
        moved = await self.call(reading.use_as_second, self.store, self.account, item_id)
        self.reply(reading_json(moved))


class PointsHandler(DeskApiHandler):
    """POST: correct the first reading, point by point."""

    async def post(self, item_id: str) -> None:
        """Keep the marks; where they change a score, the submission is graded again."""
        marks = self.body().get("marks")
        if not isinstance(marks, dict):
            raise HTTPError(400, "no marks")
        attempt_id = await self.call(reading.attempt_of, self.store, self.account, item_id)
        decided = await self.call(decisions.decide, self.store, self.account, attempt_id, marks)
        if decided.is_queued:
            self.settings["course"].grading.wake()
        self.reply({"marks": {made.point_id: made.decided for made in decided.decisions}})


class ExemplarHandler(DeskApiHandler):
    """POST: ask the learner whether the text may be shown to others as an example."""

    async def post(self, item_id: str) -> None:
        """Ask once; 409 when the learner has said no."""
        await self.call(reading.ask_for_exemplar, self.store, self.account, item_id)
        self.reply({"consent": "asked"})


class BankHandler(DeskApiHandler):
    """GET: one's own comments and the shared ones. POST: keep a new one."""

    async def get(self) -> None:
        """Send them, the most used first."""
        found = await self.call(bank.comments, self.store, self.account)
        self.reply({"comments": [comment_json(one, self.account.account_id) for one in found]})

    async def post(self) -> None:
        """Keep a comment."""
        body = self.body()
        if not isinstance(body.get("text"), str):
            raise InvalidEntryError("Write the comment first, then keep it.")
        kept = await self.call(
            bank.keep, self.store, self.account, body["text"], is_shared=body.get("shared") is True
        )
        self.reply({"comment": comment_json(kept, self.account.account_id)}, 201)


class BankCommentHandler(DeskApiHandler):
    """POST: count a use. PUT: change one's own. DELETE: remove one's own."""

    async def post(self, comment_id: str) -> None:
        """Count that it was put into a reading."""
        await self.call(bank.use, self.store, self.account, comment_id)
        self.reply({})

    async def put(self, comment_id: str) -> None:
        """Change its words, or share it."""
        body = self.body()
        if not isinstance(body.get("text"), str):
            raise InvalidEntryError("Write the comment first, then keep it.")
        await self.call(
            bank.change,
            self.store,
            self.account,
            comment_id,
            body["text"],
            is_shared=body.get("shared") is True,
        )
        self.reply({})

    async def delete(self, comment_id: str) -> None:
        """Remove it from the bank; readings that hold its words keep them."""
        await self.call(bank.remove, self.store, self.account, comment_id)
        self.reply({})


def reading_json(found: Reading) -> dict[str, Any]:
    """Return a reading as the page wants it."""
    return {
        "version": found.version,
        "state": found.state,
        "outcome": found.outcome,
        "points": found.points,
        "ratings": found.ratings,
        "criterion_comments": found.criterion_comments,
        "comment": found.comment,
        "highlights": list(found.highlights),
        "saved_at": found.saved_at.isoformat(),
    }


def comment_json(found: BankComment, viewer_id: str) -> dict[str, Any]:
    """Return a comment of the bank as the page wants it."""
    return {
        "id": found.comment_id,
        "text": found.text,
        "shared": found.is_shared,
        "own": found.owner_id == viewer_id,
        "used": found.used,
    }


ITEM = r"course/api/desk/(i-[a-z0-9]+)"
ROUTES = [
    (r"course/api/desk/bank", BankHandler),
    (r"course/api/desk/bank/(c-[a-z0-9]+)", BankCommentHandler),
    (ITEM + r"/claim", ClaimHandler),
    (ITEM + r"/reading", ReadingHandler),
    (ITEM + r"/finish", FinishHandler),
    (ITEM + r"/take-back", TakeBackHandler),
    (ITEM + r"/as-second", AsSecondHandler),
    (ITEM + r"/points", PointsHandler),
    (ITEM + r"/exemplar", ExemplarHandler),
]
