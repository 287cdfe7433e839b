"""The storyboards beside the written scenes: which panel shows which moment, and what it shows in words."""

from __future__ import annotations

from typing import NamedTuple

from drawings import nathalie_scene
from drawings.omar_scene import moment
from drawings.things import picture


class Panel(NamedTuple):
    """One drawing: its file, title and description, and the SVG inside."""

    name: str
    title: str
    description: str
    drawing: str


def panels() -> list[Panel]:
    """Give all panels, in the order of their scenes."""
    return [*_omar(), *_nathalie()]


def write_panel(panel: Panel) -> str:
    """Give the whole file of a panel."""
    return picture(panel.title, panel.description, panel.drawing)


def _omar() -> list[Panel]:
    shown = (
        (5.0, "0:00 Who sits where", (
            "Omar kneels on a rug in front of a wooden post. His mother sits at his side, so near "
            "that they touch. The home visitor sits across from him, on the far side of the post. "
            "Blocks lie around; other families sit further back."
        )),
        (24.1, "0:20 The widest block", (
            "Omar's mother leans in and holds out the widest block, its hollow underneath. Omar takes "
            "it with both hands."
        )),
        (44.8, "0:42 The home visitor speaks", (
            "Two blocks are on the post. The home visitor speaks, one hand open. Omar looks up at "
            "her, straight across the post. His mother looks at her, too."
        )),
        (61.6, "0:52 Green beside green", (
            "Omar is on his feet and tips forward over the post. He holds a green block next to "
            "another green one on the rug."
        )),
        (86.7, "1:22 A small twist", (
            "A violet block sits crooked on the tip of the post. Omar holds it, and his mother's hand "
            "reaches past him and twists it. The home visitor's hands lie in her lap."
        )),
        (109.2, "1:47 The smallest block is on", (
            "All blocks are on the post, the smallest on top. Omar throws both arms up and laughs. "
            "His mother claps, her chin high. The home visitor laughs."
        )),
    )  # fmt: skip
    return [
        Panel(f"omar-{number}", title, description, moment(time))
        for number, (time, title, description) in enumerate(shown, 1)
    ]


def _nathalie() -> list[Panel]:
    return [
        Panel(f"nathalie-{number}", title, description, draw())
        for number, (title, description, draw) in enumerate(nathalie_scene.MOMENTS, 1)
    ]
