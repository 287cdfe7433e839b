"""Scores a plan of a socialization by the lines that are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from homevisit.course.kinds.plan import RULE
from homevisit.course.papers_plan import SECTIONS, Plan, line_counts
from homevisit.course.typed import read_content
from homevisit.scoring.scored import Scored

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from homevisit.course.papers_plan import LineCount
    from homevisit.course.questions import PlanQuestion


def score_plan(question: PlanQuestion, response: Mapping[str, Any]) -> Scored:
    """Score a plan: points * filled lines / all lines; a line of the goals counts by the share of goals that have it.

    What the lines say is not judged; the feedback of each section tells what to compare them with.
    """
    lines = line_counts(read_content(Plan, response))
    sections = [
        {
            "title": title,
            "there": [line.caption for line in lines if line.section == key and line.share == 1],
            "open": [_open(line) for line in lines if line.section == key and line.share < 1],
            "text": question.feedback[key],
        }
        for key, (title, _) in SECTIONS.items()
    ]
    feedback = {"type": "plan", "summary": _summary(lines), "sections": sections, "rule": RULE}
    raw = round(question.points * sum(line.share for line in lines) / len(lines), 2)
    return Scored(raw, float(question.points), feedback)


def _open(line: LineCount) -> str:
    if not line.filled:
        return line.caption
    return f"{line.caption} (there for {line.filled} of {line.goals} goals)"


def _summary(lines: Sequence[LineCount]) -> str:
    filled = sum(line.share == 1 for line in lines)
    if filled == len(lines):
        return f"All {filled} lines of your plan are filled."
    partly = sum(0 < line.share < 1 for line in lines)
    some = f", and {partly} more for some of your goals" if partly else ""
    return f"{filled} of the {len(lines)} lines of your plan are filled{some}."
