"""How a trainer's levels compare with those that were agreed on for the anchors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from homevisit.services.desk.agreement import weighted_kappa
from homevisit.services.desk.anchors import all_texts
from homevisit.services.desk.queueing import need_reader
from homevisit.store import anchors as anchor_store

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from homevisit.course.catalogue import Catalogue
    from homevisit.services.desk.anchors import AnchorText
    from homevisit.store.engine import Store
    from homevisit.store.values import Account


@dataclass(frozen=True, slots=True)
class Compared:
    """One criterion of an anchor: the trainer's own level beside the agreed one."""

    criterion: str
    own: int
    own_words: str
    agreed: int
    agreed_words: str
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How well a round agrees with what was agreed on; `pairs` levels were compared, `kappa` is quadratic.

    `adjacent` counts levels that differ by one at most, so the same ones too.
    """

    number: int
    pairs: int
    exact: int
    adjacent: int
    kappa: float | None


def compared(text: AnchorText, ratings: Mapping[str, int]) -> tuple[Compared, ...]:
    """Return a trainer's levels beside the agreed ones, criterion by criterion."""
    return tuple(
        Compared(
            criterion=criterion.criterion,
            own=ratings[criterion.id],
            own_words=criterion.levels.get(ratings[criterion.id], ""),
            agreed=text.agreed[criterion.id].level,
            agreed_words=criterion.levels[text.agreed[criterion.id].level],
            why=text.agreed[criterion.id].why,
        )
        for criterion in text.question.rubric
        if criterion.id in ratings
    )


def outcomes(store: Store, catalogue: Catalogue, viewer: Account) -> tuple[Outcome, ...]:
    """Return how each round of a trainer went, the last one first."""
    need_reader(viewer)
    with store.read() as conn:
        texts = {text.anchor_id: text for text in all_texts(conn, catalogue)}
        rows = anchor_store.anchor_readings_of(conn, viewer.account_id)
    numbers = sorted({row.number for row in rows}, reverse=True)
    found = []
    for number in numbers:
        pairs = [
            (one.own, one.agreed)
            for row in rows
            if row.number == number and row.anchor_id in texts
            for one in compared(texts[row.anchor_id], row.ratings)
        ]
        if pairs:
            found.append(outcome_of(number, pairs))
    return tuple(found)


def outcome_of(number: int, pairs: Sequence[tuple[int, int]]) -> Outcome:
    """Count how often the two levels of a pair are the same, or one apart at most."""
    return Outcome(
        number=number,
        pairs=len(pairs),
        exact=sum(own == agreed for own, agreed in pairs),
        adjacent=sum(abs(own - agreed) <= 1 for own, agreed in pairs),
        kappa=weighted_kappa(pairs),
    )
