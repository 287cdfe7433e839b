from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from homevisit.course.catalogue import Catalogue
from homevisit.course.session_plan import plan_json, read_plan
from homevisit.errors import ConflictError, InvalidEntryError, MissingEntryError, NotAllowedError
from homevisit.services import sharing
from homevisit.services.plans import (
    editing,
    expecting,
    get_plan,
    keeping,
    make_plan,
    piwi_plan,
    scene_of,
    sheets,
)
from homevisit.services.plans.access import teams_for
from homevisit.store import attempts
from tests.services.group_rooms import add_account as add

ROOT = Path(__file__).parents[2]
LESSON = "04-roles-for-parents"
CATALOGUE = Catalogue(ROOT)
LESSONS = [info.lesson_id for info in CATALOGUE.lessons()]


@pytest.fixture
def sam(store):
    return add(store, "Sam", "supervisor")


@pytest.fixture
def plan(store, sam):
    return keeping.start_plan(store, CATALOGUE, sam, begin=LESSON, team="North")


@pytest.mark.parametrize("lesson_id", LESSONS)
def test_every_lesson_gives_a_plan_of_45_minutes_with_scene_questions_and_closing(lesson_id):
    made = make_plan(CATALOGUE, lesson_id)
    assert made.minutes == 45
    assert read_plan(plan_json(made)) == made
    assert [step.kind for step in made.steps] == ["talk", "scene", "question", "question", "talk", "talk"]
    assert scene_of(CATALOGUE, lesson_id, made.steps[1].section)
    asked = [step.question_id for step in made.steps if step.question_id]
    assert len(set(asked)) == 2
    assert set(asked) <= set(CATALOGUE.key(lesson_id).questions)
    assert made.steps[4].show.startswith("• ")


def test_main_question_comes_after_the_scene_that_it_asks_about():
    scene, question = make_plan(CATALOGUE, LESSON).steps[1:3]
    assert (scene.section, question.question_id) == ("omar-and-the-stacking-blocks", "omar-observe")


def test_piwi_plan_has_the_seven_parts_in_their_order():
    assert [step.title for step in piwi_plan().steps] == [
        "Hello song",
        "Opening discussion",
        "Parent-child observation and play",
        "Snack",
        "Games",
        "Closing discussion",
        "Closing song",
    ]
    assert read_plan(plan_json(piwi_plan())) == piwi_plan()


def test_scene_is_the_clip_of_its_section_without_what_leads_to_it_questions_or_key_points():
    blocks = scene_of(CATALOGUE, LESSON, "omar-and-the-stacking-blocks")
    assert [block["kind"] for block in blocks] == ["clip"]
    assert "Omar" in blocks[0]["clip"]["scene_html"]
    points = [point.text for point in CATALOGUE.question(LESSON, "omar-observe").key_points]
    assert not any(point in str(blocks) for point in points)
    with pytest.raises(MissingEntryError):
        scene_of(CATALOGUE, LESSON, "no-such-section")


def test_plan_is_its_teams_own(store, sam, plan):
    other = add(store, "Olga", "supervisor", "South")
    trainer, learner = add(store, "Tara", "trainer", ""), add(store, "Lea")
    assert get_plan(store, sam, plan.plan_id) == plan
    assert get_plan(store, trainer, plan.plan_id) == plan
    assert keeping.plans_for(store, other) == ()
    with pytest.raises(MissingEntryError):
        get_plan(store, other, plan.plan_id)
    with pytest.raises(NotAllowedError):
        get_plan(store, learner, plan.plan_id)
    with pytest.raises(NotAllowedError):
        keeping.start_plan(store, CATALOGUE, other, begin=LESSON, team="North")
    with pytest.raises(InvalidEntryError):
        keeping.start_plan(store, CATALOGUE, trainer, begin=LESSON, team="Nowhere")
    assert teams_for(store, trainer) == ("North", "South", "")
    assert teams_for(store, sam) == ("North",)


def test_supervisor_without_a_team_leads_none(store):
    lone = add(store, "Lone", "supervisor", "")
    assert teams_for(store, lone) == ()
    with pytest.raises(NotAllowedError):
        keeping.start_plan(store, CATALOGUE, lone, begin=LESSON, team="")


def test_save_from_an_older_version_is_a_conflict_and_changes_nothing(store, sam, plan):
    content = plan_json(plan.plan)
    saved = keeping.save_plan(
        store, sam, plan.plan_id, content={**content, "title": "Ours"}, removed_steps=[], base=1
    )
    assert (saved.version, saved.plan.title) == (2, "Ours")
    with pytest.raises(ConflictError) as caught:
        keeping.save_plan(
            store, sam, plan.plan_id, content={**content, "title": "Mine"}, removed_steps=[], base=1
        )
    assert "saved in another window" in caught.value.message
    assert get_plan(store, sam, plan.plan_id).plan.title == "Ours"


def test_copy_removal_and_restoring_of_a_plan(store, sam, plan):
    copy = keeping.copy_plan(store, sam, plan.plan_id)
    assert copy.plan == replace(plan.plan, title=f"{plan.plan.title} (copy)")
    keeping.remove_plan(store, sam, plan.plan_id)
    assert [one.removed_at is None for one in keeping.plans_for(store, sam)] == [True, False]
    with pytest.raises(ConflictError):
        keeping.save_plan(store, sam, plan.plan_id, content=plan_json(plan.plan), removed_steps=[], base=1)
    assert keeping.restore_plan(store, sam, plan.plan_id).removed_at is None


