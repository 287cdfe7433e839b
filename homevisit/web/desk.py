"""The pages of the trainer's desk: the queue, one text, settings and release, the comment bank, the record."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from homevisit.errors import CourseError, InvalidEntryError
from homevisit.services.desk import (
    agreement,
    anchor_making,
    anchor_rules,
    anchors,
    bank,
    examples,
    given_back,
    history,
    queueing,
    release,
    viewing,
)
from homevisit.store.values_desk import DeskSettings, QueueFilters
from homevisit.web.api import owner_key
from homevisit.web.base import CourseHandler
from homevisit.web.desk_api import KINDS

if TYPE_CHECKING:
    from homevisit.store.values_desk import ReadingKind

FILTERS = tuple(field.name for field in fields(QueueFilters))
MOST_RECORDS = 200


class DeskHandler(CourseHandler):
    """Base of the desk's pages."""

    async def prepare(self) -> None:
        """Refuse everybody but trainers and administrators."""
        await super().prepare()
        if self.person is not None:
            self.need_role("trainer", "administrator")

    def filters(self) -> QueueFilters:
        """Return what the address asks for."""
        return QueueFilters(
            **{
                name: self.get_query_argument(name, "")
                for name in FILTERS
                if self.get_query_argument(name, "")
            }
        )

    def query(self, filters: QueueFilters, **more: object) -> str:
        """Return the part of an address that asks for the same again."""
        given = {name: getattr(filters, name) for name in FILTERS} | more
        blank = QueueFilters()
        return urlencode({name: value for name, value in given.items() if value != getattr(blank, name, "")})


class QueueHandler(DeskHandler):
    """What waits, oldest first."""

    async def get(self) -> None:
        """Show a page of the queue."""
        filters = self.filters()
        number = self.get_query_argument("page", "1")
        page = int(number) if number.isdecimal() and len(number) < 6 else 1  # noqa: PLR2004  digits
        found = await self.call(queueing.queue, self.store, self.catalogue, self.account, filters, page=page)
        held = await self.call(release.held_back, self.store)
        self.finish(
            self.page(
                "desk.html",
                queue=found,
                filters=filters,
                query=self.query,
                held=sum(held.values()),
                has_anchors=await self.call(anchor_rules.is_asked, self.store, self.catalogue) is not None,
                is_held_up=await self.call(anchors.is_held_up, self.store, self.catalogue, self.account),
            )
        )


class NextHandler(DeskHandler):
    """The way from one text to the next."""

    async def get(self) -> None:
        """Lead to the text that comes after the one that ``?after=`` names, or to the queue at its end."""
        filters = self.filters()
        after = self.get_query_argument("after", "")
        found = await self.call(queueing.next_item, self.store, self.account, filters, after)
        self.redirect(f"{self.url('course/desk', found)}?{self.query(filters)}")


class ReadingPageHandler(DeskHandler):
    """One text with everything beside it."""

    async def get(self, item_id: str) -> None:
        """Show it; ``?kind=`` says which reading is meant."""
        filters = self.filters()
        kind = self.get_query_argument("kind", "second" if filters.state == "second" else "first")
        if kind not in KINDS:
            raise InvalidEntryError("There is no such reading. Go back to the queue and open the text again.")
        view = await self.call(
            viewing.open_item,
            self.store,
            self.catalogue,
            self.account,
            item_id,
            filters,
            kind=cast("ReadingKind", kind),
        )
        await self.call(given_back.see_replies, self.store, self.account, item_id)
        place = (self.store, self.catalogue, self.account)
        self.finish(
            self.page(
                "desk_reading.html",
                view=view,
                filters=filters,
                query=self.query,
                is_held_up=await self.call(anchors.is_held_up, *place),
                examples=await self.call(examples.for_trainer, self.store, self.account, item_id),
                can_be_anchor=await self.call(anchor_making.is_possible, *place, item_id),
                state=json.dumps(_state(view) | {"owner": owner_key(self.account.account_id)}),
            )
        )


