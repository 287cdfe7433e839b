"""Takes what a learner gave to a question: checks it, puts it in one form, writes it as plain text.

A draft is checked for its shape and size only, and kept as it was typed; control characters, which neither
a page nor a database can keep, are dropped from both.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from homevisit.course.questions import ChooseQuestion, ObserveQuestion, SortQuestion
from homevisit.errors import InvalidResponseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from homevisit.course.questions import Question

MAX_TEXT = 20_000
MAX_ROWS = 100
MAX_DRAFT = 200_000

_OUT_OF_STEP = "This page does not fit the question any more. Reload the page; what you wrote is kept."
_COLUMNS = ("saw", "meaning", "at")
# Control characters but tab and newline, and halves of a character, which UTF-8 cannot write.
_UNKEPT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_MARK = re.compile(r"([0-9]{1,3}):([0-5][0-9])")


def parse_response(question: Question, obj: object, *, draft: bool = False) -> dict[str, Any]:
    """Give the response in its normal form, ready to be stored and scored.

    Parameters
    ----------
    question : Question
        What was asked.
    obj : object
        The decoded JSON from the browser.
    draft : bool
        Check only the shape and that all text together has at most 200,000 characters.

    Raises
    ------
    InvalidResponseError
        In a plain sentence: what is missing, too long, unknown or misshapen.
    """
    if isinstance(question, ObserveQuestion):
        rows = _rows(obj)
        return {"rows": rows if draft else _committed_rows(rows)}
    if isinstance(question, ChooseQuestion):
        chosen = _chosen(obj)
        return {"chosen": chosen if draft else _committed_choice(question, chosen)}
    if isinstance(question, SortQuestion):
        placed = _placed(obj)
        return {"placed": placed if draft else _committed_places(question, placed)}
    text = _reflection(obj)
    return {"text": text if draft else _committed_text(text)}


def response_as_text(question: Question, response: Mapping[str, Any]) -> str:
    """Write a stored response as plain text for a trainer.

    The answer key may have changed since: an option that is gone is shown by its key, and a response to
    another type of question by its texts, one on a line.
    """
    try:
        given = parse_response(question, response, draft=True)
    except InvalidResponseError:
        return "\n".join(_texts(response))
    if isinstance(question, ObserveQuestion):
        return "\n".join(_row_as_text(number, row) for number, row in enumerate(given["rows"], 1))
    if isinstance(question, ChooseQuestion):
        options = question.public.options
        return "\n".join(f"- {options.get(key, key)}" for key in given["chosen"])
    if isinstance(question, SortQuestion):
        return _places_as_text(question, given["placed"])
    return str(given["text"])


def is_blank(text: str) -> bool:
    """Whether `text` holds no letter and no digit of any script."""
    return not any(character.isalnum() for character in text)


def _rows(obj: object) -> list[dict[str, str]]:
    rows = _part(obj, "rows", list)
    cleaned = []
    for row in rows:
        if not isinstance(row, dict) or set(row) - set(_COLUMNS):
            raise InvalidResponseError(_OUT_OF_STEP)
        cleaned.append({column: _clean(row.get(column, "")) for column in _COLUMNS})
    _within_draft(text for row in cleaned for text in row.values())
    return cleaned


def _chosen(obj: object) -> list[str]:
    chosen = [_clean(key) for key in _part(obj, "chosen", list)]
    _within_draft(chosen)
    return chosen


def _placed(obj: object) -> dict[str, str]:
    placed = {_clean(key): _clean(group) for key, group in _part(obj, "placed", dict).items()}
    _within_draft([*placed, *placed.values()])
    return placed


def _reflection(obj: object) -> str:
    text = _clean(_part(obj, "text", str))
    _within_draft([text])
    return text


def _committed_rows(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    committed = []
    for number, row in enumerate(rows, 1):
        saw, meaning = row["saw"].strip(), row["meaning"].strip()
        if is_blank(saw) and is_blank(meaning):
            continue
        _within_field(max(saw, meaning, key=len), f"row {number}")
        committed.append({"saw": saw, "meaning": meaning, "at": _mark(row["at"].strip(), number)})
    if len(committed) > MAX_ROWS:
        message = f"That is {len(committed)} rows; there is room for {MAX_ROWS}. Join a few; nothing is lost."
        raise InvalidResponseError(message)
    if all(is_blank(row["saw"]) for row in committed):
        raise InvalidResponseError("Write down at least one thing that you saw or heard, then check again.")
    return committed


def _committed_choice(question: ChooseQuestion, chosen: list[str]) -> list[str]:
    if not set(chosen) <= set(question.public.options):
        raise InvalidResponseError(_OUT_OF_STEP)
    in_order = [key for key in question.public.options if key in chosen]
    if not in_order:
        wanted = "at least one option" if question.several else "one option"
        raise InvalidResponseError(f"Nothing is chosen yet. Choose {wanted}, then check again.")
    if len(in_order) > 1 and not question.several:
        raise InvalidResponseError(f"You have chosen {len(in_order)} options. Choose only one here.")
    return in_order


def _committed_places(question: SortQuestion, placed: dict[str, str]) -> dict[str, str]:
    groups, statements = question.public.groups, question.public.statements
    if not set(placed) <= set(statements) or not set(placed.values()) <= {*groups, ""}:
        raise InvalidResponseError(_OUT_OF_STEP)
    unplaced = [text for key, text in statements.items() if not placed.get(key)]
    if unplaced:
        count = "1 statement has" if len(unplaced) == 1 else f"{len(unplaced)} statements have"
        raise InvalidResponseError(f'{count} no group yet. Place "{unplaced[0]}", then check again.')
    return {key: placed[key] for key in statements}


def _committed_text(text: str) -> str:
    if is_blank(text):
        raise InvalidResponseError("Nothing is written yet. Write a few sentences, then check again.")
    _within_field(text.strip(), "")
    return text.strip()


def _part(obj: object, name: str, kind: type) -> Any:
    if not isinstance(obj, dict) or set(obj) != {name} or not isinstance(obj[name], kind):
        raise InvalidResponseError(_OUT_OF_STEP)
    return obj[name]


def _clean(text: object) -> str:
    if not isinstance(text, str):
        raise InvalidResponseError(_OUT_OF_STEP)
    return _UNKEPT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _within_draft(texts: Any) -> None:
    _within(sum(len(text) for text in texts), MAX_DRAFT, "")


def _within_field(text: str, where: str) -> None:
    _within(len(text), MAX_TEXT, where)


def _within(length: int, room: int, where: str) -> None:
    if length > room:
        begin = f"In {where}, that" if where else "That"
        raise InvalidResponseError(
            f"{begin} is {length:,} characters; there is room for {room:,}. "
            "Shorten it a little; everything you wrote is still here."
        )


def _mark(text: str, number: int) -> str:
    if not text:
        return ""
    mark = _MARK.fullmatch(text)
    if mark is None:
        raise InvalidResponseError(
            f"In row {number}, write the time as minutes and seconds, for example 1:05."
        )
    return f"{int(mark[1])}:{mark[2]}"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif value:
        yield str(value)


def _row_as_text(number: int, row: Mapping[str, str]) -> str:
    at = f" ({row['at']})" if row["at"] else ""
    meaning = f"\n   What it may mean: {row['meaning']}" if row["meaning"] else ""
    return f"{number}.{at} {row['saw']}{meaning}"


def _places_as_text(question: SortQuestion, placed: Mapping[str, str]) -> str:
    groups, statements = question.public.groups, question.public.statements
    lines: list[str] = []
    for group in [*groups, *dict.fromkeys(group for group in placed.values() if group not in groups)]:
        lines.append(f"{groups.get(group, group)}:")
        lines += [f"- {statements.get(key, key)}" for key, chosen in placed.items() if chosen == group]
    return "\n".join(lines)
