"""Plans: one thing to try on a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from homevisit.course.given import clean, committed_text, known, parts, within_draft
from homevisit.course.kinds.asked import AskedQuestion, Given, Labels, Points, Prompt
from homevisit.errors import InvalidResponseError

if TYPE_CHECKING:
    from collections.abc import Mapping


class CommitmentPrompt(Prompt):
    """What a learner may see: all of it. `after_days` is when the home page asks how it went."""

    plans: Labels
    after_days: Points


class CommitmentQuestion(AskedQuestion):
    """Choose a plan and write when and with whom; doing so gives all points."""

    type: Literal["commitment"]
    public: CommitmentPrompt

    def drafted(self, obj: object) -> Given:
        """Give the plan, "" where none is chosen, and the text as it was typed."""
        given = {name: clean(text) for name, text in parts(obj, {"plan": str, "text": str}).items()}
        within_draft(given.values())
        return given

    def committed(self, draft: Given) -> Given:
        """Give plan and text; both must be there."""
        if not draft["plan"]:
            raise InvalidResponseError("Nothing is chosen yet. Choose what you will try, then check again.")
        known([draft["plan"]], self.public.plans)
        nothing = "Write in your own words when you will try it and what you will do, then check again."
        return {"plan": draft["plan"], "text": committed_text(draft["text"], nothing)}

    def as_text(self, draft: Mapping[str, Any]) -> str:
        """Write the plan, then the learner's own words."""
        plan = self.public.plans.get(draft["plan"], draft["plan"])
        return f"{plan}\n{draft['text']}".strip()
