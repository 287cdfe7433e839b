"""Pages to practice with, on screen and on paper: role-play cards and the memory book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.course.memory_book import load_memory_book
from homevisit.course.role_play import load_cards
from homevisit.errors import MissingEntryError
from homevisit.services import papers
from homevisit.web.base import CourseHandler

if TYPE_CHECKING:
    from homevisit.course.memory_book import BookPage
    from homevisit.course.role_play import Card

NO_CARD = "There is no such role-play card. Choose one from the list of cards."
# Enough for a year of gatherings; more would only empty a printer.
MOST_COPIES = 12
LANGUAGES = {"en": "English", "es": "Español"}


class CardsHandler(CourseHandler):
    """All cards, by lesson."""

    async def get(self) -> None:
        """List the cards; ``?lesson=`` shows those of one lesson."""
        lesson_id = self.get_query_argument("lesson", "")
        cards = await self.call(_cards, self, lesson_id)
        titles = {info.lesson_id: info.title for info in self.catalogue.lessons()}
        self.finish(self.page("cards.html", cards=cards, titles=titles, lesson_id=lesson_id))


class CardHandler(CourseHandler):
    """One card on screen, each part folded away from the other person."""

    async def get(self, card_id: str) -> None:
        """Show the card; MissingEntryError for an unknown one."""
        cards = await self.call(_cards, self, "")
        place = next((number for number, card in enumerate(cards) if card.id == card_id), None)
        if place is None:
            raise MissingEntryError(NO_CARD)
        following = cards[(place + 1) % len(cards)]
        self.finish(self.page("card.html", card=cards[place], following=following))


class CardNoteHandler(CourseHandler):
    """Begins a note after a role-play."""

    async def post(self, card_id: str) -> None:
        """Keep a blank note named after the card, and open it; MissingEntryError for an unknown card."""
        cards = await self.call(_cards, self, "")
        title = next((card.title for card in cards if card.id == card_id), None)
        if title is None:
            raise MissingEntryError(NO_CARD)
        note = await self.call(
            papers.start_paper, self.store, self.account.account_id, "roleplay", title=title
        )
        self.redirect(self.url("course/tools/roleplay", note.paper_id), status=303)


class PrintedCardsHandler(CourseHandler):
    """Cards on paper, two to a page; each part on a slip of its own, to be cut apart."""

    async def get(self) -> None:
        """Show one card (``?card=``), those of a lesson (``?lesson=``) or all."""
        lesson_id, card_id = (self.get_query_argument(name, "") for name in ("lesson", "card"))
        cards = await self.call(_cards, self, lesson_id)
        chosen = [card for card in cards if card_id in ("", card.id)]
        if not chosen:
            raise MissingEntryError(NO_CARD)
        self.finish(self.page("cards_print.html", cards=chosen))


class MemoryBookHandler(CourseHandler):
    """Choose pages of the memory book and the portfolio."""

    async def get(self) -> None:
        """Show the pages to choose from."""
        pages = await self.call(_book, self)
        language = self.language()
        self.finish(
            self.page(
                "memory_book.html",
                pages=pages,
                language=language,
                languages=LANGUAGES,
                most=MOST_COPIES,
            )
        )

    def language(self) -> str:
        """Return the language asked for, English when it is none of ours."""
        wanted = self.get_query_argument("language", "en")
        return wanted if wanted in LANGUAGES else "en"


class PrintedBookHandler(MemoryBookHandler):
    """The chosen pages, one to a sheet."""

    async def get(self) -> None:
        """Show each chosen page as often as asked for (``?a-day=3``); all of them once when none is named."""
        pages = await self.call(_book, self)
        wanted = [page for page in pages for _ in range(self.copies(page.id))]
        self.finish(self.page("memory_book_print.html", pages=wanted or pages, language=self.language()))

    def copies(self, page_id: str) -> int:
        """Return how often a page was asked for: 0 to `MOST_COPIES`, whatever was typed."""
        typed = self.get_query_argument(page_id, "0").strip()
        return min(int(typed), MOST_COPIES) if typed.isdecimal() and len(typed) < 4 else 0  # noqa: PLR2004  digits


def _cards(handler: CourseHandler, lesson_id: str) -> list[Card]:
    catalogue = handler.catalogue
    cards = catalogue.read(catalogue.cards_path(), load_cards)
    order = [info.lesson_id for info in catalogue.lessons()]
    known = [card for card in cards if card.lesson in order and lesson_id in ("", card.lesson)]
    return sorted(known, key=lambda card: order.index(card.lesson))


def _book(handler: CourseHandler) -> tuple[BookPage, ...]:
    catalogue = handler.catalogue
    return catalogue.read(catalogue.memory_book_path(), load_memory_book)


ROUTES = [
    (r"course/tools/role-play", CardsHandler),
    (r"course/tools/role-play/print", PrintedCardsHandler),
    (r"course/tools/role-play/([a-z0-9-]+)", CardHandler),
    (r"course/tools/role-play/([a-z0-9-]+)/note", CardNoteHandler),
    (r"course/tools/memory-book", MemoryBookHandler),
    (r"course/tools/memory-book/print", PrintedBookHandler),
]
