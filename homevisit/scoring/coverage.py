"""Says how much of each key point a learner's text holds, with the learner's own sentence for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.scoring.bands import bands_of
from homevisit.scoring.key_points import evidences, match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from homevisit.course.questions import RatedQuestion, SeenQuestion

READ_BY_PROGRAM = (
    "A program made this first reading. It compares words, and it can miss a point that you made in other words. "
    "Your trainer's mark always wins."
)


def read_points(
    question: SeenQuestion | RatedQuestion, text: str, response_sentences: Sequence[str]
) -> list[dict[str, Any]]:
    """Give the first reading of each key point; `text` decides its band, the sentences give evidence."""
    if not question.key_points:
        return []
    prompt, bands = question.public.prompt, bands_of(question)
    texts = [point.text for point in question.key_points]
    shares = match(prompt, texts, text)
    best = evidences(prompt, texts, response_sentences)
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
