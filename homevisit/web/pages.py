"""The pages around the lessons: home, result, health, assets."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from jupyter_server.auth.decorator import allow_unauthenticated

from homevisit.errors import InvalidEntryError, MissingEntryError
from homevisit.services import commitments, grading, handed_in, learning, mailing, progress
from homevisit.services.desk import examples, given_back, queueing, release
from homevisit.services.groups import joining, kept
from homevisit.services.plans import tasks
from homevisit.services.team import due as due_dates
from homevisit.services.team import reminding, standing
from homevisit.web.base import CourseHandler


class HomeHandler(CourseHandler):
    """The first page after signing in; each role has its own."""

    async def get(self) -> None:
        """Show the syllabus with progress, and what this role looks after."""
        await self.show()

    async def post(self) -> None:
        """Keep how a commitment went; what cannot be taken is shown again with a sentence."""
        attempt_id = self.get_body_argument("attempt", "")
        outcome, text = self.get_body_argument("outcome", ""), self.get_body_argument("text", "")
        try:
            await self.call(
                commitments.tell,
                self.store,
                self.catalogue,
                self.account.account_id,
                attempt_id,
                outcome=outcome,
                text=text,
                now=datetime.now(UTC),
            )
        except InvalidEntryError as exc:
            self.set_status(exc.status)
            await self.show(
                problem=exc.message, typed={"attempt": attempt_id, "text": text, "outcome": outcome}
            )
            return
        self.redirect(self.base_url)

    async def show(self, problem: str = "", typed: dict[str, str] | None = None) -> None:
        """Send the page; `typed` is what a refused form held."""
        account = self.account
        store, catalogue = self.store, self.catalogue
        rows = await self.call(progress.own_lessons, store, catalogue, account.account_id)
        due: tuple[commitments.Commitment, ...] = ()
        overview = None
        news = await self.call(given_back.news, store, catalogue, account.account_id)
        if account.role == "learner":
            due = await self.call(
                commitments.due_commitments, store, catalogue, account.account_id, datetime.now(UTC)
            )
        else:
            overview = await self.call(progress.overview, store, self.course_settings, catalogue, account)
        now = datetime.now(UTC)
        attention = await self.call(standing.attention, store, self.course_settings, catalogue, account, now)
        self.finish(
            self.page(
                "home.html",
                course=catalogue.course(),
                rows=rows,
                due=due,
                news=news,
                overview=overview,
                to_read=await self.call(queueing.waiting_count, store, account),
                attention=attention,
                dues=await self.call(due_dates.own_dues, store, catalogue, account, now),
                nudge=await self.call(reminding.nudge, store, catalogue, account, now),
                agreed=await self.call(tasks.own_tasks, store, account),
                running=await self.call(joining.running_for, store, account),
                account=account,
                problems=self.settings["course"].pages.problems,
                mail_trouble=await self.call(mailing.trouble, store, account),
                problem=problem,
                typed=typed or {},
            )
        )


class ResultHandler(CourseHandler):
    """Points of each question of a lesson that was handed in."""

    async def get(self, lesson_id: str) -> None:
        """Show the points from the gradebook, and what is still with the trainer."""
        await self.show(lesson_id)

    async def post(self, lesson_id: str) -> None:
        """Keep a reply to the trainer, or whether a text may be shown as an example."""
        item_id, text = self.get_body_argument("item", ""), self.get_body_argument("text", "")
        consent = self.get_body_argument("consent", "")
        try:
            if consent:
                await self.call(
                    given_back.answer_consent, self.store, self.account, item_id, is_given=consent == "yes"
                )
            else:
                token = self.get_body_argument("token", "")
                await self.call(given_back.reply, self.store, self.account, item_id, text, token)
        except InvalidEntryError as exc:
            self.set_status(exc.status)
            await self.show(lesson_id, problem=exc.message, typed={"item": item_id, "text": text})
            return
        self.redirect(self.url("lessons", lesson_id, "result"), status=303)

    async def show(self, lesson_id: str, problem: str = "", typed: dict[str, str] | None = None) -> None:
        """Send the page; `typed` is what a refused reply held."""
        account = self.account
        state = await self.call(
            learning.lesson_state, self.store, self.catalogue, account.account_id, lesson_id
        )
        if state.submission is None:
            raise MissingEntryError(
                "You have not handed this lesson in yet. Open it and choose “Hand in the lesson”."
            )
        is_graded = state.submission.state == "graded"
        rows = (
            await self.call(grading.results, self.course_settings, self.catalogue, account, lesson_id)
            if is_graded
            else ()
        )
        held = await self.call(release.held_questions, self.store, account.account_id, lesson_id)
        rows = given_back.without_held(rows, held)
        back = await self.call(
            given_back.given_back, self.store, self.catalogue, account.account_id, lesson_id
        )
        asked = await self.call(given_back.asked_for_consent, self.store, account.account_id, lesson_id)
        responses = await self.call(
            handed_in.handed_in_responses, self.store, self.catalogue, state.submission
        )
        self.finish(
            self.page(
                "result.html",
                state=state,
                rows=rows,
                is_graded=is_graded,
                total=handed_in.total(rows),
                responses=responses,
                back=back,
                asked=asked,
                examples=await self.call(examples.for_learner, self.store, account.account_id, lesson_id),
                in_groups=await self.call(kept.by_question, self.store, account.account_id, lesson_id),
                problem=problem,
                typed=typed or {},
                token=uuid4().hex,
            )
        )


class HealthHandler(CourseHandler):
    """For whoever watches the server."""

    @allow_unauthenticated
    async def get(self) -> None:
        """Answer 200 when the server can reach its store; say how many notebooks it ran and runs."""
        await self.call(progress.is_store_reachable, self.store)
        course = self.settings["course"]
        self.set_header("Content-Type", "application/json")
        figures = {"renderings": course.pages.renderings, "kernels": course.kernel_manager.count()}
        self.finish(json.dumps({"status": "ok", **figures}))


class AssetHandler(CourseHandler):
    """Style sheet and scripts; nothing personal, so no sign-in, and long to keep."""

    @allow_unauthenticated
    async def get(self, version: str | None, name: str) -> None:
        """Send a file; what is asked for by its version never changes and may be kept for good."""
        assets = self.settings["course"].assets
        if name not in assets.files:
            raise MissingEntryError("There is no such file in this course.")
        kept = version is not None and version.rstrip("/") == assets.version
        self.send_asset(assets.files[name], "public, max-age=31536000, immutable" if kept else "no-cache")


class UnknownPageHandler(CourseHandler):
    """Every address that is no page."""

    async def get(self, path: str) -> Any:  # noqa: ARG002  the address itself says nothing more
        """Answer 404 with a sentence."""
        raise MissingEntryError(
            "There is no page at this address. The home page lists everything you can open."
        )

    post = put = delete = patch = get


ROUTES = [
    (r"", HomeHandler),
    (r"lessons/([a-z0-9-]+)/result", ResultHandler),
    (r"health", HealthHandler),
    (r"course/static/(?:([0-9a-f]{12}/))?([a-z.]+)", AssetHandler),
]
