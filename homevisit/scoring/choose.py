"""Scores a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.scoring.scored import Scored

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.questions import ChooseQuestion


def score_choice(question: ChooseQuestion, response: Mapping[str, Any]) -> Scored:
    """Score chosen options.

    One option: all points or none. Several: points * max(0, hits - wrong) / number of correct options, so
    that choosing everything gains nothing.
    """
    chosen, correct = set(response["chosen"]), set(question.correct)
    hits, wrong = len(chosen & correct), len(chosen - correct)
    if question.several:
        share = max(0, hits - wrong) / len(correct)
        summary = _summary_of_several(hits, wrong, len(correct))
    else:
        share = float(chosen == correct)
        summary = "That is the one." if share else "Not this one yet. Read below what each one is about."
    options = [
        {
            "key": key,
            "label": label,
            "chosen": key in chosen,
            "correct": key in correct,
            "text": question.feedback[key],
        }
        for key, label in question.public.options.items()
    ]
    feedback = {"type": "choose", "summary": summary, "options": options}
    return Scored(round(question.points * share, 2), float(question.points), feedback)


def _summary_of_several(hits: int, wrong: int, total: int) -> str:
    if hits == total and not wrong:
        return "You found all that belong here, and nothing else."
    found = f"You found {hits} of the {total} that belong here"
    if not wrong:
        return f"{found}."
    return f"{found}, and chose {wrong} that {'does' if wrong == 1 else 'do'} not belong."
