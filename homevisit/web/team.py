"""The team page for supervisors, and the page of one person: how far people are, never what they write."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from homevisit.errors import ConflictError, InvalidEntryError
from homevisit.services import sharing
from homevisit.services.sheets import as_csv, as_xlsx
from homevisit.services.team import due, reminding, sheets, standing, talking
from homevisit.services.team.days import day_of, in_words
from homevisit.services.team.sorting import DEFAULT, SORTS, sorted_people
from homevisit.services.team.values import STAGES
from homevisit.web import sharing_api
from homevisit.web.base import CourseHandler
from homevisit.web.paper_exports import XLSX

if TYPE_CHECKING:
    from datetime import date

    from homevisit.services.team.values import TeamStanding

NO_SUCH_FORMAT = "The team's table comes as CSV or XLSX. Go back to the page and choose one of the two."
NO_SUCH_ACTION = "The page sent something the course does not know. Reload it and try again."


class TeamPageHandler(CourseHandler):
    """What both pages share."""

    @property
    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)

    def day_words(self, day: date) -> str:
        """Return a date as people say it."""
        return in_words(day, day_of(self.now))

    async def standing_of(self, team: str) -> TeamStanding:
        """Return how far a team is, what was measured just now included."""
        await self.call(self.settings["course"].regular.write_contacts)
        return await self.call(
            standing.standing, self.store, self.course_settings, self.catalogue, team, self.now
        )


class TeamHandler(TeamPageHandler):
    """Everybody in a team."""

    async def get(self) -> None:
        """Show the table; ``?format=csv`` or ``xlsx`` sends a file, ``&part=lessons`` the rows by lesson."""
        wanted = self.get_query_argument("format", "")
        if wanted not in ("", "csv", "xlsx"):
            raise InvalidEntryError(NO_SUCH_FORMAT)
        team = standing.team_of(self.account, self.get_query_argument("team", None))
        if wanted:
            await self.send_file(team, wanted)
        else:
            await self.show(team)

    async def post(self) -> None:
        """Set or remove the due date of a lesson; what cannot be taken is shown again with a sentence."""
        team = standing.team_of(self.account, self.get_body_argument("team", None))
        lesson_id, text = self.get_body_argument("lesson", ""), self.get_body_argument("due", "")
        try:
            await self.call(
                due.set_due_date,
                self.store,
                self.catalogue,
                self.account,
                team=team,
                lesson_id=lesson_id,
                text=text,
                now=self.now,
            )
        except InvalidEntryError as exc:
            self.set_status(exc.status)
            await self.show(team, problem=exc.message, typed={"lesson": lesson_id, "due": text})
            return
        self.redirect(f"{self.url('course', 'team')}?{urlencode({'team': team})}#{lesson_id}", status=303)

    async def show(self, team: str, problem: str = "", typed: dict[str, str] | None = None) -> None:
        """Send the page; `typed` is what a refused form held."""
        found = await self.standing_of(team)
        choices = await self.call(standing.team_choices, self.store)
        shared = await self.call(sharing.shared_counts, self.store, self.account)
        sort, order = self.get_query_argument("sort", DEFAULT), self.get_query_argument("order", "")
        sort = sort if sort in SORTS else DEFAULT
        is_down = order == "down" if order else SORTS[sort].is_down
        self.finish(
            self.page(
                "team.html",
                found=found,
                totals=found.totals,
                stages=STAGES,
                people=sorted_people(found.people, sort, is_down=is_down),
                sorts=SORTS,
                sort=sort,
                is_down=is_down,
                sees_all=self.account.role in standing.SEE_ALL,
                choices=choices,
                shared=shared,
                query=lambda **more: urlencode({"team": team} | more),
                words=self.day_words,
                today=day_of(self.now).isoformat(),
                problem=problem,
                typed=typed or {},
            )
        )

    async def send_file(self, team: str, wanted: str) -> None:
        """Send the table as a spreadsheet, or one part of it as CSV."""
        found = await self.standing_of(team)
        of_team, by_lesson = await self.call(sheets.team_sheets, found)
        part = self.get_query_argument("part", "")
        if wanted == "xlsx":
            body = await self.call(as_xlsx, (of_team, by_lesson))
        else:
            body = await self.call(as_csv, by_lesson if part == "lessons" else of_team)
        self.set_header("Content-Type", "text/csv; charset=utf-8" if wanted == "csv" else XLSX)
        self.set_header("Content-Disposition", f'attachment; filename="team.{wanted}"')
        self.finish(body)


class PersonHandler(TeamPageHandler):
    """One person, lesson by lesson."""

    async def get(self, account_id: str) -> None:
        """Show how far this person is, and the texts that are shared with the supervisor."""
        await self.show(account_id)

    async def post(self, account_id: str) -> None:
        """Give more time for a lesson, note a talk or send a reminder; a refusal is shown with a sentence."""
        lesson_id, text = self.get_body_argument("lesson", ""), self.get_body_argument("due", "")
        try:
            await self.act(account_id, lesson_id, text)
        except (InvalidEntryError, ConflictError) as exc:
            self.set_status(exc.status)
            await self.show(account_id, problem=exc.message, typed={"lesson": lesson_id, "due": text})
            return
        self.redirect(
            self.url("course", "team", account_id) + (f"#{lesson_id}" if lesson_id else ""), status=303
        )

    async def act(self, account_id: str, lesson_id: str, text: str) -> None:
        """Do what the form asks for."""
        store, catalogue, viewer, now = self.store, self.catalogue, self.account, self.now
        action = self.get_body_argument("action", "")
        if action == "extend":
            await self.call(
                due.extend, store, catalogue, viewer, account_id, lesson_id=lesson_id, text=text, now=now
            )
        elif action == "talked":
            await self.call(
                talking.note_talk, store, catalogue, viewer, account_id, lesson_id=lesson_id, now=now
            )
        elif action == "remind":
            await self.call(reminding.remind, store, catalogue, viewer, account_id, now)
        else:
            raise InvalidEntryError(NO_SUCH_ACTION)

    async def show(self, account_id: str, problem: str = "", typed: dict[str, str] | None = None) -> None:
        """Send the page; `typed` is what a refused form held."""
        learner = await self.call(standing.member, self.store, self.account, account_id)
        found = await self.standing_of(learner.team)
        shared = await self.call(sharing.shared_with_supervisor, self.store, self.account, learner)
        asked_at = await self.call(reminding.last_asked, self.store, account_id)
        extensions = await self.call(due.extensions_of, self.store, learner)
        self.finish(
            self.page(
                "team_person.html",
                person_standing=next(one for one in found.people if one.account.account_id == account_id),
                found=found,
                shared=[
                    (one, self.title(one.lesson_id), self.prompt(one.lesson_id, one.question_id))
                    for one in shared
                ],
                sees_texts=self.account.role == "supervisor",
                asked_at=asked_at,
                is_asked_today=asked_at is not None and day_of(asked_at) == day_of(self.now),
                extensions=extensions,
                words=self.day_words,
                today=day_of(self.now).isoformat(),
                problem=problem,
                typed=typed or {},
            )
        )

    def title(self, lesson_id: str) -> str:
        """Return the title of a lesson; a sentence for one that the course has no more."""
        titles = {info.lesson_id: info.title for info in self.catalogue.lessons()}
        return titles.get(lesson_id, "A lesson that the course has no more")

    def prompt(self, lesson_id: str, question_id: str) -> str:
        """Return what a question asks; a sentence for one that the lesson has no more."""
        infos = {info.lesson_id for info in self.catalogue.lessons()}
        questions = self.catalogue.key(lesson_id).questions if lesson_id in infos else {}
        return (
            questions[question_id].public.prompt
            if question_id in questions
            else "A question that the lesson has no more"
        )


ROUTES = [
    (r"course/team", TeamHandler),
    (r"course/team/(a-[a-z2-7]+)", PersonHandler),
    *sharing_api.ROUTES,
]
