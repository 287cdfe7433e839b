"""Says which key points a learner's text covers, with the learner's own sentence for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.scoring.key_points import COVERED, evidences, match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from homevisit.course.questions import KeyPoint


def covered_points(
    prompt: str, key_points: Sequence[KeyPoint], text: str, response_sentences: Sequence[str]
) -> list[dict[str, Any]]:
    """Give the feedback for each key point; `text` decides what is covered, the sentences give evidence."""
    texts = [point.text for point in key_points]
    shares = match(prompt, texts, text)
    best = evidences(prompt, texts, response_sentences)
    return [
        {
            "id": point.id,
            "text": point.text,
            "covered": share >= COVERED,
            "evidence": sentence if share >= COVERED else "",
            "look_again": point.look_again,
        }
        for point, share, sentence in zip(key_points, shares, best, strict=True)
    ]
