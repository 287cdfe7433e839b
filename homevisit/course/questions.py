"""The types of question, told apart by `type`; and the part of each that a learner may see."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from homevisit.course.kinds.checklist import ChecklistQuestion
from homevisit.course.kinds.choose import ChooseQuestion
from homevisit.course.kinds.commitment import CommitmentQuestion
from homevisit.course.kinds.ecomap import EcomapQuestion
from homevisit.course.kinds.key_point import KeyPoint
from homevisit.course.kinds.observe import ObserveQuestion
from homevisit.course.kinds.order import OrderQuestion
from homevisit.course.kinds.plan import PlanQuestion
from homevisit.course.kinds.reflect import ReflectQuestion
from homevisit.course.kinds.rephrase import RephraseQuestion
from homevisit.course.kinds.respond import RespondQuestion
from homevisit.course.kinds.rubric import Criterion, RatedQuestion
from homevisit.course.kinds.seen import SeenQuestion
from homevisit.course.kinds.sort import SortQuestion
from homevisit.course.kinds.watch import WatchQuestion

__all__ = [
    "QUESTION",
    "ChecklistQuestion",
    "ChooseQuestion",
    "CommitmentQuestion",
    "Criterion",
    "EcomapQuestion",
    "KeyPoint",
    "ObserveQuestion",
    "OrderQuestion",
    "PlanQuestion",
    "Question",
    "RatedQuestion",
    "ReflectQuestion",
    "RephraseQuestion",
    "RespondQuestion",
    "SeenQuestion",
    "SortQuestion",
    "WatchQuestion",
    "public_part",
]

Question = (
    ObserveQuestion
    | ChooseQuestion
    | SortQuestion
    | OrderQuestion
    | RephraseQuestion
    | ReflectQuestion
    | RespondQuestion
    | ChecklistQuestion
    | CommitmentQuestion
    | EcomapQuestion
    | PlanQuestion
    | WatchQuestion
)
QUESTION: TypeAdapter[Question] = TypeAdapter(Annotated[Question, Field(discriminator="type")])


def public_part(question: Question) -> dict[str, Any]:
    """Give only what a learner may see, in the form of ``questions.json`` (levels have text keys)."""
    return question.public_part()
