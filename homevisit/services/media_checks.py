"""Check the catalogue of clips against the files beside it and, when asked to, against the web."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from homevisit.course.captions import read_captions
from homevisit.course.clip_file import CLIP_SUFFIXES, read_clip_file
from homevisit.course.lesson_text import read_lesson_text
from homevisit.course.media import Clip, load_clips
from homevisit.course.shown_clips import watched_clips
from homevisit.course.yaml_file import YamlFile, read_yaml
from homevisit.errors import ContentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from homevisit.course.catalogue import Catalogue

ONLINE_SECONDS = 20
NOT_FOUND = (404, 410)
REFUSED = (401, 403, 405, 429)


@dataclass(frozen=True, slots=True)
class MediaReport:
    """Findings must be mended; remarks are for a person to look at."""

    clips: int
    findings: tuple[ContentError, ...]
    remarks: tuple[ContentError, ...]


def check_media(catalogue: Catalogue, *, online: bool = False) -> MediaReport:
    """Check all clips; with `online`, ask the servers of their addresses whether the pages are there."""
    path = catalogue.media_path()
    try:
        clips, file = load_clips(path), read_yaml(path)
    except ContentError as exc:
        return MediaReport(0, (exc, *exc.others), ())
    findings = [problem for clip in clips.values() for problem in _clip_problems(clip, file)]
    findings += _unused(catalogue, path.parent)
    remarks = list(_not_shown(catalogue, clips, file))
    if online:
        more_findings, more_remarks = _looked_up(clips, file)
        findings += more_findings
        remarks += more_remarks
    return MediaReport(len(clips), tuple(findings), tuple(remarks))


def _clip_problems(clip: Clip, file: YamlFile) -> Iterator[ContentError]:
    """Give what is wrong with one clip, each at its line of the catalogue."""
    folder = file.path.parent

    def problem(field: str, message: str) -> ContentError:
        return file.problem(("clips", clip.clip_id, field), message)

    for field, address in (("url", clip.url), ("source_page", clip.source_page)):
        if address.startswith("http://"):
            yield problem(field, "Write an address that begins with https://.")
    for field in ("captions", "transcript", "description", "poster"):
        name = getattr(clip, field)
        if "://" in name:
            yield problem(
                field, "Put this file beside media.yml and name it here; a page takes it from nowhere else."
            )
        elif name and not (folder / name).is_file():
            other = "name another drawing here" if field == "poster" else "correct its name here"
            yield problem(field, f"Put {name} beside media.yml, or {other}.")
    yield from _panel_problems(clip, file)
    if clip.poster and not clip.alt:
        yield problem("poster", "Add 'alt:' to this clip and say there what the drawing shows.")
    if not clip.licence:
        yield problem("licence", "Add 'licence:' to this clip and say there who may use it, and how.")
    for field, message in (*_film_problems(clip, folder), *_words_problems(clip, folder)):
        yield problem(field, message)


def _panel_problems(clip: Clip, file: YamlFile) -> Iterator[ContentError]:
    for number, panel in enumerate(clip.storyboard):
        if "://" in panel.file or not (file.path.parent / panel.file).is_file():
            at = ("clips", clip.clip_id, "storyboard", number, "file")
            yield file.problem(at, f"Put {panel.file} beside media.yml, or correct its name here.")


def _film_problems(clip: Clip, folder: Path) -> Iterator[tuple[str, str]]:
    """Give (field, sentence) about the clip itself and what must stand beside one that plays on the page."""
    has_sound = clip.is_playable and not clip.silent
    if clip.is_file:
        if not (folder / clip.url).is_file():
            yield "url", f"Put {clip.url} beside media.yml, or correct its name here."
            return
        try:
            found = read_clip_file(folder / clip.url)
        except ContentError as exc:
            yield "url", f"{clip.url}: {exc.advice}"
            return
        if not clip.url.lower().endswith(found.suffix):
            yield "url", f"Let the name of {clip.url} end in {found.suffix}, which is what the file is."
        if found.has_sound and clip.silent:
            yield "silent", f"Remove 'silent: true'; {clip.url} has sound."
        has_sound = found.has_sound
    if clip.also:
        yield from _other_format(clip, folder)
    if has_sound and not clip.captions:
        yield "captions", "Name a WebVTT file with captions here; the clip has sound."
    if has_sound and not clip.transcript:
        yield (
            "transcript",
            "Add 'transcript:' with the name of a text file beside media.yml; the clip has sound.",
        )


def _other_format(clip: Clip, folder: Path) -> Iterator[tuple[str, str]]:
    try:
        found = read_clip_file(folder / clip.also)
    except ContentError as exc:
        yield "also", f"{clip.also}: {exc.advice}"
        return
    if not clip.is_file or clip.url.lower().endswith(found.suffix):
        yield "also", "Name here the same clip in the other format, MP4 or WebM, or remove this line."


def _words_problems(clip: Clip, folder: Path) -> Iterator[tuple[str, str]]:
    for field in ("captions", "description"):
        name = getattr(clip, field)
        if not name or "://" in name or not (folder / name).is_file():
            continue
        try:
            if field == "description" and name.lower().endswith(CLIP_SUFFIXES):
                read_clip_file(folder / name)
            else:
                read_captions(folder / name)
        except ContentError as exc:
            for found in (exc, *exc.others):
                at = f"{name}:{found.line}" if found.line else name
                yield field, f"{at}: {found.advice}"


def _unused(catalogue: Catalogue, folder: Path) -> Iterator[ContentError]:
    """Give each file of the folder that neither the catalogue nor a lesson's text names."""
    source = catalogue.course_dir / "source"
    texts = [catalogue.media_path(), *source.rglob("*.md"), *source.rglob("*.yml")]
    written = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in texts)
    for path in sorted(folder.iterdir()):
        is_hidden = path.name.startswith(".")
        if path.is_file() and not is_hidden and path.name not in written and path != catalogue.media_path():
            yield ContentError("No clip and no lesson names this file. Name it there, or delete it.", path)


