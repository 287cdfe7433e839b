"""The course API: what a lesson page loads, saves and commits."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from tornado.web import HTTPError

from homevisit.errors import ConflictError, InvalidResponseError, OtherPersonError
from homevisit.services import decisions, learning, naming, sharing, showing
from homevisit.services.desk import given_back
from homevisit.services.team import due
from homevisit.web.base import CourseHandler

if TYPE_CHECKING:
    from homevisit.services.learning import LessonState
    from homevisit.store.values import Attempt, Draft, Submission


class CourseApiHandler(CourseHandler):
    """JSON in, JSON out; a visitor gets 401 and keeps what was typed."""

    wants_json = True

    async def prepare(self) -> None:
        """Answer 401 instead of sending a script to the sign-in page."""
        await super().prepare(_redirect_to_login=False)
        claimed = self.request.headers.get("X-Course-Owner")
        if claimed and self.request.method != "GET" and claimed != owner_key(self.account.account_id):
            raise OtherPersonError(
                "Somebody else has signed in on this device. Load the page again to go on as that person; "
                "what was written here stays with the first one."
            )

    def body(self) -> dict[str, Any]:
        """Return the JSON object of the request; 400 when it is none."""
        try:
            found = json.loads(self.request.body)
        except (ValueError, RecursionError) as exc:  # the second for brackets within brackets without end
            raise HTTPError(400, "not JSON") from exc
        if not isinstance(found, dict):
            raise HTTPError(400, "not an object")
        return found

    def base(self, body: dict[str, Any]) -> int:
        """Return the version that the page saw last, 0 before the first; 400 when it is none."""
        base = body.get("base", 0)
        if type(base) is not int or not 0 <= base < 2**31:
            raise HTTPError(400, "base is no version")
        return base

    def reply(self, value: dict[str, Any], status: int = 200) -> None:
        """Send a JSON object."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(value, ensure_ascii=False))

    async def state(self, lesson_id: str) -> LessonState:
        """Return what this person has in a lesson."""
        return await self.call(
            learning.lesson_state, self.store, self.catalogue, self.account.account_id, lesson_id
        )

    async def reply_shown(self, attempt: Attempt, status: int) -> None:
        """Send an attempt as its learner may see it."""
        shown = await self.call(showing.shown_attempt, self.store, attempt)
        self.reply({"attempt": attempt_json(shown)}, status)

    def submission_json(self, submission: Submission, *, changed_since: bool) -> dict[str, Any]:
        """Return a submission as the page wants it."""
        return {
            "number": submission.number,
            "state": "queued" if submission.state == "grading" else submission.state,
            "submitted_at": instant(submission.submitted_at),
            "changed_since": changed_since,
        }


class StateHandler(CourseApiHandler):
    """GET: everything the person has in one lesson."""

    async def get(self, lesson_id: str) -> None:
        """Send drafts, attempts with their feedback, and the submission."""
        _ = self.xsrf_token  # sets the cookie that the page sends back with everything it saves
        state = await self.state(lesson_id)
        shown = await self.call(showing.shown_state, self.store, state)
        submission = state.submission
        account = self.account
        back = await self.call(given_back.returned, self.store, account.account_id, lesson_id)
        choices = await self.call(sharing.choices, self.store, self.catalogue, account.account_id, lesson_id)
        dues = await self.call(due.own_dues, self.store, self.catalogue, account, datetime.now(UTC))
        self.reply(
            {
                "owner": owner_key(self.account.account_id),
                "lesson_id": lesson_id,
                "title": state.title,
                "practice": account.is_practice,
                "due": dues[lesson_id].sentence if lesson_id in dues else "",
                "questions": {
                    question_id: {
                        "draft": draft_json(state.drafts[question_id])
                        if question_id in state.drafts
                        else None,
                        "attempts": [attempt_json(attempt) for attempt in shown[question_id]],
                    }
                    for question_id in state.question_ids
                },
                "returned": {question_id: asdict(found) for question_id, found in back.items()},
                "sharing": {question_id: sharing_json(*chosen) for question_id, chosen in choices.items()},
                "submission": submission
                and self.submission_json(submission, changed_since=state.has_changed_since_submission),
                "result_url": self.url("lessons", lesson_id, "result"),
            }
        )


class DraftHandler(CourseApiHandler):
    """PUT: keep what is being written."""

    async def put(self, lesson_id: str, question_id: str) -> None:
        """Save a draft; 409 with the server's draft when another device saved since."""
        body = self.body()
        base = self.base(body)
        account_id = self.account.account_id
        try:
            draft = await self.call(
                learning.save_draft,
                self.store,
                self.catalogue,
                account_id,
                lesson_id,
                question_id,
                response=body.get("response"),
                base=base,
            )
        except ConflictError as exc:
            newer = await self.call(learning.find_draft, self.store, account_id, lesson_id, question_id)
            error = {"code": exc.code, "message": exc.message}
            self.reply({"error": error, "draft": newer and draft_json(newer)}, exc.status)
            return
        self.reply({"version": draft.version, "saved_at": instant(draft.saved_at)})


