"""From a text that was handed in to points in nbgrader's gradebook, and what can come between."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from ruamel.yaml import YAML

from homevisit.config import load_settings
from homevisit.course.catalogue import Catalogue
from homevisit.errors import ConflictError, HeldError, InvalidEntryError, NotAllowedError
from homevisit.services import grading
from homevisit.services.backup import back_up
from homevisit.services.desk import (
    agreement,
    claims,
    given_back,
    history,
    posting,
    queueing,
    reading,
    release,
    viewing,
)
from homevisit.store import accounts as account_store
from homevisit.store import desk_items, desk_notes
from homevisit.store import gradebook as points_store
from homevisit.store import readings as reading_store
from homevisit.store.engine import open_store
from homevisit.store.values_desk import DeskSettings, QueueFilters
from tests.services.cohort import add_learner, copied_course, hand_in
from tests.web.course_server import LESSON
from tests.web.responses import KEY, good_response

QUESTION = "omar-next-step"
LEVELS = {"concrete": 2, "pair": 1, "reason": 2}
GIVEN = {
    "ratings": LEVELS,
    "criterion_comments": {"pair": "Bring the mother in."},
    "comment": "You name what anybody could see.",
    "highlights": [{"start": 0, "end": 3, "comment": "Just so."}],
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Return a course with a gradebook, its store and its catalogue."""
    folder = tmp_path_factory.mktemp("desk") / "course"
    settings = load_settings(copied_course(folder))
    settings.data_dir.mkdir(exist_ok=True)
    store = open_store(settings.database_url)
    yield store, settings, Catalogue(folder)
    store.close()


@pytest.fixture
def trainers(desk):
    store, _, _ = desk
    return [trainer(store, name) for name in ("Tara", "Theo")]


def trainer(store, name):
    email = f"{name.lower()}.{uuid4().hex[:6]}@example.org"
    with store.begin() as conn:
        return account_store.add_account(conn, email=email, name=name, role="trainer", team="")


def handed_in(desk, *, grade=True):
    """Let a new learner hand in the lesson; return the learner and the item of one of its reflections."""
    store, settings, catalogue = desk
    learner = add_learner(store, f"Lena {uuid4().hex[:6]}")
    submission = hand_in(store, catalogue, learner, {name: good_response(name) for name in KEY.questions})
    if grade:
        grading.grade_submission(store, settings, catalogue, submission)
    return learner, item_of(store, learner)


def item_of(store, learner):
    with store.read() as conn:
        return desk_items.items_of(conn, learner.account_id, LESSON, QUESTION)[-1]


def read(desk, viewer, item, *, outcome="accepted", reason="", kind="first", given=GIVEN):
    """Rate a text and finish it."""
    store, settings, catalogue = desk
    draft = reading.save(store, viewer, item.item_id, kind=kind, given=given, base=0)
    done = reading.finish(
        store,
        catalogue,
        viewer,
        item.item_id,
        kind=kind,
        base=draft.version,
        outcome=outcome,
        reason=reason,
    )
    posting.post(store, settings, catalogue, [item.item_id])
    return done


def in_gradebook(desk, learner):
    _, settings, _ = desk
    found = points_store.points(settings.gradebook_dir / "gradebook.db", learner.account_id, LESSON)
    return found[QUESTION]


def test_rated_text_reaches_nbgraders_gradebook_and_survives_grading_again(desk, trainers):
    store, settings, catalogue = desk
    learner, item = handed_in(desk)
    assert in_gradebook(desk, learner).is_waiting
    assert read(desk, trainers[0], item).points == 5.0
    given = in_gradebook(desk, learner)
    assert (given.raw, given.is_waiting) == (5.0, False)
    assert "You name what anybody could see." in given.comment
    assert "Bring the mother in." in given.comment
    again = hand_in(store, catalogue, learner, {"omar-observe": good_response("omar-observe")})
    grading.grade_submission(store, settings, catalogue, again)
    given = in_gradebook(desk, learner)
    assert (given.raw, given.is_waiting) == (5.0, False)
    assert item_of(store, learner).item_id == item.item_id
    assert [found for found in posting.check(store, settings, catalogue) if found.item == item] == []
    [result] = [
        row for row in grading.results(settings, catalogue, learner, LESSON) if row.question_id == QUESTION
    ]
    assert result.raw == 5.0


