"""Moments of a clip: seconds for the program, minutes and seconds as people write them."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator

from homevisit.course.problems import advice_error

_CLOCK = re.compile(r"([0-9]{1,3}):([0-5][0-9])")


def seconds_of(text: str) -> int | None:
    """Return the seconds of a time such as 1:05; None for anything else."""
    found = _CLOCK.fullmatch(text.strip())
    return int(found[1]) * 60 + int(found[2]) if found else None


def as_clock(seconds: float) -> str:
    """Write seconds as minutes and seconds, such as 1:05; parts of a second are left out."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def _clock(text: str) -> str:
    seconds = seconds_of(text)
    if seconds is None:
        raise advice_error('Write minutes and seconds in quotes, such as "0:42".')
    return as_clock(seconds)


ClipTime = Annotated[str, AfterValidator(_clock)]
