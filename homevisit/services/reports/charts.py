"""Plain SVG bars, made from lines; whatever they show stands in a table beside them too."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from homevisit.services.reports.values import Line

WIDTH = 340
ROW = 46
BAR_TOP, BAR_HEIGHT = 22, 14
# What fits above a bar at the size of a phone; the table has the whole text.
LONGEST = 32


def bars(name: str, title: str, description: str, lines: Sequence[Line]) -> str:
    """Return an SVG drawing with one bar for each line, as markup; all text in it is escaped.

    Parameters
    ----------
    name : str
        Stands in the ids of the drawing, which a page may hold once only.
    title, description : str
        What a screen reader says for it.
    """
    height = ROW * len(lines)
    rows = "".join(_bar(line, ROW * place) for place, line in enumerate(lines))
    return (
        f'<svg class="hv-bars" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{escape(name)}-t {escape(name)}-d">'
        f'<title id="{escape(name)}-t">{escape(title)}</title>'
        f'<desc id="{escape(name)}-d">{escape(description)}</desc>{rows}</svg>'
    )


def _bar(line: Line, top: int) -> str:
    wide = round(WIDTH * line.share, 1)
    bar = f'y="{top + BAR_TOP}" height="{BAR_HEIGHT}" rx="3"'
    return (
        f'<text x="0" y="{top + 16}">{escape(_short(line.text))}</text>'
        f'<text class="hv-bars-number" x="{WIDTH}" y="{top + 16}">{line.percent}%</text>'
        f'<rect class="hv-bars-all" x="0" width="{WIDTH}" {bar}/>'
        f'<rect class="hv-bars-part" x="0" width="{wide}" {bar}/>'
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
