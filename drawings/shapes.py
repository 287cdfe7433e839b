"""The smallest parts of a drawing: SVG elements as text, and the few sums that limbs need."""

from __future__ import annotations

import math

Point = tuple[float, float]


def number(value: float) -> str:
    """Write a number with one decimal at most, and the same on every machine."""
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(name: str, content: str = "", **attributes: float | str) -> str:
    """Write one element; an underscore in a name of an attribute stands for a hyphen."""
    written = "".join(
        f' {key.replace("_", "-")}="{number(value) if isinstance(value, int | float) else value}"'
        for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def group(*parts: str, **attributes: float | str) -> str:
    """Put parts into one group."""
    return element("g", "".join(parts), **attributes)


def rect(x: float, y: float, width: float, height: float, fill: str, **more: float | str) -> str:
    """Draw a rectangle."""
    return element("rect", x=x, y=y, width=width, height=height, fill=fill, **more)


def ellipse(at: Point, rx: float, ry: float, fill: str, **more: float | str) -> str:
    """Draw an ellipse around `at`."""
    return element("ellipse", cx=at[0], cy=at[1], rx=rx, ry=ry, fill=fill, **more)


def shape(path: str, fill: str, **more: float | str) -> str:
    """Draw a filled path."""
    return element("path", d=path, fill=fill, **more)


def line(path: str, stroke: str, width: float, **more: float | str) -> str:
    """Draw a line; `picture` gives all lines of a file round ends and no filling."""
    return element("path", d=path, stroke=stroke, stroke_width=width, **more)


def through(*points: Point) -> str:
    """Give the path of straight pieces through the points."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def curve(start: Point, bend: Point, end: Point) -> str:
    """Give the path of one bow from `start` to `end`."""
    return f"M{pair(start)}Q{pair(bend)} {pair(end)}"


def bow(bend: Point, end: Point) -> str:
    """Give the next bow of a path."""
    return f"Q{pair(bend)} {pair(end)}"


def pair(point: Point) -> str:
    """Write a point."""
    return f"{number(point[0])} {number(point[1])}"


def mixed(start: float, end: float, share: float) -> float:
    """Give the number that lies `share` of the way from `start` to `end`."""
    return start + (end - start) * share


def between(start: Point, end: Point, share: float) -> Point:
    """Give the point that lies `share` of the way from `start` to `end`."""
    return mixed(start[0], end[0], share), mixed(start[1], end[1], share)


def joint(start: Point, end: Point, upper: float, lower: float, outward: float) -> tuple[Point, Point]:
    """Give elbow and hand of an arm that reaches for `end`.

    What lies out of reach is pointed at. A hand that is near is reached by an arm that comes toward us, which looks
    shorter. The elbow hangs; where it could hang on either side it goes `outward` (-1 left, +1 right).
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    far = math.hypot(dx, dy) or 1.0
    whole = min(upper + lower, max(far * 1.16, (upper + lower) * 0.5))
    upper, lower = upper * whole / (upper + lower), lower * whole / (upper + lower)
    reach = min(far, whole * 0.995)
    ux, uy = dx / far, dy / far
    hand = start[0] + ux * reach, start[1] + uy * reach
    along = (upper**2 - lower**2 + reach**2) / (2 * reach)
    aside = math.sqrt(max(upper**2 - along**2, 0.0))
    both = [
        (start[0] + ux * along - uy * aside * way, start[1] + uy * along + ux * aside * way)
        for way in (1, -1)
    ]
    return max(both, key=lambda elbow: elbow[1] + 0.7 * outward * elbow[0]), hand
