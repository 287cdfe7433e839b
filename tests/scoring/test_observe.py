from __future__ import annotations

from itertools import permutations

import pytest

from homevisit.course.bands import Bands
from homevisit.course.words import WordChoices, Words
from homevisit.scoring.coverage import READ_BY_PROGRAM
from homevisit.scoring.key_points import match
from homevisit.scoring.observe import score_observation

PLACES = "Mom sits next to Omar. The home visitor is across from him."
TURNS = "Mom turns a block so that it fits."
HANDS = "She hands him each block in the right order for the post."
TRIES = "Omar picks blocks up, moves them in different ways and fits some together."


def rows(*saw, meaning="", at=""):
    return {"rows": [{"saw": text, "meaning": meaning, "at": at} for text in saw]}


def covered(scored):
    return [point["id"] for point in scored.feedback["points"] if point["covered"]]


@pytest.mark.parametrize(
    ("saw", "raw"),
    [
        ((), 0.0),
        ((PLACES,), 1.33),
        ((PLACES, TURNS), 2.67),
        ((PLACES, TURNS, HANDS), 4.0),
        ((PLACES, TURNS, HANDS, TRIES), 4.0),
    ],
)
def test_observation_gives_full_points_from_enough_on(asked, saw, raw):
    scored = score_observation(asked["blocks-observe"], rows(*saw))
    assert (scored.raw, scored.max, scored.feedback["covered"]) == (raw, 4.0, len(saw))


def test_observation_feedback_shows_the_learners_own_sentence(asked):
    feedback = score_observation(asked["blocks-observe"], rows(TURNS)).feedback
    assert (feedback["type"], feedback["enough"], feedback["covered"], feedback["note"]) == (
        "observe",
        3,
        1,
        READ_BY_PROGRAM,
    )
    assert feedback["summary"] == (
        "Your words match 1 of the 5 points of the source; 3 are enough for full points."
    )
    first, second = ({**point} for point in feedback["points"][:2])
    assert first.pop("share") < second.pop("share")
    assert [first, second] == [
        {
            "id": "places",
            "text": "His mother sits beside Omar; the home visitor faces him from across.",
            "band": "none",
            "covered": False,
            "evidence": "",
            "look_again": "Look at the start once more.",
        },
        {
            "id": "turns",
            "text": "His mother turns the blocks so that the next one fits.",
            "band": "covered",
            "covered": True,
            "evidence": TURNS,
            "look_again": "Watch her hands.",
        },
    ]


def test_observation_with_enough_points_says_so(asked):
    feedback = score_observation(asked["blocks-observe"], rows(PLACES, TURNS, HANDS)).feedback
    expected = "Your words match 3 of the 5 points of the source, which is enough for full points."
    assert feedback["summary"] == expected


def test_observation_off_topic_says_where_to_look_and_does_not_scold(asked):
    scored = score_observation(asked["blocks-observe"], rows("It rained on the way."))
    assert scored.raw == 0.0
    assert scored.feedback["summary"] == "None of the points yet; here is where to look."
    assert {point["band"] for point in scored.feedback["points"]} == {"none"}


def test_observation_near_a_point_is_one_to_look_at_again_and_counts_nothing(asked):
    question = asked["blocks-observe"]
    texts = [point.text for point in question.key_points]
    share = max(match(question.public.prompt, texts, TURNS))
    between = Bands(covered=(1 + share) / 2, again=share)
    scored = score_observation(question.model_copy(update={"bands": between}), rows(TURNS))
    turns = scored.feedback["points"][1]
    assert (turns["band"], turns["covered"], turns["evidence"]) == ("again", False, TURNS)
    assert (scored.raw, scored.feedback["summary"]) == (
        0.0,
        "Your words come near 1 of the 5 points of the source; 3 are enough for full points.",
    )


def test_observation_is_the_same_in_any_order_and_at_any_time(asked):
    expected = score_observation(asked["blocks-observe"], rows(PLACES, TURNS, HANDS))
    for saw in permutations((PLACES, TURNS, HANDS)):
        assert score_observation(asked["blocks-observe"], rows(*saw, at="3:07")) == expected


def test_observation_counts_what_was_seen_and_not_what_it_may_mean(asked):
    scored = score_observation(asked["blocks-observe"], rows("They play.", meaning=TURNS))
    assert (scored.raw, covered(scored)) == (0.0, [])


def test_observation_may_show_evidence_from_the_other_column(asked):
    question = asked["blocks-observe"]
    fuller = "His mother turns the blocks so that the next one fits."
    scored = score_observation(question, rows(TURNS, meaning=fuller))
    assert scored.feedback["points"][1]["evidence"] == fuller


def test_observation_points_at_judging_words_of_what_was_seen_and_takes_no_points_for_them(asked):
    question = asked["blocks-observe"]
    judging = rows(TURNS, "He is proud of it.", meaning="She is kind and he is happy.")
    scored = score_observation(question, judging)
    assert scored.raw == score_observation(question, rows(TURNS)).raw
    assert scored.feedback["flags"] == [
        {
            "row": 2,
            "words": "proud",
            "category": "feeling or inner state",
            "invitation": "“proud” is a feeling or an inner state; what did you see or hear?",
            "language": "en",
        }
    ]


def test_observation_in_spanish_gets_its_invitation_in_spanish(asked):
    flags = score_observation(asked["blocks-observe"], rows("La mamá estaba contenta.")).feedback["flags"]
    assert [(flag["row"], flag["language"]) for flag in flags] == [(1, "es")]


def test_observation_never_flags_what_the_key_itself_says(asked):
    question = asked["blocks-observe"]
    said = [point.text for point in question.key_points]
    assert score_observation(question, rows(*said)).feedback["flags"] == []


def test_observation_follows_the_programme_and_the_question(asked):
    words = WordChoices(en=Words(seems="fine", remove=("proud",)))
    question = asked["blocks-observe"].model_copy(update={"words": words})
    assert score_observation(question, rows("He seems proud.")).feedback["flags"] == []


def test_point_is_found_in_other_words_that_its_key_gives_and_nobody_is_shown_them(asked):
    question = asked["blocks-observe"]
    response = rows("Mommy passes the next piece over to her boy.", "A dog barks outside.")
    before = score_observation(question, response).feedback["points"]
    number = next(number for number, point in enumerate(question.key_points) if "hand" in point.text.lower())
    other = question.key_points[number].model_copy(
        update={"also": ("Mom gives the boy the next piece.", "She passes him one after the other.")}
    )
    points = (*question.key_points[:number], other, *question.key_points[number + 1 :])
    feedback = score_observation(question.model_copy(update={"key_points": points}), response).feedback
    after = feedback["points"][number]
    assert not before[number]["covered"]
    assert after["share"] > before[number]["share"]
    assert (after["covered"], after["evidence"]) == (True, "Mommy passes the next piece over to her boy.")
    assert "one after the other" not in str(feedback)
