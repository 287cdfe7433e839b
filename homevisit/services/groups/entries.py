"""What a group wrote at a step, as screens show it: entries, groups by key point, votes, a timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.course.clip_times import seconds_of
from homevisit.course.kinds.choose import ChooseQuestion
from homevisit.scoring.bands import bands_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from homevisit.course.kinds.watch import WatchQuestion
    from homevisit.course.questions import KeyPoint, Question
    from homevisit.store.values_groups import Round, SessionResponse

VOTES: tuple[Round, ...] = ("alone", "again")


def entry_json(one: SessionResponse, *, is_leader: bool) -> dict[str, Any]:
    """Return an entry without a name; only the leader learns that one is hidden."""
    entry = {
        "entry_id": one.response_id,
        "text": one.text,
        "round": one.round,
        "response": one.response,
        "is_pinned": one.is_pinned,
    }
    return entry | {"is_hidden": one.is_hidden} if is_leader else entry


def grouped(
    question: Question | None, shown: Sequence[SessionResponse], *, with_texts: bool, with_empty: bool
) -> list[dict[str, Any]]:
    """Return entries by the key points that their words cover, in the key's order, and the rest at the end.

    Without texts a point goes by a number, since its id may tell what it says. A question without key points
    gives one group; points that nobody covers are left out unless `with_empty`.
    """
    points = key_points(question)
    covered = {one.response_id: covered_points(question, one) for one in shown}
    groups: list[dict[str, Any]] = []
    for point in points:
        entries = [one.response_id for one in shown if point.id in covered[one.response_id]]
        if entries or with_empty:
            point_id = point.id if with_texts else str(len(groups) + 1)
            text = point.text if with_texts else None
            groups.append({"point_id": point_id, "text": text, "entries": entries})
    rest = [one.response_id for one in shown if not covered[one.response_id]]
    if rest or not groups:
        groups.append({"point_id": None, "text": None, "entries": rest})
    return groups


def covered_points(question: Question | None, one: SessionResponse) -> frozenset[str]:
    """Return the ids of the key points that an entry covers, by the limits that the lesson uses."""
    if not key_points(question):
        return frozenset()
    bands = bands_of(question)  # type: ignore[arg-type]  # only such questions have key points
    return frozenset(
        point.id for point in key_points(question) if bands.band(one.shares.get(point.id, 0)) == "covered"
    )


def key_points(question: Question | None) -> Sequence[KeyPoint]:
    """Return the key points of a question, none for a question of another kind."""
    found: Sequence[KeyPoint] = getattr(question, "key_points", ())
    return found


def expected(question: Question | None) -> list[dict[str, str]]:
    """Return what the leader may expect: the key points, or the options that fit."""
    if isinstance(question, ChooseQuestion):
        return [{"point_id": key, "text": question.public.options[key]} for key in question.correct]
    return [{"point_id": point.id, "text": point.text} for point in key_points(question)]


def votes(question: Question, given: Iterable[SessionResponse], rounds: Iterable[Round]) -> dict[str, Any]:
    """Return how often each option was chosen in each round; an option that is gone is counted by its key."""
    options = question.public.options if isinstance(question, ChooseQuestion) else {}
    found: dict[str, dict[str, int]] = {name: dict.fromkeys(options, 0) for name in VOTES}
    for one in given:
        if one.round in found and one.round in set(rounds):
            for key in one.response.get("chosen", []):
                found[one.round][key] = found[one.round].get(key, 0) + 1
    return found


def timeline(
    question: WatchQuestion, shown: Iterable[SessionResponse], *, with_moments: bool
) -> dict[str, Any]:
    """Return where everyone looked in a clip, in the order of time, with the key's moments where they are shown."""
    marks = [
        {"at": mark["at"], "text": mark["saw"]} for one in shown for mark in one.response.get("marks", [])
    ]
    moments = [
        {"at": seconds_of(point.start), "until": seconds_of(point.end), "text": point.text}
        for point in question.key_points
    ]
    return {
        "moments": moments if with_moments else [],
        "marks": sorted(marks, key=lambda mark: float(mark["at"])),
        "length": seconds_of(question.public.length),
    }
