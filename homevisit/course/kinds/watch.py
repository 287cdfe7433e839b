"""Watching a clip: marking moments, and questions that open at its stops."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from homevisit.course.clip_times import ClipTime, as_clock, seconds_of
from homevisit.course.fields import AsTuple, Checked, Identifier, Text, at_least, repeated
from homevisit.course.given import OUT_OF_STEP, clean, is_blank, known, parts, within_draft, within_field
from homevisit.course.kinds.asked import Given, Problems, Prompt
from homevisit.course.kinds.key_point import KeyPoint
from homevisit.course.kinds.seen import SeenQuestion
from homevisit.course.problems import refuse
from homevisit.errors import InvalidResponseError

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_MARKS = 100


class Stop(Checked):
    """A moment at which the clip pauses and a question opens."""

    id: Identifier
    at: ClipTime
    ask: Text


class WatchPrompt(Prompt):
    """What a learner may see; `clip` names the clip, `length` says how long it (or its written scene) is."""

    clip: Identifier
    length: ClipTime
    stops: Annotated[tuple[Stop, ...], AsTuple] = ()

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        problems: Problems = repeated(("stops",), "id", (stop.id for stop in self.stops))
        end, before = seconds_of(self.length) or 0, -1
        for number, stop in enumerate(self.stops):
            at = seconds_of(stop.at) or 0
            if at > end:
                problems.append((("stops", number, "at"), f"Write a time up to {self.length}, the length."))
            elif at <= before:
                problems.append(
                    (("stops", number, "at"), "Put the stops in order, each at a time of its own.")
                )
            before = at
        refuse("WatchPrompt", problems)
        return self


class Moment(KeyPoint):
    """A key point with the part of the clip in which it is to be seen."""

    start: Annotated[ClipTime, Field(alias="from")]
    end: Annotated[ClipTime, Field(alias="to")]


class WatchQuestion(SeenQuestion):
    """Watch, mark moments and say what you saw; the words decide what is covered, never the times."""

    type: Literal["watch"]
    public: WatchPrompt
    key_points: Annotated[tuple[Moment, ...], AsTuple, at_least(1)]

    @model_validator(mode="after")
    def _moments_lie_within(self) -> Self:
        length = seconds_of(self.public.length) or 0
        problems: Problems = []
        for number, moment in enumerate(self.key_points):
            start, end = seconds_of(moment.start) or 0, seconds_of(moment.end) or 0
            if end > length:
                message = f"Write a time up to {self.public.length}, the length."
                problems.append((("key_points", number, "to"), message))
            elif start > end:
                problems.append((("key_points", number, "to"), "Let this moment end after it begins."))
        refuse("WatchQuestion", problems)
        return self

    @property
    def _length(self) -> int:
        return seconds_of(self.public.length) or 0

    def drafted(self, obj: object) -> Given:
        """Give marks, responses at the stops and the position as they are; a time may still be as typed."""
        given = parts(obj, {"marks": list, "stops": dict, "position": int | float})
        marks = [_mark(mark) for mark in given["marks"]]
        known(given["stops"], {stop.id for stop in self.public.stops})
        stops = {stop_id: clean(text) for stop_id, text in given["stops"].items()}
        within_draft(
            [*(mark["saw"] for mark in marks), *(str(mark["at"]) for mark in marks), *stops.values()]
        )
        return {"marks": marks, "stops": stops, "position": _number(given["position"])}

    def committed(self, draft: Given) -> Given:
        """Give marks that say something, in the order of their times, and stops with words."""
        marks = [
            {"at": self._time(mark["at"], number), "saw": mark["saw"].strip()}
            for number, mark in enumerate(draft["marks"], 1)
            if not is_blank(mark["saw"])
        ]
        if len(marks) > MAX_MARKS:
            raise InvalidResponseError(
                f"That is {len(marks)} marks; there is room for {MAX_MARKS}. Join a few; nothing is lost."
            )
        for number, mark in enumerate(draft["marks"], 1):
            within_field(mark["saw"].strip(), f"mark {number}")
        stops = {stop_id: text.strip() for stop_id, text in draft["stops"].items() if not is_blank(text)}
        for stop in self.public.stops:
            within_field(stops.get(stop.id, ""), f"the question at {stop.at}")
        if not marks and not stops:
            raise InvalidResponseError(
                "Mark at least one moment and write what you saw or heard there, then check again."
            )
        position = min(draft["position"], float(self._length))
        return {"marks": sorted(marks, key=_when), "stops": stops, "position": position}

    def as_text(self, draft: Mapping[str, Any]) -> str:
        """Write the marks with their times, then what was written at the stops."""
        lines = [f"{_as_time(mark['at'])}  {mark['saw']}" for mark in draft["marks"]]
        asked = {stop.id: f"At {stop.at}: {stop.ask}" for stop in self.public.stops}
        lines += [
            f"{asked.get(stop_id, stop_id)}\n   {text}" for stop_id, text in draft["stops"].items() if text
        ]
        return "\n".join(lines)

    def _time(self, at: float | str, number: int) -> float:
        """Give the seconds of a mark; InvalidResponseError when it is no time of the clip."""
        seconds = seconds_of(at) if isinstance(at, str) else at
        example = "write the time as minutes and seconds, for example 1:05."
        if seconds is None:
            raise InvalidResponseError(f"In mark {number}, {example}")
        if seconds < 0:
            raise InvalidResponseError(f"In mark {number}, the time lies before the start; {example}")
        # a player may stand a moment after the last full second
        if seconds >= self._length + 1:
            raise InvalidResponseError(
                f"In mark {number}, the time {as_clock(seconds)} lies after the end, which is at {self.public.length}. "
                "Write an earlier time; what you wrote there is kept."
            )
        return seconds


def _when(mark: Mapping[str, Any]) -> float:
    at: float = mark["at"]
    return at


def _mark(mark: object) -> Given:
    given = parts(mark, {"at": int | float | str, "saw": str})
    at = clean(given["at"]) if isinstance(given["at"], str) else _number(given["at"])
    return {"at": at, "saw": clean(given["saw"])}


def _number(given: float) -> float:
    if isinstance(given, bool) or not math.isfinite(given):
        raise InvalidResponseError(OUT_OF_STEP)
    return round(float(given), 1)


def _as_time(at: float | str) -> str:
    return at if isinstance(at, str) else as_clock(at)
