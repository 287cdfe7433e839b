from __future__ import annotations

import json

import pytest

from homevisit.scoring.ecomap import score_ecomap
from homevisit.scoring.marks import with_marks
from homevisit.scoring.observe import score_observation
from homevisit.scoring.reflect import score_reflection
from homevisit.scoring.rephrase import score_rephrase
from homevisit.scoring.scored import Scored
from homevisit.scoring.showing import opened, shown_feedback

TURNS = "His mother turns the blocks so that the next one fits."


def observed(asked, *saw):
    return score_observation(
        asked["blocks-observe"], {"rows": [{"saw": text, "meaning": "", "at": ""} for text in saw]}
    )


def test_before_a_second_try_points_that_are_not_covered_show_only_where_to_look(asked):
    shown = shown_feedback(observed(asked, TURNS), tried=1)
    assert shown["held_back"] is True
    assert [sorted(point) for point in shown["points"]].count(["band", "covered", "look_again"]) == 4
    covered = next(point for point in shown["points"] if point["covered"])
    assert (covered["text"], covered["evidence"]) == (TURNS, TURNS)
    sent = json.dumps(shown)
    for point in asked["blocks-observe"].key_points:
        assert (point.text in sent) == (f'"{point.id}"' in sent) == (point.id == "turns")


def test_from_the_second_try_on_everything_is_shown(asked):
    scored = observed(asked, TURNS)
    shown = shown_feedback(scored, tried=2)
    assert shown["held_back"] is False
    assert [{**point, "asked": False} for point in scored.feedback["points"]] == shown["points"]


def test_nothing_is_held_back_where_all_points_are_covered(asked):
    texts = [point.text for point in asked["blocks-observe"].key_points]
    shown = shown_feedback(observed(asked, *texts), tried=1)
    assert shown["held_back"] is False
    assert [point["text"] for point in shown["points"]] == texts


def test_point_that_the_trainer_marked_as_covered_is_shown_and_one_marked_otherwise_is_not(asked):
    marked = with_marks(observed(asked, TURNS), {"places": "covered", "turns": "none", "hands": "again"})
    places, turns, hands, *_ = shown_feedback(marked, tried=1)["points"]
    assert (places["decided"], places["text"][:10]) == ("covered", "His mother")
    for point, mark in ((turns, "none"), (hands, "again")):
        assert (point["decided"], point["band"]) == (mark, mark)
        assert "text" not in point


def test_points_of_a_reflection_are_held_back_too(asked):
    scored = score_reflection(asked["own-lens"], {"text": "We were a quiet family."})
    shown = shown_feedback(scored, tried=1)
    assert shown["points"] == [{"band": "none", "covered": False, "look_again": ""}]
    assert shown_feedback(scored, tried=2)["points"][0]["text"].startswith("Eye contact")


@pytest.mark.parametrize(
    ("text", "tried", "are_shown"),
    [
        ("Leo was bored.", 1, False),
        ("Leo was bored.", 2, True),
        ("Leo sat on the rug and turned the pages of a book.", 1, True),
    ],
)
def test_examples_come_with_full_points_or_with_the_second_try(asked, text, tried, are_shown):
    question = asked["say-it-anew"]
    shown = shown_feedback(score_rephrase(question, {"text": text}), tried=tried)
    assert (shown["examples"], shown["held_back"]) == (
        list(question.examples) if are_shown else [],
        not are_shown,
    )


def test_examples_of_an_ecomap_wait_for_the_second_try_too(asked):
    question = asked["around-her"]
    scored = score_ecomap(question, {"center": "", "people": [], "ties": [], "look_next": "Who?"})
    assert shown_feedback(scored, tried=1)["examples"] == []
    assert shown_feedback(scored, tried=2)["examples"] == list(question.examples)


def test_point_that_a_trainer_is_asked_to_read_says_so(asked):
    shown = shown_feedback(observed(asked, TURNS), tried=2, asked={"hands"})
    assert [point["id"] for point in shown["points"] if point["asked"]] == ["hands"]


def test_stored_feedback_is_left_as_it_is(asked):
    scored = observed(asked, TURNS)
    before = json.dumps(scored.feedback)
    shown_feedback(scored, tried=1, asked={"turns"})
    assert json.dumps(scored.feedback) == before


def test_thin_first_try_is_called_a_start_and_a_later_one_is_told_what_is_new(asked):
    thin, more = observed(asked, TURNS).feedback, observed(asked, TURNS, "Mom sits next to Omar.").feedback
    more |= {"covered": thin["covered"] + 1}
    assert opened(thin, 1, None) == f"A start. {thin['summary']}"
    assert opened(thin, 2, thin) == thin["summary"]
    assert opened(more, 2, thin) == f"You found one more than in your try before. {more['summary']}"
    assert (
        opened(more | {"covered": 3}, 3, thin)
        == f"You found 2 more than in your try before. {more['summary']}"
    )
    assert opened(thin, 2, more) == thin["summary"]


def test_first_try_off_topic_or_with_enough_points_gets_its_plain_sentence(asked):
    for feedback in (
        observed(asked, "It rained.").feedback,
        observed(asked, *(point.text for point in asked["blocks-observe"].key_points)).feedback,
    ):
        assert opened(feedback, 1, None) == feedback["summary"]


def test_attempt_that_is_older_than_bands_is_held_back_as_well():
    points = [{"id": "b", "text": "B", "covered": False, "evidence": "", "look_again": "There."}]
    old = Scored(
        0.0, 2.0, {"type": "observe", "summary": "Old.", "points": points, "enough": 1, "covered": 0}
    )
    assert shown_feedback(old, tried=1)["points"] == [
        {"band": "none", "covered": False, "look_again": "There."}
    ]
    assert opened(old.feedback, 1, None) == "Old."