def test_backup_in_the_place_of_the_data_folder_agrees_with_its_gradebook(desk, trainers, tmp_path):
    _, settings, catalogue = desk
    learner, item = handed_in(desk)
    read(desk, trainers[0], item)
    copied = load_settings(settings.course_dir, back_up(settings, tmp_path / "backups").folder)
    read(desk, trainers[1], item, kind="resolution", given=GIVEN | {"ratings": dict.fromkeys(LEVELS, 0)})
    copy = open_store(copied.database_url)
    try:
        assert [found for found in posting.check(copy, copied, catalogue) if found.item == item] == []
        assert in_gradebook((copy, copied, catalogue), learner).raw == 5.0
        assert in_gradebook(desk, learner).raw == 0.0
        again = hand_in(copy, catalogue, learner, {"omar-observe": good_response("omar-observe")})
        grading.grade_submission(copy, copied, catalogue, again)
        assert in_gradebook((copy, copied, catalogue), learner).raw == 5.0
    finally:
        copy.close()
    notebook = f"nbgrader/submitted/{learner.account_id}/{LESSON}/{LESSON}.ipynb"
    assert (copied.data_dir / notebook).is_file()


def test_two_trainers_never_read_the_same_text_and_an_expired_claim_passes_on(desk, trainers):
    store, _, _ = desk
    tara, theo = trainers
    _, item = handed_in(desk, grade=False)
    now = datetime.now(UTC)
    claims.claim(store, tara, item.item_id, now=now)
    kept = reading.save(store, tara, item.item_id, kind="first", given=GIVEN, base=0, now=now)
    with pytest.raises(ConflictError, match="Tara is reading this text until"):
        claims.claim(store, theo, item.item_id, now=now + timedelta(minutes=14))
    later = now + timedelta(minutes=16)
    claims.claim(store, theo, item.item_id, now=later)
    more = GIVEN | {"comment": "Written after the claim had ended."}
    with pytest.raises(HeldError, match="Theo is reading this text") as lost:
        reading.save(store, tara, item.item_id, kind="first", given=more, base=kept.version, now=later)
    assert (lost.value.name, lost.value.version) == ("Theo", kept.version + 1)
    with store.read() as conn:
        mine = reading.own_reading(conn, tara, item.item_id, "first")
    assert mine.comment == "Written after the claim had ended."
    claims.let_go(store, theo, item.item_id)
    base = lost.value.version
    saved = reading.save(store, tara, item.item_id, kind="first", given=GIVEN, base=base, now=later)
    assert saved.version == base + 1


def test_draft_of_a_text_that_another_trainer_finished_becomes_a_second_reading(desk, trainers):
    store, _, catalogue = desk
    tara, theo = trainers
    learner, item = handed_in(desk)
    now = datetime.now(UTC)
    reading.save(store, tara, item.item_id, kind="first", given=GIVEN, base=0, now=now - timedelta(hours=1))
    low = {"ratings": {"concrete": 0, "pair": 0, "reason": 1}}
    assert read(desk, theo, item, given=low).points == 1.0
    with pytest.raises(ConflictError, match="Theo has finished reading this text meanwhile"):
        read_again(desk, tara, item, outcome="accepted")
    seen = viewing.open_item(store, catalogue, tara, item.item_id, QueueFilters(state="read"))
    assert (seen.finished_by, seen.others, seen.own.comment) == ("Theo", (), GIVEN["comment"])
    moved = reading.use_as_second(store, tara, item.item_id)
    assert (moved.kind, moved.comment) == ("second", GIVEN["comment"])
    with pytest.raises(ConflictError, match="no draft of yours"):
        reading.use_as_second(store, tara, item.item_id)
    assert in_gradebook(desk, learner).raw == 1.0


