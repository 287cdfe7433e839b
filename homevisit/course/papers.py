"""The tools that a home visitor keeps papers of, and how the content of each kind is checked and read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from homevisit.course import budget_sums, ecomap, papers_budget, papers_plan, papers_roleplay, papers_schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One tool.

    Parameters
    ----------
    name : str
        What one paper is called: "EcoMap".
    noun : str
        The name as it stands in a sentence: "EcoMap", "plan of a socialization".
    purpose : str
        One or two sentences for the list of tools.
    blank : Callable
        Gives the content of a new paper.
    checked : Callable
        Gives the decoded JSON of a browser in its normal form; InvalidResponseError says in a sentence what
        is wrong with it. Work that is not finished passes: a paper is saved while it is being written.
    as_text : Callable
        Writes a checked content as plain text.
    begins_at : str
        The page, below the course's address, on which such a paper is begun; empty for the list of tools.
    """

    name: str
    noun: str
    purpose: str
    blank: Callable[[], Content]
    checked: Callable[[object], Content]
    as_text: Callable[[Mapping[str, Any]], str]
    begins_at: str = ""

    @property
    def untitled(self) -> str:
        """What stands for a title where none is written."""
        return f"{self.name} without a title"


PAPER_KINDS: Mapping[str, PaperKind] = {
    "ecomap": PaperKind(
        name="EcoMap",
        noun="EcoMap",
        purpose=(
            "Draw, together with a family, the people and places around it: who is a support, of what kind, "
            "and which ties cost strength."
        ),
        blank=ecomap.blank_map,
        checked=ecomap.drafted_map,
        as_text=ecomap.map_as_text,
    ),
    "plan": PaperKind(
        name="Plan",
        noun="plan of a socialization",
        purpose=(
            "Plan one socialization on a form with five elements, and connect each goal to what children, "
            "families, and your program are working toward."
        ),
        blank=papers_plan.blank_plan,
        checked=papers_plan.checked_plan,
        as_text=papers_plan.plan_as_text,
    ),
    "schedule": PaperKind(
        name="Schedule",
        noun="schedule of socializations",
        purpose=(
            "Lay out a program year: dates, themes, and who plans and leads what in pairs. It counts against "
            "the yearly minimum and shows where to look again."
        ),
        blank=papers_schedule.blank_schedule,
        checked=papers_schedule.checked_schedule,
        as_text=papers_schedule.schedule_as_text,
    ),
    "budget": PaperKind(
        name="Budget",
        noun="budget for socializations",
        purpose=(
            "Price food for infants, toddlers, and adults, the way there, and materials: for one socialization, "
            "for the year, for each family, and against a ceiling."
        ),
        blank=papers_budget.blank_budget,
        checked=papers_budget.checked_budget,
        as_text=budget_sums.budget_as_text,
    ),
    "roleplay": PaperKind(
        name="Role-play",
        noun="note after a role-play",
        purpose=(
            "Try out a talk with a colleague before it matters: a scene, a part for each, and what to listen "
            "for. Afterward, write down what you take from it."
        ),
        blank=papers_roleplay.blank_note,
        checked=papers_roleplay.checked_note,
        as_text=papers_roleplay.note_as_text,
        begins_at="course/tools/role-play",
    ),
}
