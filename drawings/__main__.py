"""Writes the storyboards to ``lessons/media/``: ``make drawings``."""

from __future__ import annotations

from drawings.film import MEDIA
from drawings.storyboards import panels, write_panel


def main() -> None:
    """Write every panel anew."""
    for panel in panels():
        (MEDIA / f"{panel.name}.svg").write_text(write_panel(panel), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
