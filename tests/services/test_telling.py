"""The mail about what is new at the desk: one in ten minutes, a link, and never a word of a text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from homevisit.services import mailing
from homevisit.services.desk import given_back, reading, release
from homevisit.services.desk.telling import tell
from homevisit.store import desk_items, desk_notes
from homevisit.store import mails as mail_store
from homevisit.store.values_desk import DeskSettings
from tests.services.cohort import add_learner, hand_in
from tests.services.test_desk import GIVEN, desk, handed_in, item_of, trainer  # noqa: F401  desk is a fixture
from tests.web.course_server import LESSON
from tests.web.responses import KEY, good_response

PUBLIC = "https://course.example.org/"
SPANISH = "Yo le preguntaría a la mamá qué cree ella que su hijo está aprendiendo, y me movería para que los dos se vean."


@pytest.fixture
def mail_on(monkeypatch):
    monkeypatch.setenv("HOMEVISIT_SMTP", "smtp://127.0.0.1:9")
    monkeypatch.setenv("HOMEVISIT_MAIL_FROM", "course@example.org")
    monkeypatch.setenv("HOMEVISIT_PUBLIC_ADDRESS", PUBLIC)


def rate(desk, viewer, item, *, outcome="accepted", reason=""):  # noqa: F811  the fixture's value
    store, _, catalogue = desk
    draft = reading.save(store, viewer, item.item_id, kind="first", given=GIVEN, base=0)
    wanted = {"kind": "first", "base": draft.version, "outcome": outcome, "reason": reason}
    return reading.finish(store, catalogue, viewer, item.item_id, **wanted)


def mails_to(desk, account):  # noqa: F811  the fixture's value
    return [one.mail for one in mailing.listed(desk[0]) if one.email == account.email]


@pytest.mark.usefixtures("mail_on")
def test_returned_text_makes_a_mail_with_a_link_and_no_word_of_the_text_or_the_comments(desk):  # noqa: F811
    tara = trainer(desk[0], "Tara")
    learner, item = handed_in(desk, grade=False)
    rate(desk, tara, item, outcome="returned", reason="Which words did she use?")
    [mail] = mails_to(desk, learner)
    assert mail.text == (
        f"Hello {learner.name},\n\n"
        "Your trainer asks you to look at one of your texts again. "
        f"Sign in to the course to see it: {PUBLIC}lessons/{LESSON}/result\n\n"
        f"-- \nYou can switch these mails off on your account page: {PUBLIC}account\n"
    )
    assert mail.due_at - mail.made_at == timedelta(minutes=10)
    response = attempt_text(desk, item)
    for secret in (response[:30], "Which words", GIVEN["comment"], "Bring the mother in", "Tara"):
        assert secret not in mail.text + mail.subject


def attempt_text(desk, item):  # noqa: F811  the fixture's value
    from homevisit.store import attempts

    with desk[0].read() as conn:
        return attempts.find_attempt(conn, item.attempt_id).response["text"]


@pytest.mark.usefixtures("mail_on")
def test_what_happens_within_ten_minutes_comes_in_one_mail_and_the_next_says_only_what_is_new(desk):  # noqa: F811
    store, tara = desk[0], trainer(desk[0], "Tara")
    learner, item = handed_in(desk, grade=False)
    with store.read() as conn:
        other = desk_items.items_of(conn, learner.account_id, LESSON, "culture-reflection")[-1]
    rate(desk, tara, item)
    with store.begin() as conn:
        tell(conn, learner.account_id, "released", other.item_id)
        tell(conn, learner.account_id, "exemplar", item.item_id)
    [mail] = mails_to(desk, learner)
    assert "Your trainer has read 2 of your texts and written to you." in mail.text
    assert "asks whether one of your texts may be shown" in mail.text
    later = mail.due_at + timedelta(seconds=1)
    with store.begin() as conn:
        mail_store.change_mail(conn, mail, {"state": "sent", "tries": 1, "sent_at": later})
        tell(conn, learner.account_id, "returned", item.item_id, later)
    new, old = sorted(mails_to(desk, learner), key=lambda one: one.state == "sent")
    assert old.state == "sent"
    assert "look at one of your texts again" in new.text
    assert "has read" not in new.text
    assert new.due_at >= later + timedelta(minutes=10)


@pytest.mark.usefixtures("mail_on")
def test_learner_who_writes_spanish_gets_both_languages(desk):  # noqa: F811  the fixture
    store, _, catalogue = desk
    learner = add_learner(store, f"Luz {uuid4().hex[:6]}")
    responses = {name: good_response(name) for name in KEY.questions}
    hand_in(store, catalogue, learner, responses | {"omar-next-step": {"text": SPANISH}})
    rate(desk, trainer(store, "Tara"), item_of(store, learner))
    [mail] = mails_to(desk, learner)
    english, spanish = mail.text.split("\n\n")[1:3]
    assert english.startswith("Your trainer has read one of your texts")
    assert spanish.startswith("La persona que le capacita ha leído uno de sus textos")
    assert mail.text.count(f"{PUBLIC}lessons/{LESSON}/result") == 2
    assert "hay algo nuevo" in mail.subject


@pytest.mark.usefixtures("mail_on")
def test_release_together_makes_one_mail_when_it_is_released_and_none_before(desk):  # noqa: F811  the fixture
    store, _, catalogue = desk
    tara = trainer(store, "Tara")
    release.change_settings(store, catalogue, tara, DeskSettings(LESSON, release="together"))
    try:
        learner, item = handed_in(desk, grade=False)
        rate(desk, tara, item)
        assert mails_to(desk, learner) == []
        release.release_lesson(store, tara, LESSON)
        assert len(mails_to(desk, learner)) == 1
    finally:
        release.change_settings(store, catalogue, tara, DeskSettings(LESSON))


@pytest.mark.usefixtures("mail_on")
def test_trainer_is_told_of_a_reply_and_learner_of_a_wish_for_an_example(desk):  # noqa: F811  the fixture
    store, tara = desk[0], trainer(desk[0], "Tara")
    learner, item = handed_in(desk, grade=False)
    rate(desk, tara, item)
    given_back.reply(store, learner, item.item_id, "I will try that on Tuesday.", uuid4().hex)
    [mail] = mails_to(desk, tara)
    assert (
        f"A learner has replied to what you wrote about a text. Sign in to the course to see it: {PUBLIC}"
        in (mail.text)
    )
    assert f"{PUBLIC}course/desk/{item.item_id}" in mail.text
    assert "Tuesday" not in mail.text
    assert learner.name not in mail.text
    reading.ask_for_exemplar(store, tara, item.item_id)
    assert "may be shown to others as an example, without your name" in mails_to(desk, learner)[0].text


def test_badges_need_no_mail_and_old_ones_are_not_sent_once_mail_is_set_up(desk, monkeypatch):  # noqa: F811
    store, tara = desk[0], trainer(desk[0], "Tara")
    monkeypatch.delenv("HOMEVISIT_SMTP", raising=False)
    learner, item = handed_in(desk, grade=False)
    rate(desk, tara, item)
    assert mails_to(desk, learner) == []
    with store.read() as conn:
        assert [notice.kind for notice in desk_notes.notices(conn, learner.account_id)] == ["released"]
    monkeypatch.setenv("HOMEVISIT_SMTP", "smtp://127.0.0.1:9")
    monkeypatch.setenv("HOMEVISIT_MAIL_FROM", "course@example.org")
    with store.begin() as conn:
        tell(conn, learner.account_id, "returned", item.item_id, datetime.now(UTC))
    [mail] = mails_to(desk, learner)
    assert "has read" not in mail.text
    assert "http" not in mail.text