def test_text_returned_for_revision_comes_back_as_a_new_item_and_nothing_is_lost(desk, trainers):
    store, settings, catalogue = desk
    learner, item = handed_in(desk)
    with pytest.raises(InvalidEntryError, match="Say in a sentence"):
        read(desk, trainers[0], item, outcome="returned")
    draft = read_again(desk, trainers[0], item, outcome="returned", reason="Which words did she use?")
    assert draft.outcome == "returned"
    given = in_gradebook(desk, learner)
    assert given.is_waiting
    assert "Which words did she use?" in given.comment
    with store.read() as conn:
        [notice] = desk_notes.notices(conn, learner.account_id)
    assert notice.kind == "returned"
    newer = {"text": "She says: who taught him to build so well? Then she waits for the mother."}
    again = hand_in(store, catalogue, learner, {QUESTION: newer})
    grading.grade_submission(store, settings, catalogue, again)
    second = item_of(store, learner)
    assert (second.item_id != item.item_id, second.state) == (True, "waiting")
    assert read(desk, trainers[1], second).points == 5.0
    assert in_gradebook(desk, learner).raw == 5.0


def read_again(desk, viewer, item, **wanted):
    """Finish a draft that stands already."""
    store, settings, catalogue = desk
    with store.read() as conn:
        base = reading.own_reading(conn, viewer, item.item_id, "first").version
    done = reading.finish(store, catalogue, viewer, item.item_id, kind="first", base=base, **wanted)
    posting.post(store, settings, catalogue, [item.item_id])
    return done


def test_finished_reading_can_be_taken_back_and_the_record_keeps_both(desk, trainers):
    store, settings, catalogue = desk
    learner, item = handed_in(desk)
    read(desk, trainers[0], item)
    reading.take_back(store, trainers[0], item.item_id, "first")
    posting.post(store, settings, catalogue, [item.item_id])
    assert in_gradebook(desk, learner).is_waiting
    assert item_of(store, learner).released_at is None
    with store.read() as conn:
        lines = desk_notes.records(conn, item_id=item.item_id)
    assert [line.action for line in lines] == ["taken back", "accepted"]
    assert lines[1].after["points"] == 5.0
    # words for the page: no brackets, nothing about what is empty
    assert history.in_words(lines[1].before) == "state: waiting"
    told = history.in_words(lines[1].after)
    assert "kind: first; outcome: accepted; points: 5; " in told
    assert not set("{}_") & set(told)
    assert "None" not in told


def test_points_of_a_reading_taken_back_leave_a_gradebook_that_was_busy_then(desk, trainers):
    store, settings, catalogue = desk
    learner, item = handed_in(desk)
    read(desk, trainers[0], item)
    reading.take_back(store, trainers[0], item.item_id, "first")
    [found] = [d for d in posting.check(store, settings, catalogue) if d.item.item_id == item.item_id]
    assert found.what == "taken back at the desk"
    assert posting.post_all_waiting(store, settings, catalogue) == []
    assert in_gradebook(desk, learner).is_waiting
    assert [d for d in posting.check(store, settings, catalogue) if d.item.item_id == item.item_id] == []
    with store.read() as conn:
        assert reading_store.unsynced(conn) == []


def test_grade_given_in_formgrader_is_read_back_and_named(desk):
    store, settings, catalogue = desk
    learner, item = handed_in(desk)
    database = settings.gradebook_dir / "gradebook.db"
    points_store.set_manual(database, learner.account_id, LESSON, QUESTION, points=4.0, comment="By hand.")
    [found] = [d for d in posting.check(store, settings, catalogue) if d.item == item]
    assert (found.what, found.theirs) == ("formgrader", 4.0)
    posting.repair(store, settings, catalogue)
    assert [d for d in posting.check(store, settings, catalogue) if d.item.item_id == item.item_id] == []
    with store.read() as conn:
        [line] = desk_notes.records(conn, item_id=item.item_id)
    assert (line.actor_name, line.after) == ("formgrader", {"points": 4.0})
    assert item_of(store, learner).state == "read"


