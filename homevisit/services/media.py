"""Give a clip of the catalogue its file or address, with captions, transcript and description."""

from __future__ import annotations

import io
import os
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ruamel.yaml import YAML

from homevisit.course.captions import read_captions
from homevisit.course.clip_file import CLIP_SUFFIXES, read_clip_file
from homevisit.course.media import Clip, load_clips
from homevisit.course.yaml_file import read_yaml
from homevisit.errors import ConfigError, ContentError, InvalidEntryError
from homevisit.services.locks import alone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.catalogue import Catalogue

MEGABYTE = 1024 * 1024
# A phone on a slow connection gets through 50 MB in some minutes; beyond 200 MB a clip is a film.
LARGE, LARGEST = 50 * MEGABYTE, 200 * MEGABYTE
TRANSCRIPT_SUFFIXES = (".txt", ".md")
CAPTIONS_WANTED = (
    "Give captions as well, with --captions FILE.vtt: a clip with sound needs them for those who cannot hear it. "
    "The program that made the clip, or your publisher, can write them as WebVTT (.vtt)."
)


@dataclass(frozen=True, slots=True)
class Supplied:
    """What a program gives for one clip; `source` is a file or an address, the others are files."""

    source: str
    captions: Path | None = None
    transcript: Path | None = None
    description: Path | None = None
    licence: str | None = None
    is_silent: bool = False


@dataclass(frozen=True, slots=True)
class ClipSet:
    """What was done: the fields that now stand in the catalogue, its line, and what is worth a look."""

    clip_id: str
    fields: Mapping[str, str | bool]
    line: int
    remarks: tuple[str, ...]


@dataclass(slots=True)
class _Plan:
    """Fields to write, files to copy (by their new name), and remarks; nothing is done yet."""

    fields: dict[str, str | bool] = field(default_factory=dict)
    copies: dict[str, Path] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def take(self, name: str, file: Path, new_name: str) -> None:
        """Plan to copy a file beside the catalogue and to name it there."""
        self.fields[name] = new_name
        self.copies[new_name] = file


def set_clip(catalogue: Catalogue, clip_id: str, supplied: Supplied) -> ClipSet:
    """Copy the files beside the catalogue and name them in it; all of it is done, or nothing.

    Raises
    ------
    InvalidEntryError
        There is no such clip, or something given cannot be used.
    ContentError
        A file is not what it should be, or the catalogue has a mistake.
    ConfigError
        The files could not be written.
    """
    path = catalogue.media_path()
    with alone(path.parent):
        clips = load_clips(path)
        if clip_id not in clips:
            raise InvalidEntryError(
                f"Name a clip of {path.name}: {', '.join(clips)}. For another one, first add it there, "
                "with title, publisher and scene."
            )
        plan = _planned(clips[clip_id], supplied)
        before = clips[clip_id]
        _carry_out(path, clip_id, plan)
        after = load_clips(path)
        _remove_replaced(path.parent, before, after)
    return ClipSet(clip_id, plan.fields, read_yaml(path).line(("clips", clip_id)), tuple(plan.remarks))


def _planned(clip: Clip, supplied: Supplied) -> _Plan:
    plan = _Plan()
    has_sound = _plan_clip(plan, clip, supplied)
    if clip.also:
        plan.fields["also"] = ""  # the clip of before in another format
    if supplied.captions:
        read_captions(supplied.captions)
        plan.take("captions", supplied.captions, f"{clip.clip_id}.vtt")
    elif has_sound and not clip.captions:
        raise InvalidEntryError(CAPTIONS_WANTED)
    elif has_sound:
        plan.remarks.append(f"The captions {clip.captions} are kept. Look whether they still fit.")
    if supplied.transcript:
        suffix = _read_transcript(supplied.transcript)
        plan.take("transcript", supplied.transcript, f"{clip.clip_id}.transcript{suffix}")
    elif has_sound and not clip.transcript:
        plan.remarks.append("A transcript is missing. Give one with --transcript FILE.txt.")
    if supplied.description:
        suffix = _described(supplied.description)
        plan.take("description", supplied.description, f"{clip.clip_id}.described{suffix}")
    if supplied.licence is not None:
        plan.fields["licence"] = supplied.licence.strip()
    else:
        plan.remarks.append(
            "Read what the catalogue says under licence and known: it may have been written before there was a clip. "
            '--licence "TEXT" changes the first.'
        )
    return plan


