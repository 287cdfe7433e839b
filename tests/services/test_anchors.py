"""Anchors: rated in rounds, compared with what was agreed, asked of new trainers, made of real texts."""

from __future__ import annotations

import pytest

from homevisit.errors import ConflictError, InvalidEntryError, MissingEntryError, NotAllowedError
from homevisit.services.desk import (
    anchor_making,
    anchor_outcomes,
    anchor_rules,
    anchors,
    given_back,
    reading,
)
from homevisit.store import accounts as account_store
from homevisit.store import desk_notes
from tests.services.cohort import add_learner
from tests.services.test_desk import GIVEN, LEVELS, desk, handed_in, read, trainer  # noqa: F401  desk is a fixture

WHYS = {"concrete": "Three steps.", "pair": "One brings her in.", "reason": "It names the moment."}


@pytest.fixture
def place(desk):  # noqa: F811  the fixture
    """Return store, catalogue and a trainer who is new."""
    return desk[0], desk[2], trainer(desk[0], "Nora")


def rate_all(place, change=0):
    """Rate what is left of a round as was agreed, or `change` higher on the first criterion."""
    number = anchors.standing(*place).number
    for text in anchors.standing(*place).left:
        ratings = {name: one.level for name, one in text.agreed.items()}
        first = text.question.rubric[0].id
        ratings[first] = min(2, ratings[first] + change)
        anchors.rate(*place, text.anchor_id, number=number, ratings=ratings)


def test_new_trainer_is_held_up_until_every_anchor_is_rated_once(place):
    with pytest.raises(NotAllowedError, match="Before you grade, read the anchor texts"):
        anchors.need_anchors_read(*place)
    first, *rest = anchors.standing(*place).left
    assert len(rest) == 9
    with pytest.raises(InvalidEntryError, match="Choose a level"):
        anchors.rate(*place, first.anchor_id, number=1, ratings={})
    rate_all(place)
    anchors.need_anchors_read(*place)
    [went] = anchor_outcomes.outcomes(*place)
    assert (went.pairs, went.exact, went.adjacent, went.kappa) == (30, 30, 30, 1.0)


def test_outcome_counts_the_same_those_one_apart_and_kappa():
    went = anchor_outcomes.outcome_of(1, [(0, 0), (1, 1), (2, 2), (0, 2), (1, 2)])
    assert (went.pairs, went.exact, went.adjacent) == (5, 3, 4)
    # reckoned by hand: the pairs differ by 5 in squares, all 25 crossed pairs by 39
    assert went.kappa == round(1 - (5 / 5) / (39 / 25), 3)


def test_round_can_be_read_again_and_the_first_rating_of_a_round_stays(place):
    rate_all(place, change=1)
    text = anchors.standing(*place).texts[0]
    agreed = {name: one.level for name, one in text.agreed.items()}
    own = anchors.standing(*place).rated[text.anchor_id].ratings
    anchors.rate(*place, text.anchor_id, number=1, ratings=agreed)
    assert anchors.standing(*place).rated[text.anchor_id].ratings == own
    with pytest.raises(ConflictError, match="another window"):
        anchors.rate(*place, text.anchor_id, number=3, ratings=agreed)
    anchors.rate(*place, text.anchor_id, number=2, ratings=agreed)
    assert (anchors.standing(*place).number, len(anchors.standing(*place).left)) == (2, 9)
    rate_all(place)
    second, first = anchor_outcomes.outcomes(*place)
    assert (second.number, first.number) == (2, 1)
    assert second.exact > first.exact
    anchors.need_anchors_read(*place)


def test_who_is_not_held_up(place, desk):  # noqa: F811  the fixture
    store, catalogue, nora = place
    with store.begin() as conn:
        boss = account_store.add_account(
            conn, email=f"boss.{nora.account_id}@example.org", name="Ada", role="administrator"
        )
    assert not anchors.is_held_up(store, catalogue, boss)
    with pytest.raises(NotAllowedError):
        anchor_rules.excuse(store, nora, nora.account_id, is_excused=True)
    anchor_rules.excuse(store, boss, nora.account_id, is_excused=True)
    assert not anchors.is_held_up(*place)
    anchor_rules.excuse(store, boss, nora.account_id, is_excused=False)
    assert anchors.is_held_up(*place)
    anchor_rules.ask(store, nora, is_on=False)
    assert not anchors.is_held_up(*place)
    anchor_rules.ask(store, nora, is_on=True)
    _, item = handed_in(desk, grade=False)
    read(desk, nora, item)
    assert not anchors.is_held_up(*place)
    [line] = [
        one for one in anchor_rules.trainers(store, catalogue, boss) if one.account_id == nora.account_id
    ]
    assert (line.read, line.total, line.has_graded, line.is_excused) == (0, 10, True, False)
    learner = add_learner(store, f"Lea {nora.account_id}")
    for refused in (anchors.standing, anchor_outcomes.outcomes):
        with pytest.raises(NotAllowedError):
            refused(store, catalogue, learner)


