"""Check what is practiced with on paper: the role-play cards and the pages of the memory book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from homevisit.course.memory_book import load_memory_book
from homevisit.course.role_play import load_cards
from homevisit.course.yaml_file import read_yaml
from homevisit.errors import ContentError

if TYPE_CHECKING:
    from homevisit.course.catalogue import Catalogue


def practice_problems(catalogue: Catalogue) -> list[ContentError]:
    """Return what is wrong with the two files; a card has to name a lesson of the syllabus."""
    findings: list[ContentError] = []
    try:
        cards = load_cards(catalogue.cards_path())
    except ContentError as exc:
        findings += [exc, *exc.others]
    else:
        known = [info.lesson_id for info in catalogue.lessons()]
        file = read_yaml(catalogue.cards_path())
        findings += [
            file.problem(
                ("cards", number, "lesson"), f"Name a lesson of course.yml here: {', '.join(known)}."
            )
            for number, card in enumerate(cards)
            if card.lesson not in known
        ]
    try:
        load_memory_book(catalogue.memory_book_path())
    except ContentError as exc:
        findings += [exc, *exc.others]
    return findings