def _plan_clip(plan: _Plan, clip: Clip, supplied: Supplied) -> bool:
    """Plan the clip itself; return whether it plays on the page and has sound."""
    if clip.also:
        plan.fields["also"] = ""  # the other format of the clip before
    if "://" in supplied.source:
        plan.fields["url"] = checked_address(supplied.source)
        is_playable = PurePosixPath(urlsplit(supplied.source).path).suffix.lower() in CLIP_SUFFIXES
        if not is_playable:
            plan.remarks.append(
                "The address does not end in .mp4 or .webm, so the lesson shows it as a link to open."
            )
        plan.fields["silent"] = supplied.is_silent
        return is_playable and not supplied.is_silent
    file = Path(supplied.source).expanduser()
    _check_size(plan, file)
    found = read_clip_file(file)
    if supplied.is_silent and found.has_sound:
        raise InvalidEntryError(f"{file.name} has sound, so leave out --silent. {CAPTIONS_WANTED}")
    plan.take("url", file, f"{clip.clip_id}{found.suffix}")
    plan.fields["silent"] = not found.has_sound
    return found.has_sound


def checked_address(text: str) -> str:
    """Return an https address that a page can name, or raise InvalidEntryError."""
    address = urlsplit(text)
    if address.scheme != "https":
        raise InvalidEntryError("Write an address that begins with https://; browsers refuse any other here.")
    if not re.fullmatch(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?", address.netloc) or re.search(
        r"[\s\"'<>]", text
    ):
        raise InvalidEntryError(f"“{text}” is not a web address; copy it from the browser's address line.")
    return text


def _check_size(plan: _Plan, file: Path) -> None:
    if not file.is_file():
        raise InvalidEntryError(
            f"There is no file {file}; check its name, or write an address with https://."
        )
    size = file.stat().st_size
    if size > LARGEST:
        raise InvalidEntryError(
            f"{file.name} has {size // MEGABYTE:,} MB; there is room for {LARGEST // MEGABYTE}. Cut it to the part "
            "that the lesson needs, or save it smaller (720 lines are enough for a phone)."
        )
    if size > LARGE:
        plan.remarks.append(
            f"{file.name} has {size // MEGABYTE} MB. On a phone that takes long; save it smaller if you can."
        )


def _read_transcript(file: Path) -> str:
    """Return the suffix of a transcript that can be used."""
    if file.suffix.lower() not in TRANSCRIPT_SUFFIXES:
        raise InvalidEntryError("Give the transcript as plain text, in a file that ends in .txt or .md.")
    try:
        text = file.read_bytes()[: MEGABYTE + 1].decode("utf-8-sig")
    except OSError as exc:
        raise InvalidEntryError(f"The file {file} cannot be read; check its name and place.") from exc
    except UnicodeDecodeError as exc:
        raise ContentError("Save the transcript in UTF-8; it is in another encoding.", file) from exc
    if not text.strip() or len(text) > MEGABYTE:
        raise ContentError("Give a transcript with text in it, of at most one megabyte.", file)
    return file.suffix.lower()


def _described(file: Path) -> str:
    """Return the suffix of a description: a second video that tells the pictures, or captions that do."""
    if file.suffix.lower() == ".vtt":
        read_captions(file)
        return ".vtt"
    _check_size(_Plan(), file)
    return read_clip_file(file).suffix


def _carry_out(path: Path, clip_id: str, plan: _Plan) -> None:
    """Copy under other names first, then rename; the catalogue comes last."""
    waiting = {name: path.parent / f".{os.getpid()}-{name}.new" for name in plan.copies}
    beside = path.with_name(f".{os.getpid()}-{path.name}.new")
    try:
        for name, file in plan.copies.items():
            shutil.copyfile(file, waiting[name])
        beside.write_text(_with_fields(path, clip_id, plan.fields), encoding="utf-8")
        load_clips(beside)
        for name, copied in waiting.items():
            copied.replace(path.parent / name)
        beside.replace(path)
    except OSError as exc:
        raise ConfigError(
            f"The files could not be written to {path.parent} ({exc.strerror}). Make room, then try again; "
            "the catalogue is as it was."
        ) from exc
    finally:
        for left in (*waiting.values(), beside):
            left.unlink(missing_ok=True)


def _with_fields(path: Path, clip_id: str, fields: Mapping[str, str | bool]) -> str:
    """Return the catalogue's text with the fields of one clip changed, and all else as it was written."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096  # a folded text keeps its lines; no other is broken
    content = yaml.load(path.read_text(encoding="utf-8-sig"))
    entry = content["clips"][clip_id]
    order = list(Clip.model_fields)
    for name, value in fields.items():
        if name in entry or value is not False:
            if name not in entry:
                before = [
                    known for known in entry if known in order and order.index(known) < order.index(name)
                ]
                entry.insert(list(entry).index(before[-1]) + 1 if before else 0, name, value)
            entry[name] = value
    written = io.StringIO()
    yaml.dump(content, written)
    return written.getvalue()


def _remove_replaced(folder: Path, before: Clip, after: Mapping[str, Clip]) -> None:
    """Remove the files that only this clip named, and no longer names."""
    named = {name for clip in after.values() for name in _files_of(clip)}
    for name in _files_of(before) - named:
        if name.startswith(f"{before.clip_id}.") and "/" not in name:
            (folder / name).unlink(missing_ok=True)


def _files_of(clip: Clip) -> set[str]:
    return {clip.url, clip.also, clip.captions, clip.transcript, clip.description}
