"""A plan, a schedule and a budget as a made-up team would fill them in; dates lie around today."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from homevisit.course.papers_plan import blank_plan
from homevisit.services.samples import GOAL_LINES, SOCIALIZATION

TODAY = datetime.now(UTC).date()
TEAM = {"b": "Bea", "w": "Winnie", "n": "Nadia", "t": "Tomás"}
ROWS = (
    (-28, "Boxes", "bw", "bw", "a father", "held"),
    (-14, "Our songs", "wn", "wn", "two mothers", "held"),
    (14, "Water", "nt", "nt", "a grandmother", "planned"),
    (28, "Climbing indoors", "bt", "bt", "", "planned"),
    (84, "Flour and dough", "b", "bn", "a mother and a father", "planned"),
)


def a_day(days):
    return (TODAY + timedelta(days=days)).isoformat()


def a_plan():
    lines = {key: text for key, text in SOCIALIZATION.items() if key not in GOAL_LINES}
    goal = {key: SOCIALIZATION[key] for key in GOAL_LINES} | {"subdomain": "initiative"}
    head = {"theme": "Boxes", "date": a_day(14), "place": "Room above the library"}
    return {**blank_plan(), **lines, **head, "network": "", "goals": [goal]}


def a_schedule():
    rows = [
        {
            "date": a_day(days),
            "theme": theme,
            "place": "Room above the library",
            "plans": list(plans),
            "leads": list(leads),
            "parents": parents,
            "state": state,
        }
        for days, theme, plans, leads, parents, state in ROWS
    ]
    team = [{"id": person, "name": name} for person, name in TEAM.items()]
    return {"program": "ehs", "minimum": "", "begins": a_day(-60), "team": team, "rows": rows}


def a_budget():
    def item(what, count, price, per="each"):
        return {"what": what, "count": count, "price": price, "per": per}

    return {
        "families": "8",
        "socializations": "22",
        "ceiling": "2,500",
        "infants": {"count": "4", "price": "1.50"},
        "toddlers": {"count": "5", "price": "2.25"},
        "adults": {"count": "9", "price": "3.10"},
        "transportation": [item("Bus tickets, both ways", "16", "2.50")],
        "materials": [item("Diapers, wipes", "1", "6.40"), item("Two long tubs", "2", "19.99", "year")],
        "other": [item("Interpreter, one hour", "1", "-35")],
    }


SAMPLES = {"plan": a_plan, "schedule": a_schedule, "budget": a_budget}
