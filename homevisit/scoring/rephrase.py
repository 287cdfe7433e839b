"""Scores a judging sentence that was written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.scoring.objectivity import check, flag_json, unquoted_words
from homevisit.scoring.scored import Scored
from homevisit.scoring.text import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.questions import RephraseQuestion

NOTE = "A program looked for words on a list. It can miss a judging word, or point at one that is fine here."


def score_rephrase(question: RephraseQuestion, response: Mapping[str, Any]) -> Scored:
    """Score a new sentence: half the points when no word is flagged, half when it is specific.

    Specific means long enough, with words that the given sentence does not have. What the examples say
    outside quotations is never flagged, unless the given sentence says it too.
    """
    text = response["text"]
    given = set(words(question.public.sentence))
    in_examples = {word for example in question.examples for word in unquoted_words(example)}
    flags = check(text, allow=in_examples - given, words=question.words)
    written = words(text)
    is_new = not set(written) <= given
    is_specific = is_new and len(written) >= question.least_words
    feedback = {
        "type": "rephrase",
        "summary": _summary(len(flags), question.least_words, is_new=is_new, is_specific=is_specific),
        "flags": [flag_json(flag) for flag in flags],
        "is_specific": is_specific,
        "examples": list(question.examples),
        "note": NOTE,
    }
    halves = int(not flags) + int(is_specific)
    return Scored(round(question.points * halves / 2, 2), float(question.points), feedback)


def _summary(flagged: int, least_words: int, *, is_new: bool, is_specific: bool) -> str:
    if not is_new:
        return "That is the given sentence again. Write what somebody beside you would have seen and heard."
    where = "one place" if flagged == 1 else f"{flagged} places"
    if not is_specific:
        more = f"Say more of who did what, in at least {least_words} words"
        return f"{more}, and look again at {where} below." if flagged else f"{more}."
    if flagged:
        return f"Your sentence says a good deal. Look again at {where} below."
    return "Your sentence says what was seen or heard; no word of it was found to judge or to guess."
