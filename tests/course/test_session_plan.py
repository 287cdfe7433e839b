from __future__ import annotations

import json
from pathlib import Path

import pytest

from homevisit.course.lesson_sections import heading_id, read_sections
from homevisit.course.session_plan import MAX_STEPS, SessionPlan, Step, plan_json, read_plan
from homevisit.errors import InvalidEntryError

ROOT = Path(__file__).parents[2]
STEP = Step("welcome", "talk", "Welcome", 3, "Greet everybody.", "Today", "", "")
PLAN = SessionPlan("Roles", "04-roles-for-parents", (STEP,))


def content(**changes):
    return {**plan_json(PLAN), **changes}


def with_step(**changes):
    return content(steps=[{**plan_json(PLAN)["steps"][0], **changes}])


def refused(given):
    with pytest.raises(InvalidEntryError) as caught:
        read_plan(given)
    return caught.value.message


def test_plan_is_the_same_after_json():
    assert read_plan(json.loads(json.dumps(plan_json(PLAN)))) == PLAN
    assert PLAN.minutes == 3


@pytest.mark.parametrize("minutes", [-1, 241, 3.5, True, "five", None])
def test_minutes_that_are_none_name_the_step(minutes):
    said = refused(with_step(minutes=minutes))
    assert said == "Write whole minutes from 0 to 240 in step 1 (“Welcome”), such as 10."


def test_title_text_and_number_of_steps_have_their_limits():
    assert refused(with_step(title=" \n ")) == "Write a title for step 1; then save again."
    assert "4,001 characters; there is room for 4,000" in refused(with_step(say="x" * 4001))
    assert "step 1 (“Welcome”)" in refused(with_step(show="x" * 2001))
    assert "room for 120" in refused(with_step(title="x" * 121))
    assert refused(content(title="")) == "Write a title for the plan; then save again."
    assert refused(content(steps=[])).startswith("A plan needs at least one step.")
    many = [{**plan_json(PLAN)["steps"][0], "step_id": f"s{number}"} for number in range(MAX_STEPS + 1)]
    assert (
        refused(content(steps=many))
        == "That is 41 steps; a plan has room for 40. Remove some, then save again."
    )


@pytest.mark.parametrize(
    "given",
    [
        None,
        [],
        {"title": "x"},
        content(steps="many"),
        content(steps=[1]),
        with_step(kind="song"),
        with_step(say=7),
        with_step(step_id=""),
        content(extra=1),
        content(steps=plan_json(PLAN)["steps"] * 2),
    ],
)
def test_anything_else_is_refused_with_a_sentence(given):
    assert refused(given).startswith("This page does not fit the plan any more.")


def test_question_needs_its_question_and_other_steps_keep_none():
    assert refused(with_step(kind="question")).startswith("Choose a question for step 1")
    asked = read_plan(with_step(kind="question", question_id="omar-observe", section="x")).steps[0]
    assert (asked.question_id, asked.section) == ("omar-observe", "")
    talk = read_plan(with_step(question_id="omar-observe", section="x")).steps[0]
    assert (talk.question_id, talk.section) == ("", "")


def test_text_loses_what_no_page_can_keep():
    step = read_plan(with_step(title=" Hello\n you ", say="a\r\nb\x00c")).steps[0]
    assert (step.title, step.say) == ("Hello you", "a\nbc")


def test_sections_of_a_lesson_hold_texts_clips_and_questions_in_order():
    lesson = ROOT / "lessons" / "04-roles-for-parents" / "04-roles-for-parents.ipynb"
    sections = {section.section_id: section for section in read_sections(lesson)}
    omar = sections["omar-and-the-stacking-blocks"]
    assert omar.clips == ("omar-stacking",)
    assert omar.questions == ("omar-observe",)
    assert [part.kind for part in omar.parts] == ["text", "clip", "question"]
    assert omar.words > 100
    assert "Nothing written yet" not in "".join(part.content for part in omar.parts)
    assert not sections["experience-it"].is_showable
    assert "<table>" in sections["what-omar-is-learning"].parts[0].content


def test_sections_of_a_file_that_is_none_are_none(tmp_path):
    assert read_sections(tmp_path / "none.ipynb") == ()


def test_id_of_a_heading_is_that_of_the_lesson_page():
    assert heading_id("A parent's <em>voice</em>") == "a-parent-s-voice"
