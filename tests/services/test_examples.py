"""Examples that learners agreed to share: who sees them, when, and that a withdrawn yes ends it at once."""

from __future__ import annotations

import pytest

from homevisit.errors import NotAllowedError
from homevisit.services.desk import examples, given_back, reading
from tests.services.cohort import hand_in
from tests.services.test_desk import QUESTION, desk, handed_in, item_of, read, trainer  # noqa: F401  desk is a fixture
from tests.web.course_server import LESSON

ELSE = {"text": "I would sit beside the mother and ask her what she sees him trying, at 1:22, and then wait."}


@pytest.fixture
def shared(desk):  # noqa: F811  the fixture
    """Return a trainer, and the writer of an accepted text who agreed that it is shown, with its item."""
    store, _, catalogue = desk
    tara = trainer(store, "Tara")
    writer, _ = handed_in(desk, grade=False)
    hand_in(store, catalogue, writer, {QUESTION: ELSE})
    item = item_of(store, writer)
    read(desk, tara, item)
    reading.ask_for_exemplar(store, tara, item.item_id)
    given_back.answer_consent(store, writer, item.item_id, is_given=True)
    examples.show(store, catalogue, tara, LESSON, is_on=True)
    yield tara, writer, item
    given_back.answer_consent(store, writer, item.item_id, is_given=False)
    examples.show(store, catalogue, tara, LESSON, is_on=False)


def seen_by(desk, learner):  # noqa: F811  the fixture's value
    return examples.for_learner(desk[0], learner.account_id, LESSON)


def test_learner_reads_examples_only_after_the_own_text_came_back_accepted(desk, shared):  # noqa: F811
    store, _, catalogue = desk
    tara, writer, _ = shared
    learner, item = handed_in(desk, grade=False)
    assert seen_by(desk, learner) == {}
    draft = reading.save(store, tara, item.item_id, kind="first", given={}, base=0)
    reading.finish(
        store,
        catalogue,
        tara,
        item.item_id,
        kind="first",
        base=draft.version,
        outcome="returned",
        reason="More.",
    )
    assert seen_by(desk, learner) == {}
    hand_in(store, catalogue, learner, {QUESTION: {"text": "She asks the mother who taught him, and waits."}})
    again = item_of(store, learner)
    assert seen_by(desk, learner) == {}
    read(desk, tara, again)
    assert seen_by(desk, learner) == {QUESTION: (ELSE["text"],)}
    assert seen_by(desk, writer) == {}
    examples.show(store, catalogue, tara, LESSON, is_on=False)
    assert seen_by(desk, learner) == {}


def test_withdrawn_consent_removes_the_text_everywhere_at_once(desk, shared):  # noqa: F811
    store = desk[0]
    tara, writer, item = shared
    learner, mine = handed_in(desk, grade=False)
    read(desk, tara, mine)
    assert seen_by(desk, learner) == {QUESTION: (ELSE["text"],)}
    assert examples.for_trainer(store, tara, mine.item_id) == (ELSE["text"],)
    assert examples.for_trainer(store, tara, item.item_id) == ()
    given_back.answer_consent(store, writer, item.item_id, is_given=False)
    assert seen_by(desk, learner) == {}
    assert examples.for_trainer(store, tara, mine.item_id) == ()


def test_example_whose_reading_is_taken_back_is_not_shown_meanwhile(desk, shared):  # noqa: F811
    store, _, _ = desk
    tara, _, item = shared
    learner, mine = handed_in(desk, grade=False)
    read(desk, tara, mine)
    reading.take_back(store, tara, item.item_id, "first")
    assert seen_by(desk, learner) == {}


def test_only_trainers_choose_and_see_the_trainers_list(desk, shared):  # noqa: F811
    store, _, catalogue = desk
    _, writer, item = shared
    with pytest.raises(NotAllowedError):
        examples.for_trainer(store, writer, item.item_id)
    with pytest.raises(NotAllowedError):
        examples.show(store, catalogue, writer, LESSON, is_on=True)
    assert examples.shown(store) == {LESSON}
