from __future__ import annotations

from homevisit.course.papers_plan import blank_plan
from homevisit.scoring.plan import score_plan
from homevisit.services.samples import GOAL_LINES, SOCIALIZATION

GOAL = {key: SOCIALIZATION[key] for key in GOAL_LINES}
FULL = {
    **blank_plan(),
    **{key: text for key, text in SOCIALIZATION.items() if key not in GOAL_LINES},
    "goals": [GOAL],
}


def test_plan_with_every_line_filled_gets_all_points(asked):
    scored = score_plan(asked["one-morning"], FULL)
    assert (scored.raw, scored.max) == (6.0, 6.0)
    assert scored.feedback["summary"] == "All 18 lines of your plan are filled."
    assert [section["open"] for section in scored.feedback["sections"]] == [[]] * 7


def test_feedback_names_what_is_there_and_what_is_open(asked):
    goals = [GOAL, {**GOAL, "child": "", "domain": ""}]
    scored = score_plan(asked["one-morning"], {**FULL, "goals": goals, "food": "", "network": "songs"})
    # 14 lines, and half of two more
    assert scored.raw == 5.0
    assert (
        scored.feedback["summary"]
        == "14 of the 18 lines of your plan are filled, and 2 more for some of your goals."
    )
    shown = {section["title"]: section for section in scored.feedback["sections"]}
    assert shown["2. Connection to other goals"] == {
        "title": "2. Connection to other goals",
        "there": [
            "A family's goal that this serves",
            "School readiness goal of the program",
            "Family outcomes goal of the program",
        ],
        "open": [
            "A child's goal that this serves (there for 1 of 2 goals)",
            "ELOF domain (there for 1 of 2 goals)",
        ],
        "text": "Whose goal is it?",
    }
    assert shown["5. Food"]["open"] == ["What babies, toddlers, and adults eat, and who helps"]
    assert shown["4. Talk and getting to know one another"]["there"] == ["What parents learn or talk over"]
