"""An account is removed for good: its texts go everywhere, the record and other people's work stay."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from homevisit.config import load_settings
from homevisit.course.catalogue import Catalogue
from homevisit.errors import ConflictError, InvalidEntryError, MissingEntryError, NotAllowedError
from homevisit.services import grading
from homevisit.services.desk import posting, queueing, reading, viewing
from homevisit.services.groups import taking_part
from homevisit.services.removing import remove_account
from homevisit.store import accounts as account_store
from homevisit.store import desk_items, desk_notes
from homevisit.store import gradebook as points_store
from homevisit.store import submissions as submission_store
from homevisit.store.engine import open_store
from homevisit.store.tables_desk import metadata
from homevisit.store.values_desk import QueueFilters
from tests.services import group_rooms
from tests.services.cohort import add_learner, copied_course, hand_in
from tests.services.group_rooms import OBSERVE
from tests.web.course_server import LESSON
from tests.web.responses import KEY, good_response

QUESTION = "omar-next-step"
TEXT = "Only I would write it in this odd way: zanahoria."
GIVEN = {"ratings": {"concrete": 2, "pair": 1, "reason": 2}, "comment": "Half a comment."}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("removing") / "course"
    settings = load_settings(copied_course(folder))
    settings.data_dir.mkdir(exist_ok=True)
    store = open_store(settings.database_url)
    yield store, settings, Catalogue(folder)
    store.close()


def person(store, name, role):
    with store.begin() as conn:
        email = f"{name.lower()}.{uuid4().hex[:6]}@example.org"
        return account_store.add_account(conn, email=email, name=name, role=role, team="")


def handed_in(desk, *, grade=True):
    store, settings, catalogue = desk
    learner = add_learner(store, f"Lena {uuid4().hex[:6]}")
    responses = {name: good_response(name) for name in KEY.questions} | {QUESTION: {"text": TEXT}}
    submission = hand_in(store, catalogue, learner, responses)
    if grade:
        grading.grade_submission(store, settings, catalogue, submission)
    with store.read() as conn:
        [item] = desk_items.items_of(conn, learner.account_id, LESSON, QUESTION)
    return learner, item, submission


def cells(store):
    """Return everything that the store holds, as one text."""
    with store.read() as conn:
        return "\n".join(
            str(value)
            for table in metadata.tables.values()
            for row in conn.execute(select(table))
            for value in row
        )


def test_learner_removed_half_way_through_a_reading_leaves_no_text_and_the_trainer_goes_on(desk):
    store, settings, catalogue = desk
    tara = person(store, "Tara", "trainer")
    learner, item, _ = handed_in(desk)
    other, others_item, _ = handed_in(desk)
    draft = reading.save(store, tara, others_item.item_id, kind="first", given=GIVEN, base=0)
    reading.finish(
        store, catalogue, tara, others_item.item_id, kind="first", base=draft.version, outcome="accepted"
    )
    posting.post_all_waiting(store, settings, catalogue)
    reading.save(store, tara, item.item_id, kind="first", given=GIVEN, base=0)
    assert list(settings.gradebook_dir.glob(f"*/{learner.account_id}"))
    with pytest.raises(InvalidEntryError, match="nothing was removed"):
        remove_account(store, settings, catalogue, learner.account_id, typed=other.email)
    removed = remove_account(
        store, settings, catalogue, learner.account_id, typed=f" {learner.email.upper()} "
    )
    assert (removed.account, removed.responses) == (learner, len(KEY.questions))

    for again in (
        lambda: reading.save(store, tara, item.item_id, kind="first", given=GIVEN, base=1),
        lambda: viewing.open_item(store, catalogue, tara, item.item_id, QueueFilters()),
    ):
        with pytest.raises(
            MissingEntryError, match=r"its learner or its lesson may be gone. Go back to the queue"
        ):
            again()
    rows = queueing.queue(store, catalogue, tara, QueueFilters(learner_id=learner.account_id)).rows
    assert rows == ()
    left = cells(store)
    assert learner.name not in left
    assert learner.email not in left
    assert "Half a comment" in left
    database = settings.gradebook_dir / "gradebook.db"
    assert points_store.points(database, learner.account_id, LESSON) == {}
    assert points_store.points(database, other.account_id, LESSON)[QUESTION].raw == 5.0
    assert list(settings.gradebook_dir.glob(f"*/{learner.account_id}")) == []
    assert posting.check(store, settings, catalogue) == []
    with store.read() as conn:
        [line, *_] = desk_notes.records(conn)
    assert (line.action, line.learner_id) == ("account removed", learner.account_id)


def test_trainer_who_is_removed_leaves_the_readings(desk):
    store, settings, catalogue = desk
    theo, tara = person(store, "Theo", "trainer"), person(store, "Tara", "trainer")
    learner, item, _ = handed_in(desk)
    draft = reading.save(store, theo, item.item_id, kind="first", given=GIVEN, base=0)
    reading.finish(store, catalogue, theo, item.item_id, kind="first", base=draft.version, outcome="accepted")
    posting.post_all_waiting(store, settings, catalogue)
    remove_account(store, settings, catalogue, theo.account_id, typed=theo.email)
    seen = viewing.open_item(store, catalogue, tara, item.item_id, QueueFilters(state="read"))
    assert [other.reading.points for other in seen.others] == [5.0]
    assert seen.finished_by == "Somebody else"
    database = settings.gradebook_dir / "gradebook.db"
    assert points_store.points(database, learner.account_id, LESSON)[QUESTION].raw == 5.0
    with store.read() as conn:
        assert desk_notes.records(conn, item_id=item.item_id)[0].actor_name == "Theo"


def test_person_leaves_group_sessions_with_every_text_and_a_pair_keeps_its_own(desk):
    store, settings, catalogue = desk
    team = f"Team {uuid4().hex[:6]}"
    leaving, stays = (group_rooms.add_account(store, name, team=team) for name in ("Zita Zorn", "Yara Young"))
    room = group_rooms.open_room(store, name=f"Sue {team}", team=team)
    zita, yara, guest = room.join(account=leaving), room.join(account=stays), room.join("Gil")
    room.go(OBSERVE, "alone")
    for device, text in ((zita, "Zita alone."), (yara, "Yara alone."), (guest, "Gil alone.")):
        room.give(device, OBSERVE, group_rooms.rows(text))
    room.go(OBSERVE, "pairs")
    for device, text in ((zita, "Zita for us."), (yara, "Yara for us."), (guest, "Gil for us.")):
        room.give(device, OBSERVE, group_rooms.rows(text), "pairs")
    taking_part.park(store, zita, room.session_id, "Zita asks.", "zita-parks")
    taking_part.give_feedback(store, zita, room.session_id, 4, "Zita liked it.")

    remove_account(store, settings, catalogue, leaving.account_id, typed=leaving.email)

    assert "Zita" not in cells(store)
    view = room.seen_by_leader()
    assert sorted(one["text"] for one in view["entries"]) == [
        "1. Gil alone.",
        "1. Gil for us.",
        "1. Yara alone.",
    ]
    assert set(view["names"].values()) == {"Gil", "Yara", "Yara, Gil"}
    assert view["people"]["here"] == 2
    assert view["parking"] == []
    with pytest.raises(NotAllowedError):
        room.on_phone(zita)
    assert room.on_phone(yara)["me"]["pair_entry"]["by"] == "Gil"


def test_submission_that_was_to_be_graded_is_not_graded_after_its_learner_is_gone(desk):
    store, settings, catalogue = desk
    learner, _, submission = handed_in(desk, grade=False)
    with store.begin() as conn:
        assert submission_store.claim_queued(conn).submission_id == submission.submission_id
    remove_account(store, settings, catalogue, learner.account_id, typed=learner.email)
    with pytest.raises(MissingEntryError, match="This account no longer exists"):
        grading.grade_submission(store, settings, catalogue, submission)
    assert grading.grade_next(store, settings, catalogue) is None
    assert list(settings.gradebook_dir.glob(f"*/{learner.account_id}/**/*.ipynb")) == []


def test_last_administrator_cannot_be_removed(desk):
    store, settings, catalogue = desk
    first = person(store, "Ada", "administrator")
    with pytest.raises(ConflictError, match="only administrator"):
        remove_account(store, settings, catalogue, first.account_id, typed=first.email)
    second = person(store, "Abe", "administrator")
    remove_account(store, settings, catalogue, second.account_id, typed=second.email)
    with pytest.raises(MissingEntryError):
        remove_account(store, settings, catalogue, second.account_id, typed=second.email)
