"""Rooms and things: walls, rugs, the post and its blocks, blanket, rattle, books, ball."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from drawings.shapes import bow, curve, ellipse, group, line, number, pair, rect, shape, through

if TYPE_CHECKING:
    from drawings.shapes import Point

WIDTH, HEIGHT = 640, 360


def room(wall: str = "#fbf1e3", floor: str = "#ecd9bd", edge: float = 232) -> str:
    """Draw an empty room."""
    return (
        rect(0, 0, WIDTH, HEIGHT, wall)
        + rect(0, edge, WIDTH, HEIGHT - edge, floor)
        + rect(0, edge - 6, WIDTH, 8, "#f5e6cf")
    )


def window(x: float, y: float, width: float = 112, height: float = 104) -> str:
    """Draw a window with a plain sky."""
    half = (width - 24) / 2
    return (
        rect(x, y, width, height, "#fff9ef", rx=7)
        + rect(x + 8, y + 8, half, height - 16, "#d6e6e4", rx=3)
        + rect(x + 16 + half, y + 8, half, height - 16, "#d6e6e4", rx=3)
    )


def round_rug(at: Point, rx: float, ry: float) -> str:
    """Draw a round rug."""
    rings = (("#8fb0a9", 1.0), ("#a9c5be", 0.9), ("#b9d1ca", 0.78))
    return "".join(ellipse(at, rx * share, ry * share, color) for color, share in rings)


def blanket(at: Point, width: float, depth: float, color: str = "#bfd3e2") -> str:
    """Draw a blanket on the floor, seen from the side."""
    x, y = at
    half, low, high = width / 2, y + depth / 2, y - depth / 2
    path = through((x - half, low), (x - half + 34, high), (x + half - 34, high), (x + half, low)) + "Z"
    inner = (
        (x - half + 22, low - 8),
        (x - half + 44, high + 6),
        (x + half - 44, high + 6),
        (x + half - 22, low - 8),
    )
    return line(path, color, 10, fill=color) + line(through(*inner) + "Z", "#dfeaf2", 3)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of Omar's set."""

    color: str
    light: str
    width: float
    height: float


BLOCKS = {
    "widest": Block("#3f6f8f", "#5f8fae", 70, 14),
    "second": Block("#c98a35", "#e0a95c", 61, 14),
    "green": Block("#5d8f5a", "#7dac79", 52, 13),
    "other": Block("#6fa36b", "#91bd8c", 52, 13),
    "red": Block("#b4533f", "#cc7560", 43, 12),
    "violet": Block("#7d5f8c", "#9b80a8", 34, 11),
    "egg": Block("#e3bb55", "#f0d285", 23, 11),
}


def block(name: str, at: Point, tilt: float = 0.0, hollow: float = 0.0) -> str:
    """Draw a block; `at` is the middle of its lower edge, `hollow` from 0 to 1 shows the hollow on its top."""
    kind = BLOCKS[name]
    w, h = kind.width, kind.height
    parts = [
        rect(-w / 2, -h, w, h, kind.color, rx=min(6, h / 2)),
        rect(-w / 2, -h, w, h * 0.38, kind.light, rx=min(5, h * 0.19)),
    ]
    if hollow:
        parts.append(ellipse((0, -h + 2), w / 2 - 1, 7 * hollow, kind.light))
        parts.append(ellipse((0, -h + 2), w / 2 - 5, 4.6 * hollow, "#4a3a33"))
    turned = f" rotate({number(tilt)} 0 {number(-h / 2)})" if tilt else ""
    return group(*parts, transform=f"translate({number(at[0])} {number(at[1])}){turned}")


def post(at: Point, height: float = 92) -> str:
    """Draw the wooden post on its foot."""
    x, y = at
    return (
        ellipse((x, y + 3), 52, 8, "#7f9f98", opacity="0.55")
        + rect(x - 5.5, y - height, 11, height, "#b98455", rx=5.5)
        + rect(x - 3, y - height + 3, 3, 40, "#d2a377", rx=1.5)
        + rect(x - 44, y - 6, 88, 9, "#9a6b46", rx=4.5)
    )


def rattle(at: Point, tilt: float = 0.0) -> str:
    """Draw a rattle; `at` is the middle of its handle."""
    parts = [
        line("M-15 0H12", "#d98a3d", 6),
        ellipse((21, 0), 12, 12, "#c9553f"),
        ellipse((21, 0), 6, 6, "#f3d9a0"),
        ellipse((-17, 0), 5.5, 5.5, "#3f6f8f"),
    ]
    return group(*parts, transform=f"translate({number(at[0])} {number(at[1])}) rotate({number(tilt)})")


def open_book(at: Point, size: float = 1.0, tilt: float = 0.0) -> str:
    """Draw an open picture book with a duck on it."""
    parts = [
        shape("M-34 -20Q-17 -27 0 -20Q17 -27 34 -20V18Q17 11 0 18Q-17 11 -34 18Z", "#b4533f"),
        shape("M-31 -18Q-16 -24 0 -17V15Q-16 9 -31 15Z", "#fffaf0"),
        shape("M31 -18Q16 -24 0 -17V15Q16 9 31 15Z", "#fff5e3"),
        ellipse((-16, 0), 8.5, 5.5, "#e8b93f"),
        ellipse((-10, -7), 4.2, 4.2, "#e8b93f"),
        shape("M-7 -8L-2 -6.5L-7 -5Z", "#d07a35"),
        line("M8 -6H24M8 0H24M8 6H19", "#b9aa94", 1.8),
    ]
    place = f"translate({number(at[0])} {number(at[1])}) rotate({number(tilt)}) scale({number(size)})"
    return group(*parts, transform=place)


def ball(at: Point, radius: float = 17) -> str:
    """Draw a soft ball."""
    x, y = at
    return (
        ellipse((at[0], at[1] + radius - 1), radius, 4, "#7f9f98", opacity="0.5")
        + ellipse(at, radius, radius, "#d9694f")
        + line(
            curve((x - radius * 0.85, y - 3), (x, y - 3 + radius * 0.7), (x + radius * 0.85, y - 3)),
            "#f6e3c3",
            4,
        )
    )


def infant_seat(at: Point) -> str:
    """Draw the back and the sides of an infant seat that stands on the floor."""
    x, y = at
    outer = curve((x - 38, y - 92), (x, y - 122), (x + 38, y - 92)) + f"L{pair((x + 44, y - 10))}"
    outer += bow((x, y + 12), (x - 44, y - 10)) + "Z"
    inner = (
        curve((x - 29, y - 86), (x, y - 108), (x + 29, y - 86))
        + f"L{pair((x + 33, y - 16))}H{number(x - 33)}Z"
    )
    return shape(outer, "#c9693f") + shape(inner, "#f0c9a8") + rect(x - 50, y - 6, 100, 10, "#8a4a2f", rx=5)


def picture(title: str, description: str, *parts: str) -> str:
    """Write a whole SVG file."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-labelledby="title desc" fill="none" stroke-linecap="round" stroke-linejoin="round">'
    )
    return (
        f'{head}<title id="title">{title}</title><desc id="desc">{description}</desc>{"".join(parts)}</svg>\n'
    )
