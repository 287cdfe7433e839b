from __future__ import annotations

import pytest

from homevisit.course.answer_keys import answer_key_problems, load_answer_key
from homevisit.course.bands import Bands, load_bands
from homevisit.course.questions import public_part
from homevisit.errors import ContentError
from homevisit.scoring.bands import SHIPPED, bands_of, shipped_bands
from tests.course.key_files import changed, line_of, write_key

OWN = "    enough: 3\n    bands: {covered: 0.6, again: 0.3}\n"
PROGRAMME = "covered: 0.5\nagain: 0.2\nrests_on: 120 decisions\n"


@pytest.mark.parametrize(
    ("share", "band"),
    [(0.0, "none"), (0.19, "none"), (0.2, "again"), (0.49, "again"), (0.5, "covered"), (1.0, "covered")],
)
def test_share_that_equals_a_limit_belongs_above_it(share, band):
    assert Bands(covered=0.5, again=0.2).band(share) == band


def test_limits_that_ship_are_used_where_nobody_sets_others(asked):
    assert load_bands(SHIPPED) == shipped_bands()
    assert bands_of(asked["blocks-observe"]) == bands_of(asked["own-lens"]) == shipped_bands()


def test_programmes_limits_stand_over_those_that_ship_and_a_questions_own_over_both(tmp_path):
    path = write_key(tmp_path, changed("    enough: 3\n", OWN))
    (tmp_path / "bands.yml").write_text(PROGRAMME, encoding="utf-8")
    questions = load_answer_key(path).questions
    assert bands_of(questions["blocks-observe"]) == Bands(covered=0.6, again=0.3)
    for question_id in ("own-lens", "long-week"):
        assert bands_of(questions[question_id]) == Bands(covered=0.5, again=0.2)


def test_limits_are_no_part_of_what_a_learner_sees(tmp_path):
    alone = {
        q: public_part(question) for q, question in load_answer_key(write_key(tmp_path)).questions.items()
    }
    path = write_key(tmp_path, changed("    enough: 3\n", OWN))
    (tmp_path / "bands.yml").write_text(PROGRAMME, encoding="utf-8")
    beside = {q: public_part(question) for q, question in load_answer_key(path).questions.items()}
    assert beside == alone


@pytest.mark.parametrize(
    ("limits", "field", "advice"),
    [
        ("{covered: 0.3, again: 0.3}", "again", "Write a number below 0.3, from which on it is covered."),
        ("{covered: 1.0, again: 0.3}", "covered", "Write a number between 0 and 1 here, such as 0.4."),
        ("{covered: 0.4, again: 0}", "again", "Write a number between 0 and 1 here, such as 0.4."),
        ("{covered: '0.4', again: 0.2}", "covered", "Write a number here, without quotes, such as 0.4."),
        ("{covered: 0.4}", "again", "Add 'again:' here; it is missing."),
    ],
)
def test_limits_that_make_no_sense_are_refused_with_their_place(tmp_path, limits, field, advice):
    text = changed("    enough: 3\n", f"    enough: 3\n    bands: {limits}\n")
    (problem,) = answer_key_problems(write_key(tmp_path, text))
    assert (problem.field, problem.line, problem.advice) == (
        f"questions.blocks-observe.bands.{field}",
        line_of("bands:", text),
        advice,
    )


def test_programmes_limits_that_make_no_sense_are_refused_with_their_file(tmp_path):
    key = write_key(tmp_path)
    path = tmp_path / "bands.yml"
    path.write_text("covered: 0.2\nagain: 0.4\nrests_on: x\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_answer_key(key)
    assert (caught.value.path, caught.value.line) == (path, 2)
