from __future__ import annotations

from homevisit.course.ecomap_changes import changes, same_ids

FAMILY = "family"


def person(own_id, name, kind="family"):
    return {"id": own_id, "name": name, "kind": kind}


def tie(first, second=FAMILY, **values):
    usual = {"strength": "strong", "direction": "both", "support": [], "note": ""}
    return {"from": first, "to": second, **usual, **values}


def drawn(people, ties):
    return {"center": "us", "people": people, "ties": ties, "look_next": ""}


BEFORE = drawn(
    [person("gm", "the grandmother"), person("la", "the landlord", "service"), person("un", "the uncle")],
    [
        tie("gm", strength="stressful", support=["instrumental"]),
        tie("la", strength="stressful"),
        tie("un"),
        tie("un", "gm"),
        tie("gm", "la", strength="weak"),
    ],
)


def test_changes_tell_who_came_and_went_and_how_ties_are_now():
    after = drawn(
        [
            person("gm", "the grandmother"),
            person("la", "the landlord", "service"),
            person("pg", "playgroup", "group"),
        ],
        [
            tie(FAMILY, "gm", direction="one-way", support=["emotional", "spiritual"], note="She sings."),
            tie("la", strength="stressful"),
            tie("pg", strength="weak", support=["informational"]),
        ],
    )
    assert changes(BEFORE, after) == (
        "New on the map: “playgroup” (group or club).",
        "No longer on the map: “the uncle”.",
        (
            "Changed: the tie to “the grandmother”: it was stressful and is now strong; "
            "it went both ways and now goes one way, to the grandmother; "
            "emotional and spiritual support has come; instrumental support is no longer there; "
            "the note is another one."
        ),
        "New: the tie to “playgroup” (weak tie, both ways; informational support).",
        "Gone: the tie between “the grandmother” and “the landlord”, which was weak.",
    )


def test_changes_of_a_map_to_itself_are_none():
    assert changes(BEFORE, BEFORE) == ()


def test_places_on_the_drawing_and_the_ends_of_a_two_way_tie_are_no_change():
    moved = [{**entry, "x": 10, "y": 20} for entry in BEFORE["people"]]
    turned = [{**entry, "from": entry["to"], "to": entry["from"]} for entry in BEFORE["ties"]]
    assert changes(BEFORE, drawn(moved, turned)) == ()


def test_new_name_and_kind_are_told():
    people = [person("gm", "nana", "friend"), *BEFORE["people"][1:]]
    assert changes(BEFORE, drawn(people, BEFORE["ties"])) == (
        "“the grandmother” is now called “nana”.",
        "“nana” was a family member and is now a friend.",
    )


def test_map_that_was_drawn_anew_is_matched_by_names():
    anew = drawn(
        [
            person("x1", "The  Grandmother"),
            person("x2", "the landlord", "service"),
            person("x3", "the uncle"),
        ],
        [
            {**entry, "from": {"gm": "x1", "la": "x2", "un": "x3"}[entry["from"]]}
            | {"to": {"gm": "x1", "la": "x2", "un": "x3"}.get(entry["to"], FAMILY)}
            for entry in BEFORE["ties"]
        ],
    )
    assert changes(BEFORE, same_ids(BEFORE, anew)) == ()


def test_two_of_one_name_and_people_without_a_name_stay_apart():
    before = drawn([person("a", "neighbor"), person("b", "")], [])
    after = drawn([person("c", "neighbor"), person("d", "neighbor"), person("e", "")], [])
    assert [entry["id"] for entry in same_ids(before, after)["people"]] == ["a", "d", "e"]
    assert changes(before, same_ids(before, after)) == (
        "New on the map: “neighbor” (family member).",
        "New on the map: “someone without a name” (family member).",
        "No longer on the map: “someone without a name”.",
    )
