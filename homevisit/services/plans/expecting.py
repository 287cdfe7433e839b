"""What a leader may expect at a question: what the handbook lists, and what the team gave when it was alone.

Of a group with fewer than five people who tried a question nothing is broken down.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from homevisit.course.questions import ChooseQuestion, OrderQuestion, SortQuestion
from homevisit.errors import MissingEntryError
from homevisit.services import sharing
from homevisit.services.plans.access import need_leader
from homevisit.services.reports.breakdown import of_first_attempts
from homevisit.services.reports.values import FEWEST, Line
from homevisit.store import accounts as account_store
from homevisit.store import reporting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from homevisit.course.bands import Band
    from homevisit.course.catalogue import Catalogue
    from homevisit.course.questions import Question
    from homevisit.course.session_plan import SessionPlan
    from homevisit.store.engine import Store
    from homevisit.store.values import Account, Attempt

MOST_LINES = 3
MOST_QUOTES = 5
# Between these shares a group is of two minds; the course's own choice.
DIFFERED = (0.3, 0.7)


@dataclass(frozen=True, slots=True)
class Expected:
    """What to expect at one question.

    `points` are (id, text) of what the source lists or the key holds, and `lead` says which. `missed` and
    `differed` count the team's first attempts, and stay empty when fewer than five of the team `tried` it.
    `quotes` come without names, from people who let the group read them.
    """

    question_id: str
    type: str
    prompt: str
    lead: str
    points: tuple[tuple[str, str], ...]
    tried: int
    missed: tuple[Line, ...]
    differed: tuple[Line, ...]
    quotes: tuple[str, ...]

    @property
    def is_few(self) -> bool:
        """Whether figures would tell about single persons."""
        return self.tried < FEWEST


def expectations(
    store: Store, catalogue: Catalogue, viewer: Account, team: str, plan: SessionPlan
) -> dict[str, Expected]:
    """Return what to expect at each question of a plan, by question id; one that the lesson lost is left out.

    Raises
    ------
    NotAllowedError
        The team is not this person's.
    """
    need_leader(viewer, team)
    if not plan.lesson_id:
        return {}
    try:
        questions = catalogue.key(plan.lesson_id).questions
    except MissingEntryError:
        return {}
    asked = [step.question_id for step in plan.steps if step.question_id in questions]
    firsts = _first_attempts(store, team, plan.lesson_id, questions) if asked else {}
    return {
        question_id: _expected(
            question_id,
            questions[question_id],
            firsts.get(question_id, ()),
            sharing.shared_with_group(store, team, plan.lesson_id, question_id)[:MOST_QUOTES],
        )
        for question_id in asked
    }


def points_of(question: Question) -> tuple[tuple[str, str], ...]:
    """Return (id, text) of what an answer key lists for a question; for the leader alone."""
    if points := getattr(question, "key_points", ()):
        return tuple((point.id, point.text) for point in points)
    if isinstance(question, ChooseQuestion):
        return tuple((key, question.public.options[key]) for key in question.correct)
    if isinstance(question, SortQuestion):
        groups, texts = question.public.groups, question.public.statements
        return tuple((key, f"{text} → {groups[question.correct[key]]}") for key, text in texts.items())
    if isinstance(question, OrderQuestion):
        steps = question.public.steps
        return tuple((key, f"{place}. {steps[key]}") for place, key in enumerate(question.correct, 1))
    if rubric := getattr(question, "rubric", ()):
        return tuple((one.id, f"{one.criterion}: {one.levels[one.highest]}") for one in rubric)
    examples = getattr(question, "examples", ())
    return tuple((f"example-{number}", text) for number, text in enumerate(examples, 1))


def _expected(
    question_id: str, question: Question, firsts: Iterable[Attempt], quotes: tuple[str, ...]
) -> Expected:
    firsts = list(firsts)
    lines = _missing(question, firsts) if len(firsts) >= FEWEST else []
    missed = sorted((line for line in lines if line.count), key=lambda line: -line.share)[:MOST_LINES]
    between = [line for line in lines if DIFFERED[0] <= line.share <= DIFFERED[1]]
    differed = sorted(between, key=lambda line: abs(line.share - 0.5))[:MOST_LINES]
    return Expected(
        question_id=question_id,
        type=question.type,
        prompt=question.public.prompt,
        lead=_lead(question),
        points=points_of(question),
        tried=len(firsts),
        missed=tuple(missed),
        differed=tuple(differed),
        quotes=quotes,
    )


def _lead(question: Question) -> str:
    if getattr(question, "key_points", ()):
        return "What the source lists"
    if getattr(question, "rubric", ()):
        return "What a full response holds"
    return "Ways to put it" if getattr(question, "examples", ()) else "What the answer key says"


def _missing(question: Question, firsts: list[Attempt]) -> list[Line]:
    """Return for each point, option, statement or step how many did not have it."""
    lines = [line for one in of_first_attempts(question, firsts) for line in one.lines]
    if not isinstance(question, ChooseQuestion):
        return lines
    right = {question.public.options[key] for key in question.correct}
    return [
        Line(line.text, line.n - line.count, line.n, "belongs here and was not chosen")
        if line.text in right
        else Line(line.text, line.count, line.n, "does not belong here and was chosen")
        for line in lines
    ]


def _first_attempts(
    store: Store, team: str, lesson_id: str, questions: Mapping[str, Question]
) -> dict[str, list[Attempt]]:
    """Return the first attempts of the team's learners by question, trainers' marks in them."""
    with store.read() as conn:
        team_ids = {one.account_id for one in account_store.accounts(conn) if team and one.team == team}
        attempts = reporting.lesson_attempts(conn, lesson_id)
        marks = reporting.lesson_marks(conn, lesson_id)
    found: dict[str, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        question = questions.get(attempt.question_id)
        is_same_type = question and attempt.feedback.get("type", question.type) == question.type
        if attempt.number == 1 and attempt.account_id in team_ids and is_same_type:
            found[attempt.question_id].append(_marked(attempt, marks.get(attempt.attempt_id, {})))
    return found


def _marked(attempt: Attempt, marks: Mapping[str, Band]) -> Attempt:
    points = attempt.feedback.get("points")
    if not marks or not points:
        return attempt
    decided = [{**point, "decided": marks.get(point["id"], point.get("decided"))} for point in points]
    return replace(attempt, feedback={**attempt.feedback, "points": decided})