class AttemptsHandler(CourseApiHandler):
    """POST: commit a response and get feedback."""

    async def post(self, lesson_id: str, question_id: str) -> None:
        """Commit an attempt; 409 with all attempts when another device committed meanwhile."""
        body = self.body()
        number, token = body.get("number"), body.get("token")
        if type(number) is not int or not isinstance(token, str):
            raise InvalidResponseError(
                "The page sent an incomplete request. Reload the page; what you wrote is kept."
            )
        try:
            attempt, is_new = await self.call(
                learning.commit_attempt,
                self.store,
                self.catalogue,
                self.account.account_id,
                lesson_id,
                question_id,
                response=body.get("response"),
                number=number,
                token=token,
            )
        except ConflictError as exc:
            state = await self.state(lesson_id)
            shown = await self.call(showing.shown_state, self.store, state)
            tried = [attempt_json(found) for found in shown.get(question_id, ())]
            self.reply({"error": {"code": exc.code, "message": exc.message}, "attempts": tried}, exc.status)
            return
        await self.reply_shown(attempt, 201 if is_new else 200)


class RequestsHandler(CourseApiHandler):
    """POST: ask a trainer to read a point that the first reading did not find."""

    async def post(self, lesson_id: str, question_id: str) -> None:
        """Keep the request and send the attempt with it; asking twice changes nothing."""
        body = self.body()
        number, point_id = body.get("number"), body.get("point")
        if type(number) is not int or not isinstance(point_id, str):
            raise HTTPError(400, "no number of a try, or no point")
        account_id = self.account.account_id
        attempt = await self.call(
            decisions.ask_to_read,
            self.store,
            account_id,
            lesson_id,
            question_id,
            number=number,
            point_id=point_id,
        )
        await self.reply_shown(attempt, 200)


class PrivacyHandler(CourseApiHandler):
    """POST: look at a response before it is committed; nothing of it is kept."""

    async def post(self, lesson_id: str, question_id: str) -> None:
        """Send the pieces that may tell who somebody is, and what each may be."""
        response = self.body().get("response")
        found = await self.call(naming.naming_hints, self.catalogue, lesson_id, question_id, response)
        self.reply({"findings": [{"text": finding.text, "kind": finding.kind} for finding in found]})


class SubmissionHandler(CourseApiHandler):
    """POST: hand the lesson in. GET: how far its grading is."""

    async def get(self, lesson_id: str) -> None:
        """Send the newest submission, or null."""
        state = await self.state(lesson_id)
        changed = state.has_changed_since_submission
        found = state.submission and self.submission_json(state.submission, changed_since=changed)
        self.reply({"submission": found})

    async def post(self, lesson_id: str) -> None:
        """Hand in the newest attempt at every question; grading starts at once."""
        token = self.body().get("token")
        if not isinstance(token, str):
            raise InvalidResponseError(
                "The page sent an incomplete request. Reload the page; nothing is lost."
            )
        account_id = self.account.account_id
        submission = await self.call(
            learning.submit_lesson, self.store, self.catalogue, account_id, lesson_id, token
        )
        self.settings["course"].grading.wake()
        self.reply({"submission": self.submission_json(submission, changed_since=False)}, 202)


class UnknownApiHandler(CourseApiHandler):
    """Anything else below the API's address."""

    async def get(self, path: str) -> None:  # noqa: ARG002  the address itself says nothing more
        """Answer 404 in JSON."""
        raise HTTPError(404)

    post = put = delete = patch = get


def instant(moment: datetime) -> str:
    """Return a moment as ISO 8601 text in UTC."""
    return moment.isoformat().replace("+00:00", "Z")


def draft_json(draft: Draft) -> dict[str, Any]:
    """Return a draft as the page wants it."""
    return {"response": draft.response, "version": draft.version, "saved_at": instant(draft.saved_at)}


def sharing_json(readers: str, mark: str) -> dict[str, Any]:
    """Return who may read a text as the page wants it."""
    return {"readers": readers, "mark": mark}


def attempt_json(attempt: Attempt) -> dict[str, Any]:
    """Return an attempt as the page wants it; `services.showing` has taken out what is held back."""
    return {
        "number": attempt.number,
        "response": attempt.response,
        "committed_at": instant(attempt.committed_at),
        "raw": attempt.raw,
        "max": attempt.max,
        "feedback": attempt.feedback,
    }


def owner_key(account_id: str) -> str:
    """Return a key for the browser's storage that keeps people on one device apart, and names nobody."""
    return hashlib.sha256(f"browser storage of {account_id}".encode()).hexdigest()[:16]


ROUTES = [
    (r"course/api/lessons/([a-z0-9-]+)/state", StateHandler),
    (r"course/api/lessons/([a-z0-9-]+)/questions/([a-z0-9-]+)/draft", DraftHandler),
    (r"course/api/lessons/([a-z0-9-]+)/questions/([a-z0-9-]+)/attempts", AttemptsHandler),
    (r"course/api/lessons/([a-z0-9-]+)/questions/([a-z0-9-]+)/requests", RequestsHandler),
    (r"course/api/lessons/([a-z0-9-]+)/questions/([a-z0-9-]+)/privacy", PrivacyHandler),
    (r"course/api/lessons/([a-z0-9-]+)/submission", SubmissionHandler),
    (r"course/api/(.*)", UnknownApiHandler),
]
