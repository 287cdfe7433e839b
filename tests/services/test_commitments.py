"""Commitments come back as a question after their days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from homevisit.errors import InvalidEntryError, MissingEntryError
from homevisit.services import commitments, learning
from homevisit.store import accounts as account_store
from tests.web.course_server import LESSON
from tests.web.responses import CATALOGUE

QUESTION = "try-one-thing"
NOW = datetime.now(UTC)


def days(count):
    return NOW + timedelta(days=count)


@pytest.fixture
def learner(store):
    with store.begin() as conn:
        account = account_store.add_account(
            conn, email="cleo@example.org", name="Cleo", role="learner", team=""
        )
    return account.account_id


def promise(store, learner, text="With one family, on Tuesday.", number=1):
    learning.commit_attempt(
        store,
        CATALOGUE,
        learner,
        LESSON,
        QUESTION,
        response={"plan": "plan-a-role", "text": text},
        number=number,
        token=uuid4().hex,
    )


def due(store, learner, when):
    return commitments.due_commitments(store, CATALOGUE, learner, when)


def tell(store, learner, attempt, outcome, when, *, text=""):
    return commitments.tell(
        store, CATALOGUE, learner, attempt.attempt_id, outcome=outcome, text=text, now=when
    )


def test_commitment_is_asked_about_after_its_days_and_not_before(store, learner):
    promise(store, learner)
    assert due(store, learner, days(13)) == ()
    (found,) = due(store, learner, days(15))
    assert found.plan == CATALOGUE.key(LESSON).questions[QUESTION].public.plans["plan-a-role"]
    assert found.words == "With one family, on Tuesday."


def test_newest_commitment_of_a_lesson_is_the_one_asked_about(store, learner):
    promise(store, learner)
    promise(store, learner, "With another family.", number=2)
    assert [found.words for found in due(store, learner, days(15))] == ["With another family."]


@pytest.mark.parametrize("outcome", ["done", "partly"])
def test_commitment_that_was_told_about_is_not_asked_again(store, learner, outcome):
    promise(store, learner)
    (found,) = due(store, learner, days(15))
    told = tell(store, learner, found.attempt, outcome, days(15), text=" It went well. ")
    assert (told.outcome, told.text) == (outcome, "It went well.")
    assert due(store, learner, days(60)) == ()


def test_commitment_not_done_yet_is_asked_about_again_after_as_many_days(store, learner):
    promise(store, learner)
    (found,) = due(store, learner, days(15))
    tell(store, learner, found.attempt, "not yet", days(15))
    assert due(store, learner, days(20)) == ()
    assert len(due(store, learner, days(30))) == 1


def test_telling_without_an_outcome_or_with_too_much_text_is_refused_with_a_sentence(store, learner):
    promise(store, learner)
    (found,) = due(store, learner, days(15))
    with pytest.raises(InvalidEntryError) as refused:
        tell(store, learner, found.attempt, "", days(15))
    assert refused.value.message == "Choose how it went, then send it again. What you wrote is kept here."
    with pytest.raises(InvalidEntryError) as refused:
        tell(store, learner, found.attempt, "done", days(15), text="x" * 20_001)
    assert refused.value.message.startswith("That is 20,001 characters; there is room for 20,000.")
    assert len(due(store, learner, days(15))) == 1


def test_nobody_tells_of_another_persons_commitment(store, learner):
    promise(store, learner)
    (found,) = due(store, learner, days(15))
    with store.begin() as conn:
        other = account_store.add_account(
            conn, email="omar@example.org", name="Otis", role="learner", team=""
        )
    with pytest.raises(MissingEntryError):
        tell(store, other.account_id, found.attempt, "done", days(15))
