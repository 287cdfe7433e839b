from __future__ import annotations

import csv
import shutil
from uuid import uuid4

import pytest

from homevisit.course.bands import load_bands
from homevisit.course.catalogue import Catalogue
from homevisit.errors import InvalidEntryError
from homevisit.scoring.bands import shipped_bands
from homevisit.services import calibrating, decisions, learning
from homevisit.store import accounts as account_store
from tests.web.course_server import LESSON, ROOT
from tests.web.responses import CATALOGUE

COLUMNS = "lesson_id question_id response_id voice language response point_id reader_1 reader_2".split()  # noqa: SIM905
QUESTION = CATALOGUE.question(LESSON, "omar-observe")


@pytest.fixture
def course(tmp_path):
    """Return a catalogue over a copy of the syllabus and the keys, in which limits may be written."""
    shutil.copytree(ROOT / "answer_keys", tmp_path / "course" / "answer_keys")
    shutil.copy(ROOT / "course.yml", tmp_path / "course")
    return Catalogue(tmp_path / "course")


def person(store, name, role="learner", **more):
    with store.begin() as conn:
        return account_store.add_account(
            conn, email=f"{name.lower()}@example.org", name=name, role=role, **more
        )


def attempt_of(store, learner, text):
    attempt, _ = learning.commit_attempt(
        store,
        CATALOGUE,
        learner.account_id,
        LESSON,
        "omar-observe",
        response={"rows": [{"saw": text, "meaning": "It may mean that she is proud.", "at": ""}]},
        number=1,
        token=uuid4().hex,
    )
    return attempt


def pairs_file(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def pair(point_id, reader_1, reader_2="", **changes):
    row = {
        "lesson_id": LESSON,
        "question_id": "omar-observe",
        "response_id": "r-1",
        "voice": "good",
        "language": "en",
        "response": QUESTION.key_points[0].text,
        "point_id": point_id,
        "reader_1": reader_1,
        "reader_2": reader_2,
    }
    return row | changes


def every_point():
    """Give a pair for each point of each question: its own words, and words of something else."""
    rows = []
    for info in CATALOGUE.lessons():
        for question_id, question in CATALOGUE.key(info.lesson_id).questions.items():
            for number, point in enumerate(getattr(question, "key_points", ())):
                place = {"lesson_id": info.lesson_id, "question_id": question_id}
                for name, text, label in (("own", point.text, "covered"), ("other", "It rained.", "none")):
                    given = {"response_id": f"{name}-{number}", "response": text, "language": "en"}
                    rows.append(pair(point.id, label, label, **place, **given))
    return rows


def test_decisions_of_trainers_are_read_anew_with_the_last_mark(store):
    learner, trainer = person(store, "Ann"), person(store, "Toni", "trainer")
    attempt = attempt_of(store, learner, QUESTION.key_points[0].text)
    decisions.decide(store, trainer, attempt.attempt_id, {"places": "none", "mother-turns": "covered"})
    decisions.decide(store, trainer, attempt.attempt_id, {"places": "covered"})
    evidence = calibrating.gather(store, CATALOGUE)
    assert (evidence.decisions, evidence.pairs, evidence.gone, evidence.questions) == (2, 0, 0, 1)
    found = {(each.first, each.decided, each.language) for each in evidence.judged}
    assert found == {("covered", "covered", "en"), ("none", "covered", "en")}
    assert evidence.now().accuracy == 0.5
    assert evidence.now().missed == 1.0


def test_decisions_about_practice_count_nothing(store):
    trainer = person(store, "Toni", "trainer")
    practice = person(store, "Practice", practice_of=trainer.account_id)
    attempt = attempt_of(store, practice, "He stacks.")
    decisions.decide(store, trainer, attempt.attempt_id, {"places": "covered"})
    assert calibrating.gather(store, CATALOGUE).judged == ()


def test_pairs_on_which_readers_differ_are_to_look_at_again_and_one_reading_is_enough(tmp_path):
    rows = [
        pair("places", "covered", "covered"),
        pair("mother-turns", "none", "covered"),
        pair("mother-hands", "none"),
    ]
    evidence = calibrating.gather(None, CATALOGUE, [pairs_file(tmp_path / "pairs.csv", rows)])
    assert [each.decided for each in evidence.judged] == ["covered", "again", "none"]
    assert (evidence.pairs, evidence.readers.count, evidence.readers.accuracy) == (3, 2, 0.5)


def test_points_and_questions_that_are_gone_are_left_out_and_counted(tmp_path):
    rows = [
        pair("places", "covered"),
        pair("no-such-point", "none"),
        pair("places", "none", question_id="no-such-question"),
        pair("places", "none", question_id="omar-learning"),
        pair("places", "none", lesson_id="99-none"),
    ]
    evidence = calibrating.gather(None, CATALOGUE, [pairs_file(tmp_path / "pairs.csv", rows)])
    assert (len(evidence.judged), evidence.gone) == (1, 4)


def test_agreement_is_given_by_language_and_by_question(tmp_path):
    rows = [
        pair("places", "covered"),
        pair("places", "none", response_id="r-2", language="es", response="Llueve."),
    ]
    evidence = calibrating.gather(None, CATALOGUE, [pairs_file(tmp_path / "pairs.csv", rows)])
    assert {name: found.count for name, found in evidence.by("language").items()} == {"en": 1, "es": 1}
    assert list(evidence.by("question")) == [f"{LESSON}/omar-observe"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (
            "lesson_id,response\n",
            "Add the columns language, point_id, question_id, reader_1, reader_2, response_id",
        ),
        (None, "cannot be read; name a CSV file in UTF-8."),
    ],
)
def test_file_that_holds_no_pairs_is_refused(tmp_path, content, sentence):
    path = tmp_path / "pairs.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidEntryError, match=sentence):
        calibrating.gather(None, CATALOGUE, [path])


def test_unknown_label_is_refused_with_its_line(tmp_path):
    path = pairs_file(tmp_path / "pairs.csv", [pair("places", "covered"), pair("mother-turns", "yes")])
    with pytest.raises(InvalidEntryError, match="Write covered, again, none as labels; line 3 of "):
        calibrating.gather(None, CATALOGUE, [path])


def test_few_decisions_set_no_limits(tmp_path):
    evidence = calibrating.gather(
        None, CATALOGUE, [pairs_file(tmp_path / "pairs.csv", [pair("places", "none")])]
    )
    with pytest.raises(InvalidEntryError) as caught:
        calibrating.refit(evidence)
    assert caught.value.message == (
        "New limits need at least 100 decisions over 5 questions, since fewer would follow a few texts by chance. "
        "So far: 1 over 1. Nothing is changed; let trainers mark more points first."
    )


def test_limits_written_count_at_once_for_every_question_without_its_own(tmp_path, course):
    evidence = calibrating.gather(None, course, [pairs_file(tmp_path / "pairs.csv", every_point())])
    assert len(evidence.judged) >= 100
    found = calibrating.refit(evidence)
    assert (found.tested.covered_right, found.tested.none_right) == (1.0, 1.0)
    assert course.question(LESSON, "omar-observe").bands is None
    path = calibrating.write_bands(course, evidence, found)
    assert load_bands(path) == found.bands != shipped_bands()
    assert course.question(LESSON, "omar-observe").bands == found.bands
    assert "0 decisions of trainers and " in path.read_text(encoding="utf-8")
    path.unlink()
    assert course.question(LESSON, "omar-observe").bands is None
