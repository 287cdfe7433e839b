from __future__ import annotations

from pathlib import Path

import pytest

from homevisit.course.answer_keys import answer_key_problems, load_answer_key
from homevisit.course.question_types import QUESTION_TYPES
from homevisit.errors import ContentError
from tests.course.key_files import KEY, LESSON, changed, line_of, write_key

KEYS = Path(__file__).parents[2] / "answer_keys"
Q = "questions."
TYPES = f"{', '.join(QUESTION_TYPES[:-1])} or {QUESTION_TYPES[-1]}"


def first_change(text):
    lines = enumerate(zip(KEY.splitlines(), text.splitlines(), strict=False), 1)
    return next(number for number, (before, after) in lines if before != after)


def found(tmp_path, text):
    return [
        (error.line, error.field, error.advice) for error in answer_key_problems(write_key(tmp_path, text))
    ]


def test_load_answer_key_keeps_the_order_of_the_lesson(tmp_path):
    key = load_answer_key(write_key(tmp_path))
    assert key.lesson_id == LESSON
    assert list(key.questions) == [
        "blocks-observe",
        "one-step",
        "who-belongs",
        "what-kind",
        "own-lens",
        "visit-steps",
        "say-it-anew",
        "long-week",
        "before",
        "after",
        "try-it",
        "around-her",
        "one-morning",
        "stop-and-mark",
    ]


def test_load_answer_key_joins_folded_text_and_strips_it(tmp_path):
    text = changed("prompt: Which step first?", "prompt: >\n        Which step\n        first?\n")
    assert (
        load_answer_key(write_key(tmp_path, text)).questions["one-step"].public.prompt == "Which step first?"
    )


