from __future__ import annotations

import json

import pytest

import homevisit.widgets
from homevisit.course.question_types import QUESTION_TYPES
from homevisit.errors import ContentError
from homevisit.widgets import (
    checklist,
    choose,
    clip,
    commitment,
    ecomap,
    finish,
    observe,
    order,
    plan,
    reflect,
    rephrase,
    respond,
    sort,
    watch,
)
from tests.course.key_files import LESSON

pytestmark = pytest.mark.usefixtures("lesson_dir")

CALLS = [
    (observe, "blocks-observe"),
    (choose, "one-step"),
    (choose, "who-belongs"),
    (sort, "what-kind"),
    (reflect, "own-lens"),
    (order, "visit-steps"),
    (rephrase, "say-it-anew"),
    (respond, "long-week"),
    (checklist, "before"),
    (checklist, "after"),
    (commitment, "try-it"),
    (ecomap, "around-her"),
    (plan, "one-morning"),
    (watch, "stop-and-mark"),
]
SECRETS = [
    "one small twist",
    "Wait for the drop",
    "His mother sits beside Omar",
    "Look at the start once more",
    "She has a car.",
    "Relatives count.",
    "A thing again.",
    "Any act will do.",
    "Eye contact",
    "enough",
    "correct",
    "key_points",
    "It opens the door.",
    "Leo sat on the rug",
    "Takes up what she said",
    "In her own terms",
    "A whole week is long",
    "examples",
    "least_words",
    "The thickest line",
    "Leave the eggs out.",
]


@pytest.mark.parametrize(("call", "question_id"), CALLS)
def test_question_declares_the_public_part_only(lesson_dir, call, question_id):
    public = json.loads((lesson_dir / "questions.json").read_text(encoding="utf-8"))["questions"]
    widget = call(question_id)
    if call is watch:  # it carries what a page shows of its clip as well
        public[question_id]["film"] = clip("omar-stacking").question
    assert (widget.lesson_id, widget.question_id, widget.question) == (
        LESSON,
        question_id,
        public[question_id],
    )
    state = json.dumps(widget.get_state())
    assert [secret for secret in SECRETS if secret in state] == []


def test_reflection_shows_its_rubric_without_the_trainers_note():
    rubric = reflect("own-lens").question["rubric"]
    assert rubric[0] == {
        "id": "scene",
        "criterion": "Names something from the scene",
        "levels": {"0": "Not yet", "1": "In general terms", "2": "A particular act"},
    }


def test_question_with_unknown_id_names_the_ones_there_are():
    with pytest.raises(ContentError) as caught:
        observe("block-observe")
    assert caught.value.advice == (
        "There is no question 'block-observe' in this lesson. "
        f"Write one of: {', '.join(question_id for _, question_id in CALLS)}."
    )


def test_question_of_another_type_says_what_to_write():
    with pytest.raises(ContentError) as caught:
        observe("own-lens")
    assert caught.value.advice == "The question 'own-lens' is of another type: write reflect(\"own-lens\")."


def test_question_in_a_lesson_that_is_not_built_says_so(lesson_dir):
    (lesson_dir / "questions.json").unlink()
    with pytest.raises(ContentError) as caught:
        choose("one-step")
    assert caught.value.advice.startswith("Run 'homevisit build' first")


def test_clip_shows_its_scene_and_transcript_and_what_is_known_of_it(lesson_dir):
    (lesson_dir.parent / "media" / "omar.txt").write_text("One: *Look*\nTwo: <b>Yes</b>\n", encoding="utf-8")
    widget = clip("omar-stacking")
    assert (widget.lesson_id, widget.question_id) == (LESSON, "omar-stacking")
    assert widget.question == {
        "type": "clip",
        "title": "Omar stacks blocks",
        "publisher": "Office of Head Start",
        "source_page": "https://example.org/page",
        "url": "",
        "also": "",
        "captions": "",
        "description": "",
        "silent": False,
        "poster": "omar.svg",
        "alt": "",
        "known": "They stack blocks.",
        "licence": "",
        "storyboard": [],
        "is_playable": False,
        "transcript_html": "<p>One: <em>Look</em><br />\nTwo: &lt;b&gt;Yes&lt;/b&gt;</p>\n",
        "scene_html": (
            "<p>His mother sits <strong>beside</strong> him. "
            "&lt;b onclick=&quot;x()&quot;&gt;Loud&lt;/b&gt;</p>\n"
        ),
    }


def test_clip_with_unknown_id_names_the_ones_there_are():
    with pytest.raises(ContentError) as caught:
        clip("nathalie")
    assert caught.value.advice == "There is no clip 'nathalie'. Write one of: omar-stacking."


def test_finish_lists_the_questions_in_the_lessons_order():
    widget = finish()
    assert widget.lesson_id == LESSON
    assert widget.question["type"] == "finish"
    assert [entry["id"] for entry in widget.question["questions"]] == [
        question_id for _, question_id in CALLS
    ]
    assert widget.question["questions"][1] == {
        "id": "one-step",
        "type": "choose",
        "prompt": "Which step first?",
    }


def test_widgets_export_what_a_lesson_may_call():
    assert homevisit.widgets.__all__ == sorted([*QUESTION_TYPES, "clip", "finish"])
    assert all(callable(getattr(homevisit.widgets, name)) for name in homevisit.widgets.__all__)
