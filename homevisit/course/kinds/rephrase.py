"""Sentences to write anew, so that they say what was seen and heard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from homevisit.course.fields import AsTuple, Text, at_least
from homevisit.course.given import committed_text, drafted_text
from homevisit.course.kinds.asked import AskedQuestion, Given, Prompt
from homevisit.course.words import WordChoices

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST_WORDS = 6


class RephrasePrompt(Prompt):
    """What a learner may see: a sentence that judges or interprets."""

    sentence: Text


class RephraseQuestion(AskedQuestion):
    """Write a judging sentence anew; the examples are shown with full points, or after the second try."""

    type: Literal["rephrase"]
    public: RephrasePrompt
    least_words: Annotated[int, Field(ge=1)] = LEAST_WORDS
    examples: Annotated[tuple[Text, ...], AsTuple, at_least(2)]
    words: WordChoices | None = None

    def drafted(self, obj: object) -> Given:
        """Give the text as it was typed."""
        return drafted_text(obj)

    def committed(self, draft: Given) -> Given:
        """Give the text stripped; it must hold a word."""
        nothing = "Nothing is written yet. Write the sentence in your words, then check again."
        return {"text": committed_text(draft["text"], nothing)}

    def as_text(self, draft: Mapping[str, Any]) -> str:
        """Give the text itself."""
        return str(draft["text"])
