"""Reads WebVTT, the format of captions that browsers take, and says what is wrong with a file of it.

The rules are those of https://www.w3.org/TR/webvtt1/ that a browser would otherwise answer by silently
leaving a caption out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from homevisit.course.yaml_file import all_in_one
from homevisit.errors import ContentError

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 1024 * 1024
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_ARROW = "-->"
_BLOCKS = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: from and until when, in seconds, and what it says."""

    start: float
    end: float
    text: str


def read_captions(path: Path) -> tuple[Cue, ...]:
    """Return the captions of a file; ContentError for its first problem with the line, the rest in `others`."""
    lines = _lines(path)
    head = lines[0] if lines else ""
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", head):
        advice = "Write WEBVTT on the first line"
        if any("," in line for line in lines if _ARROW in line):
            advice += (
                "; this looks like SubRip (.srt), so save it as WebVTT (.vtt) in the program that made it"
            )
        raise ContentError(f"{advice}.", path, 1)
    cues: list[Cue] = []
    problems: list[ContentError] = []
    for start, block in _blocks(lines):
        try:
            cue = _cue(path, start, block, cues[-1].start if cues else 0.0)
        except ContentError as exc:
            problems.append(exc)
        else:
            cues += [cue] if cue else []
    if problems:
        raise all_in_one(problems)
    if not cues:
        raise ContentError(
            "Write at least one caption, such as 00:01.000 --> 00:04.000 and its text below.", path
        )
    return tuple(cues)


def _lines(path: Path) -> list[str]:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ContentError("This is larger than any captions are. Give a WebVTT file (.vtt).", path)
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as exc:
        raise ContentError("This file cannot be read; check its name and place.", path) from exc
    except UnicodeDecodeError as exc:
        raise ContentError("Save the captions in UTF-8; they are in another encoding.", path) from exc
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Return (line number, lines) of each block between blank lines, after the head."""
    blocks: list[tuple[int, list[str]]] = []
    is_inside = True  # the head goes on until the first blank line
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            is_inside = False
        elif not is_inside:
            blocks.append((number, [line]))
            is_inside = True
        elif blocks:
            blocks[-1][1].append(line)
    return blocks


def _cue(path: Path, first: int, block: list[str], not_before: float) -> Cue | None:
    """Return the caption of one block, or None for a note or a style."""
    if block[0].split(maxsplit=1)[0] in _BLOCKS and _ARROW not in block[0]:
        return None
    at = next((number for number, line in enumerate(block[:2]) if _ARROW in line), None)
    if at is None:
        message = "Write the times of this caption on a line of their own, such as 00:01.000 --> 00:04.000."
        raise ContentError(message, path, first)
    found = _TIMES.fullmatch(block[at].strip())
    if found is None:
        message = "Write the times as minutes:seconds.thousandths, such as 00:01.000 --> 00:04.000."
        raise ContentError(message, path, first + at)
    start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
    if end <= start:
        raise ContentError("Let this caption end later than it begins.", path, first + at)
    if start < not_before:
        raise ContentError(
            "Put the captions in order; this one begins before the one above.", path, first + at
        )
    text = "\n".join(block[at + 1 :]).strip()
    if not text:
        raise ContentError("Write the text of this caption on the line below its times.", path, first + at)
    return Cue(start, end, text)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
