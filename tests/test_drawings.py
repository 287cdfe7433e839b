"""The drawings in lessons/media/ are what the drawing code gives now; the film is whole and small."""

from __future__ import annotations

import re

from drawings.film import ENCODERS, MEDIA, MOST_BYTES, NAME
from drawings.omar_moves import LENGTH
from drawings.storyboards import panels, write_panel
from homevisit.course.captions import read_captions
from homevisit.course.catalogue import Catalogue
from homevisit.course.clip_file import read_clip_file
from homevisit.course.clip_times import seconds_of
from homevisit.course.media import load_clips
from tests.web.course_server import ROOT

MOST_PANEL_BYTES = 17_500


def test_storyboards_are_what_the_code_draws_now_and_are_light():
    drawn = {f"{panel.name}.svg": write_panel(panel) for panel in panels()}
    assert {name: (MEDIA / name).read_text(encoding="utf-8") for name in drawn} == drawn
    assert all(len(text) < MOST_PANEL_BYTES for text in drawn.values())
    assert {len([name for name in drawn if name.startswith(who)]) for who in ("omar-", "nathalie-")} == {6}


def test_panels_are_named_in_the_catalogue_in_the_words_of_the_drawing_and_at_moments_of_the_scene():
    clips = load_clips(Catalogue(ROOT).media_path())
    shown = [panel for clip in clips.values() for panel in clip.storyboard]
    assert {(p.file, p.alt) for p in shown} == {(f"{p.name}.svg", p.description) for p in panels()}
    for clip in clips.values():
        moments = set(re.findall(r"\*\*(\d:\d\d)\*\*", clip.scene))
        assert {panel.at for panel in clip.storyboard} <= moments


def test_film_is_small_plays_in_both_formats_and_its_words_end_with_it():
    for suffix in ENCODERS:
        found = read_clip_file(MEDIA / f"{NAME}{suffix}")
        assert (found.suffix, found.has_sound) == (suffix, False)
        assert (MEDIA / f"{NAME}{suffix}").stat().st_size < MOST_BYTES
    for words in ("omar-drawn.vtt", "omar-drawn.described.vtt"):
        assert read_captions(MEDIA / words)[-1].end <= LENGTH
    question = Catalogue(ROOT).question("04-roles-for-parents", "omar-hitches")
    assert seconds_of(question.public.length) == LENGTH
