"""The sample cohort, made through the real way of handing in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from homevisit.cli.main import app
from homevisit.config import load_settings
from homevisit.course.catalogue import Catalogue
from homevisit.services import commitments, grading, progress
from homevisit.services.demo import COMMENT, LEARNERS
from homevisit.services.desk import queueing
from homevisit.store import accounts as account_store
from homevisit.store import attempts as attempt_store
from homevisit.store import desk_items
from homevisit.store import submissions as submission_store
from homevisit.store.engine import open_store
from tests.web.course_server import ROOT


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    data = tmp_path_factory.mktemp("demo") / "data"
    # a course whose own database is elsewhere: the demo must not so much as look there
    elsewhere = {"HOMEVISIT_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/real"}
    arguments = ["demo", "--course", str(ROOT), "--data", str(data), "--url", "http://127.0.0.1:8900/"]
    done = CliRunner().invoke(app, arguments, env=elsewhere)
    assert done.exit_code == 0, done.output
    return data, done.output


def test_demo_prints_one_link_for_each_role(made):
    _, output = made
    for role in ("learner", "trainer", "supervisor"):
        assert f"{role} " in output
    assert output.count("/invite/") == 3
    # so that what it prints serves this demo: on the port of its links, and not the real database
    assert "Serve it with: env -u HOMEVISIT_DATABASE_URL" in output
    assert "serve --port 8900 " in output


@pytest.fixture(scope="module")
def cohort(made):
    """Return the settings, the open store, the catalogue, and people by name."""
    settings = load_settings(ROOT, made[0])
    store = open_store(settings.database_url)
    with store.read() as conn:
        people = {account.name: account for account in account_store.accounts(conn)}
    yield settings, store, Catalogue(ROOT), people
    store.close()


def test_demo_learners_are_at_different_places(cohort):
    settings, store, catalogue, people = cohort
    overview = progress.overview(store, settings, catalogue, people["Toni Demo"])
    assert overview.people["learner"] == len(LEARNERS)
    first = catalogue.key(catalogue.lessons()[0].lesson_id)
    read = sum(question.is_read_by_trainer for question in first.questions.values())
    assert read > 1
    waiting = {row.learner.name: row.waiting for row in overview.handed_in}
    assert waiting["Ana Demo"] == 0
    assert waiting["Chen Demo"] == read - 1
    assert waiting["Emil Demo"] == read
    # a text that was returned is the learner's to write anew, and nobody's to read
    assert waiting["Bilal Demo"] == 0
    assert {row.learner.name: row.returned for row in overview.handed_in}["Bilal Demo"] == 1
    assert sum(waiting.values()) == queueing.waiting_count(store, people["Toni Demo"])
    assert "Farah Demo" not in waiting
    with store.read() as conn:
        states = {
            name: [item.state for item in desk_items.items_of(conn, people[name].account_id)]
            for name in ("Ana Demo", "Bilal Demo", "Dora Demo")
        }
    assert states["Ana Demo"] == ["read"] * read
    assert states["Bilal Demo"].count("returned") == 1
    # handed in once more after it was returned: the newer text waits
    assert states["Dora Demo"].count("waiting") == 1
    newest = {row.learner.name: row.submission.number for row in overview.handed_in}
    assert (newest["Ana Demo"], newest["Dora Demo"]) == (1, 2)


def test_demo_results_show_points_and_words_of_the_trainer(cohort):
    settings, _, catalogue, people = cohort
    rows = grading.results(settings, catalogue, people["Ana Demo"], catalogue.lessons()[0].lesson_id)
    assert not any(row.is_waiting for row in rows)
    assert sum(COMMENT in row.comment for row in rows) > 1


def test_demo_work_is_spread_over_the_last_weeks_and_none_of_it_lies_ahead(cohort):
    _, store, catalogue, people = cohort
    now = datetime.now(UTC)
    lesson_id = catalogue.lessons()[0].lesson_id
    with store.read() as conn:
        handed_in = [found.submitted_at for found in submission_store.submissions(conn)]
        tried = [attempt_store.attempts(conn, person.account_id, lesson_id) for person in people.values()]
    moments = [attempt.committed_at for attempts in tried for attempt in attempts]
    assert max([*moments, *handed_in]) <= now
    assert now - min(moments) > timedelta(days=14)
    assert len({moment.date() for moment in handed_in}) >= len(LEARNERS) - 1
    for attempts in tried:
        again = [attempt for attempt in attempts if attempt.number > 1]
        firsts = {attempt.question_id: attempt for attempt in attempts if attempt.number == 1}
        assert all(found.committed_at > firsts[found.question_id].committed_at for found in again)
    # long enough ago for the course to ask how it went
    assert commitments.due_commitments(store, catalogue, people["Ana Demo"].account_id, now)


def test_demo_on_data_that_has_people_is_refused(made):
    data, _ = made
    done = CliRunner().invoke(app, ["demo", "--course", str(ROOT), "--data", str(data)])
    assert done.exit_code == 1
    assert "There are people in" in done.output