def test_points_lost_in_the_gradebook_are_found_and_written_again(desk, trainers):
    store, settings, catalogue = desk
    learner, item = handed_in(desk)
    read(desk, trainers[0], item)
    database = settings.gradebook_dir / "gradebook.db"
    points_store.set_manual(database, learner.account_id, LESSON, QUESTION, points=None, comment="")
    [found] = [d for d in posting.check(store, settings, catalogue) if d.item.item_id == item.item_id]
    assert found.what == "waiting there"
    posting.repair(store, settings, catalogue)
    assert in_gradebook(desk, learner).raw == 5.0


def test_lesson_that_is_released_together_is_held_back_until_then(desk, trainers):
    store, _, catalogue = desk
    wanted = DeskSettings(LESSON, release="together", second_share=1.0, is_anonymous=True)
    release.change_settings(store, catalogue, trainers[0], wanted)
    try:
        learner, item = handed_in(desk)
        read(desk, trainers[0], item)
        assert release.held_questions(store, learner.account_id, LESSON) == {QUESTION}
        with store.read() as conn:
            assert desk_notes.notices(conn, learner.account_id) == []
        mine = queueing.queue(store, catalogue, trainers[1], QueueFilters(learner_id=learner.account_id))
        assert all(row.learner.startswith("Learner ") for row in mine.rows)
        twice = QueueFilters(state="second", learner_id=learner.account_id)
        assert queueing.queue(store, catalogue, trainers[0], twice).total == 0
        assert queueing.queue(store, catalogue, trainers[1], twice).total == 1
        assert release.release_lesson(store, trainers[0], LESSON) >= 1
        assert release.held_questions(store, learner.account_id, LESSON) == frozenset()
        with store.read() as conn:
            assert [notice.kind for notice in desk_notes.notices(conn, learner.account_id)] == ["released"]
    finally:
        release.change_settings(store, catalogue, trainers[0], DeskSettings(LESSON))


def test_what_cannot_be_kept_is_refused_with_a_sentence(desk, trainers):
    store, _, catalogue = desk
    _, item = handed_in(desk, grade=False)
    bad = [
        ({"ratings": {"concrete": "two"}}, "levels of the rubric"),
        ({"highlights": [{"start": 5, "end": 2}]}, "outside the text"),
        ({"highlights": [{"start": 0, "end": 1}] * 101}, "room for 100"),
        ({"comment": "x" * 20_001}, "too long"),
    ]
    for given, sentence in bad:
        with pytest.raises(InvalidEntryError, match=sentence):
            reading.save(store, trainers[0], item.item_id, kind="first", given=given, base=0)
    learner = add_learner(store, f"Ludo {uuid4().hex[:6]}")
    with pytest.raises(NotAllowedError):
        queueing.queue(store, catalogue, learner, QueueFilters())
    with pytest.raises(NotAllowedError):
        claims.claim(store, learner, item.item_id)


def test_second_reading_is_blind_and_a_far_difference_is_resolved(desk, trainers):
    store, settings, catalogue = desk
    tara, theo = trainers
    learner, item = handed_in(desk)
    read(desk, tara, item)
    seen = viewing.open_item(store, catalogue, theo, item.item_id, QueueFilters(), kind="second")
    assert (seen.others, seen.points) == ((), ())
    low = {"ratings": {"concrete": 0, "pair": 0, "reason": 1}}
    assert read(desk, theo, item, kind="second", given=low).points == 1.0
    assert in_gradebook(desk, learner).raw == 5.0
    [apart] = [
        one for one in agreement.differences(store, catalogue, tara) if one.item.item_id == item.item_id
    ]
    assert (apart.first, apart.second, apart.is_far, apart.is_resolved) == (5.0, 1.0, True, False)
    seen = viewing.open_item(store, catalogue, theo, item.item_id, QueueFilters(), kind="resolution")
    assert [other.reader for other in seen.others] == ["Tara"]
    middle = {"ratings": {"concrete": 1, "pair": 1, "reason": 2}}
    read(desk, theo, item, kind="resolution", given=middle)
    assert in_gradebook(desk, learner).raw == 4.0
    [apart] = [
        one for one in agreement.differences(store, catalogue, tara) if one.item.item_id == item.item_id
    ]
    assert apart.is_resolved
    assert posting.repair(store, settings, catalogue) == []


