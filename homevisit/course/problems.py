"""Turns pydantic's errors into sentences that tell an author what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from homevisit.course.question_types import QUESTION_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from homevisit.course.yaml_file import Place, YamlFile
    from homevisit.errors import ContentError

_TYPES = f"{', '.join(QUESTION_TYPES[:-1])} or {QUESTION_TYPES[-1]}"
_MAPPING = "Write indented 'name: value' lines here."
_ADVICE = {
    "missing": "Add '{name}:' here; it is missing.",
    "extra_forbidden": "Remove '{name}' or correct its spelling; no such entry belongs here.",
    "string_too_short": "Write something here; it is empty.",
    "string_pattern_mismatch": "Write lower-case letters, digits and hyphens only, for example mother-turns.",
    "int_type": "Write a whole number here, without quotes.",
    "float_type": "Write a number here, without quotes, such as 0.4.",
    "greater_than_equal": "Write a whole number of at least {ge} here.",
    "bool_type": "Write true or false here, without quotes.",
    "literal_error": "Write {expected} here.",
    "model_type": _MAPPING,
    "mapping_type": _MAPPING,
    "dict_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "tuple_type": "Write a list here: each entry on its own line after a hyphen.",
    "union_tag_invalid": f"Write {_TYPES} as the type.",
    "union_tag_not_found": f"Add 'type:' here, with {_TYPES}.",
    "course": "{advice}",
}


def advice_error(advice: str) -> PydanticCustomError:
    """Give the error for a pydantic validator to raise; `advice` says what to write instead."""
    return PydanticCustomError("course", "{advice}", {"advice": advice})


def refuse(title: str, problems: Iterable[tuple[Place, str]]) -> None:
    """Raise one `ValidationError` for all (place, sentence) pairs; do nothing when there are none.

    For a pydantic validator that looks at several fields together and wants to point at the wrong one.
    """
    details = [InitErrorDetails(type=advice_error(advice), loc=at, input=None) for at, advice in problems]
    if details:
        raise ValidationError.from_exception_data(title, details)


def content_errors(
    exc: ValidationError, file: YamlFile, place: Place = (), *, skip: int = 0
) -> list[ContentError]:
    """Give each error of `exc` with its place in the file and what to write instead, in the order of lines.

    Parameters
    ----------
    exc : ValidationError
        Raised while the part of `file` at `place` was checked.
    file : YamlFile
        Where the checked data came from.
    place : Place
        The place of the checked part.
    skip : int
        How many leading parts of pydantic's own places name no place of the file (the tag of a union is one).
    """
    problems = []
    for error in exc.errors(include_url=False):
        inner = tuple(part for part in error["loc"][skip:] if part != "[key]")
        if error["type"].startswith("union_tag"):
            inner = ("type",)
        problems.append(file.problem((*place, *inner), _sentence(error, inner)))
    return sorted(problems, key=lambda problem: problem.line or 0)


def _sentence(error: ErrorDetails, inner: Place) -> str:
    if error["type"] == "string_type":
        return _text_wanted(error["input"])
    advice = _ADVICE.get(error["type"])
    if advice is None:
        return f"Write this differently: {error['msg']}."
    return advice.format(name=inner[-1] if inner else "", **error.get("ctx", {}))


def _text_wanted(given: object) -> str:
    if given is None:
        return "Write text here, or remove the line; it is empty."
    if isinstance(given, int | float):
        return "Put quotes around this, so that it is read as text."
    return "Write text here, not a list or further entries."
