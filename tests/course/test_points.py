from __future__ import annotations

import pytest

from homevisit.course.points import load_points
from homevisit.errors import ContentError
from tests.web.course_server import ROOT

SOURCES = """\
sources:
  "000":
    title: One document
    publisher: Somebody
    points:
      - {id: 000-01, section: Opening, point: What it is about}
      - {id: 000-02, section: Opening, point: "Another: thing"}
"""


def load(tmp_path, text):
    path = tmp_path / "points.yml"
    path.write_text(text, encoding="utf-8")
    return load_points(path)


def test_points_are_loaded_with_their_lines(tmp_path):
    sources = load(tmp_path, SOURCES)
    assert sources.documents["000"].points[1].point == "Another: thing"
    assert sources.lines == {"000-01": 6, "000-02": 7}


def test_point_out_of_its_order_is_refused(tmp_path):
    with pytest.raises(ContentError, match=r"points.yml:7: .*Write 000-02 here"):
        load(tmp_path, SOURCES.replace("000-02", "000-03"))


def test_list_of_the_course_names_five_documents():
    assert list(load_points(ROOT / "source" / "points.yml").documents) == ["000", "001", "002", "003", "004"]
