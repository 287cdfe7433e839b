"""Says how much of each key point a learner's text holds, with the learner's own sentence for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.scoring.bands import bands_of
from homevisit.scoring.key_points import evidences, match

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from homevisit.course.questions import RatedQuestion, SeenQuestion

READ_BY_PROGRAM = (
    "A program made this first reading. It compares words, and it can miss a point that you made in other words. "
    "Your trainer's mark always wins."
)


def shares_of(question: SeenQuestion | RatedQuestion, text: str) -> list[float]:
    """Give for each key point how surely `text` covers it, from 0 to 1.

    Where a key says points in other words too (`also`), half of a share comes from the phrasing that fits best, and
    half from all of them read as one: docs/matching.md has what other ways gave.
    """
    prompt, points = question.public.prompt, question.key_points
    ways = max((len(point.also) for point in points), default=0)
    if not ways:
        return match(prompt, [point.text for point in points], text)
    said = [(point.text, *point.also) for point in points]
    by_way = [match(prompt, [one[min(way, len(one) - 1)] for one in said], text) for way in range(ways + 1)]
    together = match(prompt, [" ".join(one) for one in said], text)
    return [round((max(one) + whole) / 2, 4) for *one, whole in zip(*by_way, together, strict=True)]


def text_read(response: Mapping[str, Any]) -> str:
    """Give the part of a response that decides what it covers: what was seen, written at stops, or the text."""
    seen = [entry["saw"] for entry in (*response.get("rows", ()), *response.get("marks", ()))]
    return "\n".join([*seen, *response.get("stops", {}).values(), response.get("text", "")]).strip()


def read_points(
    question: SeenQuestion | RatedQuestion, response: Mapping[str, Any], response_sentences: Sequence[str]
) -> list[dict[str, Any]]:
    """Give the first reading of each key point; `text_read` decides its band, the sentences give evidence."""
    if not question.key_points:
        return []
    prompt, bands = question.public.prompt, bands_of(question)
    shares = shares_of(question, text_read(response))
    best = evidences(
        prompt, [" ".join((point.text, *point.also)) for point in question.key_points], response_sentences
    )
    points = []
    for point, share, sentence in zip(question.key_points, shares, best, strict=True):
        band = bands.band(share)
        points.append(
            {
                "id": point.id,
                "text": point.text,
                "band": band,
                "covered": band == "covered",
                "evidence": "" if band == "none" else sentence,
                "look_again": point.look_again,
                "share": share,
            }
        )
    return points
