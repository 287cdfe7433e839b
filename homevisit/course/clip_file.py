"""Looks into a video file: whether browsers play it, and whether it has sound.

Only the containers are read, never the pictures: the boxes of MP4 (ISO/IEC 14496-12) and the elements of
WebM (RFC 8794 for EBML, RFC 9559 for its tracks).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from homevisit.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CLIP_SUFFIXES = (".mp4", ".webm")
# What current Chromium, Firefox and Safari all play, by the names that the containers use.
PLAYED = {"avc1": "H.264", "avc3": "H.264", "av01": "AV1", "V_VP8": "VP8", "V_VP9": "VP9", "V_AV1": "AV1"}
SAVE_AS = "Save it as MP4 with H.264 pictures, or as WebM, in the program that made it."
# An index of the whole film is far smaller; more than this is no index.
MOST_INDEX_BYTES = 64 * 1024 * 1024

_EBML, _DOC_TYPE = 0x1A45DFA3, 0x4282
_SEGMENT, _TRACKS, _TRACK, _CLUSTER = 0x18538067, 0x1654AE6B, 0xAE, 0x1F43B675
_TRACK_TYPE, _CODEC = 0x83, 0x86
_PICTURES, _SOUND = 1, 2
_LONGEST_ID, _LONGEST_SIZE = 4, 8


@dataclass(frozen=True, slots=True)
class ClipFile:
    """What a video file holds; `pictures` names how they are coded."""

    suffix: str
    has_sound: bool
    pictures: str


def read_clip_file(path: Path) -> ClipFile:
    """Return what the file holds; ContentError when it is no MP4 or WebM that browsers play."""
    try:
        with path.open("rb") as file:
            start = file.read(12)
            if start[4:8] == b"ftyp":
                suffix, tracks = ".mp4", _mp4_tracks(file, path)
            elif start[:4] == _EBML.to_bytes(4, "big"):
                suffix, tracks = ".webm", _webm_tracks(file, path)
            else:
                raise ContentError(f"This is neither MP4 nor WebM. {SAVE_AS}", path)
    except OSError as exc:
        raise ContentError("This file cannot be read; check its name and place.", path) from exc
    except (LookupError, ValueError) as exc:
        raise ContentError("This video is not whole. Copy it again from where it came from.", path) from exc
    pictures = [coded for kind, coded in tracks if kind == "pictures"]
    if not pictures:
        raise ContentError("There are no pictures in this file. Give a video.", path)
    if pictures[0] not in PLAYED:
        raise ContentError(
            f"Its pictures are coded as {pictures[0]}, which not every browser plays. {SAVE_AS}", path
        )
    return ClipFile(suffix, any(kind == "sound" for kind, _ in tracks), PLAYED[pictures[0]])


def _mp4_tracks(file: BinaryIO, path: Path) -> list[tuple[str, str]]:
    """Return (what, how it is coded) of each track; the boxes stand inside one another."""
    if file.seek(8) and file.read(4) == b"qt  ":
        raise ContentError(f"This is a QuickTime film. {SAVE_AS}", path)
    tracks = []
    for track in _boxes(_mp4_index(file), b"trak"):
        media = next(_boxes(track, b"mdia"), b"")
        handler = next(_boxes(media, b"hdlr"), b"")[8:12]
        table = next(_boxes(next(_boxes(next(_boxes(media, b"minf"), b""), b"stbl"), b""), b"stsd"), b"")
        what = {b"vide": "pictures", b"soun": "sound"}.get(handler, "other")
        tracks.append((what, table[12:16].decode("latin-1").strip()))
    return tracks


def _mp4_index(file: BinaryIO) -> bytes:
    """Return the content of the box `moov`, wherever in the file it stands; ValueError for a cut-off file."""
    size_of_file, at, index = file.seek(0, 2), 0, b""
    while at + 8 <= size_of_file:
        file.seek(at)
        head = file.read(16)
        size, kind, length = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1:
            size, length = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = size_of_file - at
        if size < length or at + size > size_of_file:
            raise ValueError(kind)
        if kind == b"moov":
            file.seek(at + length)
            index = file.read(min(size - length, MOST_INDEX_BYTES))
        at += size
    if not index:
        raise ValueError(at)
    return index


def _boxes(content: bytes, wanted: bytes) -> Iterator[bytes]:
    """Give the content of each box of this name that stands in `content`, not deeper."""
    at = 0
    while at + 8 <= len(content):
        size = int.from_bytes(content[at : at + 4], "big")
        if size < 8:  # noqa: PLR2004  a box is at least its own head
            raise ValueError(size)
        if content[at + 4 : at + 8] == wanted:
            yield content[at + 8 : at + size]
        at += size


def _webm_tracks(file: BinaryIO, path: Path) -> list[tuple[str, str]]:
    """Return (what, how it is coded) of each track."""
    file.seek(0)
    head = dict(_elements(file.read(_element(file)[1] or 0)))
    if head.get(_DOC_TYPE, b"").rstrip(b"\0") != b"webm":
        raise ContentError(f"This is a Matroska film, which not every browser plays. {SAVE_AS}", path)
    name, size = _element(file)
    if name != _SEGMENT or (size or 0) > _bytes_left(file):
        raise ValueError(name)
    while True:
        name, size = _element(file)
        if name == _TRACKS:
            break
        if name == _CLUSTER or size is None:
            raise ValueError(name)
        file.seek(size, 1)
    tracks = []
    for found, content in _elements(file.read(min(size or 0, MOST_INDEX_BYTES))):
        if found == _TRACK:
            entry = dict(_elements(content))
            what = {_PICTURES: "pictures", _SOUND: "sound"}.get(
                int.from_bytes(entry[_TRACK_TYPE], "big"), "other"
            )
            tracks.append((what, entry.get(_CODEC, b"").decode("latin-1")))
    return tracks


def _bytes_left(file: BinaryIO) -> int:
    here = file.tell()
    left = file.seek(0, 2) - here
    file.seek(here)
    return left


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(content):
        length = _length(content[at], _LONGEST_ID)
        name = int.from_bytes(content[at : at + length], "big")
        at += length
        length = _length(content[at], _LONGEST_SIZE)
        size = int.from_bytes(content[at : at + length], "big") & ((1 << 7 * length) - 1)
        at += length
        yield name, content[at : at + size]
        at += size


def _element(file: BinaryIO) -> tuple[int, int | None]:
    """Read the name and size of the element that begins here; a live recording leaves the size open (None)."""
    first = file.read(1)
    name = first + file.read(_length(first[0], _LONGEST_ID) - 1)
    first = file.read(1)
    length = _length(first[0], _LONGEST_SIZE)
    size = int.from_bytes(first + file.read(length - 1), "big") & ((1 << 7 * length) - 1)
    return int.from_bytes(name, "big"), None if size == (1 << 7 * length) - 1 else size


def _length(first: int, most: int) -> int:
    """Return how many bytes a number takes whose first byte is `first`: one more than its leading zeros."""
    length = 9 - first.bit_length()
    if length > most:
        raise ValueError(first)
    return length
