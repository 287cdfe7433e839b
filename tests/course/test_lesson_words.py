from __future__ import annotations

import json

from homevisit.course.lesson_words import words_of, words_of_notebook, words_of_questions, words_of_scenes


def test_words_keep_the_capitals_that_are_not_due_to_a_sentence():
    found = words_of(["Will Omar come? Omar will. Tasha's mother waits in Urbana.", "Then Tasha's bag fell."])
    assert {"Omar", "Tasha's", "Urbana", "will", "mother"} <= found
    assert not found & {"Will", "waits in"}


def test_text_questions_and_scenes_of_a_lesson_are_read(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": ["She asks ", "Hana again."]},
        {"cell_type": "code", "source": ["print(Secret)"]},
    ]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    (tmp_path / "questions.json").write_text('{"questions": {"q": {"prompt": "What of Marcus?"}}}', "utf-8")
    (tmp_path / "media.yml").write_text("clips:\n  one:\n    scene: A boy meets Teo.\n", encoding="utf-8")
    assert words_of_notebook(tmp_path / "a.ipynb") == {"She", "asks", "Hana", "again"}
    assert "Marcus" in words_of_questions(tmp_path / "questions.json")
    assert "Teo" in words_of_scenes(tmp_path / "media.yml")


def test_lesson_that_is_not_built_has_no_words(tmp_path):
    missing = tmp_path / "missing"
    assert (
        words_of_notebook(missing) == words_of_questions(missing) == words_of_scenes(missing) == frozenset()
    )
