"""What a lesson's section shows to a group: its texts, and the clips with their drawings and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from homevisit.course.lesson_sections import Section, read_sections
from homevisit.course.media import load_clips
from homevisit.errors import ContentError, MissingEntryError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from homevisit.course.catalogue import Catalogue
    from homevisit.course.media import Clip

Block = dict[str, Any]

_MARKDOWN = MarkdownIt("commonmark", {"html": False})


def sections_of(catalogue: Catalogue, lesson_id: str) -> tuple[Section, ...]:
    """Return the sections of a lesson that hold something to show; MissingEntryError without such a lesson."""
    catalogue.lesson(lesson_id)
    found = catalogue.read(catalogue.notebook_path(lesson_id), read_sections)
    return tuple(section for section in found if section.is_showable)


def scene_of(catalogue: Catalogue, lesson_id: str, section: str) -> list[Block]:
    """Return what a section shows, in order, without its questions; of one that holds clips, the clips alone.

    What stands around a clip in a lesson leads a reader to it and on to the next part; a group has its leader.
    A block is ``{"kind": "text", "html"}`` or ``{"kind": "clip", "clip_id", "clip"}``; `clip` is what a clip of
    a lesson's page is drawn from, with ``scene_html``. The HTML is made by the course from Markdown that lets
    no tags through.

    Raises
    ------
    MissingEntryError
        There is no such lesson, or no such section in it any more.
    """
    found = next((one for one in sections_of(catalogue, lesson_id) if one.section_id == section), None)
    if found is None:
        raise MissingEntryError(
            "The lesson was changed and has no such section any more. Choose another scene for this step."
        )
    clips = _clips(catalogue)
    blocks: list[Block] = []
    for part in found.parts:
        if part.kind == "text":
            blocks.append({"kind": "text", "html": part.content})
        elif part.kind == "clip" and part.content in clips:
            blocks.append({"kind": "clip", "clip_id": part.content, "clip": _shown_clip(clips[part.content])})
    only_clips = [block for block in blocks if block["kind"] == "clip"]
    return only_clips or blocks


def clip_of(catalogue: Catalogue, clip_id: str) -> Block | None:
    """Return what a clip is drawn from, as in `scene_of`; None where there is no such clip."""
    found = _clips(catalogue).get(clip_id)
    return None if found is None else _shown_clip(found)


def _clips(catalogue: Catalogue) -> Mapping[str, Clip]:
    try:
        return catalogue.read(catalogue.media_path(), load_clips)
    except ContentError:
        return {}  # `homevisit media check` says what is wrong; the texts are shown without the clip


def _shown_clip(clip: Clip) -> Block:
    shown = clip.model_dump(mode="json", exclude={"clip_id", "transcript", "scene"})
    return {
        "type": "clip",
        **shown,
        "is_playable": clip.is_playable,
        "scene_html": _MARKDOWN.render(clip.scene),
        "transcript_html": "",
    }
