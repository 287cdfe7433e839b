"""Loads ``lessons/media/media.yml``: each clip has a written scene, so that a lesson works with no video."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, ValidationError

from homevisit.course.fields import Checked, Identifier, MaybeText, Text, at_least
from homevisit.course.problems import advice_error, content_errors
from homevisit.course.yaml_file import all_in_one, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from homevisit.errors import ContentError

_ADDRESS = re.compile(r"|https?://\S+|[A-Za-z0-9_-][A-Za-z0-9._-]*")


def _address(text: str) -> str:
    if _ADDRESS.fullmatch(text) is None:
        raise advice_error("Write a web address, the name of a file beside media.yml, or nothing in quotes.")
    return text


Address = Annotated[MaybeText, AfterValidator(_address)]
Entries = Annotated[Mapping[Identifier, Mapping[str, object]], at_least(1)]


class Clip(Checked):
    """One video clip; `url` stays empty until a programme fills it in, `known` says what is known of it."""

    clip_id: Identifier
    title: Text
    publisher: Text
    source_page: Address = ""
    url: Address = ""
    captions: Address = ""
    poster: Address = ""
    known: MaybeText = ""
    licence: MaybeText = ""
    scene: Text


class _Clips(Checked):
    clips: Entries


def load_clips(path: Path) -> Mapping[str, Clip]:
    """Load the clips by `clip_id`; raise `ContentError` for the first problem, the rest in `others`.

    The file holds one mapping, ``clips:``, from clip id to the fields of `Clip`.
    """
    file = read_yaml(path)
    try:
        entries = _Clips.model_validate(file.content).clips
    except ValidationError as exc:
        raise all_in_one(content_errors(exc, file)) from exc
    clips: dict[str, Clip] = {}
    problems: list[ContentError] = []
    for clip_id, entry in entries.items():
        try:
            clips[clip_id] = Clip.model_validate({**entry, "clip_id": clip_id})
        except ValidationError as exc:
            problems += content_errors(exc, file, ("clips", clip_id))
    if problems:
        raise all_in_one(problems)
    return clips
