"""The pages of the anchors: rate a text, see what was agreed on, how it went; make one of a real text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.errors import CourseError, InvalidEntryError, MissingEntryError
from homevisit.services.desk import anchor_making, anchor_outcomes, anchor_rules, anchors
from homevisit.services.desk.queueing import prompt_of
from homevisit.services.desk.viewing import scene_of, situation_of
from homevisit.web.desk import DeskHandler

if TYPE_CHECKING:
    from homevisit.services.desk.anchors import AnchorText, Standing

NO_ROUND = "The page sent something the desk could not read. Load the page again."


class AnchorsHandler(DeskHandler):
    """The anchors, one after the other, and at the end how it went."""

    async def get(self) -> None:
        """Show the next text, or with ``?seen=`` and ``?round=`` what was agreed on for one."""
        seen = self.get_query_argument("seen", "")
        if seen:
            await self.show_seen(seen)
        else:
            await self.show()

    async def post(self) -> None:
        """Keep levels and show the agreed ones, or excuse a trainer, or remove an anchor."""
        wanted = self.get_body_argument("do", "rate")
        if wanted in ("excuse", "no-excuse"):
            trainer_id = self.get_body_argument("trainer", "")
            is_excused = wanted == "excuse"
            await self.call(anchor_rules.excuse, self.store, self.account, trainer_id, is_excused=is_excused)
        elif wanted == "remove":
            item_id = self.get_body_argument("item", "")
            await self.call(anchor_making.remove, self.store, self.account, item_id)
        else:
            await self.rate()
            return
        self.redirect(self.url("course/desk/anchors"), status=303)

    async def rate(self) -> None:
        """Store the levels of the form; where one is missing, show the form again with the others chosen."""
        anchor_id, number = self.get_body_argument("anchor", ""), self.round("body")
        ratings = {
            name.removeprefix("rate-"): int(values[-1])
            for name, values in self.request.body_arguments.items()
            if name.startswith("rate-") and values[-1].isdigit() and len(values[-1]) < 4  # noqa: PLR2004  levels are small
        }
        try:
            await self.call(
                anchors.rate,
                self.store,
                self.catalogue,
                self.account,
                anchor_id,
                number=number,
                ratings=ratings,
            )
        except InvalidEntryError as exc:
            self.set_status(exc.status)
            await self.show(problem=exc.message, chosen=ratings, anchor_id=anchor_id)
            return
        self.redirect(self.url("course/desk/anchors") + f"?seen={anchor_id}&round={number}", status=303)

    def round(self, place: str) -> int:
        """Return the number of the round; InvalidEntryError when there is none."""
        given = (self.get_body_argument if place == "body" else self.get_query_argument)("round", "")
        if not given.isdecimal() or len(given) > 4:  # noqa: PLR2004  nobody reads them ten thousand times
            raise InvalidEntryError(NO_ROUND)
        return int(given)

    async def show(
        self, problem: str = "", chosen: dict[str, int] | None = None, anchor_id: str = ""
    ) -> None:
        """Send the next text to rate, or how the round went."""
        store, catalogue, account = self.store, self.catalogue, self.account
        standing = await self.call(anchors.standing, store, catalogue, account)
        is_again = standing.is_done and (bool(problem) or self.get_query_argument("again", "") == "1")
        left = standing.texts if is_again else standing.left
        text = next((one for one in left if one.anchor_id == anchor_id), left[0] if left else None)
        self.finish(
            self.page(
                "desk_anchors.html",
                standing=standing,
                number=standing.number + 1 if is_again else standing.number,
                place=1 + len(standing.texts) - len(left),
                text=text,
                same=same_levels(standing),
                chosen=chosen or {},
                problem=problem,
                situation=situation_of(text.question) if text else "",
                scene=await self.call(scene_of, catalogue, text.question) if text else (),
                outcomes=await self.call(anchor_outcomes.outcomes, store, catalogue, account),
                trainers=await self.call(anchor_rules.trainers, store, catalogue, account),
                is_held_up=await self.call(anchors.is_held_up, store, catalogue, account),
                prompt=lambda one: prompt_of(catalogue, one.lesson_id, one.question_id),
            )
        )

    async def show_seen(self, anchor_id: str) -> None:
        """Send one rated text with the trainer's own levels beside the agreed ones."""
        standing = await self.call(anchors.standing, self.store, self.catalogue, self.account)
        number = self.round("query")
        text = anchors.find_text(standing.texts, anchor_id)
        if number != standing.number or anchor_id not in standing.rated:
            raise MissingEntryError("You have not rated this anchor text yet. Go to the anchor texts first.")
        ratings = standing.rated[anchor_id].ratings
        self.finish(
            self.page(
                "desk_anchor_seen.html",
                standing=standing,
                text=text,
                place=place_of(standing, text),
                lines=anchor_outcomes.compared(text, ratings),
                prompt=prompt_of(self.catalogue, text.lesson_id, text.question_id),
            )
        )


class NewAnchorHandler(DeskHandler):
    """Make an anchor of a real text."""

    async def get(self) -> None:
        """Show the copied text and the agreed levels."""
        await self.show(self.get_query_argument("item", ""))

    async def post(self) -> None:
        """Keep it, or show what was typed again with a sentence."""
        item_id, text = self.get_body_argument("item", ""), self.get_body_argument("text", "")
        whys = {
            name.removeprefix("why-"): self.get_body_argument(name)
            for name in self.request.body_arguments
            if name.startswith("why-")
        }
        is_looked_at = self.get_body_argument("looked", "") == "yes"
        try:
            await self.call(
                anchor_making.keep,
                self.store,
                self.catalogue,
                self.account,
                item_id,
                text=text,
                whys=whys,
                is_looked_at=is_looked_at,
            )
        except InvalidEntryError as exc:
            self.set_status(exc.status)
            await self.show(item_id, problem=exc, typed=text, whys=whys)
            return
        self.redirect(self.url("course/desk/anchors"), status=303)

    async def show(
        self,
        item_id: str,
        problem: CourseError | None = None,
        typed: str | None = None,
        whys: dict[str, str] | None = None,
    ) -> None:
        """Send the form."""
        found = await self.call(anchor_making.propose, self.store, self.catalogue, self.account, item_id)
        words = found.text if typed is None else typed
        self.finish(
            self.page(
                "desk_anchor_new.html",
                found=found,
                words=words,
                names=await self.call(anchor_making.names_in, self.catalogue, found.item.lesson_id, words),
                whys=whys or {name: one.why for name, one in found.agreed.items()},
                problem=problem.message if problem else "",
                prompt=prompt_of(self.catalogue, found.item.lesson_id, found.item.question_id),
            )
        )


def same_levels(standing: Standing) -> dict[str, int]:
    """Return for each rated text of the round on how many criteria the trainer gave the agreed level."""
    return {
        text.anchor_id: sum(
            one.own == one.agreed
            for one in anchor_outcomes.compared(text, standing.rated[text.anchor_id].ratings)
        )
        for text in standing.texts
        if text.anchor_id in standing.rated
    }


def place_of(standing: Standing, text: AnchorText) -> int:
    """Return which of the round's texts this was, counted in the order in which they were rated."""
    return list(standing.rated).index(text.anchor_id) + 1


ROUTES = [
    (r"course/desk/anchors", AnchorsHandler),
    (r"course/desk/anchors/new", NewAnchorHandler),
]
