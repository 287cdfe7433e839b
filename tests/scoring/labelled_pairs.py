"""The labelled pairs of tests/scoring/pairs: a response, one key point, and what each reader made of the two."""

from __future__ import annotations

import csv
import io
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from homevisit.course.answer_keys import load_answer_key
from homevisit.course.yaml_file import read_yaml

LABELS = ("covered", "again", "none")
FOLDER = Path(__file__).with_name("pairs")
ANSWER_KEYS = Path(__file__).parents[2] / "answer_keys"
COLUMNS = (
    "lesson_id",
    "question_id",
    "response_id",
    "voice",
    "language",
    "response",
    "point_id",
    "reader_1",
    "reader_2",
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One response held against one key point; `reader_2` is None until somebody has read it a second time."""

    lesson_id: str
    question_id: str
    response_id: str
    voice: str
    language: str
    response: str
    prompt: str
    point_id: str
    point: str
    reader_1: str
    reader_2: str | None


def labelled_pairs(folder: Path = FOLDER) -> list[Pair]:
    """Give every pair with the key as the course has it, in the order of lessons, responses and points.

    The rows of an observation stand as lines in `response`. A pair without a label of the first reader
    is a KeyError.
    """
    responses = read_yaml(folder / "responses.yml").content
    first = labels_of(folder / "reader_1.csv")
    second = labels_of(folder / "reader_2.csv")
    return [
        Pair(
            lesson_id=path.stem,
            question_id=question_id,
            response_id=given["id"],
            voice=given["voice"],
            language=given["language"],
            response=given["response"].strip(),
            prompt=question.public.prompt,
            point_id=point.id,
            point=point.text,
            reader_1=first[given["id"], point.id],
            reader_2=second.get((given["id"], point.id)),
        )
        for path in sorted(ANSWER_KEYS.glob("[0-9][0-9]-*.yml"))
        for question_id, question in load_answer_key(path).questions.items()
        for given in responses.get(question_id, ())
        for point in question.key_points
    ]


def pairs_with_spanish_key(folder: Path = FOLDER) -> list[Pair]:
    """Give the pairs in Spanish whose question has a Spanish key too, with its prompt and points."""
    keys = read_yaml(folder / "keys_es.yml").content
    return [
        Pair(**{**asdict(pair), "prompt": key["prompt"], "point": key["points"][pair.point_id]})
        for pair in labelled_pairs(folder)
        if pair.language == "es"
        for key in [keys.get(pair.question_id)]
        if key is not None
    ]


def labels_of(path: Path) -> dict[tuple[str, str], str]:
    """Give a reader's labels by response and point; none where the file is not there yet."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["response_id"], row["point_id"]): row["label"] for row in csv.DictReader(file)}


def pairs_csv(folder: Path = FOLDER) -> str:
    """Give all pairs as a table, the form that ``pairs.csv`` keeps."""
    rows = [asdict(pair) for pair in labelled_pairs(folder)]
    return _table(COLUMNS, [[row[column] for column in COLUMNS] for row in rows])


def reading_sheet(folder: Path = FOLDER) -> str:
    """Give what a second reader needs: question, response and point, with an empty column for the label."""
    rows = [
        [pair.response_id, pair.point_id, "", pair.point, pair.prompt, pair.response]
        for pair in labelled_pairs(folder)
    ]
    return _table(("response_id", "point_id", "label", "point", "prompt", "response"), rows)


def _table(columns, rows):
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return table.getvalue()


if __name__ == "__main__":
    if sys.argv[1:] == ["sheet"]:
        sys.stdout.write(reading_sheet())
    else:
        (FOLDER / "pairs.csv").write_text(pairs_csv(), encoding="utf-8")