class SettingsHandler(DeskHandler):
    """How each lesson's texts are read, and the release of what is held back."""

    async def get(self) -> None:
        """Show the settings."""
        await self.show()

    async def post(self) -> None:
        """Store the settings of one lesson, or release it."""
        lesson_id = self.get_body_argument("lesson", "")
        try:
            if self.get_body_argument("do", "") == "release":
                count = await self.call(release.release_lesson, self.store, self.account, lesson_id)
                done = f"{count} {'text is' if count == 1 else 'texts are'} released."
            elif self.get_body_argument("do", "") == "anchors":
                is_on = self.get_body_argument("anchors_first", "") == "yes"
                await self.call(anchor_rules.ask, self.store, self.account, is_on=is_on)
                done = "Kept."
            else:
                place = (self.store, self.catalogue, self.account)
                await self.call(release.change_settings, *place, self.wanted(lesson_id))
                is_on = self.get_body_argument("examples", "") == "yes"
                await self.call(examples.show, *place, lesson_id, is_on=is_on)
                done = "Kept."
        except CourseError as exc:
            self.set_status(exc.status)
            await self.show(problem=exc.message)
            return
        await self.show(done=done)

    def wanted(self, lesson_id: str) -> DeskSettings:
        """Return the settings that the form holds."""
        share = self.get_body_argument("second_share", "0").strip() or "0"
        if not share.isdecimal() or len(share) > 3:  # noqa: PLR2004  100 percent has three digits
            raise InvalidEntryError("Write the share that is read twice as a whole number from 0 to 100.")
        return DeskSettings(
            lesson_id=lesson_id,
            release=cast("Any", self.get_body_argument("release", "")),
            second_share=int(share) / 100,
            is_anonymous=self.get_body_argument("is_anonymous", "") == "yes",
            allocation=cast("Any", self.get_body_argument("allocation", "")),
        )

    async def show(self, problem: str = "", done: str = "") -> None:
        """Send the page."""
        settings = await self.call(release.all_settings, self.store, self.catalogue)
        held = await self.call(release.held_back, self.store)
        titles = {info.lesson_id: info.title for info in self.catalogue.lessons()}
        self.finish(
            self.page(
                "desk_settings.html",
                settings=settings,
                held=held,
                titles=titles,
                problem=problem,
                done=done,
                examples=await self.call(examples.shown, self.store),
                anchors_first=await self.call(anchor_rules.is_asked, self.store, self.catalogue),
            )
        )


class BankPageHandler(DeskHandler):
    """The comment bank as a page of its own."""

    async def get(self) -> None:
        """Show one's own comments and the shared ones."""
        await self.show()

    async def post(self) -> None:
        """Keep, share or remove a comment."""
        text, comment_id = self.get_body_argument("text", ""), self.get_body_argument("comment", "")
        is_shared = self.get_body_argument("shared", "") == "yes"
        try:
            if self.get_body_argument("do", "") == "remove":
                await self.call(bank.remove, self.store, self.account, comment_id)
            elif comment_id:
                await self.call(bank.change, self.store, self.account, comment_id, text, is_shared=is_shared)
            else:
                await self.call(bank.keep, self.store, self.account, text, is_shared=is_shared)
        except CourseError as exc:
            self.set_status(exc.status)
            await self.show(problem=exc.message, typed=text)
            return
        self.redirect(self.url("course/desk/bank"), status=303)

    async def show(self, problem: str = "", typed: str = "") -> None:
        """Send the page; `typed` is what a refused form held."""
        found = await self.call(bank.comments, self.store, self.account)
        self.finish(
            self.page(
                "desk_bank.html",
                own=[one for one in found if one.owner_id == self.account.account_id],
                shared=[one for one in found if one.owner_id != self.account.account_id],
                problem=problem,
                typed=typed,
            )
        )


class AgreementHandler(DeskHandler):
    """Two readings of one text: differences, and agreement over time."""

    async def get(self) -> None:
        """Show both."""
        found = (self.store, self.catalogue, self.account)
        self.finish(
            self.page(
                "desk_agreement.html",
                differences=await self.call(agreement.differences, *found),
                agreements=await self.call(agreement.agreements, *found),
                fewest=agreement.FEWEST_PAIRS,
            )
        )


class RecordHandler(DeskHandler):
    """Who graded what, when, from what to what."""

    async def get(self) -> None:
        """Show the newest lines of the record; ``?format=csv`` sends all of them."""
        is_file = self.get_query_argument("format", "") == "csv"
        lines = await self.call(
            history.record_lines, self.store, self.account, limit=None if is_file else MOST_RECORDS
        )
        if not is_file:
            self.finish(
                self.page("desk_record.html", lines=lines, most=MOST_RECORDS, in_words=history.in_words)
            )
            return
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(history.COLUMNS)
        writer.writerows(history.as_row(line) for line in lines)
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", 'attachment; filename="record.csv"')
        self.finish(out.getvalue().encode("utf-8-sig"))  # the mark tells Excel that it is UTF-8


def _state(view: viewing.ItemView) -> dict[str, Any]:
    """Return what the page's script starts from."""
    own = view.own
    return {
        "item": view.item.item_id,
        "kind": view.kind,
        "text": view.text,
        "version": own.version if own else 0,
        "state": own.state if own else "",
        "highlights": list(own.highlights) if own else [],
        "is_open": view.item.state != "withdrawn" and not view.finished_by,
    }


ROUTES = [
    (r"course/desk", QueueHandler),
    (r"course/desk/next", NextHandler),
    (r"course/desk/settings", SettingsHandler),
    (r"course/desk/bank", BankPageHandler),
    (r"course/desk/record", RecordHandler),
    (r"course/desk/agreement", AgreementHandler),
    (r"course/desk/(i-[a-z0-9]+)", ReadingPageHandler),
]