@pytest.mark.parametrize(
    ("old", "new", "field", "advice"),
    [
        (
            "    points: 1\n",
            "    points: one\n",
            "one-step.points",
            "Write a whole number here, without quotes.",
        ),
        (
            "    points: 1\n",
            "    points: true\n",
            "one-step.points",
            "Write a whole number here, without quotes.",
        ),
        ("    points: 1\n", "    points: 0\n", "one-step.points", "Write a whole number of at least 1 here."),
        ("several: false", "several: no", "one-step.several", "Write true or false here, without quotes."),
        (
            "prompt: Which step first?",
            "prompt: 12",
            "one-step.public.prompt",
            "Put quotes around this, so that it is read as text.",
        ),
        (
            "prompt: Which step first?",
            "prompt:",
            "one-step.public.prompt",
            "Write text here, or remove the line; it is empty.",
        ),
        (
            "prompt: Which step first?",
            "prompt: ' '",
            "one-step.public.prompt",
            "Write something here; it is empty.",
        ),
        (
            "prompt: Which step first?",
            "prompt: [a]",
            "one-step.public.prompt",
            "Write text here, not a list or further entries.",
        ),
        (
            "timed: true",
            "timer: true",
            "blocks-observe.public.timer",
            "Remove 'timer' or correct its spelling; no such entry belongs here.",
        ),
        (
            "type: reflect",
            "type: essay",
            "own-lens.type",
            f"Write {TYPES} as the type.",
        ),
        (
            "correct: [times]",
            "correct: times",
            "one-step.correct",
            "Write a list here: each entry on its own line after a hyphen.",
        ),
        ("correct: [times]", "correct: []", "one-step.correct", "Write at least 1 of these."),
        (
            "correct: [times]",
            "correct: [time]",
            "one-step.correct.1",
            "Write one of the options here: ride, times.",
        ),
        (
            "correct: [times]",
            "correct: [times, ride]",
            "one-step.correct",
            "Keep one correct option, or write 'several: true'.",
        ),
        (
            "coworker, nurse]",
            "coworker, cousin]",
            "who-belongs.correct.3",
            "Write another entry here; 'cousin' stands above already.",
        ),
        (", mail: Not this.", "", "who-belongs.feedback", "Add a line for each option; missing: mail."),
        (
            ", mail: Not this.",
            ", mail: No., male: No.",
            "who-belongs.feedback.male",
            "Remove this line; there is no option 'male'.",
        ),
        (
            "errand: services, puzzle",
            "errand: service, puzzle",
            "what-kind.correct.errand",
            "Write one of the groups here: goods, services.",
        ),
        (
            "errand: services, puzzle: goods}",
            "errand: services}",
            "what-kind.correct",
            "Add a line for each statement; missing: puzzle.",
        ),
        (
            ", puzzle: A thing again.",
            "",
            "what-kind.feedback",
            "Add a line for each statement; missing: puzzle.",
        ),
        (
            "enough: 3",
            "enough: 6",
            "blocks-observe.enough",
            "Write a number from 1 to 5, the number of key points.",
        ),
        ("enough: 3", "enough: 0", "blocks-observe.enough", "Write a whole number of at least 1 here."),
        (
            "id: turns",
            "id: places",
            "blocks-observe.key_points.2.id",
            "Write another id here; 'places' stands above already.",
        ),
        (
            "id: turns",
            "id: Mother turns",
            "blocks-observe.key_points.2.id",
            "Write lower-case letters, digits and hyphens only, for example mother-turns.",
        ),
        (
            "look_again: Watch her hands.",
            "look_again: ''",
            "blocks-observe.key_points.2.look_again",
            "Say where to look again for this point.",
        ),
        (
            "id: lens",
            "id: scene",
            "own-lens.rubric.2.id",
            "Write another id here; 'scene' stands above already.",
        ),
        (
            "1: Says it matters",
            "'1': Says it matters",
            "own-lens.rubric.2.levels.1",
            "Write a whole number here, without quotes.",
        ),
        (
            "1: Says it matters",
            "1: ''",
            "own-lens.rubric.2.levels.1",
            "Write something here; it is empty.",
        ),
        (
            "levels: {0: Not yet, 1: Says it matters, 2: Shows how}",
            "levels: {1: Says it, 2: Shows how}",
            "own-lens.rubric.2.levels",
            "Add a level 0, for a text that does not show this yet.",
        ),
        (
            "steps: {play: Play together, greet: Greet everyone, plan: Plan the next visit, talk: Talk over the week}",
            "steps: {greet: Greet everyone, talk: Talk over the week, play: Play together, plan: Plan the next visit}",
            "visit-steps.public.steps",
            "Write the steps in another order than 'correct'; learners first see them as they stand here.",
        ),
        (
            "correct: [greet, talk, play, plan]",
            "correct: [greet, play, plan]",
            "visit-steps.correct",
            "Add each step in its place; missing: talk.",
        ),
        (
            "correct: [greet, talk, play, plan]",
            "correct: [greet, talk, play, plan, talk]",
            "visit-steps.correct.5",
            "Write another entry here; 'talk' stands above already.",
        ),
        (
            "correct: [greet, talk, play, plan]",
            "correct: [greet, talk, play, plan, sing]",
            "visit-steps.correct.5",
            "Write one of the steps here: play, greet, plan, talk.",
        ),
        (
            ", plan: It looks ahead.",
            "",
            "visit-steps.feedback",
            "Add a line for each step; missing: plan.",
        ),
        (
            "      sentence: Leo is lazy and never helps.\n",
            "      sentence: ''\n",
            "say-it-anew.public.sentence",
            "Write something here; it is empty.",
        ),
        (
            "levels: {0: Not yet, 1: Asks or waits}",
            "levels: {1: Asks, 2: Waits}",
            "long-week.rubric.2.levels",
            "Add a level 0, for a text that does not show this yet.",
        ),
        (
            "compares_with: before",
            "compares_with: after",
            "after.public.compares_with",
            "Name a checklist that stands above this one: before.",
        ),
        (
            "compares_with: before",
            "compares_with: one-step",
            "after.public.compares_with",
            "Name a checklist that stands above this one: before.",
        ),
        (
            "      plans: {count: Count to ten first, mirror: Say back what I heard}\n",
            "      plans: {count: Count to ten first}\n",
            "try-it.public.plans",
            "Write at least 2 of these.",
        ),
        (
            "after_days: 14",
            "after_days: 0",
            "try-it.public.after_days",
            "Write a whole number of at least 1 here.",
        ),
        ("readers: trainer", "readers: everybody", "own-lens.public.readers", "Write 'trainer' here."),
        (
            "soft_minimum_words: 80",
            "soft_minimum_words: -1",
            "own-lens.public.length.soft_minimum_words",
            "Write a whole number of at least 0 here.",
        ),
        (
            "  own-lens:\n",
            "  Own Lens:\n",
            "Own Lens",
            "Write lower-case letters, digits and hyphens only, for example mother-turns.",
        ),
    ],
)
def test_answer_key_problem_names_line_field_and_what_to_write(tmp_path, old, new, field, advice):
    text = changed(old, new)
    assert found(tmp_path, text) == [(first_change(text), Q + field, advice)]


