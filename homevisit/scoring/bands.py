"""Which limits count for a question: its own, the programme's, or those that ship with the course."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.course.bands import Bands, load_bands

if TYPE_CHECKING:
    from homevisit.course.questions import RatedQuestion, SeenQuestion

SHIPPED = Path(__file__).with_name("bands.yml")


@lru_cache(maxsize=1)
def shipped_bands() -> Bands:
    """Give the limits that ship with the course."""
    return load_bands(SHIPPED)


def bands_of(question: SeenQuestion | RatedQuestion) -> Bands:
    """Give the limits of a question; `load_answer_key` has put the programme's where it has none of its own."""
    return question.bands or shipped_bands()