def made_ready(desk, *, consent=True, resolved=True):  # noqa: F811  the fixture's value
    """Let two trainers differ on a text and resolve it, and its learner agree to share it."""
    store = desk[0]
    tara, theo = trainer(store, "Tara"), trainer(store, "Theo")
    learner, item = handed_in(desk, grade=False)
    read(desk, tara, item)
    read(desk, theo, item, kind="second", given={"ratings": {"concrete": 0, "pair": 0, "reason": 1}})
    if resolved:
        read(desk, theo, item, kind="resolution", given=GIVEN)
    reading.ask_for_exemplar(store, tara, item.item_id)
    if consent:
        given_back.answer_consent(store, learner, item.item_id, is_given=True)
    return tara, learner, item


def test_real_text_becomes_an_anchor_only_with_consent_and_agreed_levels(desk):  # noqa: F811  the fixture
    store, _, catalogue = desk
    tara, _, item = made_ready(desk, consent=False)
    with pytest.raises(ConflictError, match="has not agreed"):
        anchor_making.propose(store, catalogue, tara, item.item_id)
    tara, _, item = made_ready(desk, resolved=False)
    with pytest.raises(ConflictError, match="two trainers agree"):
        anchor_making.propose(store, catalogue, tara, item.item_id)
    assert not anchor_making.is_possible(store, catalogue, tara, item.item_id)


def test_anchor_of_a_real_text_holds_no_name_and_goes_with_the_consent(desk):  # noqa: F811  the fixture
    store, _, catalogue = desk
    tara, learner, item = made_ready(desk)
    found = anchor_making.propose(store, catalogue, tara, item.item_id)
    assert {name: one.level for name, one in found.agreed.items()} == LEVELS
    place = (store, catalogue, tara, item.item_id)
    named = "I would ask Mrs. Krzyzewski, phone 555-123-4567, who taught him."
    with pytest.raises(InvalidEntryError, match="Take out what may tell who somebody is"):
        anchor_making.keep(*place, text=named, whys=WHYS, is_looked_at=False)
    plain = "I would ask the mother who taught him, and wait."
    with pytest.raises(InvalidEntryError, match="Say in one sentence why"):
        anchor_making.keep(*place, text=plain, whys={}, is_looked_at=False)
    anchor_making.keep(*place, text=plain, whys=WHYS, is_looked_at=False)
    with pytest.raises(ConflictError, match="is an anchor already"):
        anchor_making.keep(*place, text=plain, whys=WHYS, is_looked_at=False)
    nora = trainer(store, "Nora")
    texts = anchors.standing(store, catalogue, nora).texts
    assert [(text.text, text.agreed["pair"].why) for text in texts if text.item_id == item.item_id] == [
        (plain, "One brings her in.")
    ]
    given_back.answer_consent(store, learner, item.item_id, is_given=False)
    assert all(text.item_id != item.item_id for text in anchors.standing(store, catalogue, nora).texts)
    with store.begin() as conn:
        desk_notes.set_exemplar(conn, item.item_id, "given")
    # taken back once, the copy is gone for good, also when the learner agrees again
    assert all(text.item_id != item.item_id for text in anchors.standing(store, catalogue, nora).texts)


def test_anchor_can_be_removed_and_what_is_gone_cannot_be_rated(desk):  # noqa: F811  the fixture
    store, _, catalogue = desk
    tara, _, item = made_ready(desk)
    anchor_making.keep(store, catalogue, tara, item.item_id, text="She waits.", whys=WHYS, is_looked_at=False)
    [made] = [t for t in anchors.standing(store, catalogue, tara).texts if t.item_id == item.item_id]
    anchor_making.remove(store, tara, item.item_id)
    with pytest.raises(MissingEntryError, match="not there any more"):
        anchors.rate(store, catalogue, tara, made.anchor_id, number=1, ratings=LEVELS)
    with store.read() as conn:
        actions = [line.action for line in desk_notes.records(conn, item_id=item.item_id)]
    assert actions[:2] == ["removed an anchor", "made an anchor"]
