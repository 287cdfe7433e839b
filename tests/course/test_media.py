from __future__ import annotations

from pathlib import Path

import pytest

from homevisit.course.media import Clip, load_clips
from homevisit.errors import ContentError

ROOT = Path(__file__).parents[2]
MEDIA = """\
clips:
  omar-stacking:
    title: Omar stacks blocks
    publisher: Office of Head Start
    source_page: https://example.org/page
    url: ""
    captions: omar.vtt
    poster: omar.svg
    known: They stack blocks.
    licence: Its publisher's.
    scene: |-
      **0:00** A room.

      **0:09** A block.
  other:
    title: Another
    publisher: Someone
    scene: A street.
"""


def written(tmp_path, text):
    path = tmp_path / "media.yml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(tmp_path, text):
    with pytest.raises(ContentError) as caught:
        load_clips(written(tmp_path, text))
    return [(error.line, error.field, error.advice) for error in (caught.value, *caught.value.others)]


def test_load_clips_gives_each_clip_by_its_id(tmp_path):
    clips = load_clips(written(tmp_path, MEDIA))
    assert list(clips) == ["omar-stacking", "other"]
    assert clips["omar-stacking"].scene == "**0:00** A room.\n\n**0:09** A block."
    assert clips["other"] == Clip(clip_id="other", title="Another", publisher="Someone", scene="A street.")
    assert clips["other"].url == ""


def test_load_clips_names_every_problem(tmp_path):
    text = MEDIA.replace("    scene: A street.\n", "").replace("omar.vtt", "../omar.vtt")
    assert problems(tmp_path, text.replace('url: ""', "url: javascript:alert(1)")) == [
        (
            6,
            "clips.omar-stacking.url",
            "Write a web address, the name of a file beside media.yml, or nothing in quotes.",
        ),
        (
            7,
            "clips.omar-stacking.captions",
            "Write a web address, the name of a file beside media.yml, or nothing in quotes.",
        ),
        (15, "clips.other.scene", "Add 'scene:' here; it is missing."),
    ]


def test_load_clips_refuses_a_clip_that_is_no_mapping(tmp_path):
    assert problems(tmp_path, "clips:\n  a: b\n") == [
        (2, "clips.a", "Write indented 'name: value' lines here.")
    ]


def test_media_of_this_project_load_and_every_clip_has_a_scene():
    clips = load_clips(ROOT / "lessons" / "media" / "media.yml")
    assert clips
    assert [clip_id for clip_id, clip in clips.items() if len(clip.scene) < 200] == []