def _not_shown(catalogue: Catalogue, clips: Mapping[str, Clip], file: YamlFile) -> Iterator[ContentError]:
    """Give a remark for each clip that no lesson shows."""
    shown: set[str] = set()
    for info in catalogue.lessons():
        try:
            shown |= {named for _, named, _ in read_lesson_text(catalogue.text_path(info.lesson_id)).calls()}
            shown |= watched_clips(read_yaml(catalogue.key_path(info.lesson_id)).content.get("questions"))
        except ContentError:
            return  # `homevisit check` says what is wrong with the text
    for clip_id in clips:
        if clip_id not in shown:
            yield file.problem(
                ("clips", clip_id), f'No lesson shows this clip. A cell clip("{clip_id}") would.'
            )


def _looked_up(clips: Mapping[str, Clip], file: YamlFile) -> tuple[list[ContentError], list[ContentError]]:
    """Ask each address once; return findings and remarks."""
    findings: list[ContentError] = []
    remarks: list[ContentError] = []
    known: dict[str, tuple[bool, str]] = {}
    for clip in clips.values():
        for field, address in (("url", clip.url), ("source_page", clip.source_page)):
            if not address.startswith("https://"):
                continue
            if address not in known:
                known[address] = _asked(address)
            is_gone, sentence = known[address]
            if sentence:
                (findings if is_gone else remarks).append(
                    file.problem(("clips", clip.clip_id, field), sentence)
                )
    return findings, remarks


def _asked(address: str) -> tuple[bool, str]:
    """Return whether nothing is there, and a sentence; an empty one when the page answered."""
    asked = Request(address, headers={"User-Agent": "homevisit media check"})  # noqa: S310  https only, see above
    try:
        with urlopen(asked, timeout=ONLINE_SECONDS) as reply:  # noqa: S310  same
            reply.read(1)
    except HTTPError as exc:
        if exc.code in NOT_FOUND:
            return True, f"Find the new address; there is no page at {address} (it answered {exc.code})."
        if exc.code in REFUSED:
            return False, f"A person must look: {address} lets no program in (it answered {exc.code})."
        return False, f"Try again later: {address} answered {exc.code}."
    except (URLError, OSError) as exc:
        return False, f"Try again later, or let a person look: {address} could not be reached ({exc})."
    return False, ""
