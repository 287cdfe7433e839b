"""What teaches and what doesn't: figures that were worked out by hand, and a cohort in a real database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from homevisit.errors import MissingEntryError, NotAllowedError
from homevisit.services import decisions
from homevisit.services.desk import reading
from homevisit.services.reports import items, tables
from homevisit.services.reports.breakdown import of_criterion
from homevisit.services.reports.lesson import course_report, lesson_report
from homevisit.services.reports.values import (
    FEW,
    Figure,
    Tried,
)
from homevisit.store import accounts as account_store
from homevisit.store import attempts as attempt_store
from homevisit.store import desk_items
from homevisit.store.engine import open_store
from tests.services.cohort import add_learner, hand_in
from tests.web.course_server import LESSON
from tests.web.responses import CATALOGUE, KEY, good_response, half_right_places

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
CHOICE, SORTED, OBSERVED, RATED = "network-findings", "roles-in-one-morning", "omar-observe", "omar-next-step"
LEVELS = {"concrete": 2, "pair": 1, "reason": 2}


def tried(who, share, number=1, question="one", minutes=0):
    full = None if share is None else share >= 1
    return Tried(f"a-{who}", question, number, share, full, START + timedelta(minutes=minutes))


def test_facility_is_the_mean_share_at_first_and_at_last_attempts():
    given = [tried(who, share) for who, share in enumerate((0, 0.5, 0.5, 1, 0.25))]
    given += [tried(0, 1, 2), tried(4, 0.5, 2), tried(4, 0.75, 3)]
    assert items.facility(given) == Figure(0.45, 5)
    assert items.facility(given, last=True) == Figure(0.75, 5)
    assert items.facility(given[1:4]) == Figure(None, 3, FEW)
    assert items.facility([]) == Figure(None, 0, items.NO_POINTS_YET)


def test_discrimination_is_the_correlation_with_the_total_of_the_others():
    own = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    two = [0, 0.5, 0.5, 1, 1, 0, 0.5, 1, 1, 1]
    three = [0, 0, 1, 0, 0, 1, 1, 1, 0, 1]
    given = [
        tried(who, share, question=name)
        for name, shares in {"one": own, "two": two, "three": three}.items()
        for who, share in enumerate(shares)
    ]
    given.append(tried(99, 1))
    found = items.discriminations(given, {"one": 1, "two": 2, "three": 1}, ["one", "two", "three"])
    totals = [2 * b + c for b, c in zip(two, three, strict=True)]
    assert totals == [0, 1, 2, 2, 2, 1, 2, 3, 2, 3]
    # means 0.5 and 1.8; the products of the deviations add up to 2, the squares to 2.5 and 7.6
    assert found["one"] == Figure(round(2 / (2.5 * 7.6) ** 0.5, 2), 10)
    few = items.discriminations(given[:9], {"one": 1, "two": 2}, ["one", "two"])
    assert few["one"].value is None
    assert few["one"].why == items.TOO_FEW_TO_COMPARE
    alone = items.discriminations(given[:10], {"one": 1}, ["one"])
    assert alone["one"].why == items.NOTHING_ELSE
    same = [tried(who, 1, question=name) for name in ("one", "two") for who in range(10)]
    assert items.discriminations(same, {"one": 1, "two": 2}, ["one", "two"])["two"] == Figure(
        None, 10, items.ALL_THE_SAME
    )
    assert items.discriminations([], {"one": 1, "two": 1}, ["one", "two"])["one"].value is None


def test_minutes_are_the_median_of_those_who_tried_again():
    given = [tried(who, 0.5) for who in range(6)]
    given += [tried(who, 1, 2, minutes=minutes) for who, minutes in enumerate((1, 2, 3, 10, 700))]
    assert items.minutes_between(given) == Figure(3.0, 5)
    assert items.minutes_between(given[:10]) == Figure(None, 4, items.ONCE)


def test_attempts_until_it_is_full_count_each_learner_once():
    given = [tried(who, share) for who, share in enumerate((1, 1, 0, 0, 0, 0))]
    given += [tried(2, 1, 2), tried(3, 0, 2), tried(3, 1, 3), tried(0, 0.5, 2)]
    assert [line.count for line in items.until_full(given)] == [2, 1, 1, 2]
    assert items.until_full(given[:4]) == ()
    assert items.until_full([tried(who, None) for who in range(9)]) == ()


def test_levels_of_a_criterion_spread_from_five_texts_on():
    criterion = KEY.questions[RATED].rubric[0]
    ratings = [{criterion.id: level} for level in (2, 2, 1, 0, 2)] + [{criterion.id: 77}, {}]
    found = of_criterion(criterion, ratings)
    assert [(line.text[:2], line.count, line.n) for line in found.lines[:1]] == [("2:", 3, 5)]
    assert "The mean is 1.4 of" in found.lead
    assert of_criterion(criterion, ratings[1:]) is None


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a store with six learners, the trainer who read some of them, and a practice account."""
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('reports') / 'course.db'}")
    with store.begin() as conn:
        trainer = account_store.add_account(
            conn, email="tara@example.org", name="Tara", role="trainer", team=""
        )
    learners = [add_learner(store, f"Lena {number}") for number in range(6)]
    good = {name: good_response(name) for name in KEY.questions}
    [point, *_] = KEY.questions[OBSERVED].key_points
    thin = {"rows": [{"saw": point.text, "meaning": "", "at": ""}]}
    for number, learner in enumerate(learners):
        own = {SORTED: half_right_places(SORTED), OBSERVED: thin}
        wrong = {CHOICE: {"chosen": ["promise"]}} if number < 2 else {}
        hand_in(store, CATALOGUE, learner, good | own | wrong)
    for learner in learners:
        hand_in(store, CATALOGUE, learner, {SORTED: good[SORTED]})
    for number, learner in enumerate(learners):
        with store.read() as conn:
            [text] = desk_items.items_of(conn, learner.account_id, LESSON, RATED)
        levels = LEVELS | ({"reason": 1} if number < 3 else {})
        given = {"ratings": levels, "criterion_comments": {}, "comment": "Good.", "highlights": []}
        draft = reading.save(store, trainer, text.item_id, kind="first", given=given, base=0)
        reading.finish(
            store,
            CATALOGUE,
            trainer,
            text.item_id,
            kind="first",
            base=draft.version,
            outcome="accepted",
            reason="",
        )
    with store.begin() as conn:
        practice = account_store.add_account(
            conn,
            email="practice@example.org",
            name="P",
            role="learner",
            practice_of=trainer.account_id,
        )
    hand_in(store, CATALOGUE, practice, good)
    hand_in(store, CATALOGUE, trainer, good)
    yield store, trainer, learners
    store.close()


