from __future__ import annotations

import pytest

from homevisit.course.questions import QUESTION
from homevisit.scoring.ecomap import score_ecomap


def person(name):
    return {"id": name, "name": f"the {name}", "kind": "family"}


def tie(first, second="family", strength="strong", direction="both", support=()):
    ends = {"from": first, "to": second}
    return {**ends, "strength": strength, "direction": direction, "support": list(support), "note": ""}


WHOLE = {
    "center": "us",
    "people": [person("aunt"), person("clinic"), person("boss")],
    "ties": [
        tie("aunt", support=["emotional", "spiritual"]),
        tie("clinic", direction="one-way", support=["informational", "instrumental"]),
        tie("boss", strength="stressful"),
    ],
    "look_next": "Who could come by?",
}


def parts(scored):
    return {part["id"]: part["met"] for part in scored.feedback["rule"]}


def have(scored, part_id):
    return next(part["have"] for part in scored.feedback["rule"] if part["id"] == part_id)


def test_complete_map_gets_all_points_and_says_what_it_has(asked):
    scored = score_ecomap(asked["around-her"], WHOLE)
    assert (scored.raw, scored.max) == (5.0, 5.0)
    assert scored.feedback["summary"] == (
        "Your map is complete. What matters now is what you and the family see on it."
    )
    assert [part["have"] for part in scored.feedback["rule"]] == [
        "Your map has 3 ties to the family.",
        "All four are there.",
        "On your map: “the boss”.",
        "On your map: “the clinic”.",
        "You wrote it down.",
    ]
    assert scored.feedback["examples"] == ["The thickest line leads to the neighbor, who asks for nothing."]


@pytest.mark.parametrize(
    ("drawn", "missing", "asks"),
    [
        (
            {**WHOLE, "ties": [tie("aunt", "boss"), *WHOLE["ties"][1:]]},
            {"ties", "supports"},
            "Your map has 2 ties to the family. Who or what else is in their week? 1 more, and this part is there.",
        ),
        (
            {**WHOLE, "ties": [tie(end, support=["emotional"]) for end in ("aunt", "clinic", "boss")]},
            {"supports", "costs", "one-way"},
            "Not on the map yet: informational, instrumental and spiritual support. Who brings it?",
        ),
        (
            {**WHOLE, "look_next": " ?! "},
            {"look-next"},
            "Write down one thing. A question to the parent will do.",
        ),
    ],
)
def test_each_part_of_the_rule_counts_the_same_and_what_is_missing_is_asked_for(asked, drawn, missing, asks):
    scored = score_ecomap(asked["around-her"], drawn)
    assert {part for part, met in parts(scored).items() if not met} == missing
    assert scored.raw == 5.0 - len(missing)
    assert scored.feedback["summary"] == f"{5 - len(missing)} of 5 parts of a complete map are there."
    assert asks in [part["have"] for part in scored.feedback["rule"]]


def test_strong_tie_that_is_stressful_too_counts_as_one_that_costs(asked):
    drawn = {**WHOLE, "ties": [*WHOLE["ties"][:2], tie("boss", "aunt", strength="strong-stressful")]}
    assert have(score_ecomap(asked["around-her"], drawn), "costs") == "On your map: “the boss and the aunt”."


def test_rule_may_ask_for_less_and_for_more_of_a_part():
    rule = {"ties": 1, "supports": False, "costs": 2, "one_way": 0, "look_next": False}
    question = QUESTION.validate_python(
        {
            "type": "ecomap",
            "source": "003",
            "points": 3,
            "public": {"prompt": "Draw.", "rule": rule},
        }
    )
    assert question.public_part()["rule_lines"] == [
        "at least 1 person or place with a tie to the family",
        "at least 2 ties that are weak or stressful",
    ]
    scored = score_ecomap(question, WHOLE)
    assert scored.raw == 1.5
    assert have(scored, "costs") == (
        "On your map: “the boss”. Which tie costs this family strength, or holds only a little?"
    )
