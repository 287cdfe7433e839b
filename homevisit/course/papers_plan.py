"""The planning form for one socialization: five elements, what people type into it, and which lines are filled.

The elements are those of the supervisor's handbook ("Support for Home Visitors"), the lines below them are
the course's own. The browser counts in the same way (``web/static/lesson/plan-lines.js``); a test compares
the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from homevisit.course.elof import DOMAINS, in_framework
from homevisit.course.fields import AsTuple, Checked
from homevisit.course.typed import Typed, day_in_words, read_content, read_day, room_for

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_GOALS = 8
# A line with fewer words than this counts as open.
LEAST_WORDS = 2


class Goal(Checked):
    """One goal and what it is connected to; `domain` and `subdomain` are keys of the ELOF."""

    goal: Typed = ""
    child: Typed = ""
    family: Typed = ""
    domain: Typed = ""
    subdomain: Typed = ""
    readiness: Typed = ""
    outcome: Typed = ""


Goals = Annotated[tuple[Goal, ...], AsTuple, room_for(MOST_GOALS, "goal")]


class Plan(Checked):
    """A plan as it was typed."""

    theme: Typed = ""
    date: Typed = ""
    place: Typed = ""
    plans: Typed = ""
    leads: Typed = ""
    parents: Typed = ""
    goals: Goals = (Goal(),)
    together: Typed = ""
    extends: Typed = ""
    space: Typed = ""
    materials: Typed = ""
    talk: Typed = ""
    network: Typed = ""
    food: Typed = ""
    observe: Typed = ""
    afterward: Typed = ""


# Each section of the form: its title, and the caption of each line in it. Lines of GOAL_SECTIONS stand for each goal.
GOAL_SECTIONS = ("goal", "connections")
SECTIONS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "people": (
        "Who takes part",
        {
            "plans": "Who plans it",
            "leads": "Who leads it",
            "parents": "Parents' part, in the planning and on the day",
        },
    ),
    "goal": ("1. Goals", {"goal": "What will be different for parents and children when they leave"}),
    "connections": (
        "2. Connection to other goals",
        {
            "child": "A child's goal that this serves",
            "family": "A family's goal that this serves",
            "domain": "ELOF domain",
            "readiness": "School readiness goal of the program",
            "outcome": "Family outcomes goal of the program",
        },
    ),
    "together": (
        "3. What parents and children do together",
        {
            "together": "What each parent and child do together",
            "extends": "What it takes up from home visits, and how it goes on at home",
            "space": "The space, and how it is set up",
            "materials": "Materials",
        },
    ),
    "talk": (
        "4. Talk and getting to know one another",
        {
            "talk": "What parents learn or talk over",
            "network": "How families get to know one another",
        },
    ),
    "food": ("5. Food", {"food": "What babies, toddlers, and adults eat, and who helps"}),
    "after": (
        "While it happens, and afterward",
        {
            "observe": "What to watch for",
            "afterward": "What to do afterward",
        },
    ),
}
HEAD = {"theme": "Theme", "date": "Date", "place": "Place"}


@dataclass(frozen=True, slots=True)
class LineCount:
    """One line of the form: for how many of the goals it is filled; lines without goals count as one goal."""

    section: str
    key: str
    caption: str
    filled: int
    goals: int

    @property
    def share(self) -> float:
        """The part that is filled, from 0 to 1."""
        return self.filled / self.goals


def blank_plan() -> dict[str, Any]:
    """Give the content of a new plan: one goal, nothing written."""
    return Plan().model_dump(mode="json")


def checked_plan(obj: object) -> dict[str, Any]:
    """Give a plan as it was typed; InvalidResponseError for its shape, its size or too many goals."""
    return read_content(Plan, obj).model_dump(mode="json")


def is_filled(text: str) -> bool:
    """Whether a line holds enough words to count: at least two that have a letter or digit in them."""
    words = [word for word in text.split() if any(character.isalnum() for character in word)]
    return len(words) >= LEAST_WORDS


def written_goals(plan: Plan) -> tuple[Goal, ...]:
    """Give the goals in which anything stands, one empty goal where there is none."""
    return tuple(goal for goal in plan.goals if any(goal.model_dump().values())) or (Goal(),)


def line_counts(plan: Plan) -> list[LineCount]:
    """Count every line of the form; what a connection or a goal lacks is counted goal by goal."""
    goals = written_goals(plan)
    found = []
    for section, (_, lines) in SECTIONS.items():
        for key, caption in lines.items():
            if section in GOAL_SECTIONS:
                filled = sum(_is_goal_line_filled(goal, key) for goal in goals)
                found.append(LineCount(section, key, caption, filled, len(goals)))
            else:
                found.append(LineCount(section, key, caption, int(is_filled(getattr(plan, key))), 1))
    return found


def plan_as_text(content: Mapping[str, Any]) -> str:
    """Write a plan as plain text, section by section; a line that is open says so."""
    plan = read_content(Plan, content)
    day, _ = read_day(plan.date)
    head = {"theme": plan.theme, "date": day_in_words(day) if day else plan.date, "place": plan.place}
    written = [f"{HEAD[key]}: {text.strip()}" for key, text in head.items() if text.strip()]
    goals = written_goals(plan)
    for section, (title, lines) in SECTIONS.items():
        if section == "connections":
            continue
        if section == "goal":
            written += ["", f"{title}, and 2. connection to other goals"]
            for number, goal in enumerate(goals, 1):
                written += _goal_as_text(goal, number if len(goals) > 1 else 0)
        else:
            written += ["", title]
            written += [f"- {caption}: {_or_open(getattr(plan, key))}" for key, caption in lines.items()]
    return "\n".join(written).strip()


def shown_goal_line(goal: Goal, key: str) -> str:
    """Give what stands in one line of a goal, the ELOF in its own names."""
    if key == "domain":
        return in_framework(goal.domain, goal.subdomain)
    return str(getattr(goal, key)).strip()


def _is_goal_line_filled(goal: Goal, key: str) -> bool:
    return goal.domain in DOMAINS if key == "domain" else is_filled(getattr(goal, key))


def _goal_as_text(goal: Goal, number: int) -> list[str]:
    title = f"Goal {number}" if number else "Goal"
    links = SECTIONS["connections"][1]
    return [
        f"{title}: {_or_open(goal.goal)}",
        *(f"- {caption}: {_or_open(shown_goal_line(goal, key))}" for key, caption in links.items()),
    ]


def _or_open(text: str) -> str:
    return text.strip() or "(open)"
