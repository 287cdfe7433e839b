"""Ways to sit, kneel, stand and lie: from a few numbers to the joints of a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drawings.people import BABY, GROWN, TODDLER, Build, Figure, Pose, figure
from drawings.shapes import Point, mixed

if TYPE_CHECKING:
    from drawings.faces import Face, Look


def seated(
    look: Look,
    at: Point,
    face: Face,
    left: Point,
    right: Point,
    *,
    lean: float = 0.0,
    facing: float = 1.0,
    behind: tuple[str, ...] = (),
) -> Figure:
    """Draw a grown person on the floor with legs crossed; `at` is the middle of the seat on the floor."""
    x, floor = at
    hip = x, floor - 22
    chest = x + lean, floor - 22 - GROWN.torso + lean**2 * 0.008
    near = ((x - 12, floor - 20), (x - 44, floor - 20), (x + 14 + 6 * facing, floor - 8))
    far = ((x + 12, floor - 20), (x + 44, floor - 20), (x - 14 + 6 * facing, floor - 7))
    pose = Pose(hip, chest, face, left, right, (far, near), behind)
    return figure(look, GROWN, pose)


def kneeling(
    look: Look,
    at: Point,
    face: Face,
    left: Point,
    right: Point,
    *,
    rise: float = 0.0,
    lean: float = 0.0,
    facing: float = 1.0,
    build: Build = TODDLER,
    behind: tuple[str, ...] = (),
    stride: float = 0.0,
) -> Figure:
    """Draw a child on his knees, or on his feet: `rise` goes from 0 to 1. `at` is the place on the floor."""
    x, floor = at
    hip = x - 5 * facing * (1 - rise), floor - mixed(28, 54, rise)
    chest = hip[0] + lean, hip[1] - build.torso + abs(lean) * 0.18
    legs = []
    for side in (-1, 1):
        step = side * (6 + stride)
        knee = x + mixed(17 * facing, step * 0.8 + 3 * facing, rise), floor - mixed(9, 29, rise)
        foot = x + mixed(-24 * facing, step, rise), floor - mixed(6, 5, rise)
        legs.append(((hip[0] + side * 5, hip[1]), (knee[0] + side * 3 * (1 - rise), knee[1]), foot))
    pose = Pose(hip, chest, face, left, right, tuple(legs), behind, toes=facing if rise > 0.5 else -facing)
    return figure(look, build, pose)


def baby(
    look: Look,
    hip: Point,
    chest: Point,
    face: Face,
    left: Point,
    right: Point,
    legs: tuple[tuple[Point, ...], ...],
    *,
    head: Point | None = None,
    behind: tuple[str, ...] = (),
    toes: float = 0.0,
) -> Figure:
    """Draw a baby between given joints."""
    return figure(look, BABY, Pose(hip, chest, face, left, right, legs, behind, head, toes))
