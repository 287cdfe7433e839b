"""Loads ``source/role-play.yml``: cards for two people who practice a talk, and one who listens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import ValidationError

from homevisit.course.fields import AsTuple, Checked, Identifier, Text, at_least, repeated
from homevisit.course.problems import content_errors, refuse
from homevisit.course.yaml_file import all_in_one, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

Lines = Annotated[tuple[Text, ...], AsTuple, at_least(2)]


class Part(Checked):
    """What one of the two plays; `says` holds sentences that belong to the part."""

    who: Text
    part: Text
    says: Annotated[tuple[Text, ...], AsTuple] = ()


class Card(Checked):
    """One role-play: the scene, two parts, what a third person listens for, and what to talk about."""

    id: Identifier
    title: Text
    lesson: Identifier
    source: Text
    scene: Text
    first: Part
    second: Part
    listen_for: Lines
    afterwards: Lines


class _Cards(Checked):
    cards: Annotated[tuple[Card, ...], AsTuple, at_least(1)]


def load_cards(path: Path) -> tuple[Card, ...]:
    """Load the cards in their order; raise `ContentError` for the first problem, the rest in `others`."""
    file = read_yaml(path)
    try:
        cards = _Cards.model_validate(file.content).cards
        refuse("_Cards", repeated(("cards",), "id", [card.id for card in cards]))
    except ValidationError as exc:
        raise all_in_one(content_errors(exc, file)) from exc
    return cards
