"""What the made-up learners of the sample cohort give to each type of question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.course.clip_times import seconds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from homevisit.course.questions import (
        ChecklistQuestion,
        ChooseQuestion,
        CommitmentQuestion,
        EcomapQuestion,
        ObserveQuestion,
        OrderQuestion,
        PlanQuestion,
        Question,
        RephraseQuestion,
        SortQuestion,
        WatchQuestion,
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

# Name, kind, strength, direction and support; the first ones are what most learners see first.
AROUND: tuple[tuple[str, str, str, str, tuple[str, ...]], ...] = (
    ("the grandmother", "family", "strong", "both", ("emotional", "instrumental")),
    ("the landlord", "service", "stressful", "both", ()),
    ("the neighbor", "neighbor", "strong", "both", ("instrumental",)),
    ("the clinic", "service", "weak", "one-way", ("informational",)),
    ("the work", "place", "stressful", "one-way", ("instrumental",)),
    ("the congregation", "faith", "strong", "both", ("spiritual", "emotional")),
    ("the playgroup", "group", "weak", "both", ("emotional", "informational")),
)
LOOK_NEXT = (
    "I would ask which of these lines she would like to be thicker in a year, and who could help with it.",
    "Who comes when the work runs late?",
    "The landlord.",
)

THEMES = ("Boxes", "Water", "Our songs")
GOAL_LINES = ("goal", "child", "family", "domain", "readiness", "outcome")
SOCIALIZATION = {
    "goal": "Parents find out how long their child stays with something when nobody steps in.",
    "child": "One child practices filling and emptying with both hands.",
    "family": "One mother wants to worry less about the mess.",
    "domain": "approaches",
    "readiness": "Children stay with a task of their own choice.",
    "outcome": "Parents know other families nearby.",
    "plans": "Two home visitors and one father.",
    "leads": "One leads, the other looks after the room.",
    "parents": "Two parents bring boxes and open the circle.",
    "together": "Each parent and child build with boxes and knock them down.",
    "extends": "It takes up the boxes from home; one goes home again.",
    "space": "Cushions in a circle, the boxes in the middle.",
    "materials": "Boxes of all sizes, tape without a blade.",
    "talk": "When do you help, and when do you wait?",
    "network": "Parents talk in threes while they tape.",
    "food": "Sweet potato, mashed for babies, in wedges for others; no nuts.",
    "observe": "Where each child looks before trying again.",
    "afterward": "Each visitor opens the next visit with what the parent saw.",
}


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


def _watched(question: WatchQuestion, share: float, number: int) -> Response:
    known = question.key_points[: round(share * len(question.key_points))]
    marks: Any = [{"at": number % 5, "saw": THIN[number % len(THIN)]}]
    seen = ((seconds_of(moment.start) or 0, moment.text) for moment in known)
    marks += [{"at": at, "saw": text} for at, text in sorted(seen)]
    stops: Any = {stop.id: THIN[number % len(THIN)] for stop in question.public.stops if share >= HALF}
    return {"marks": marks, "stops": stops, "position": 0}


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


def _socialization_planned(_question: PlanQuestion, share: float, number: int) -> Response:
    lines = list(SOCIALIZATION)
    filled = lines[: max(1, round(share * len(lines)))]
    given = {key: SOCIALIZATION[key] if key in filled else "" for key in lines}
    goal: dict[str, Any] = {key: given.pop(key) for key in GOAL_LINES}
    theme = THEMES[number % len(THEMES)]
    goals: Any = [{**goal, "subdomain": ""}]
    return {"theme": theme, "date": "", "place": "", **given, "goals": goals}


def _mapped(question: EcomapQuestion, share: float, number: int) -> Response:
    drawn = AROUND[: max(1, round(share * len(AROUND)))]
    people: Any = [{"id": name.split()[-1], "name": name, "kind": kind} for name, kind, *_ in drawn]
    ties: Any = [
        {
            "from": name.split()[-1],
            "to": "family",
            "strength": strength,
            "direction": way,
            "support": list(kinds),
        }
        | {"note": ""}
        for name, _, strength, way, kinds in drawn
    ]
    look_next: Any = _by_share(LOOK_NEXT, share) if number % 4 != len(LOOK_NEXT) else ""
    center: Any = question.public.family or "the family"
    return {"center": center, "people": people, "ties": ties, "look_next": look_next}


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
    "ecomap": _mapped,
    "plan": _socialization_planned,
    "watch": _watched,
}
