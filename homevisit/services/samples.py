"""What the made-up learners of the sample cohort give to each type of question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from homevisit.course.questions import (
        ChecklistQuestion,
        ChooseQuestion,
        CommitmentQuestion,
        ObserveQuestion,
        OrderQuestion,
        Question,
        RephraseQuestion,
        SortQuestion,
    )
    from homevisit.store.values import Response

HALF = 0.5
THIN = ("They play together for a while.", "It is a nice moment.", "The boy likes it.")
REFLECTIONS = (
    (
        "I grew up in a house where adults led and children followed. When I watch a parent guide a child's "
        "hands, I see care, and I may miss how little room the child has. On my next visit I will count to ten "
        "before I say anything, and then ask the parent what she noticed first."
    ),
    (
        "What stayed with me is how close everybody sits. In some families I visit, people look at each other "
        "less when they talk, and it is a sign of respect. I would ask the parent how she was taught to play "
        "before I suggest anything."
    ),
    "I would praise the parent more.",
)
REPLIES = (
    (
        "That sounds like a long week. You still got him to bed every night. What has helped, even a little? "
        "I would like to hear how you do it before we plan anything together."
    ),
    "I hear you. What would make the next days easier for you?",
    "Do not worry, all children do that.",
)
PLANS = (
    "With one family on Tuesday: I wait, count to ten, and ask the mother what she noticed before I speak.",
    "On the next visit I will try it once, near the start, and write down what the parent says.",
    "Next week.",
)


def sample_response(question: Question, share: float, number: int) -> Response:
    """Return a response of which about `share` is right, in the words of learner `number`."""
    return SAMPLES[question.type](question, share, number)


def _by_share(texts: tuple[str, ...], share: float) -> str:
    return texts[min(int((1 - share) * 4), len(texts) - 1)]


def _chosen(question: ChooseQuestion, share: float, _number: int) -> Response:
    wrong = [key for key in question.public.options if key not in question.correct]
    right = list(question.correct)[: max(1, round(share * len(question.correct)))]
    chosen = right if share >= HALF or question.several else wrong[-1:]
    return {"chosen": [key for key in question.public.options if key in chosen]}


def _placed(question: SortQuestion, share: float, _number: int) -> Response:
    groups = list(question.public.groups)
    known = round(share * len(question.correct))
    places: dict[str, Any] = {
        key: group if place < known else groups[(groups.index(group) + 1) % len(groups)]
        for place, (key, group) in enumerate(question.correct.items())
    }
    return {"placed": places}


def _rows(question: ObserveQuestion, share: float, number: int) -> Response:
    seen = [point.text for point in question.key_points][: round(share * len(question.key_points))]
    return {"rows": [{"saw": text, "meaning": "", "at": ""} for text in [*seen, THIN[number % len(THIN)]]]}


def _ordered(question: OrderQuestion, share: float, _number: int) -> Response:
    known = round(share * len(question.correct))
    return {"order": [*question.correct[:known], *reversed(question.correct[known:])]}


def _rephrased(question: RephraseQuestion, share: float, number: int) -> Response:
    examples = question.examples
    text = examples[number % len(examples)] if share >= HALF else f"I think {question.public.sentence}"
    return {"text": text}


def _rated(question: ChecklistQuestion, share: float, number: int) -> Response:
    levels = sorted(question.public.levels)
    # The second time, the learners rate themselves a little higher.
    reached = min(share, 0.8) + (0.2 if question.public.compares_with else 0.0)
    ratings: dict[str, Any] = {
        key: levels[min(int(reached * len(levels) + (place + number) % 2 / 2), len(levels) - 1)]
        for place, key in enumerate(question.public.items)
    }
    return {"ratings": ratings}


def _planned(question: CommitmentQuestion, share: float, number: int) -> Response:
    plans = list(question.public.plans)
    return {"plan": plans[number % len(plans)], "text": _by_share(PLANS, share)}


def _reflected(_question: Question, share: float, _number: int) -> Response:
    return {"text": _by_share(REFLECTIONS, share)}


def _replied(_question: Question, share: float, _number: int) -> Response:
    return {"text": _by_share(REPLIES, share)}


SAMPLES: Mapping[str, Callable[[Any, float, int], Response]] = {
    "observe": _rows,
    "choose": _chosen,
    "sort": _placed,
    "order": _ordered,
    "rephrase": _rephrased,
    "reflect": _reflected,
    "respond": _replied,
    "checklist": _rated,
    "commitment": _planned,
}
