from __future__ import annotations

from pathlib import Path

import pytest

from homevisit.course.answer_keys import load_answer_key
from homevisit.scoring.objectivity import check
from homevisit.scoring.rephrase import score_rephrase

KEYS = Path(__file__).parents[2] / "answer_keys"
GOOD = "Leo sat on the rug and turned the pages of a book."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            GOOD,
            (
                2.0,
                True,
                [],
                "Your sentence says what was seen or heard; no word of it was found to judge or to guess.",
            ),
        ),
        (
            "Leo sat on the rug because he was bored with the song.",
            (
                1.0,
                True,
                ["because", "bored"],
                "Your sentence says a good deal. Look again at 2 places below.",
            ),
        ),
        ("Leo sat still.", (1.0, False, [], "Say more of who did what, in at least 6 words.")),
        (
            "Leo was bored.",
            (
                0.0,
                False,
                ["bored"],
                "Say more of who did what, in at least 6 words, and look again at one place below.",
            ),
        ),
        (
            "leo is LAZY, and never helps",
            (
                0.0,
                False,
                ["LAZY", "never"],
                "That is the given sentence again. Write what somebody beside you would have seen and heard.",
            ),
        ),
    ],
)
def test_rephrasing_gives_half_for_what_is_not_flagged_and_half_for_what_is_specific(asked, text, expected):
    scored = score_rephrase(asked["say-it-anew"], {"text": text})
    feedback = scored.feedback
    flagged = [flag["words"] for flag in feedback["flags"]]
    assert (scored.raw, feedback["is_specific"], flagged, feedback["summary"]) == expected
    assert scored.max == 2.0


def test_rephrasing_feedback_invites_to_look_and_shows_the_examples(asked):
    feedback = score_rephrase(asked["say-it-anew"], {"text": "Leo was bored by the song they sang."}).feedback
    assert feedback["type"] == "rephrase"
    assert feedback["flags"] == [
        {
            "words": "bored",
            "category": "feeling or inner state",
            "invitation": "“bored” is a feeling or an inner state; what did you see or hear?",
            "language": "en",
        }
    ]
    assert feedback["examples"] == list(asked["say-it-anew"].examples)
    assert feedback["note"].startswith("A program looked for words on a list.")


def test_rephrasing_never_flags_what_an_example_says_but_the_given_sentence_does_not(asked):
    examples = ("Leo put a hungry cat on the shelf.", "Leo is lazy about the blocks.")
    question = asked["say-it-anew"].model_copy(update={"examples": examples})
    text = "Leo put the hungry cat beside the lazy dog."
    flags = score_rephrase(question, {"text": text}).feedback["flags"]
    assert [flag["words"] for flag in flags] == ["lazy"]


def test_examples_of_a_rephrasing_reach_all_points(asked):
    for example in asked["say-it-anew"].examples:
        assert score_rephrase(asked["say-it-anew"], {"text": example}).raw == 2.0


@pytest.mark.parametrize("path", sorted(KEYS.glob("*.yml")), ids=lambda path: path.stem)
def test_sentences_of_the_course_are_flagged_and_their_examples_are_not(path):
    for question in load_answer_key(path).questions.values():
        if question.type == "rephrase":
            assert check(question.public.sentence) != []
            assert [check(example) for example in question.examples] == [[]] * len(question.examples)
