"""A plan on its road to nbgrader: readable and escaped in the submission, with the points that the page showed."""

from __future__ import annotations

from uuid import uuid4

import nbformat
import pytest

from homevisit.config import load_settings
from homevisit.course.catalogue import Catalogue
from homevisit.services import grading, learning
from homevisit.services.gradebook import Gradebook
from homevisit.store.engine import open_store
from tests.services.cohort import add_learner, copied_course
from tests.web.responses import good_response

LESSON, QUESTION = "05-support-for-home-visitors", "plan-for-a-group"
NASTY = "</pre><script>alert(1)</script> $x$ **bold**"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    settings = load_settings(copied_course(tmp_path_factory.mktemp("plans") / "course"))
    store = open_store(settings.database_url)
    yield settings, Catalogue(settings.course_dir), store
    store.close()


def test_plan_reaches_the_gradebook_as_escaped_text_with_its_points(course):
    settings, catalogue, store = course
    learner = add_learner(store, "Paula Plan")
    for question_id in catalogue.key(LESSON).questions:
        response = good_response(question_id, LESSON)
        if question_id == QUESTION:
            response |= {"talk": NASTY, "food": ""}
        how = {"response": response, "number": 1, "token": uuid4().hex}
        learning.commit_attempt(store, catalogue, learner.account_id, LESSON, question_id, **how)
    learning.submit_lesson(store, catalogue, learner.account_id, LESSON, uuid4().hex)
    assert grading.grade_while_busy(store, settings, catalogue, 0) == 1
    gradebook = Gradebook(catalogue, settings.data_dir / "nbgrader")
    path = gradebook.submitted_dir(learner.account_id, LESSON) / f"{LESSON}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    shown = next(
        cell.source for cell in cells if cell.metadata.get("homevisit", {}).get("response_to") == QUESTION
    )
    assert "<script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "- ELOF domain: Cognition\n" in shown
    assert "- What babies, toddlers, and adults eat, and who helps: (open)" in shown
    rows = grading.results(settings, catalogue, learner, LESSON)
    assert next(row.raw for row in rows if row.question_id == QUESTION) == round(6 * 17 / 18, 2)
