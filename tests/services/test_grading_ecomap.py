"""A learner's EcoMap in nbgrader: its points, and the map as escaped text that a trainer can read."""

from __future__ import annotations

import copy

import nbformat

from homevisit.config import load_settings
from homevisit.course.catalogue import Catalogue
from homevisit.services import grading
from homevisit.store.engine import open_store
from tests.services.cohort import add_learner, copied_course, hand_in
from tests.web.responses import good_response

LESSON = "03-social-connections"
MAP = "danielles-map"


def test_map_reaches_nbgrader_with_its_points_and_as_text_that_runs_nothing(tmp_path):
    settings = load_settings(copied_course(tmp_path / "course"))
    catalogue, store = Catalogue(settings.course_dir), open_store(settings.database_url)
    learner = add_learner(store, "Mara Map")
    drawn = copy.deepcopy(good_response(MAP, LESSON))
    drawn["people"][0]["name"] = "<script>alert(1)</script> **bold** $x$ الجدة"
    drawn["look_next"] = ""
    responses = {name: good_response(name, LESSON) for name in catalogue.key(LESSON).questions}
    hand_in(store, catalogue, learner, responses | {MAP: drawn}, LESSON)
    assert grading.grade_while_busy(store, settings, catalogue, 0) == 1
    store.close()
    results = grading.results(settings, catalogue, learner, LESSON)
    points = {row.question_id: (row.raw, row.max) for row in results}
    assert points[MAP] == (4.0, 5.0)
    path = settings.gradebook_dir / "autograded" / learner.account_id / LESSON / f"{LESSON}.ipynb"
    cells = nbformat.read(path, as_version=4).cells
    cell = next(each for each in cells if each.metadata.get("homevisit", {}).get("response_to") == MAP)
    assert "- the landlord (service or agency): stressful tie, both ways; no kind of support named" in (
        cell.source
    )
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in cell.source
    assert "<script>" not in cell.source
    assert cell.metadata["homevisit"]["response"]["people"] == drawn["people"]
