"""The sample cohort, made through the real way of handing in."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from homevisit.cli.main import app
from homevisit.config import load_settings
from homevisit.course.catalogue import Catalogue
from homevisit.services import progress
from homevisit.services.demo import LEARNERS
from homevisit.store import accounts as account_store
from homevisit.store.engine import open_store
from tests.web.course_server import ROOT


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    data = tmp_path_factory.mktemp("demo") / "data"
    done = CliRunner().invoke(app, ["demo", "--course", str(ROOT), "--data", str(data)])
    assert done.exit_code == 0, done.output
    return data, done.output


def test_demo_prints_one_link_for_each_role(made):
    _, output = made
    for role in ("learner", "trainer", "supervisor"):
        assert f"{role} " in output
    assert output.count("/invite/") == 3


def test_demo_learners_have_handed_in_and_their_reflections_wait(made):
    data, _ = made
    settings = load_settings(ROOT, data)
    store = open_store(settings.database_url)
    with store.read() as conn:
        trainer = account_store.find_account_by_email(conn, "toni.demo@example.org")
    catalogue = Catalogue(ROOT)
    overview = progress.overview(store, settings, catalogue, trainer)
    store.close()
    assert overview.people["learner"] == len(LEARNERS)
    first = catalogue.key(catalogue.lessons()[0].lesson_id)
    read = sum(question.is_read_by_trainer for question in first.questions.values())
    assert read > 0
    assert [row.waiting for row in overview.handed_in] == [read] * (len(LEARNERS) - 1)


def test_demo_on_data_that_has_people_is_refused(made):
    data, _ = made
    done = CliRunner().invoke(app, ["demo", "--course", str(ROOT), "--data", str(data)])
    assert done.exit_code == 1
    assert "There are people in" in done.output
