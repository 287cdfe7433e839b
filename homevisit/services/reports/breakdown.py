"""What learners chose, misplaced and missed at the first attempt, and how trainers' levels spread."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from homevisit.course.questions import ChooseQuestion, OrderQuestion, SortQuestion
from homevisit.services.reports.values import FEWEST, Breakdown, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from homevisit.course.questions import Criterion, Question
    from homevisit.store.values import Attempt


def of_first_attempts(question: Question, firsts: Sequence[Attempt]) -> tuple[Breakdown, ...]:
    """Return what the first attempts show: options, statements, steps, key points; lines of too few left out.

    Parameters
    ----------
    firsts : sequence of Attempt
        One for each learner, with a trainer's marks already in its feedback.
    """
    found = []
    if isinstance(question, ChooseQuestion):
        lead = "How many learners chose each option on the first try."
        found.append(Breakdown("chosen", "Options chosen", lead, _chosen(question, firsts)))
    if isinstance(question, SortQuestion):
        lead = "How many learners put each statement into another group on the first try."
        found.append(Breakdown("misplaced", "Statements misplaced", lead, _misplaced(question, firsts)))
    if isinstance(question, OrderQuestion):
        lead = "How many learners gave each step another place on the first try. One step that moves shifts others."
        found.append(Breakdown("misplaced", "Steps misplaced", lead, _moved(question, firsts)))
    if points := getattr(question, "key_points", ()):
        lead = "How many learners did not yet have each key point covered on the first try."
        lines = _missed({point.id: point.text for point in points}, firsts)
        found.append(Breakdown("missed", "Key points missed", lead, lines))
    return tuple(one for one in found if one.lines)


def of_criterion(criterion: Criterion, ratings: Iterable[Mapping[str, int]]) -> Breakdown | None:
    """Return how the levels of a criterion spread, highest first; None for fewer than five rated texts.

    A rating that is none of today's levels has no part in it.
    """
    given = Counter(rated[criterion.id] for rated in ratings if rated.get(criterion.id) in criterion.levels)
    if given.total() < FEWEST:
        return None
    mean = sum(level * count for level, count in given.items()) / given.total()
    lines = tuple(
        Line(f"{level}: {text}", given[level], given.total())
        for level, text in sorted(criterion.levels.items(), reverse=True)
    )
    lead = f"Levels that trainers gave. The mean is {mean:.1f} of {criterion.highest}."
    return Breakdown("levels", criterion.criterion, lead, lines)


def _chosen(question: ChooseQuestion, firsts: Sequence[Attempt]) -> tuple[Line, ...]:
    lines = []
    for key, label in question.public.options.items():
        asked = [one for one in firsts if key in _keys(one, "options")]
        note = "belongs here" if key in question.correct else "does not belong here"
        lines.append(Line(label, sum(key in one.response["chosen"] for one in asked), len(asked), note))
    return _shown(lines)


def _misplaced(question: SortQuestion, firsts: Sequence[Attempt]) -> tuple[Line, ...]:
    lines = []
    for key, text in question.public.statements.items():
        places = [one.response["placed"][key] for one in firsts if key in one.response["placed"]]
        wrong = Counter(place for place in places if place != question.correct[key])
        groups = question.public.groups
        note = f"belongs in “{groups[question.correct[key]]}”"
        if wrong:
            often = wrong.most_common(1)[0][0]
            note += f"; most often put into “{groups.get(often, often)}”"
        lines.append(Line(text, wrong.total(), len(places), note))
    return _shown(lines)


def _moved(question: OrderQuestion, firsts: Sequence[Attempt]) -> tuple[Line, ...]:
    # places say nothing where the steps were others
    orders = [order for one in firsts if set(order := one.response["order"]) == set(question.public.steps)]
    return _shown(
        Line(
            question.public.steps[key],
            sum(order[place] != key for order in orders),
            len(orders),
            f"belongs in place {place + 1}",
        )
        for place, key in enumerate(question.correct)
    )


def _missed(points: Mapping[str, str], firsts: Sequence[Attempt]) -> tuple[Line, ...]:
    lines = []
    for point_id, text in points.items():
        bands = [
            _band(point)
            for one in firsts
            for point in one.feedback.get("points", ())
            if point["id"] == point_id
        ]
        again, none = bands.count("again"), bands.count("none")
        note = f"{again} to look at again, {none} not found yet"
        lines.append(Line(text, again + none, len(bands), note))
    return _shown(lines)


def _band(point: Mapping[str, Any]) -> str:
    """Return what counts for a point: the trainer's mark, else the first reading."""
    return str(point.get("decided") or point.get("band") or ("covered" if point["covered"] else "none"))


def _keys(attempt: Attempt, field: str) -> set[str]:
    return {entry["key"] for entry in attempt.feedback.get(field, ())}


def _shown(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines with enough learners, the largest share first."""
    return tuple(sorted((line for line in lines if line.n >= FEWEST), key=lambda line: -line.share))