def question_of(report, question_id):
    return next(one for one in report.questions if one.question_id == question_id)


def kinds(question):
    return {one.kind: one for one in question.breakdowns}


def test_report_of_a_cohort_leaves_practice_out_and_counts_every_learner(course):
    store, trainer, _ = course
    report = lesson_report(store, CATALOGUE, trainer, LESSON)
    assert report.learners == 6
    assert [question.question_id for question in report.questions] == list(KEY.questions)
    assert {question.tried for question in report.questions} == {6}
    choice = question_of(report, CHOICE)
    assert (choice.first, choice.last.percent) == (Figure(pytest.approx(4 / 6), 6), 67)
    assert [(line.count, line.note) for line in kinds(choice)["chosen"].lines][:2] == [
        (4, "belongs here"),
        (2, "does not belong here"),
    ]
    assert choice.discrimination.why == items.TOO_FEW_TO_COMPARE
    assert choice.minutes.why == items.ONCE
    placed = question_of(report, SORTED)
    assert (placed.first.percent, placed.last.percent, placed.minutes.n) == (43, 100, 6)
    misplaced = kinds(placed)["misplaced"].lines
    assert sorted(line.count for line in misplaced) == [0, 0, 0, 6, 6, 6, 6]
    assert "most often put into" in misplaced[0].note
    assert [line.count for line in kinds(placed)["attempts"].lines] == [0, 6, 0, 0]
    rated = question_of(report, RATED)
    assert (rated.first.value, rated.last) == (None, Figure(pytest.approx(4.5 / 6), 6))
    spread = {one.title: one for one in rated.breakdowns if one.kind == "levels"}
    assert len(spread) == 3
    assert [line.count for line in spread[KEY.questions[RATED].rubric[2].criterion].lines] == [3, 3, 0]


