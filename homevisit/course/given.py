"""Checks that every type of response needs: shape, characters, length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from homevisit.errors import InvalidResponseError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from types import UnionType

MAX_TEXT = 20_000
MAX_DRAFT = 200_000

OUT_OF_STEP = "This page does not fit the question any more. Reload the page; what you wrote is kept."
# Control characters but tab and newline, and halves of a character, which UTF-8 cannot write.
_UNKEPT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def part(obj: object, name: str, kind: type) -> Any:
    """Give the one entry of `obj`, which must be called `name` and be of `kind`."""
    return parts(obj, {name: kind})[name]


def parts(obj: object, kinds: Mapping[str, type | UnionType]) -> dict[str, Any]:
    """Give `obj` as it is when it has exactly the entries named in `kinds`, each of its kind."""
    if not isinstance(obj, dict) or set(obj) != set(kinds):
        raise InvalidResponseError(OUT_OF_STEP)
    if not all(isinstance(obj[name], kind) for name, kind in kinds.items()):
        raise InvalidResponseError(OUT_OF_STEP)
    return obj


def clean(text: object) -> str:
    """Give a text with plain line ends and without what neither a page nor a database can keep."""
    if not isinstance(text, str):
        raise InvalidResponseError(OUT_OF_STEP)
    return _UNKEPT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_blank(text: str) -> bool:
    """Whether `text` holds no letter and no digit of any script."""
    return not any(character.isalnum() for character in text)


def within_draft(texts: Iterable[str]) -> None:
    """Refuse a draft whose texts together are too long to be kept."""
    _within(sum(len(text) for text in texts), MAX_DRAFT, "")


def within_field(text: str, where: str = "") -> None:
    """Refuse a text that is too long to be committed; `where` names its place, such as "observation 3"."""
    _within(len(text), MAX_TEXT, where)


def drafted_text(obj: object) -> dict[str, Any]:
    """Give the draft of a response that is one text."""
    text = clean(part(obj, "text", str))
    within_draft([text])
    return {"text": text}


def committed_text(text: str, nothing: str) -> str:
    """Give a text stripped and within its limit; `nothing` is the sentence for one without a word."""
    if is_blank(text):
        raise InvalidResponseError(nothing)
    within_field(text.strip())
    return text.strip()


def known(keys: Iterable[str], wanted: Collection[str]) -> None:
    """Refuse keys that the question does not have: the page is older or newer than it."""
    if not set(keys) <= set(wanted):
        raise InvalidResponseError(OUT_OF_STEP)


def counted(count: int, noun: str, rest: str) -> str:
    """Give "1 step has …" or "3 steps have …"."""
    return f"1 {noun} has {rest}" if count == 1 else f"{count} {noun}s have {rest}"


def quoted(text: str) -> str:
    """Give a text of the lesson in quotation marks; one that is a quotation already stays as it is."""
    inner = text.replace('"', "'")
    return text if text.startswith('"') and text.endswith('"') else f'"{inner}"'


def texts_in(value: object) -> Iterator[str]:
    """Give every text of a stored response, whatever its shape."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for entry in value:
            yield from texts_in(entry)
    elif value:
        yield str(value)


def _within(length: int, room: int, where: str) -> None:
    if length > room:
        begin = f"In {where}, that" if where else "That"
        raise InvalidResponseError(
            f"{begin} is {length:,} characters; there is room for {room:,}. "
            "Shorten it a little; everything you wrote is still here."
        )
