"""Counts what the checks of words and of names find in the sentences of tests/scoring/sentences.

Run ``python -m tests.scoring.measured`` to print the tables of docs/objectivity.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from homevisit.course.catalogue import Catalogue
from homevisit.course.yaml_file import read_yaml
from homevisit.scoring import objectivity, privacy
from homevisit.services.naming import known_words

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SENTENCES = Path(__file__).with_name("sentences")
LESSON = "04-roles-for-parents"
HALVES = {"seen": 0, "kept back": 1}


@dataclass
class Counts:
    """Right and wrong of a check; `missed` and `wrong` hold what it was, for whoever looks."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.found / (self.found + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.found / (self.found + len(self.missed))

    def line(self, name: str) -> str:
        found = f"{self.found} of {self.found + len(self.missed)}"
        return f"| {name} | {found} | {len(self.wrong)} | {self.precision:.2f} | {self.recall:.2f} |"


def half_of(entries, half):
    """Return every second sentence, from the first or from the second on."""
    return list(entries)[HALVES[half] :: 2]


def judged(language: str, half: str) -> tuple[Counts, dict[str, tuple[int, int, int]]]:
    """Count sentences that are flagged; and of each category (sentences, flagged, flagged with it)."""
    content = read_yaml(SENTENCES / f"{language}.yml").content
    counts, by_category = Counts(), {}
    for category, sentences in content["judging"].items():
        found = {sentence: objectivity.check(sentence) for sentence in half_of(sentences, half)}
        named = sum(category in {flag.category for flag in flags} for flags in found.values())
        flagged = [sentence for sentence, flags in found.items() if flags]
        by_category[category] = (len(found), len(flagged), named)
        counts.found += len(flagged)
        counts.missed += [sentence for sentence in found if sentence not in flagged]
    counts.wrong = [
        sentence for sentence in half_of(content["objective"], half) if objectivity.is_flagged(sentence)
    ]
    return counts, by_category


def named_pieces() -> Counts:
    """Count the pieces that may tell who a family is."""
    content = read_yaml(SENTENCES / "privacy.yml").content
    known = known_words(Catalogue(ROOT), LESSON)
    counts = Counts()
    for text, pieces in [*content["pieces"].items(), *((text, []) for text in content["clean"])]:
        found = {finding.text for finding in privacy.check(text, known)}
        counts.found += len(found & set(pieces))
        counts.missed += sorted(set(pieces) - found)
        counts.wrong += sorted(found - set(pieces))
    return counts


def key_points() -> tuple[int, int, int]:
    """Return the number of all key points, how many are flagged alone, and with their key allowed."""
    points = alone = allowed = 0
    catalogue = Catalogue(ROOT)
    for info in catalogue.lessons():
        for question in catalogue.key(info.lesson_id).questions.values():
            texts = [point.text for point in getattr(question, "key_points", ())]
            allow = {word for text in texts for word in objectivity.unquoted_words(text)}
            points += len(texts)
            alone += sum(objectivity.is_flagged(text) for text in texts)
            allowed += sum(bool(objectivity.check(text, allow)) for text in texts)
    return points, alone, allowed


def tables() -> Iterator[str]:
    """Give the tables line by line, each followed by what was missed and what was found wrongly."""
    for language in ("english", "spanish"):
        for half in HALVES:
            counts, by_category = judged(language, half)
            yield counts.line(f"{language}, {half}")
            for category, (sentences, flagged, named) in by_category.items():
                yield f"| {category} | {sentences} | {flagged} | {named} |"
            yield f"missed {counts.missed}, wrong {counts.wrong}"
    pieces = named_pieces()
    yield pieces.line("names and numbers")
    yield f"missed {pieces.missed}, wrong {pieces.wrong}"
    yield f"key points, flagged alone, flagged with their key: {key_points()}"


if __name__ == "__main__":
    print(*tables(), sep="\n")  # noqa: T201  for the terminal