def test_points_held_back_stay_so_while_a_newer_text_waits(desk, trainers):
    store, settings, catalogue = desk
    release.change_settings(store, catalogue, trainers[0], DeskSettings(LESSON, release="together"))
    try:
        learner, item = handed_in(desk)
        read(desk, trainers[0], item)
        newer = hand_in(store, catalogue, learner, {QUESTION: {"text": "She waits, and asks the mother."}})
        grading.grade_submission(store, settings, catalogue, newer)
        assert item_of(store, learner).item_id != item.item_id
        assert QUESTION in release.held_questions(store, learner.account_id, LESSON)
    finally:
        release.change_settings(store, catalogue, trainers[0], DeskSettings(LESSON))


def test_reading_stays_as_it_was_given_when_the_rubric_is_changed_afterwards(tmp_path):
    settings = load_settings(copied_course(tmp_path / "course"))
    settings.data_dir.mkdir(exist_ok=True)
    store, catalogue = open_store(settings.database_url), Catalogue(tmp_path / "course")
    desk, tara = (store, settings, catalogue), trainer(store, "Tara")
    learner, item = handed_in(desk)
    _, unread = handed_in(desk, grade=False)
    assert read(desk, tara, item).points == 5.0
    draft = reading.save(store, tara, unread.item_id, kind="first", given=GIVEN, base=0)
    before = viewing.open_item(store, catalogue, tara, item.item_id, QueueFilters(state="read"))
    assert not before.is_rubric_changed
    change_rubric(settings)
    seen = viewing.open_item(store, catalogue, tara, item.item_id, QueueFilters(state="read"))
    assert seen.is_rubric_changed
    assert seen.own_levels == before.own_levels
    assert [level.points for level in seen.own_levels] == [2, 1, 2]
    [row] = queueing.queue(
        store, catalogue, tara, QueueFilters(state="read", learner_id=learner.account_id)
    ).rows
    assert row.is_rubric_changed
    back = given_back.given_back(store, catalogue, learner.account_id, LESSON)[QUESTION]
    assert back.levels == before.own_levels
    assert posting.check(store, settings, catalogue) == []
    again = hand_in(store, catalogue, learner, {"omar-observe": good_response("omar-observe")})
    grading.grade_submission(store, settings, catalogue, again)
    assert in_gradebook(desk, learner).raw == 5.0
    assert posting.check(store, settings, catalogue) == []
    with pytest.raises(InvalidEntryError, match="The rubric has changed meanwhile"):
        reading.finish(
            store, catalogue, tara, unread.item_id, kind="first", base=draft.version, outcome="accepted"
        )
    assert viewing.open_item(store, catalogue, tara, unread.item_id, QueueFilters()).is_rubric_changed
    store.close()


def change_rubric(settings):
    """Remove one criterion of the question and put another, with other levels, in its place."""
    path = settings.course_dir / "answer_keys" / f"{LESSON}.yml"
    yaml = YAML()
    key = yaml.load(path.read_text(encoding="utf-8"))
    rubric = key["questions"][QUESTION]["rubric"]
    gone = next(criterion for criterion in rubric if criterion["id"] == "pair")
    gone["id"], gone["criterion"] = "together", "Both are in it"
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(key, file)


def test_weighted_kappa_is_one_for_the_same_and_nothing_for_chance():
    assert agreement.weighted_kappa([(0, 0), (1, 1), (2, 2)]) == 1.0
    assert agreement.weighted_kappa([(0, 0), (0, 2), (2, 0), (2, 2)]) == 0.0
    # reckoned by hand: two of six pairs differ by one level; all 36 crossed pairs differ by 36 in squares
    assert agreement.weighted_kappa([(0, 0), (1, 1), (2, 1), (0, 1), (2, 2), (1, 1)]) == 0.667
    assert agreement.weighted_kappa([(1, 1), (1, 1)]) is None
    assert agreement.weighted_kappa([]) is None
