"""People: a body between joints, so that one person can sit, kneel, stand, or lie in any picture."""

from __future__ import annotations

import math
from dataclasses import dataclass

from drawings.faces import Face, Look, head
from drawings.shapes import Point, between, ellipse, group, joint, line, number, through

OMAR = Look("#b9805a", "#955f3e", "#2b211d", "curls", "#e0a53f", "#4b6a86", 25, shoe="#f3efe6")
OMARS_MOTHER = Look("#b27a53", "#8d5a3a", "#2a1f1b", "bun", "#b6546a", "#3f4d6b", 27)
VISITOR = Look("#7d4f35", "#5f3924", "#221a18", "afro", "#3f837c", "#5d5346", 27, lips="#6b2d2b")
NATHALIE = Look("#dba983", "#b98560", "#5a3d2b", "fuzz", "#f0c75e", "#f0c75e", 21, shoe="#fff7e6")
HER_MOTHER = Look("#cf9a73", "#ab7650", "#3b261c", "tail", "#8a6fa8", "#41566f", 27)
HER_FATHER = Look("#bd8660", "#98633f", "#33231b", "short", "#5f7f4f", "#4a4f5c", 28, has_beard=True)
FIRST_VISITOR = Look("#e3b592", "#bf8a66", "#2d2a33", "bob", "#c9693f", "#4d5a63", 27)
SECOND_VISITOR = Look("#8e5d40", "#6d432c", "#8f8a86", "gray", "#3b6f95", "#5a4d57", 27, has_glasses=True)


@dataclass(frozen=True, slots=True)
class Build:
    """How long and wide the parts of a body are."""

    torso: float
    shoulder: float
    hip: float
    upper: float
    fore: float
    arm: float
    leg: float
    neck: float
    hand: float


GROWN = Build(torso=74, shoulder=23, hip=23, upper=60, fore=56, arm=17, leg=27, neck=5, hand=8.5)
TODDLER = Build(torso=42, shoulder=14, hip=14, upper=33, fore=31, arm=13, leg=19, neck=3, hand=6.2)
BABY = Build(torso=33, shoulder=11, hip=12, upper=21, fore=20, arm=11, leg=14, neck=3, hand=5)


@dataclass(frozen=True, slots=True)
class Pose:
    """Where a body is: middle of hips and shoulders, both hands, and the joints of both legs.

    `left` and `right` are the sides of the picture. `behind` names the arms that the body hides.
    """

    hip: Point
    chest: Point
    face: Face
    left: Point
    right: Point
    legs: tuple[tuple[Point, ...], ...] = ()
    behind: tuple[str, ...] = ()
    head: Point | None = None
    toes: float = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawn person in the layers that others may stand between."""

    body: str
    arms: str

    @property
    def whole(self) -> str:
        """The person with nothing in between."""
        return self.body + self.arms


def figure(look: Look, build: Build, pose: Pose) -> Figure:
    """Draw a person."""
    shoulders = _across(pose.chest, pose.hip, build.shoulder)
    hands = {"left": pose.left, "right": pose.right}
    drawn = {
        side: _arm(look, build, shoulders[side], hands[side], outward)
        for side, outward in (("left", -1.0), ("right", 1.0))
    }
    at = pose.head or _above(pose.chest, pose.hip, build.neck + look.size * 0.92)
    neck = line(through(pose.chest, between(pose.chest, at, 0.75)), look.shade, look.size * 0.62)
    legs = "".join(_leg(look, build, joints, pose.toes) for joints in pose.legs)
    behind = "".join(drawn[side] for side in pose.behind)
    before = "".join(arm for side, arm in drawn.items() if side not in pose.behind)
    body = behind + neck + _torso(look, build, pose) + legs + head(look, pose.face, at)
    return Figure(body, before)


def _unit(start: Point, end: Point) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    far = math.hypot(dx, dy) or 1.0
    return dx / far, dy / far


def _above(chest: Point, hip: Point, far: float) -> Point:
    ux, uy = _unit(hip, chest)
    return chest[0] + ux * far, chest[1] + uy * far


def _across(chest: Point, hip: Point, half: float) -> dict[str, Point]:
    """Give both shoulders."""
    ux, uy = _unit(hip, chest)
    low = chest[0] - ux * 7, chest[1] - uy * 7
    return {
        "left": (low[0] + uy * half, low[1] - ux * half),
        "right": (low[0] - uy * half, low[1] + ux * half),
    }


def _torso(look: Look, build: Build, pose: Pose) -> str:
    top = _across(pose.chest, pose.hip, build.shoulder * 0.72)
    low = _across(pose.hip, _above(pose.hip, pose.chest, 50), build.hip * 0.72)
    points = top["left"], top["right"], low["right"], low["left"]
    return line(through(*points) + "Z", look.top, build.shoulder * 0.85, fill=look.top)


def _arm(look: Look, build: Build, shoulder: Point, target: Point, outward: float) -> str:
    elbow, hand = joint(shoulder, target, build.upper, build.fore, outward)
    wrist = between(elbow, hand, 0.72)
    angle = math.degrees(math.atan2(hand[1] - elbow[1], hand[0] - elbow[0]))
    palm = group(
        line(
            through((-build.hand * 0.3, -build.hand * 0.3), (build.hand * 0.55, -build.hand * 1.05)),
            look.skin,
            build.hand * 0.62,
        ),
        ellipse((0, 0), build.hand * 1.18, build.hand * 0.86, look.skin),
        transform=f"translate({number(hand[0])} {number(hand[1])}) rotate({number(angle)})"
        + (" scale(1 -1)" if hand[0] < elbow[0] else ""),
    )
    skin = line(through(wrist, hand), look.skin, build.arm * 0.72)
    return skin + palm + line(through(shoulder, elbow, wrist), _darker(look.top), build.arm)


def _leg(look: Look, build: Build, joints: tuple[Point, ...], toes: float) -> str:
    foot = joints[-1]
    sole = ellipse((foot[0] + toes * build.leg * 0.3, foot[1]), build.leg * 0.62, build.leg * 0.38, look.shoe)
    return sole + line(through(*joints), _darker(look.bottom, 0.94), build.leg)


def _darker(color: str, share: float = 0.9) -> str:
    parts = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part * share):02x}" for part in parts)