def test_answer_key_problem_of_a_rubric_points_to_the_points(tmp_path):
    text = changed("1: Says it matters, 2: Shows how", "1: Says it, 3: Shows how")
    advice = "Write 5 here, or change the rubric: its highest levels add up to 5."
    assert found(tmp_path, text) == [(line_of("type: reflect") + 2, Q + "own-lens.points", advice)]


def test_answer_key_problem_of_a_single_example_points_to_the_examples(tmp_path):
    text = changed('      - Leo turned one page of his book while "Put it away" was sung.\n', "")
    place = (line_of("type: rephrase") + 6, Q + "say-it-anew.examples", "Write at least 2 of these.")
    assert found(tmp_path, text) == [place]


def test_answer_key_problem_of_a_replys_rubric_points_to_the_points(tmp_path):
    text = changed("1: Asks or waits}", "1: Asks, 2: Waits}")
    advice = "Write 4 here, or change the rubric: its highest levels add up to 4."
    assert found(tmp_path, text) == [(line_of("type: respond") + 2, Q + "long-week.points", advice)]


def test_answer_key_problem_of_step_names_that_a_browser_would_sort(tmp_path):
    text = KEY.replace("play: Play together", "'2': Play together").replace(
        "talk, play, plan]", "talk, '2', plan]"
    )
    text = text.replace("play: The heart of it.", "'2': The heart of it.")
    advice = "Name this step by a word; browsers put plain numbers in order."
    assert found(tmp_path, text) == [(line_of("steps: {"), Q + "visit-steps.public.steps.2", advice)]


def test_answer_key_problem_of_a_checklist_with_other_items_than_the_earlier_one(tmp_path):
    head, _, tail = KEY.rpartition("ask: I ask what the parent saw")
    text = f"{head}ask: I ask what she saw{tail}"
    advice = "Give this checklist the same items and levels as 'before', word for word."
    place = (line_of("compares_with", text), Q + "after.public.compares_with", advice)
    assert found(tmp_path, text) == [place]


def test_answer_key_problem_of_a_checklist_with_nothing_above_it_to_compare_with(tmp_path):
    text = changed("      compares_with: before\n", "").replace(
        "      prompt: How often do you do this now?\n",
        "      prompt: How often do you do this now?\n      compares_with: after\n",
    )
    advice = "Remove this line, or put the checklist it names above this one; there is none above."
    assert [entry[1:] for entry in found(tmp_path, text)] == [(Q + "before.public.compares_with", advice)]


def test_answer_key_problem_of_an_earlier_checklist_is_told_once(tmp_path):
    text = KEY.replace("      prompt: How often do you do this now?\n", "      prompt: ''\n")
    assert [field for _, field, _ in found(tmp_path, text)] == [Q + "before.public.prompt"]


def test_answer_key_problem_of_levels_with_a_gap_says_how_to_number_them(tmp_path):
    head, _, tail = KEY.rpartition("levels: {0: Seldom, 1: At times, 2: On most visits}")
    text = f"{head}levels: {{0: Seldom, 2: On most visits}}{tail}"
    advice = "Number the levels 0, 1, 2 and so on, without a gap."
    assert [entry[1:] for entry in found(tmp_path, text)] == [(Q + "after.public.levels", advice)]


