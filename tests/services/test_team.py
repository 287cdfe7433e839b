"""The team: how far people are, minutes, due dates, reminders, and who may read a text."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event

from homevisit.config import load_settings
from homevisit.errors import ConflictError, InvalidEntryError, MissingEntryError, NotAllowedError
from homevisit.services import commitments, learning, practice, register, sharing
from homevisit.services.desk import release
from homevisit.services.grading import grade_while_busy
from homevisit.services.mailing import mail_settings
from homevisit.services.team import due, reminding, sheets, standing, talking
from homevisit.services.team.contacts import Contacts
from homevisit.services.team.days import in_words
from homevisit.services.team.sorting import sorted_people
from homevisit.store import accounts as account_store
from homevisit.store import contacts as contact_store
from homevisit.store import reminders as reminder_store
from homevisit.store.tables_team import reminders, talks
from homevisit.store.values_desk import DeskSettings
from tests.services.cohort import hand_in
from tests.services.reading import read_all
from tests.web.course_server import LESSON, ROOT
from tests.web.responses import CATALOGUE, KEY, good_response

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
REFLECTION = "culture-reflection"
COMMITMENT = next(name for name, question in KEY.questions.items() if question.type == "commitment")


@pytest.fixture
def settings(tmp_path):
    return load_settings(ROOT, tmp_path / "data")


@pytest.fixture
def supervisor(store):
    return person(store, "Sam", role="supervisor")


def person(store, name, role="learner", team="North"):
    with store.begin() as conn:
        email = f"{name.lower()}-{uuid4().hex[:6]}@example.org"
        return account_store.add_account(conn, email=email, name=name, role=role, team=team)


def commit(store, learner, question_id, response=None, number=1):
    return learning.commit_attempt(
        store,
        CATALOGUE,
        learner.account_id,
        LESSON,
        question_id,
        response=response or good_response(question_id),
        number=number,
        token=uuid4().hex,
    )[0]


def of(store, settings, learner, now=NOON, lesson_id=LESSON):
    found = standing.standing(store, settings, CATALOGUE, learner.team, now)
    one = next(one for one in found.people if one.account.account_id == learner.account_id)
    return next(lesson for lesson in one.lessons if lesson.info.lesson_id == lesson_id)


def set_due(store, viewer, text, lesson_id=LESSON, now=NOON):
    due.set_due_date(store, CATALOGUE, viewer, team="North", lesson_id=lesson_id, text=text, now=now)


def all_good():
    return {name: good_response(name) for name in KEY.questions}


def statements(store, work):
    """Return how many statements the store runs while `work` runs."""
    seen = []

    def note(*arguments):
        seen.append(arguments[2])

    event.listen(store._engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(store._engine, "before_cursor_execute", note)
    return len([text for text in seen if not text.startswith(("PRAGMA", "BEGIN", "SELECT pg_"))])


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_lesson_goes_from_not_started_over_waiting_and_returned_to_finished(store, settings):
    ana, trainer = person(store, "Ana"), person(store, "Toni", role="trainer")
    assert (of(store, settings, ana).stage, of(store, settings, ana).checked) == ("not started", 0)
    learning.save_draft(store, CATALOGUE, ana.account_id, LESSON, REFLECTION, response={"text": "x"}, base=0)
    assert of(store, settings, ana).stage == "started"
    hand_in(store, CATALOGUE, ana, all_good())
    assert (of(store, settings, ana).stage, of(store, settings, ana).points) == ("waiting", None)
    grade_while_busy(store, settings, CATALOGUE, 0)
    assert (of(store, settings, ana).stage, of(store, settings, ana).points) == ("waiting", None)
    read_all(store, settings, trainer, ana, LESSON, outcome="returned")
    assert (of(store, settings, ana).stage, of(store, settings, ana).points) == ("returned", None)
    for question_id, question in KEY.questions.items():
        if question.is_read_by_trainer:
            commit(store, ana, question_id, {"text": "I saw more, and I say it here in other words."}, 2)
    learning.submit_lesson(store, CATALOGUE, ana.account_id, LESSON, uuid4().hex)
    assert of(store, settings, ana).stage == "waiting"
    grade_while_busy(store, settings, CATALOGUE, 0)
    release.change_settings(store, CATALOGUE, trainer, DeskSettings(LESSON, release="together"))
    read_all(store, settings, trainer, ana, LESSON)
    held = of(store, settings, ana)
    assert (held.stage, held.points) == ("waiting", None)
    release.release_lesson(store, trainer, LESSON)
    done = of(store, settings, ana)
    assert (done.stage, done.points.is_passed) == ("finished", True)
    found = standing.standing(store, settings, CATALOGUE, "North", NOON)
    of_team, by_lesson = sheets.team_sheets(found)
    assert of_team.rows[1][:7] == ["Ana", 0, 0, 0, 1, 1, 0]
    assert [row[8] for row in by_lesson.rows[1:] if row[1] == done.info.title] == [done.points.raw]


def test_number_of_queries_is_the_same_for_two_people_and_for_thirty(store, settings, supervisor):
    def look():
        standing.standing(store, settings, CATALOGUE, "North", NOON)

    set_due(store, supervisor, "2026-12-10")
    for number in range(2):
        commit(store, person(store, f"First{number}"), COMMITMENT)
    few = statements(store, look)
    for number in range(28):
        learner = person(store, f"Later{number}")
        commit(store, learner, COMMITMENT)
        commit(store, learner, REFLECTION)
    assert statements(store, look) == few <= 13


def test_practice_closed_accounts_and_other_teams_are_not_in_the_team(store, settings, supervisor):
    ana, gone = person(store, "Ana"), person(store, "Gone")
    person(store, "Sue", team="South")
    register.set_disabled(store, gone.account_id, is_disabled=True)
    with store.begin() as conn:
        practice._practice_account(conn, supervisor)
    found = standing.standing(store, settings, CATALOGUE, "North", NOON)
    assert [one.account.account_id for one in found.people] == [ana.account_id]
    assert standing.team_choices(store) == [("North", 1), ("South", 1)]


def test_people_are_listed_in_the_wanted_order_and_equals_by_name(store, settings):
    for name, number in (("bo", 0), ("Ana", 2), ("Cy", 2)):
        learner = person(store, name)
        with store.begin() as conn:
            contact_store.add_stretches(
                conn, [measured(learner, NOON, NOON + timedelta(minutes=number))] if number else []
            )
    people = standing.standing(store, settings, CATALOGUE, "North", NOON).people

    def names(sort, *, is_down):
        return [one.account.name for one in sorted_people(people, sort, is_down=is_down)]

    assert names("name", is_down=False) == ["Ana", "bo", "Cy"]
    assert names("minutes", is_down=True) == ["Ana", "Cy", "bo"]
    assert names("seen", is_down=False) == ["bo", "Ana", "Cy"]


def test_commitments_are_counted_as_planned_tried_and_talked_about(store, settings, supervisor):
    ana = person(store, "Ana")
    made = commit(store, ana, COMMITMENT)

    def counted():
        found = standing.standing(store, settings, CATALOGUE, "North", NOON)
        return found.people[0].commitments

    assert counted() == (1, 0, 0)
    later = made.committed_at + timedelta(days=400)
    commitments.tell(
        store, CATALOGUE, ana.account_id, made.attempt_id, outcome="partly", text="It went well.", now=later
    )
    assert counted() == (1, 1, 0)
    for _ in range(2):
        talking.note_talk(store, CATALOGUE, supervisor, ana.account_id, lesson_id=LESSON, now=NOON)
    assert counted() == (1, 1, 1)
    with store.read() as conn:
        assert conn.execute(talks.select()).one().talked_by == supervisor.account_id
    with pytest.raises(MissingEntryError):
        talking.note_talk(
            store, CATALOGUE, supervisor, person(store, "Ben").account_id, lesson_id=LESSON, now=NOON
        )


def test_who_may_look_at_which_team(store, supervisor):
    learner, trainer = person(store, "Lea"), person(store, "Tom", role="trainer", team="")
    other = person(store, "Olga", role="supervisor", team="South")
    alone = person(store, "Alo", role="supervisor", team="")
    assert standing.team_of(supervisor, None) == "North"
    assert standing.team_of(trainer, "South") == "South"
    assert standing.member(store, supervisor, learner.account_id) == learner
    assert standing.member(store, trainer, learner.account_id) == learner
    for viewer, team in ((supervisor, "South"), (alone, None), (learner, "North")):
        with pytest.raises(NotAllowedError):
            standing.team_of(viewer, team)
    for viewer, account in ((other, learner), (supervisor, trainer), (trainer, supervisor)):
        with pytest.raises(MissingEntryError, match="no such person in your team"):
            standing.member(store, viewer, account.account_id)


# Minutes


def measured(learner, start, end, lesson_id=LESSON):
    from homevisit.store.values_team import Stretch

    return Stretch(learner.account_id, lesson_id, start.astimezone().date(), start, end)


def spent(store, learner, lesson_id=LESSON):
    with store.read() as conn:
        return contact_store.spent_in_team(conn, learner.team).get((learner.account_id, lesson_id))


def test_minutes_count_between_contacts_and_pauses_longer_than_five_minutes_do_not(store):
    ana, contacts = person(store, "Ana"), Contacts()
    for minute in (0, 2, 5, 10, 16, 17):
        contacts.touch(ana.account_id, LESSON, NOON + timedelta(minutes=minute))
    contacts.touch(ana.account_id, "", NOON + timedelta(minutes=20))
    contacts.write(store, NOON + timedelta(minutes=20))
    assert spent(store, ana).seconds == 11 * 60
    assert spent(store, ana).last_at == NOON + timedelta(minutes=17)
    assert spent(store, ana, "").seconds == 0
    assert statements(store, lambda: contacts.write(store, NOON + timedelta(minutes=21))) == 0
    contacts.touch(ana.account_id, LESSON, NOON + timedelta(minutes=21))
    contacts.write(store, NOON + timedelta(minutes=21))
    assert spent(store, ana).seconds == 15 * 60


def test_writing_costs_the_same_few_statements_for_two_hundred_people_who_came_new(store):
    contacts = Contacts()
    people = [person(store, f"P{number}") for number in range(200)]
    for second in range(0, 60, 2):
        for learner in people:
            contacts.touch(learner.account_id, LESSON, NOON + timedelta(seconds=second))
    assert statements(store, lambda: contacts.write(store, NOON + timedelta(minutes=1))) <= 3
    assert spent(store, people[-1]).seconds == 58


def test_two_servers_do_not_count_the_same_minutes_twice(store):
    ana, one, other = person(store, "Ana"), Contacts(), Contacts()
    for minute in range(5):
        for contacts in (one, other):
            contacts.touch(ana.account_id, LESSON, NOON + timedelta(minutes=minute))
    for contacts in (one, other):
        contacts.write(store, NOON + timedelta(minutes=5))
    assert spent(store, ana).seconds == 4 * 60


def test_time_of_somebody_who_is_gone_is_left_out_and_others_are_kept(store):
    ana, contacts = person(store, "Ana"), Contacts()
    gone = person(store, "Gone")
    for minute in (0, 1):
        for learner in (ana, gone):
            contacts.touch(learner.account_id, LESSON, NOON + timedelta(minutes=minute))
    with store.begin() as conn:
        account_store.remove_account(conn, gone.account_id)
    contacts.write(store, NOON + timedelta(minutes=2))
    assert spent(store, ana).seconds == 60


# Due dates


def test_lesson_is_due_at_the_end_of_the_day_and_overdue_from_the_next(store, settings, supervisor):
    ana = person(store, "Ana")
    set_due(store, supervisor, "2026-12-04")
    friday = datetime(2026, 12, 4, 23, 59).astimezone()
    own = due.own_dues(store, CATALOGUE, ana, NOON)[LESSON]
    assert (own.sentence, own.state) == ("Due Friday, Dec 4", "soon")
    assert of(store, settings, ana, friday).is_overdue is False
    assert of(store, settings, ana, friday + timedelta(minutes=2)).is_overdue is True
    late = due.own_dues(store, CATALOGUE, ana, friday + timedelta(days=1))[LESSON]
    assert (late.sentence, late.state) == ("Was due Friday, Dec 4", "overdue")
    hand_in(store, CATALOGUE, ana, all_good())
    assert of(store, settings, ana, friday + timedelta(days=9)).is_overdue is False
    assert due.own_dues(store, CATALOGUE, ana, friday) == {}


def test_extension_holds_for_one_person_and_never_comes_before_the_teams_date(store, settings, supervisor):
    ana, ben = person(store, "Ana"), person(store, "Ben")
    set_due(store, supervisor, "2026-12-04")
    give = {"lesson_id": LESSON, "now": NOON}
    with pytest.raises(InvalidEntryError, match="due Friday, Dec 4 for the whole team"):
        due.extend(store, CATALOGUE, supervisor, ana.account_id, text="2026-12-03", **give)
    due.extend(store, CATALOGUE, supervisor, ana.account_id, text="2026-12-11", **give)
    days = [of(store, settings, one).due_on for one in (ana, ben)]
    assert days == [date(2026, 12, 11), date(2026, 12, 4)]
    set_due(store, supervisor, "2026-12-20")
    assert of(store, settings, ana).due_on == date(2026, 12, 20)
    due.extend(store, CATALOGUE, supervisor, ana.account_id, text="", **give)
    set_due(store, supervisor, "")
    assert [of(store, settings, one).due_on for one in (ana, ben)] == [None, None]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2026-11-30", "Monday, Nov 30 is in the past; choose today (Tuesday, Dec 1) or a later day."),
        ("2062-12-04", "is more than two years away; check the year"),
        ("next Friday", "“next Friday” is not a date"),
        ("2026-02-30", "“2026-02-30” is not a date"),
    ],
)
def test_date_that_cannot_be_a_due_date_gets_a_sentence(store, supervisor, text, sentence):
    with pytest.raises(InvalidEntryError) as refused:
        set_due(store, supervisor, text)
    assert sentence in refused.value.message


def test_date_in_another_year_is_said_with_it():
    assert in_words(date(2027, 1, 8), date(2026, 12, 1)) == "Friday, Jan 8, 2027"


# Reminders


@pytest.fixture
def mail(monkeypatch):
    monkeypatch.setenv("HOMEVISIT_SMTP", "smtp://localhost:2525")
    monkeypatch.setenv("HOMEVISIT_MAIL_FROM", "course@example.org")
    monkeypatch.setenv("HOMEVISIT_PUBLIC_ADDRESS", "https://course.example.org/")
    assert mail_settings() is not None


def mails(store):
    from homevisit.store.tables_mail import mails as table

    with store.read() as conn:
        return [(row.account_id, row.subject, row.text) for row in conn.execute(table.select())]


@pytest.mark.usefixtures("mail")
def test_reminders_go_out_three_days_before_and_once_when_overdue_and_never_twice(store, supervisor):
    ana, ben, gone = person(store, "Ana"), person(store, "Ben"), person(store, "Gone")
    register.set_disabled(store, gone.account_id, is_disabled=True)
    with store.begin() as conn:
        practice._practice_account(conn, supervisor)
    hand_in(store, CATALOGUE, ben, all_good())
    set_due(store, supervisor, "2026-12-04")
    set_due(store, supervisor, "2026-12-04", "01-building-relationships")

    def send(day):
        return reminding.send_due_reminders(store, CATALOGUE, datetime(2026, 12, day, 12, tzinfo=UTC))

    assert [send(day) for day in (1, 1, 2, 4, 5, 5, 30)] == [2, 0, 0, 0, 2, 0, 0]
    told = [(subject, text) for account_id, subject, text in mails(store) if account_id == ana.account_id]
    assert [subject for subject, _ in told] == ["A lesson is due soon", "A lesson is overdue"]
    assert "- Roles for parents in socializations: due Friday, Dec 4" in told[0][1]
    assert "https://course.example.org/" in told[0][1]
    assert len([one for one in mails(store) if one[0] == ben.account_id]) == 2
    assert gone.account_id not in {account_id for account_id, _, _ in mails(store)}
    with store.read() as conn:
        sent = reminder_store.sent(conn, ("soon", "overdue"))
    assert {account_id for account_id, *_ in sent} == {ana.account_id, ben.account_id}


def test_reminder_stands_on_the_page_without_mail_and_comes_anew_for_a_new_date(store, supervisor):
    ana = person(store, "Ana")
    assert reminding.send_due_reminders(store, CATALOGUE, NOON) == 0
    set_due(store, supervisor, "2026-12-10")
    assert reminding.nudge(store, CATALOGUE, ana, NOON).lessons == ()
    # who is asked to go on is told every date, also one that is far away
    ben = person(store, "Ben")
    reminding.remind(store, CATALOGUE, supervisor, ben.account_id, NOON)
    assert [one.sentence for one in reminding.nudge(store, CATALOGUE, ben, NOON).lessons] == [
        "Due Thursday, Dec 10"
    ]
    set_due(store, supervisor, "2026-12-02")
    assert reminding.send_due_reminders(store, CATALOGUE, NOON) == 2
    assert [one.sentence for one in reminding.nudge(store, CATALOGUE, ana, NOON).lessons] == [
        "Due Wednesday, Dec 2"
    ]
    set_due(store, supervisor, "2026-12-03")
    assert reminding.send_due_reminders(store, CATALOGUE, NOON) == 2
    with store.begin() as conn:
        own = practice._practice_account(conn, supervisor)
    assert reminding.nudge(store, CATALOGUE, own, NOON).lessons == ()
    assert mails(store) == []


@pytest.mark.usefixtures("mail")
def test_supervisor_reminds_a_person_once_a_day(store, supervisor):
    ana = person(store, "Ana")
    assert reminding.nudge(store, CATALOGUE, ana, NOON).is_asked is False
    reminding.remind(store, CATALOGUE, supervisor, ana.account_id, NOON)
    trainer = person(store, "Tom", role="trainer", team="")
    for viewer in (supervisor, trainer):
        with pytest.raises(ConflictError, match="Ana was reminded today already"):
            reminding.remind(store, CATALOGUE, viewer, ana.account_id, NOON + timedelta(minutes=9))
    assert len(mails(store)) == 1
    assert "your supervisor reminds you of your lessons." in mails(store)[0][2]
    reminding.remind(store, CATALOGUE, supervisor, ana.account_id, NOON + timedelta(days=1))
    with store.read() as conn:
        assert len(conn.execute(reminders.select()).all()) == 2
    assert reminding.nudge(store, CATALOGUE, ana, NOON + timedelta(days=2)).is_asked is True
    assert reminding.nudge(store, CATALOGUE, ana, NOON + timedelta(days=9)).is_asked is False


# Sharing


def choose(store, learner, readers, base=None, question_id=REFLECTION):
    seen = sharing.choice(store, learner.account_id, LESSON, question_id)[1] if base is None else base
    return sharing.choose(
        store, CATALOGUE, learner.account_id, LESSON, question_id, readers=readers, base=seen
    )


def test_text_is_the_trainers_alone_until_its_learner_says_otherwise_and_again_after(store, supervisor):
    ana, other = person(store, "Ana"), person(store, "Olga", role="supervisor", team="South")
    trainer = person(store, "Tom", role="trainer", team="North")
    commit(store, ana, REFLECTION, {"text": "My first words about this."})

    def texts(viewer):
        return [one.text for one in sharing.shared_with_supervisor(store, viewer, ana)]

    assert sharing.choice(store, ana.account_id, LESSON, REFLECTION) == ("trainer", "")
    assert texts(supervisor) == []
    choose(store, ana, "supervisor")
    assert texts(supervisor) == ["My first words about this."]
    assert (texts(other), texts(trainer), texts(ana)) == ([], [], [])
    counts = [sharing.shared_counts(store, viewer) for viewer in (supervisor, other, trainer, ana)]
    assert counts == [{ana.account_id: 1}, {}, {}, {}]
    learning.save_draft(
        store, CATALOGUE, ana.account_id, LESSON, REFLECTION, response={"text": "A draft."}, base=0
    )
    assert texts(supervisor) == ["My first words about this."]
    commit(store, ana, REFLECTION, {"text": "My second words about this."}, 2)
    assert texts(supervisor) == ["My second words about this."]
    assert sharing.shared_with_group(store, "North", LESSON, REFLECTION) == ()
    choose(store, ana, "group")
    assert texts(supervisor) == []
    assert sharing.shared_counts(store, supervisor) == {}
    assert sharing.shared_with_group(store, "North", LESSON, REFLECTION) == ("My second words about this.",)
    assert sharing.shared_with_group(store, "South", LESSON, REFLECTION) == ()
    choose(store, ana, "trainer")
    assert (texts(supervisor), sharing.shared_with_group(store, "North", LESSON, REFLECTION)) == ([], ())


def test_group_gets_words_alone_and_never_those_of_practice_or_closed_accounts(store, supervisor):
    people = [person(store, name) for name in ("Ana", "Ben", "Cy")]
    with store.begin() as conn:
        people.append(practice._practice_account(conn, supervisor))
    for learner in people:
        commit(store, learner, REFLECTION, {"text": f"Words number {people.index(learner)} here."})
        choose(store, learner, "group")
    register.set_disabled(store, people[2].account_id, is_disabled=True)
    found = sharing.shared_with_group(store, "North", LESSON, REFLECTION)
    assert sorted(found) == ["Words number 0 here.", "Words number 1 here."]
    assert sharing.shared_with_group(store, "", LESSON, REFLECTION) == ()


def test_older_page_may_take_a_text_back_and_never_opens_it(store):
    ana = person(store, "Ana")
    _, first = choose(store, ana, "supervisor", base="")
    choose(store, ana, "trainer")
    with pytest.raises(ConflictError, match="You chose otherwise in another window"):
        choose(store, ana, "group", base=first)
    assert sharing.choice(store, ana.account_id, LESSON, REFLECTION)[0] == "trainer"
    choose(store, ana, "group")
    assert choose(store, ana, "trainer", base=first)[0] == "trainer"


def test_choice_that_does_not_exist_and_question_without_reader_are_refused(store):
    ana = person(store, "Ana")
    for readers in ("everybody", None, 7, ["group"]):
        with pytest.raises(InvalidEntryError, match="your text stays with your trainer"):
            choose(store, ana, readers)
    with pytest.raises(MissingEntryError, match="read by nobody but you"):
        choose(store, ana, "group", question_id=COMMITMENT)
    shown = sharing.choices(store, CATALOGUE, ana.account_id, LESSON)
    assert set(shown) == {name for name, one in KEY.questions.items() if one.is_read_by_trainer}