def test_points_missed_at_the_first_attempt_follow_a_trainers_mark(course):
    store, trainer, learners = course
    [first, *_] = KEY.questions[OBSERVED].key_points
    lines = kinds(question_of(lesson_report(store, CATALOGUE, trainer, LESSON), OBSERVED))["missed"].lines
    before = {line.text: line.count for line in lines}
    assert before[first.text] == 0
    assert max(before.values()) == 6
    assert lines[0].count == 6
    with store.read() as conn:
        [attempt] = attempt_store.attempts(conn, learners[0].account_id, LESSON, OBSERVED)
    decisions.decide(store, trainer, attempt.attempt_id, {first.id: "none"})
    lines = kinds(question_of(lesson_report(store, CATALOGUE, trainer, LESSON), OBSERVED))["missed"].lines
    assert {line.text: line.count for line in lines}[first.text] == 1


def test_report_takes_four_queries_and_the_list_one(course):
    store, trainer, _ = course
    seen = []

    def note(_conn, _cursor, statement, *_):
        seen.append(statement)

    event.listen(store._engine, "before_cursor_execute", note)
    try:
        lesson_report(store, CATALOGUE, trainer, LESSON)
        assert sum(text.lstrip().startswith("SELECT") for text in seen) == 4
        seen.clear()
        course_report(store, CATALOGUE, trainer)
        assert sum(text.lstrip().startswith("SELECT") for text in seen) == 1
    finally:
        event.remove(store._engine, "before_cursor_execute", note)


def test_lesson_with_four_learners_shows_no_figure_anywhere(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'course.db'}")
    with store.begin() as conn:
        trainer = account_store.add_account(conn, email="t@example.org", name="T", role="trainer", team="")
    for number in range(4):
        good = {name: good_response(name) for name in KEY.questions}
        hand_in(store, CATALOGUE, add_learner(store, f"Few {number}"), good)
    report = lesson_report(store, CATALOGUE, trainer, LESSON)
    assert report.is_few
    assert all(question.is_few and question.breakdowns == () for question in report.questions)
    assert {question.first.value for question in report.questions} == {None}
    figures, summary = tables.lesson_sheets(report)
    assert {row[-1] for row in figures.rows[1:]} == {FEW}
    assert {row[4:] for row in summary.rows[1:]} == {(FEW, None, None, None, None)}
    [line] = [one for one in course_report(store, CATALOGUE, trainer) if one.lesson_id == LESSON]
    assert (line.is_few, line.first) == (True, Figure(None, 4, FEW))
    [row] = tables.course_sheet([line]).rows[1:]
    assert row[2:] == (None, None, FEW)
    store.close()


def test_reports_are_for_trainers_and_administrators(course):
    store, trainer, learners = course
    with store.begin() as conn:
        other = account_store.add_account(
            conn, email="sam@example.org", name="Sam", role="supervisor", team=""
        )
    for person in (learners[0], other):
        with pytest.raises(NotAllowedError):
            lesson_report(store, CATALOGUE, person, LESSON)
        with pytest.raises(NotAllowedError):
            course_report(store, CATALOGUE, person)
    with pytest.raises(MissingEntryError):
        lesson_report(store, CATALOGUE, trainer, "no-such-lesson")
