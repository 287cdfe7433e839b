"""A programme's own changes to the lists of judging words: additions, removals, and "seems".

They stand beside the answer keys, in ``words_en.yml`` and ``words_es.yml``, or below ``words:`` in a question.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError

from homevisit.course.fields import AsTuple, Checked, MaybeText
from homevisit.course.problems import advice_error, content_errors
from homevisit.course.yaml_file import all_in_one, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

Category = Literal[
    "feeling or inner state",
    "trait or label",
    "intention",
    "guess",
    "generalisation",
    "reason",
    "advice",
]
_ENTRY = re.compile(r"[^\W\d_]+(?:['\u2019 -][^\W\d_]+){0,5}")


def _one_to_six_words(entry: str) -> str:
    if not _ENTRY.fullmatch(entry):
        raise advice_error("Write one to six words here, with letters only, for example: helicopter parent.")
    return entry


# Capital letters and accents change nothing.
Entry = Annotated[MaybeText, AfterValidator(_one_to_six_words)]
Entries = Annotated[tuple[Entry, ...], AsTuple]
PROGRAMME_FILES: Mapping[str, str] = {"en": "words_en.yml", "es": "words_es.yml"}


class Words(Checked):
    """Changes to one list; what is removed is fine in all its forms, what is added counts as it stands."""

    seems: Literal["flagged", "fine"] | None = None
    add: Mapping[Category, Entries] = Field(default_factory=dict)
    remove: Entries = ()

    @property
    def added(self) -> tuple[tuple[str, str], ...]:
        """Words and category of each addition."""
        return tuple((entry, category) for category, entries in self.add.items() for entry in entries)

    def over(self, programme: Words) -> Words:
        """Give a question's changes on top of the programme's."""
        add = {**programme.add}
        for category, entries in self.add.items():
            add[category] = (*add.get(category, ()), *entries)
        return Words(seems=self.seems or programme.seems, add=add, remove=(*programme.remove, *self.remove))


class WordChoices(Checked):
    """The changes to the English and to the Spanish list."""

    en: Words = Words()
    es: Words = Words()

    def of(self, language: Literal["en", "es"]) -> Words:
        """Give the changes to the list of one language."""
        return self.en if language == "en" else self.es

    def over(self, programme: WordChoices) -> WordChoices:
        """Give a question's changes on top of the programme's."""
        return WordChoices(en=self.en.over(programme.en), es=self.es.over(programme.es))


def load_words(path: Path) -> Words:
    """Load a programme's changes to one list; none where it has no such file.

    Raises
    ------
    ContentError
        The first problem of the file, the rest in `others`.
    """
    if not path.is_file():
        return Words()
    file = read_yaml(path)
    try:
        return Words.model_validate(file.content)
    except ValidationError as exc:
        raise all_in_one(content_errors(exc, file)) from exc


def load_word_choices(keys_dir: Path) -> WordChoices:
    """Load a programme's changes to both lists from the folder of its answer keys."""
    return WordChoices(**{name: load_words(keys_dir / file) for name, file in PROGRAMME_FILES.items()})
