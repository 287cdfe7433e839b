"""What scoring gives for one response."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Scored:
    """Points and feedback for one response.

    `raw` has at most two decimals and is None where a trainer reads; `feedback` is JSON, the only way in
    which text of an answer key reaches a learner.
    """

    raw: float | None
    max: float
    feedback: dict[str, Any]