def test_steps_move_go_come_back_and_are_added():
    rows = editing.rows_of(make_plan(CATALOGUE, LESSON).steps)
    ids = [row["step_id"] for row in rows]
    assert [row["step_id"] for row in editing.moved(rows, ids[1], -1)][:2] == [ids[1], ids[0]]
    assert editing.moved(rows, ids[0], -1) == rows
    assert editing.moved(rows, ids[-1], 1) == rows
    left, removed = editing.without(rows, [], ids[2])
    assert [row["step_id"] for row in removed] == [ids[2]]
    back, none = editing.restored(left, removed, ids[2])
    assert (back[-1]["step_id"], none) == (ids[2], [])
    more, new = editing.added(CATALOGUE, rows, LESSON, what="question:culture-reflection", after=ids[0])
    assert (more[1]["step_id"], more[1]["question_id"]) == (new, "culture-reflection")
    first, _ = editing.added(CATALOGUE, rows, LESSON, what="scene:on-the-day", after="")
    assert first[0]["title"] == "On the day"
    for what in ("question:none", "scene:none", "song", "question", ""):
        with pytest.raises(InvalidEntryError):
            editing.added(CATALOGUE, rows, LESSON, what=what, after="")
    with pytest.raises(InvalidEntryError):
        editing.without(rows[:1], [], ids[0])


def observe(store, learner, question_id, covered):
    question = CATALOGUE.question(LESSON, question_id)
    points = [
        {
            "id": point.id,
            "text": point.text,
            "covered": point.id in covered,
            "band": "covered" if point.id in covered else "none",
        }
        for point in question.key_points
    ]
    with store.begin() as conn:
        attempts.add_attempt(
            conn,
            account_id=learner.account_id,
            lesson_id=LESSON,
            question_id=question_id,
            number=1,
            response={"observations": []},
            raw=1.0,
            max=3.0,
            feedback={"type": question.type, "points": points},
            token=f"{learner.account_id}-{question_id}",
        )


def test_what_a_team_missed_is_told_from_five_people_on_and_never_before(store, sam, plan):
    people = [add(store, f"Learner{number}") for number in range(5)]
    outsider = add(store, "Outsider", team="South")
    observe(store, outsider, "omar-observe", set())
    for person in people[:4]:
        observe(store, person, "omar-observe", {"places", "omar-acts"})
    few = expecting.expectations(store, CATALOGUE, sam, "North", plan.plan)["omar-observe"]
    assert (few.tried, few.is_few, few.missed, few.differed) == (4, True, (), ())
    assert few.points[0] == ("places", CATALOGUE.question(LESSON, "omar-observe").key_points[0].text)
    observe(store, people[4], "omar-observe", {"places"})
    told = expecting.expectations(store, CATALOGUE, sam, "North", plan.plan)["omar-observe"]
    assert told.tried == 5
    assert [line.count for line in told.missed] == [5, 5, 5]
    assert told.differed == ()


def test_quotes_are_those_that_their_authors_share_with_the_group(store, sam, plan):
    lea = add(store, "Lea")
    with store.begin() as conn:
        attempts.add_attempt(
            conn,
            account_id=lea.account_id,
            lesson_id=LESSON,
            question_id="omar-next-step",
            number=1,
            response={"text": "I would sit a little farther back."},
            raw=None,
            max=6.0,
            feedback={"type": "reflect"},
            token="t",
        )

    def quotes():
        return expecting.expectations(store, CATALOGUE, sam, "North", plan.plan)["omar-next-step"].quotes

    assert quotes() == ()
    for readers, told in (
        ("supervisor", ()),
        ("group", ("I would sit a little farther back.",)),
        ("trainer", ()),
    ):
        _, mark = sharing.choice(store, lea.account_id, LESSON, "omar-next-step")
        sharing.choose(store, CATALOGUE, lea.account_id, LESSON, "omar-next-step", readers=readers, base=mark)
        assert quotes() == told


def test_expectations_are_for_those_who_lead_the_team(store, plan):
    for person in (add(store, "Olga", "supervisor", "South"), add(store, "Lea")):
        with pytest.raises(NotAllowedError):
            expecting.expectations(store, CATALOGUE, person, "North", plan.plan)


@pytest.mark.parametrize("question_id", list(CATALOGUE.key(LESSON).questions))
def test_every_question_has_points_for_the_leader_or_none(question_id):
    points = expecting.points_of(CATALOGUE.question(LESSON, question_id))
    assert all(isinstance(text, str) and text for _, text in points)


def test_handout_has_no_key_point_and_survives_a_lesson_that_lost_its_parts(plan):
    sheet = sheets.plan_sheet(CATALOGUE, plan.plan)
    assert sheet.steps[2].question["prompt"] == CATALOGUE.question(LESSON, "omar-observe").public.prompt
    points = [point.text for point in CATALOGUE.question(LESSON, "omar-observe").key_points]
    assert not any(point in str(sheet) for point in points)
    lost = replace(
        plan.plan,
        steps=(
            replace(plan.plan.steps[1], section="gone"),
            replace(plan.plan.steps[2], question_id="gone"),
        ),
    )
    assert [one.blocks or one.question for one in sheets.plan_sheet(CATALOGUE, lost).steps] == [None, None]
