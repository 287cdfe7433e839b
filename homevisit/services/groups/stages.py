"""The parts of each kind of step, and in which of them people write and see."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.session_plan import StepKind
    from homevisit.store.values_groups import Round

ROUNDS: tuple[Round, ...] = ("alone", "pairs", "again")
QUESTION_PHASES = ("shown", "alone", "pairs", "together", "again", "compared")
PHASES: Mapping[StepKind, tuple[str, ...]] = {
    "talk": ("shown",),
    "scene": ("shown",),
    "break": ("shown",),
    "question": QUESTION_PHASES,
}
# Which rounds the whole group sees in a part; a round that is being written stays out of sight.
REVEALED: Mapping[str, tuple[Round, ...]] = {
    "together": ("alone", "pairs"),
    "again": ("alone", "pairs"),
    "compared": ("alone", "pairs", "again"),
}


def round_key(position: int, name: str) -> str:
    """Return the name of a round of a step, such as ``3:alone``."""
    return f"{position}:{name}"
