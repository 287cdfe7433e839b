from __future__ import annotations

import re
from pathlib import Path

import pytest

from homevisit.course.catalogue import Catalogue
from homevisit.course.memory_book import load_memory_book
from homevisit.course.papers_roleplay import ASKED, blank_note, checked_note, note_as_text
from homevisit.course.role_play import load_cards
from homevisit.errors import ContentError, InvalidResponseError

ROOT = Path(__file__).parents[2]
CARD = """\
cards:
  - id: hello
    title: Hello
    lesson: 03-social-connections
    source: "003#Activities"
    scene: A street.
    first: {who: One, part: Speak.}
    second: {who: Two, part: Listen., says: [Yes.]}
    listen_for: [A pause, A question]
    afterwards: [What worked?, What next?]
"""


def problems(load, path):
    with pytest.raises(ContentError) as caught:
        load(path)
    return [str(problem) for problem in (caught.value, *caught.value.others)]


def test_cards_of_the_course_belong_to_its_lessons():
    lessons = {info.lesson_id for info in Catalogue(ROOT).lessons()}
    cards = load_cards(ROOT / "source" / "role-play.yml")
    assert {card.lesson for card in cards} <= lessons
    assert {"02-secure-relationship", "03-social-connections"} <= {card.lesson for card in cards}


def test_cards_with_a_missing_part_and_a_repeated_id_are_named_with_their_line(tmp_path):
    path = tmp_path / "role-play.yml"
    path.write_text(CARD.replace("    scene: A street.\n", ""), encoding="utf-8")
    assert any("Add 'scene:' here" in problem for problem in problems(load_cards, path))
    path.write_text(CARD + CARD.replace("cards:\n", ""), encoding="utf-8")
    found = problems(load_cards, path)
    assert any("'hello' stands above already" in problem and ":11:" in problem for problem in found)


def test_memory_book_of_the_course_has_both_parts_in_both_languages():
    pages = load_memory_book(ROOT / "source" / "memory-book.yml")
    assert {page.part for page in pages} == {"book", "portfolio"}
    assert all(page.en.title != page.es.title for page in pages)


def test_memory_book_with_other_lines_in_spanish_is_refused(tmp_path):
    text = (ROOT / "source" / "memory-book.yml").read_text(encoding="utf-8")
    path = tmp_path / "memory-book.yml"
    path.write_text(text.replace('{text: "Este libro es de", lines: 1}', '{text: "Este", lines: 2}'), "utf-8")
    assert any("as many lines each" in problem for problem in problems(load_memory_book, path))


def test_note_after_a_role_play_keeps_what_was_typed_and_reads_as_text():
    note = blank_note() | {"worked": "I waited.\r\nShe told me."}
    assert checked_note(note)["worked"] == "I waited.\nShe told me."
    assert note_as_text(checked_note(note)).startswith("What worked, word for word:\nI waited.\nShe told me.")
    for wrong in ({}, {"worked": "x"}, note | {"worked": 3}, "text"):
        with pytest.raises(InvalidResponseError):
            checked_note(wrong)


def test_note_asks_the_same_in_the_browser():
    script = ROOT / "homevisit" / "web" / "static" / "lesson" / "roleplay.js"
    asked = re.search(r"const ASKED = \{(.*?)\};", script.read_text(encoding="utf-8"), re.DOTALL)[1]
    assert dict(re.findall(r'(\w+): "([^"]+)"', asked)) == ASKED
