from __future__ import annotations

import json

import pytest

from homevisit.course.catalogue import Catalogue
from homevisit.course.closing import Closing, read_closing
from tests.web.course_server import ROOT


@pytest.fixture
def closing_of(tmp_path):
    def write(*texts):
        path = tmp_path / "lesson.ipynb"
        cells = [{"cell_type": "markdown", "source": text.splitlines(keepends=True)} for text in texts]
        code = {"cell_type": "code", "source": ["finish()"]}
        path.write_text(json.dumps({"cells": [*cells, code]}), encoding="utf-8")
        return read_closing(path)

    return write


def test_lists_of_the_last_section_are_taken_and_the_text_around_them_is_not(closing_of):
    found = closing_of(
        "# A lesson\n\n## First\n\n- not this\n",
        "## What to take with you\n\nA few words.\n\n- *One* thing\n- <b>Two</b>\n\nHand the lesson in now.\n",
    )
    assert found == Closing(
        "What to take with you", "<ul>\n<li><em>One</em> thing</li>\n<li>&lt;b&gt;Two&lt;/b&gt;</li>\n</ul>\n"
    )


def test_section_without_a_list_is_taken_whole(closing_of):
    assert closing_of("## The end\n\nGo slowly.\n") == Closing("The end", "<p>Go slowly.</p>\n")


def test_lesson_without_sections_or_without_a_notebook_has_no_closing(closing_of, tmp_path):
    assert closing_of("# A lesson\n\nText.\n") == Closing("", "")
    assert read_closing(tmp_path / "none.ipynb") == Closing("", "")


@pytest.mark.parametrize("info", Catalogue(ROOT).lessons(), ids=lambda info: info.lesson_id)
def test_each_lesson_of_the_course_has_something_to_take_along(info):
    found = read_closing(Catalogue(ROOT).notebook_path(info.lesson_id))
    assert found.title == "What to take with you"
    assert 5 <= found.html.count("<li>") <= 10
    assert "hand the lesson in" not in found.html
