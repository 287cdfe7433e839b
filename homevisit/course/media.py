"""Loads ``lessons/media/media.yml``: each clip has a written scene, so that a lesson works with no video."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, ValidationError

from homevisit.course.clip_file import CLIP_SUFFIXES
from homevisit.course.clip_times import ClipTime
from homevisit.course.fields import AsTuple, Checked, Identifier, MaybeText, Text, at_least
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


class Panel(Checked):
    """One drawing of a storyboard: its file beside media.yml, the moment of the scene, and what it shows."""

    at: ClipTime
    file: Address
    alt: Text


class Clip(Checked):
    """One video clip; `url` stays empty until a program fills it in, `known` says what is known of it.

    `captions` is a WebVTT file, `transcript` a text file, `description` a second video with the pictures told
    aloud or a WebVTT file that tells them; all stand beside media.yml. `also` is the same clip in the other
    format, for browsers that cannot play the first. `silent` says that nothing is to be heard. `storyboard`
    shows moments of the written scene. `alt` says what the drawing in the clip's place (`poster`) shows.
    """

    clip_id: Identifier
    title: Text
    publisher: Text
    source_page: Address = ""
    url: Address = ""
    also: Address = ""
    captions: Address = ""
    transcript: Address = ""
    description: Address = ""
    silent: bool = False
    poster: Address = ""
    alt: MaybeText = ""
    known: MaybeText = ""
    licence: MaybeText = ""
    storyboard: Annotated[tuple[Panel, ...], AsTuple] = ()
    scene: Text

    @property
    def is_file(self) -> bool:
        """Whether the clip itself stands beside media.yml."""
        return bool(self.url) and "://" not in self.url

    @property
    def is_playable(self) -> bool:
        """Whether the clip plays on the lesson's page; otherwise its address is a link to open."""
        return PurePosixPath(urlsplit(self.url).path).suffix.lower() in CLIP_SUFFIXES

    @property
    def origin(self) -> str:
        """The other server that a page must let this clip come from, such as ``https://video.example.org``."""
        address = urlsplit(self.url)
        is_safe = address.scheme == "https" and re.fullmatch(r"[A-Za-z0-9.-]+(:\d+)?", address.netloc)
        return f"https://{address.netloc.lower()}" if self.is_playable and is_safe else ""


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