@pytest.mark.parametrize(
    ("gone", "field", "under"),
    [
        ("    several: false\n", "one-step.several", "  one-step:"),
        ("    correct: [times]\n", "one-step.correct", "  one-step:"),
        ("    enough: 3\n", "blocks-observe.enough", "  blocks-observe:"),
        ("      prompt: Which step first?\n", "one-step.public.prompt", None),
        ("        criterion: Looks at one's own lens\n", "own-lens.rubric.2.criterion", "      - id: lens"),
    ],
)
def test_answer_key_problem_of_a_missing_field_points_to_what_should_hold_it(tmp_path, gone, field, under):
    text = changed(gone, "")
    line = line_of(under, text) if under else line_of("  one-step:", text) + 5
    name = field.rpartition(".")[2]
    assert found(tmp_path, text) == [(line, Q + field, f"Add '{name}:' here; it is missing.")]


def test_answer_key_problem_of_a_missing_type_says_which_there_are(tmp_path):
    text = changed("    type: reflect\n", "")
    assert found(tmp_path, text) == [
        (
            line_of("own-lens:"),
            Q + "own-lens.type",
            f"Add 'type:' here, with {TYPES}.",
        )
    ]


def test_answer_key_problems_come_all_at_once_in_the_order_of_lines(tmp_path):
    text = KEY.replace("enough: 3", "enough: 9").replace("correct: [times]", "correct: [time]")
    text = text.replace("boots: goods, errand", "boots: god, errand").replace("id: lens", "id: scene")
    fields = [field for _, field, _ in found(tmp_path, text)]
    assert fields == [
        Q + "blocks-observe.enough",
        Q + "one-step.correct.1",
        Q + "what-kind.correct.boots",
        Q + "own-lens.rubric.2.id",
    ]


def test_load_answer_key_raises_the_first_problem_and_carries_the_others(tmp_path):
    path = write_key(tmp_path, KEY.replace("enough: 3", "enough: 9").replace("id: lens", "id: scene"))
    with pytest.raises(ContentError) as caught:
        load_answer_key(path)
    line = line_of("enough: 3")
    advice = "Write a number from 1 to 5, the number of key points."
    assert str(caught.value) == f"{path}:{line}: questions.blocks-observe.enough: {advice}"
    assert [error.field for error in caught.value.others] == [Q + "own-lens.rubric.2.id"]


def test_answer_key_names_its_own_file(tmp_path):
    assert found(tmp_path, changed("lesson: 09-blocks", "lesson: 08-blocks")) == [
        (1, "lesson", "Write 'lesson: 09-blocks' here, as the file is named.")
    ]


@pytest.mark.parametrize(
    "questions", ["", "questions:\n", "questions: []\n", "questions: {}\n", "questions: none\n"]
)
def test_answer_key_without_questions_says_so(tmp_path, questions):
    advice = "Write 'questions:' and, indented under it, one entry for each question."
    line = 2 if questions else 1
    assert found(tmp_path, f"lesson: 09-blocks\n{questions}") == [(line, "questions", advice)]


def test_answer_key_refuses_a_question_that_is_no_mapping(tmp_path):
    text = "lesson: 09-blocks\nquestions:\n  one: two\n"
    assert found(tmp_path, text) == [(3, "questions.one", "Write indented 'name: value' lines here.")]


def test_answer_key_refuses_what_does_not_belong_at_its_top(tmp_path):
    assert found(tmp_path, "title: Blocks\n" + KEY) == [
        (1, "title", "Remove 'title'; only 'lesson:' and 'questions:' stand at the top.")
    ]


def test_answer_key_problems_hold_what_the_file_reader_found(tmp_path):
    text = changed("    points: 1\n", "    points: 1\n    points: 2\n")
    line = line_of("points: 1")
    advice = f"Keep this entry or the one of the same name on line {line}, and delete the other."
    assert found(tmp_path, text) == [(line + 1, "questions.one-step.points", advice)]


@pytest.mark.parametrize("path", sorted(KEYS.glob("*.yml")), ids=lambda path: path.stem)
def test_answer_key_of_the_course_loads(path):
    assert [str(problem) for problem in answer_key_problems(path)] == []
    assert load_answer_key(path).lesson_id == path.stem
