from __future__ import annotations

import pytest

from homevisit.course.answer_keys import load_answer_key
from homevisit.course.catalogue import Catalogue
from homevisit.course.words import WordChoices, Words, load_words
from homevisit.errors import ContentError
from tests.course.key_files import KEY, write_key

ONE_TO_SIX = "Write one to six words here, with letters only, for example: helicopter parent."
CATEGORIES = (
    "Write 'feeling or inner state', 'trait or label', 'intention', 'guess', 'generalisation', 'reason' or "
    "'advice' here."
)


def write(folder, text):
    path = folder / "words_en.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_words_file_gives_what_it_says(tmp_path):
    path = write(tmp_path, "seems: fine\nadd:\n  guess: [must've, as I see it]\nremove:\n  - rough\n")
    words = load_words(path)
    assert words == Words(seems="fine", add={"guess": ("must've", "as I see it")}, remove=("rough",))
    assert words.added == (("must've", "guess"), ("as I see it", "guess"))


def test_programme_without_a_file_changes_nothing(tmp_path):
    assert load_words(tmp_path / "words_en.yml") == Words()


@pytest.mark.parametrize(
    ("text", "line", "field", "advice"),
    [
        ("seems: sometimes\n", 1, "seems", "Write 'flagged' or 'fine' here."),
        ("add:\n  labels: [brat]\n", 2, "add.labels", CATEGORIES),
        ("remove:\n  - rough\n  - 3 blocks\n", 3, "remove.2", ONE_TO_SIX),
        ("remove: rough\n", 1, "remove", "Write a list here: each entry on its own line after a hyphen."),
        (
            "removed: [rough]\n",
            1,
            "removed",
            "Remove 'removed' or correct its spelling; no such entry belongs here.",
        ),
    ],
)
def test_faulty_words_file_says_what_to_write_and_where(tmp_path, text, line, field, advice):
    with pytest.raises(ContentError) as caught:
        load_words(write(tmp_path, text))
    assert (caught.value.line, caught.value.field, caught.value.advice) == (line, field, advice)


def test_question_stands_over_the_programme_and_adds_to_it(tmp_path):
    of_question = "words: {en: {seems: flagged, remove: [tired]}}"
    own = KEY.replace("    type: rephrase\n", f"    type: rephrase\n    {of_question}\n", 1)
    write(tmp_path, "seems: fine\nremove: [rough]\n")
    questions = load_answer_key(write_key(tmp_path, own)).questions
    assert questions["say-it-anew"].words.en == Words(seems="flagged", remove=("rough", "tired"))
    assert questions["blocks-observe"].words == WordChoices(en=Words(seems="fine", remove=("rough",)))
    assert questions["one-step"].points == 1


def test_catalogue_sees_a_change_of_the_words_file_at_once(tmp_path):
    keys = tmp_path / "answer_keys"
    keys.mkdir()
    catalogue = Catalogue(tmp_path)
    assert catalogue.words() == WordChoices()
    write(keys, "seems: fine\n")
    assert catalogue.words() == WordChoices(en=Words(seems="fine"))
