"""Hold the first reading against what people decided, and set its limits anew."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from homevisit.course.bands import PROGRAMME_FILE, Band
from homevisit.course.questions import RatedQuestion, SeenQuestion
from homevisit.errors import InvalidEntryError, MissingEntryError
from homevisit.scoring.bands import bands_of
from homevisit.scoring.calibration import (
    LEAST_DECISIONS,
    LEAST_QUESTIONS,
    Agreement,
    Judged,
    agreement,
    cross_validated,
    fitted,
    is_enough,
)
from homevisit.scoring.coverage import shares_of, text_read
from homevisit.scoring.language import language_of
from homevisit.store import decisions as decision_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from homevisit.course.bands import Bands
    from homevisit.course.catalogue import Catalogue
    from homevisit.course.questions import Question
    from homevisit.store.engine import Store

TEXT_COLUMNS = ("lesson_id", "question_id", "response_id", "language", "response")
COLUMNS = frozenset({*TEXT_COLUMNS, "point_id", "reader_1", "reader_2"})
LABELS: tuple[Band, ...] = get_args(Band)


@dataclass(frozen=True, slots=True)
class Given:
    """A text, and the band that people gave to some of the points of its question."""

    lesson_id: str
    question_id: str
    language: str
    text: str
    labels: Mapping[str, Band]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything that people decided, read anew by the program.

    `gone` counts decisions whose question or point is not in the keys any more; `readers` compares the two
    readers of labelled pairs with each other.
    """

    judged: tuple[Judged, ...]
    decisions: int
    pairs: int
    gone: int
    readers: Agreement

    @property
    def questions(self) -> int:
        """How many questions the decisions are about."""
        return len({each.question for each in self.judged})

    def now(self) -> Agreement:
        """Return how the first reading agrees with the decisions as its limits are now."""
        return _now(self.judged)

    def by(self, field: str) -> dict[str, Agreement]:
        """Return the same for each ``language``, or for each ``question``."""
        groups: dict[str, list[Judged]] = defaultdict(list)
        for each in self.judged:
            groups[getattr(each, field)].append(each)
        return {name: _now(found) for name, found in sorted(groups.items())}


@dataclass(frozen=True, slots=True)
class Refit:
    """New limits, and how readings agree with decisions on questions that took no part in setting them."""

    bands: Bands
    tested: Agreement


def gather(store: Store | None, catalogue: Catalogue, pair_files: Iterable[Path] = ()) -> Evidence:
    """Collect trainers' decisions from the store, if any, and labelled pairs from files; read their texts anew.

    Raises
    ------
    InvalidEntryError
        A file cannot be read, lacks a column, or holds another label than covered, again and none.
    """
    rows = [row for path in pair_files for row in _rows(path)]
    decided, paired = list(_decided(store) if store else ()), list(_paired(rows))
    judged: list[Judged] = []
    for given in (*decided, *paired):
        judged += _judged(catalogue, given)
    counts = [sum(len(given.labels) for given in found) for found in (decided, paired)]
    return Evidence(
        judged=tuple(judged),
        decisions=counts[0],
        pairs=counts[1],
        gone=sum(counts) - len(judged),
        readers=agreement(
            (_band(row["reader_1"]), _band(row["reader_2"])) for row in rows if row["reader_2"]
        ),
    )


def refit(evidence: Evidence) -> Refit:
    """Fit the limits to all decisions, and test the way of fitting on each question in turn.

    Raises
    ------
    InvalidEntryError
        There are too few decisions.
    """
    if not is_enough(evidence.judged):
        raise InvalidEntryError(
            f"New limits need at least {LEAST_DECISIONS} decisions over {LEAST_QUESTIONS} questions, since fewer "
            f"would follow a few texts by chance. So far: {len(evidence.judged)} over {evidence.questions}. "
            "Nothing is changed; let trainers mark more points first."
        )
    return Refit(fitted(evidence.judged), agreement(cross_validated(evidence.judged)))


def write_bands(catalogue: Catalogue, evidence: Evidence, found: Refit) -> Path:
    """Write the limits to ``answer_keys/bands.yml``, which counts from the next check on; return the file."""
    path = catalogue.course_dir / "answer_keys" / PROGRAMME_FILE
    rests_on = (
        f"{evidence.decisions} decisions of trainers and {evidence.pairs} labelled pairs over "
        f"{evidence.questions} questions"
    )
    text = (
        "# Limits of the first reading, written by `homevisit calibrate --write`. Only the server reads them.\n"
        f"covered: {found.bands.covered}\nagain: {found.bands.again}\n"
        f"rests_on: {json.dumps(rests_on)}\n"
    )
    fresh = path.with_suffix(".yml.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
    return path


def _now(judged: Iterable[Judged]) -> Agreement:
    return agreement((each.first, each.decided) for each in judged)


def _decided(store: Store) -> Iterator[Given]:
    """Give each attempt that a trainer has marked, with the last mark on each point."""
    with store.read() as conn:
        attempts = decision_store.marked_attempts(conn)
        marks = decision_store.marks(conn, [attempt.attempt_id for attempt in attempts])
    for attempt in attempts:
        text = text_read(attempt.response)
        labels = marks[attempt.attempt_id]
        yield Given(attempt.lesson_id, attempt.question_id, language_of(text), text, labels)


def _paired(rows: Iterable[Mapping[str, str]]) -> Iterator[Given]:
    """Give each labelled text; where its two readers differ about a point, it is one to look at again."""
    texts: dict[tuple[str, ...], dict[str, Band]] = defaultdict(dict)
    for row in rows:
        place = tuple(row[name] for name in TEXT_COLUMNS)
        differ = row["reader_2"] not in ("", row["reader_1"])
        texts[place][row["point_id"]] = "again" if differ else _band(row["reader_1"])
    for (lesson_id, question_id, _, language, text), labels in texts.items():
        yield Given(lesson_id, question_id, language, text, labels)


def _band(label: str) -> Band:
    return "covered" if label == "covered" else "again" if label == "again" else "none"


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = COLUMNS.difference(reader.fieldnames or ())
            if missing:
                raise InvalidEntryError(f"Add the columns {', '.join(sorted(missing))} to {path}.")
            rows = []
            for row in reader:
                # a pair that only one person has read has no second label
                if row["reader_1"] not in LABELS or row["reader_2"] not in (*LABELS, ""):
                    raise InvalidEntryError(
                        f"Write {', '.join(LABELS)} as labels; line {reader.line_num} of {path} has another one."
                    )
                rows.append(row)
            return rows
    except (OSError, UnicodeDecodeError, csv.Error) as exc:
        raise InvalidEntryError(f"{path} cannot be read; name a CSV file in UTF-8.") from exc


def _judged(catalogue: Catalogue, given: Given) -> Iterator[Judged]:
    """Read a text anew, and give each of its labelled points that the key still has."""
    question = _question(catalogue, given)
    if not isinstance(question, SeenQuestion | RatedQuestion):
        return
    for point, share in zip(question.key_points, shares_of(question, given.text), strict=True):
        if point.id in given.labels:
            first = bands_of(question).band(share)
            name = f"{given.lesson_id}/{given.question_id}"
            yield Judged(name, given.language, share, first, given.labels[point.id])


def _question(catalogue: Catalogue, given: Given) -> Question | None:
    try:
        return catalogue.question(given.lesson_id, given.question_id)
    except MissingEntryError:
        return None
