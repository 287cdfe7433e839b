"""Heads: hair, a simple warm face, and where it looks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from drawings.shapes import bow, curve, ellipse, group, line, number, pair, shape

if TYPE_CHECKING:
    from drawings.shapes import Point

INK = "#33261f"


@dataclass(frozen=True, slots=True)
class Look:
    """How a person looks in every picture; `size` is the height of half the head."""

    skin: str
    shade: str
    hair: str
    style: str
    top: str
    bottom: str
    size: float = 27.0
    shoe: str = "#5b4a42"
    lips: str = "#8c4038"
    has_glasses: bool = False
    has_beard: bool = False


@dataclass(frozen=True, slots=True)
class Face:
    """What a face does: `turn` from -1 (left) to 1, `nod` from -1 (up) to 1, `tilt` in degrees.

    Of a face that `is_far` only eyes and mouth are seen.
    """

    turn: float = 0.0
    nod: float = 0.0
    tilt: float = 0.0
    mouth: str = "calm"
    is_blinking: bool = False
    is_far: bool = False


def head(look: Look, face: Face, at: Point) -> str:
    """Draw a head around `at`."""
    r = look.size
    parts = [
        _behind(look, face),
        _ears(look, face),
        ellipse((0, 0), r * 0.93, r, look.skin),
        _beard(look, face),
        _features(look, face),
        _hair(look, face),
    ]
    turned = f" rotate({number(face.tilt)})" if face.tilt else ""
    return group(*parts, transform=f"translate({number(at[0])} {number(at[1])}){turned}")


def _ears(look: Look, face: Face) -> str:
    r, t = look.size, face.turn
    drawn = []
    for side in (-1, 1):
        away = side * t  # above 0 where the ear lies on the side that the face turns to
        if away > 0.45:
            continue
        x = side * r * 0.93 if away > 0 else side * r * (0.93 - 0.42 * abs(t))
        drawn.append(ellipse((x, r * (0.1 + 0.1 * face.nod)), r * 0.17, r * 0.23, look.skin))
        drawn.append(ellipse((x, r * (0.12 + 0.1 * face.nod)), r * 0.08, r * 0.13, look.shade))
    return "".join(drawn)


def _features(look: Look, face: Face) -> str:
    r, t, n = look.size, face.turn, face.nod
    x0, y0, spread = t * 0.42 * r, n * 0.2 * r, 0.34 * r * (1 - 0.28 * abs(t))
    parts = []
    for side in (-1, 1):
        x, y = x0 + side * spread, y0 + 0.04 * r
        parts.append(_eye(face, (x, y), r))
        if face.is_far:
            continue
        brow = y - (0.27 + (0.05 if face.mouth in ("laugh", "wow") else 0)) * r
        parts.append(
            line(
                curve((x - 0.13 * r, brow + 0.02 * r), (x, brow - 0.07 * r), (x + 0.13 * r, brow + 0.02 * r)),
                look.hair if look.style != "gray" else "#6f6a66",
                0.07 * r,
            )
        )
        parts.append(
            ellipse(
                (x + side * 0.1 * r + 0.04 * r * t, y + 0.34 * r),
                0.15 * r,
                0.1 * r,
                "#d0604f",
                opacity="0.22",
            )
        )
    if face.is_far:
        return "".join((*parts, _mouth(look, face, (x0, y0 + 0.5 * r))))
    way = 1 if t >= 0 else -1
    nose = x0 + 0.12 * r * t
    parts.append(
        line(
            curve(
                (nose, y0 + 0.16 * r),
                (nose + way * 0.14 * r, y0 + 0.3 * r),
                (nose - way * 0.02 * r, y0 + 0.31 * r),
            ),
            look.shade,
            0.075 * r,
        )
    )
    if look.has_glasses:
        parts += _glasses(x0, y0, spread, r)
    parts.append(_mouth(look, face, (x0 + 0.04 * r * t, y0 + 0.52 * r)))
    return "".join(parts)


def _eye(face: Face, at: Point, r: float) -> str:
    x, y = at
    if face.is_blinking or face.mouth == "laugh":
        droop = 0.09 * r if face.is_blinking else -0.13 * r
        return line(curve((x - 0.12 * r, y), (x, y + droop), (x + 0.12 * r, y)), INK, 0.075 * r)
    if face.nod > 0.55:
        return line(curve((x - 0.12 * r, y), (x, y + 0.12 * r), (x + 0.12 * r, y)), INK, 0.085 * r)
    if face.is_far:
        return ellipse(at, 0.1 * r, 0.12 * r, INK)
    return ellipse(at, 0.085 * r, 0.115 * r, INK) + ellipse(
        (x + 0.03 * r, y - 0.04 * r), 0.03 * r, 0.03 * r, "#fff"
    )


def _mouth(look: Look, face: Face, at: Point) -> str:
    r, (x, y) = look.size, at
    wide = r * (0.3 - 0.05 * abs(face.turn))
    if face.mouth == "laugh":
        corners = (x - wide, y - 0.06 * r), (x + wide, y - 0.06 * r)
        lips = curve(corners[0], (x, y + 0.02 * r), corners[1]) + bow((x, y + 0.62 * r), corners[0])
        return shape(lips, "#6d2a2a") + line(
            curve((x - wide * 0.72, y), (x, y + 0.07 * r), (x + wide * 0.72, y)), "#fff", 0.08 * r
        )
    if face.mouth in ("talk", "wow"):
        tall = 0.13 if face.mouth == "talk" else 0.17
        return ellipse((x, y + 0.02 * r), wide * 0.55, tall * r, "#6d2a2a")
    if face.mouth == "half":
        return line(curve((x - wide * 0.6, y), (x, y + 0.12 * r), (x + wide * 0.6, y)), look.lips, 0.1 * r)
    depth = {"smile": 0.3, "calm": 0.13, "flat": 0.02}[face.mouth]
    return line(
        curve((x - wide, y - 0.03 * r), (x, y + depth * r), (x + wide, y - 0.03 * r)), look.lips, 0.085 * r
    )


def _glasses(x0: float, y0: float, spread: float, r: float) -> list[str]:
    frames = [
        ellipse(
            (x0 + side * spread, y0 + 0.04 * r),
            0.24 * r,
            0.22 * r,
            "none",
            stroke="#3f3a3a",
            stroke_width=0.055 * r,
        )
        for side in (-1, 1)
    ]
    bridge = curve((x0 - spread + 0.24 * r, y0), (x0, y0 - 0.06 * r), (x0 + spread - 0.24 * r, y0))
    return [*frames, line(bridge, "#3f3a3a", 0.055 * r)]


def _beard(look: Look, face: Face) -> str:
    if not look.has_beard:
        return ""
    r, x = look.size, face.turn * 0.3 * look.size
    y = face.nod * 0.15 * r
    ear, other = (-0.88 * r, 0.2 * r), (0.88 * r, 0.2 * r)
    edge = curve(ear, (-0.8 * r, 1.08 * r), (x * 0.5, 1.1 * r)) + bow((0.8 * r, 1.08 * r), other)
    lip = bow((x + 0.5 * r, 0.42 * r + y), (x, 0.34 * r + y)) + bow((x - 0.5 * r, 0.42 * r + y), ear)
    return shape(f"{edge}{lip}Z", look.hair, opacity="0.92")


def _cap(look: Look, face: Face, swell: float, fringe: float) -> str:
    """Draw the hair over the crown; the back of the head shows where the face turns away."""
    r, t, n = look.size, face.turn, face.nod
    left, right = (0.02 + 0.42 * t) * r, (0.02 - 0.42 * t) * r
    middle = (-fringe + 0.22 * n) * r
    w, top = swell * r, -swell * 1.4144 * r
    left_side, right_side = w * (0.8 - 0.25 * max(t, 0)), w * (0.8 - 0.25 * max(-t, 0))
    back, front = (-w * 0.97, left), (w * 0.97, right)
    parting = t * 0.4 * r, middle
    path = (
        f"M{pair(back)}C{pair((-w * 1.12, top))} {pair((w * 1.12, top))} {pair(front)}"
        f"C{pair((right_side, middle))} {pair((t * 0.5 * r + 0.4 * r, middle - 0.1 * r))} {pair(parting)}"
        f"C{pair((t * 0.5 * r - 0.4 * r, middle - 0.1 * r))} {pair((-left_side, middle))} {pair(back)}Z"
    )
    return shape(path, look.hair)


def _curls(look: Look, face: Face, swell: float) -> str:
    r, t = look.size, face.turn
    balls = ""
    for step in range(11):
        angle = math.pi * (1.12 - 1.24 * step / 10) + 0.34 * t
        x, y = math.cos(angle) * r * swell, -math.sin(angle) * r * swell * 0.98 - 0.1 * r
        balls += f"M{number(x)} {number(y)}h0"
    return line(balls, look.hair, r * 0.52)


def _behind(look: Look, face: Face) -> str:
    """Draw the hair that hangs or stands behind the head."""
    r, t = look.size, face.turn
    if look.style == "bun":
        return ellipse((-t * 0.8 * r, -0.95 * r), 0.42 * r, 0.4 * r, look.hair)
    if look.style == "bob":
        return ellipse((-t * 0.16 * r, -0.1 * r), 1.13 * r, 0.98 * r, look.hair)
    if look.style in ("afro", "gray"):
        return ellipse((-t * 0.12 * r, -0.22 * r), 1.14 * r, 1.04 * r, look.hair)
    if look.style == "tail":
        side = -1 if t >= 0 else 1
        return ellipse((side * 0.98 * r, 0.42 * r), 0.3 * r, 0.62 * r, look.hair)
    return ""


def _hair(look: Look, face: Face) -> str:
    if look.style == "curls":
        return _cap(look, face, 1.0, 0.5) + _curls(look, face, 0.93)
    if look.style == "fuzz":  # a baby's
        return _cap(look, face, 0.98, 0.68)
    swell = {"afro": 1.03, "gray": 1.03, "bob": 1.05}.get(look.style, 1.02)
    return _cap(look, face, swell, 0.46)
