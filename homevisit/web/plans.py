"""Pages before a group session: the list of sessions and plans, a plan to change, and what to print of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from homevisit.errors import ConflictError, CourseError, InvalidEntryError
from homevisit.services.plans import access, expecting, keeping, listing, sheets
from homevisit.services.plans.editing import rows_of
from homevisit.services.plans.scenes import sections_of
from homevisit.web.base import CourseHandler
from homevisit.web.plan_form import PlanForm, read_form, read_version, whole_number

if TYPE_CHECKING:
    from homevisit.services.plans.keeping import StoredPlan

DONE = {
    "remove": "The plan is removed. It stands below “Removed plans”.",
    "restore": "The plan is back on the list.",
}
KINDS = {"talk": "Talk", "scene": "Scene", "question": "Question", "break": "Break"}


class PlanHandler(CourseHandler):
    """What the pages of plans share."""

    async def plan(self, plan_id: str) -> StoredPlan:
        """Return a plan of a team that this person leads."""
        return await self.call(keeping.get_plan, self.store, self.account, plan_id)


class SessionsHandler(PlanHandler):
    """Sessions that run, plans, and sessions that have ended."""

    async def get(self) -> None:
        """Show the lists."""
        done = DONE.get(self.get_query_argument("done", ""), "")
        await self.show(done=done)

    async def post(self) -> None:
        """Make a first plan from a lesson or in the PIWI order and open it, or show the form with a sentence."""
        typed = {name: self.get_body_argument(name, "") for name in ("begin", "team", "title")}
        try:
            made = await self.call(keeping.start_plan, self.store, self.catalogue, self.account, **typed)
        except InvalidEntryError as exc:
            self.set_status(exc.status)
            await self.show(problem=exc.message, typed=typed)
            return
        self.redirect(self.url("course/plans", made.plan_id), status=303)

    async def show(self, *, done: str = "", problem: str = "", typed: dict[str, str] | None = None) -> None:
        """Send the page; `typed` is what a refused form held."""
        running, ended = await self.call(listing.sessions_for, self.store, self.account)
        found = await self.call(keeping.plans_for, self.store, self.account)
        teams = await self.call(access.teams_for, self.store, self.account)
        lessons = self.catalogue.lessons()
        self.finish(
            self.page(
                "sessions.html",
                running=running,
                ended=ended,
                plans=[one for one in found if one.removed_at is None],
                removed=[one for one in found if one.removed_at is not None],
                teams=teams,
                no_team=access.NO_TEAM,
                lessons=lessons,
                titles={info.lesson_id: info.title for info in lessons},
                piwi=keeping.PIWI,
                join_address=f"{self.request.protocol}://{self.request.host}{self.url('course/join')}",
                done=done,
                problem=problem,
                typed=typed or {"begin": "", "team": "", "title": ""},
            )
        )


class PlanPageHandler(PlanHandler):
    """A plan to read and to change."""

    async def get(self, plan_id: str) -> None:
        """Show it."""
        stored = await self.plan(plan_id)
        form = PlanForm(
            stored.plan.title,
            rows_of(stored.plan.steps),
            rows_of(stored.removed_steps),
            stored.version,
        )
        done = {"1": "Saved.", "copy": "This is your copy. Change it as you like."}
        await self.show(stored, form, done=done.get(self.get_query_argument("saved", ""), ""))

    async def post(self, plan_id: str) -> None:
        """Save it after what the button does; what cannot be saved is shown again with a sentence."""
        stored = await self.plan(plan_id)
        form = read_form(self)
        do = self.get_body_argument("do", "save")
        more = (self.get_body_argument("add-what", ""), self.get_body_argument("add-after", ""))
        if do == "mine":
            form = PlanForm(form.title, form.rows, form.removed, read_version(self, "newest"))
        place = ""
        try:
            form, place = form.changed(self.catalogue, stored.plan.lesson_id, do, more)
            saved = await self.call(
                keeping.save_plan,
                self.store,
                self.account,
                plan_id,
                content=form.content(stored.plan.lesson_id),
                removed_steps=form.removed_steps(),
                base=form.base,
            )
        except (InvalidEntryError, ConflictError) as exc:
            self.set_status(exc.status)
            await self.refuse(stored, form, exc)
            return
        if self.is_script:
            self.send_json({"version": saved.version, "minutes": saved.plan.minutes})
            return
        self.redirect(
            self.url("course/plans", plan_id) + "?saved=1" + (f"#step-{place}" if place else ""), status=303
        )

    @property
    def is_script(self) -> bool:
        """Whether our script saves, and stays on the page."""
        return "application/json" in self.request.headers.get("Accept", "")

    def send_json(self, content: dict[str, Any]) -> None:
        """Send JSON."""
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(content))

    async def refuse(self, stored: StoredPlan, form: PlanForm, problem: CourseError) -> None:
        """Send the sentence, and to a browser without script the page with what was typed."""
        if self.is_script:
            self.send_json({"message": problem.message, "code": problem.code})
            return
        newest = (await self.plan(stored.plan_id)).version
        is_newer = isinstance(problem, ConflictError) and stored.removed_at is None
        await self.show(stored, form, problem=problem.message, newest=newest if is_newer else 0)

    async def show(
        self, stored: StoredPlan, form: PlanForm, *, problem: str = "", done: str = "", newest: int = 0
    ) -> None:
        """Send the page; `newest` is the version of another window that stands against this one."""
        lesson_id, team = stored.plan.lesson_id, stored.team
        expected = await self.call(
            expecting.expectations, self.store, self.catalogue, self.account, team, stored.plan
        )
        sections = await self.call(sections_of, self.catalogue, lesson_id) if lesson_id else ()
        questions = self.catalogue.key(lesson_id).questions if lesson_id else {}
        self.finish(
            self.page(
                "plan.html",
                stored=stored,
                form=form,
                total=sum(_minutes(row["minutes"]) for row in form.rows),
                kinds=KINDS,
                expected=expected,
                sections={section.section_id: section.title for section in sections},
                questions={name: question.public.prompt for name, question in questions.items()},
                lesson=self.catalogue.lesson(lesson_id) if lesson_id else None,
                problem=problem,
                done=done,
                newest=newest,
                as_json=json.dumps,
            )
        )


class PlanActionHandler(PlanHandler):
    """Copies a plan, takes it off the list, or puts it back."""

    async def post(self, plan_id: str, action: str) -> None:
        """Do it, and go where it can be seen."""
        if action == "copy":
            made = await self.call(keeping.copy_plan, self.store, self.account, plan_id)
            self.redirect(self.url("course/plans", made.plan_id) + "?saved=copy", status=303)
            return
        change = keeping.remove_plan if action == "remove" else keeping.restore_plan
        await self.call(change, self.store, self.account, plan_id)
        self.redirect(self.url("course/sessions") + f"?done={action}", status=303)


class PlanPrintHandler(PlanHandler):
    """A plan on paper."""

    async def get(self, plan_id: str, version: str) -> None:
        """Show the handout for everybody, or the leader's notes."""
        stored = await self.plan(plan_id)
        sheet = await self.call(sheets.plan_sheet, self.catalogue, stored.plan)
        expected = await self.call(
            expecting.expectations, self.store, self.catalogue, self.account, stored.team, stored.plan
        )
        self.finish(
            self.page(
                "plan_print.html",
                stored=stored,
                sheet=sheet,
                is_leaders=version == "notes",
                expected=expected if version == "notes" else {},
                shared=[(one.prompt, one.quotes) for one in expected.values() if one.quotes],
            )
        )


def _minutes(text: Any) -> int:
    number = whole_number(text)
    return number if isinstance(number, int) else 0


ROUTES = [
    (r"course/sessions", SessionsHandler),
    (r"course/plans/(sp-[a-z0-9]+)", PlanPageHandler),
    (r"course/plans/(sp-[a-z0-9]+)/(copy|remove|restore)", PlanActionHandler),
    (r"course/plans/(sp-[a-z0-9]+)/(handout|notes)", PlanPrintHandler),
]
