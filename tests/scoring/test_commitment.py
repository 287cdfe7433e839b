from __future__ import annotations

import pytest

from homevisit.scoring.commitment import score_commitment


@pytest.mark.parametrize(
    ("plan", "text", "raw"),
    [
        ("count", "On Tuesday", 5.0),
        ("gone", "On Tuesday", 5.0),
        ("", "On Tuesday", 0.0),
        ("count", " ?", 0.0),
    ],
)
def test_commitment_gives_all_points_for_a_plan_and_words(asked, plan, text, raw):
    scored = score_commitment(asked["try-it"], {"plan": plan, "text": text})
    assert (scored.raw, scored.max) == (raw, 5.0)
    assert scored.feedback == {
        "type": "commitment",
        "summary": "Your plan is kept. In 14 days, the home page asks how it went.",
    }
