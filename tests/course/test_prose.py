from __future__ import annotations

import shutil

import pytest

from homevisit.course.lesson_text import lone_call, read_lesson_text
from homevisit.course.prose import _syllables, read_prose, reading_grade
from homevisit.errors import ContentError
from tests.web.course_server import LESSON, ROOT

TEXT = """\
---
homevisit: {title: Blocks}
---

```{code-cell} ipython3
:tags: [setup]

from homevisit.widgets import observe
```

+++ {"source": "own", "points": ["000-01"]}

# Blocks

Two short
[links](#here) and ![a *drawing*](x.svg).

```python
observe("not-a-cell")
```

```{code-cell} ipython3
observe("scene")
```

After the question.
"""

BY_HAND = {
    word: count
    for count, words in {
        1: "called child's home learned real role rule while whole wrote young",
        2: (
            "about again any away being caseload classes closely doing enough equal evening "
            "going home-based language likely made-up minute mother nation noticed nineteen often paper people "
            "places practice question quiet safety saying settled social something steady struggles "
            "table wanted"
        ),
        3: (
            "behavior camera carrying curious eleven elements everyone family idea messages usual "
            "visited visitor"
        ),
        4: "emotional encouragement experience material supervisor",
        5: "socialization",
    }.items()
    for word in words.split()
}


@pytest.fixture
def cells(tmp_path):
    path = tmp_path / "09-blocks.md"
    path.write_text(TEXT, encoding="utf-8")
    return read_lesson_text(path).cells


def test_cells_know_their_lines_and_points(cells):
    assert [(cell.is_code, cell.mark, cell.line) for cell in cells] == [
        (True, 5, 8),
        (False, 11, 13),
        (True, 22, 23),
        (False, 25, 26),
    ]
    assert [cell.points for cell in cells] == [[], ["000-01"], [], []]
    assert [lone_call(cell.text) for cell in cells if cell.is_code] == [None, ("observe", "scene")]


def test_cells_are_those_that_jupytext_reads(cells, tmp_path):
    import jupytext

    notebook = jupytext.read(tmp_path / "09-blocks.md", fmt="md:myst")
    assert [cell.text for cell in cells] == [cell.source for cell in notebook.cells]


def test_prose_is_read_with_lines(cells):
    prose = read_prose(cells)
    assert [(heading.level, heading.text, heading.line) for heading in prose.headings] == [(1, "Blocks", 13)]
    assert prose.links == (("#here", "", 16),)
    assert prose.images == (("x.svg", "a *drawing*", 16),)
    assert prose.passages[-1] == "After the question."


def test_open_code_cell_is_reported_with_its_line(tmp_path):
    path = tmp_path / "09-blocks.md"
    path.write_text(TEXT.replace('observe("scene")\n```', 'observe("scene")'), encoding="utf-8")
    with pytest.raises(ContentError, match=r"09-blocks.md:22: Close this code cell"):
        read_lesson_text(path)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The cat sat on the mat.", -2, 1),
        ("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", 9, 12),
        ("Mr. Ortiz stops at the pharmacy for them. He is kind.", 1.5, 1.6),
    ],
)
def test_grade_is_near_the_published_one(text, low, high):
    assert low < reading_grade([text]) < high


def test_list_entries_end_a_sentence_and_hyphens_part_a_word():
    """Counted by hand: 12 words, 3 sentences, 17 syllables."""
    passages = ["Say what you saw", "made-up names only", "the mother and the visitor"]
    assert reading_grade(passages) == pytest.approx(0.39 * 12 / 3 + 11.8 * 17 / 12 - 15.59)


def test_syllables_are_counted_as_a_person_would_in_nine_words_of_ten():
    counted = {word: _syllables(word) for word in BY_HAND}
    wrong = {word: count for word, count in counted.items() if count != BY_HAND[word]}
    assert len(wrong) <= len(BY_HAND) / 10, wrong
    # slips in both directions: the sum, which is what the grade is made from, is near
    assert sum(counted.values()) == pytest.approx(sum(BY_HAND.values()), rel=0.03)


def test_no_prose_has_grade_zero():
    assert reading_grade([]) == 0


def test_saving_a_lesson_as_a_notebook_keeps_all_but_the_layout_of_its_header(tmp_path):
    """As JupyterLab does it, with the settings of jupytext.toml."""
    import jupytext
    from jupyter_server.services.contents.largefilemanager import LargeFileManager
    from jupytext.sync_contentsmanager import build_sync_jupytext_contents_manager_class

    shutil.copy(ROOT / "jupytext.toml", tmp_path)
    before = (ROOT / "source" / LESSON / f"{LESSON}.md").read_text(encoding="utf-8")
    saved = tmp_path / f"{LESSON}.md"
    saved.write_text(before, encoding="utf-8")
    manager = build_sync_jupytext_contents_manager_class(LargeFileManager)(root_dir=str(tmp_path))
    opened = manager.get(saved.name, type="notebook", content=True)
    manager.save({"type": "notebook", "format": "json", "content": opened["content"]}, saved.name)
    after = saved.read_text(encoding="utf-8")
    assert after.split("\n---\n", 1)[1] == before.split("\n---\n", 1)[1]
    header = jupytext.reads(after, fmt="md:myst").metadata
    assert header["homevisit"] == jupytext.reads(before, fmt="md:myst").metadata["homevisit"]
