"""Omar, his mother, the blocks and the home visitor at any second of the written scene."""

from __future__ import annotations

import math

from drawings.faces import Face
from drawings.omar_moves import FLOOR, LENGTH, MOTHER_X, POST, VISITOR_X, omar_track
from drawings.people import HER_FATHER, HER_MOTHER, NATHALIE, OMAR, OMARS_MOTHER, VISITOR
from drawings.postures import kneeling, seated
from drawings.shapes import group, number
from drawings.things import BLOCKS, HEIGHT, WIDTH, block, post, room, round_rug, window

TRACK = omar_track()
# Each blinks in a time of their own.
BLINKS = {"omar": (3.1, 0.4), "mother": (4.3, 1.7), "visitor": (3.7, 2.9)}
BLINK_SECONDS = 0.2


def moment(time: float) -> str:
    """Draw the scene at a time, without the frame of the file."""
    now = TRACK.at(min(time, LENGTH))
    zoom, x, y = now["camera.zoom"], now["camera.x"], now["camera.y"]
    place = f"translate({number(WIDTH / 2 - zoom * x)} {number(HEIGHT / 2 - zoom * y)}) scale({zoom:.3f})"
    return group(_room(), _players(now, time), transform=place)


def _face(now: dict, who: str, time: float) -> Face:
    every, first = BLINKS[who]
    mouth = now[f"{who}.mouth"]
    if TRACK.is_talking(who, time):
        mouth = ("talk", "half", "talk", "smile")[int(time * 5) % 4]
    return Face(
        now[f"{who}.turn"],
        now[f"{who}.nod"],
        now[f"{who}.tilt"],
        mouth,
        is_blinking=(time + first) % every < BLINK_SECONDS and time > 0,
    )


def _players(now: dict, time: float) -> str:
    def hands(who: str) -> tuple[tuple[float, float], tuple[float, float]]:
        return (now[f"{who}.lx"], now[f"{who}.ly"]), (now[f"{who}.rx"], now[f"{who}.ry"])

    mother = seated(
        OMARS_MOTHER, (MOTHER_X, FLOOR), _face(now, "mother", time), *hands("mother"), lean=now["mother.lean"]
    )
    visitor = seated(
        VISITOR,
        (VISITOR_X, FLOOR + 2),
        _face(now, "visitor", time),
        *hands("visitor"),
        lean=now["visitor.lean"],
        facing=-1,
    )
    omar = kneeling(
        OMAR,
        (now["omar.x"], now["omar.floor"]),
        _face(now, "omar", time),
        *hands("omar"),
        rise=now["omar.rise"],
        lean=now["omar.lean"],
        facing=now["omar.facing"],
        stride=now["omar.walk"] * math.sin(time * 10),
        behind=("right",) if now["omar.far"] == "behind" else (),
    )
    drawn = {
        name: block(name, (now[f"{name}.x"], now[f"{name}.y"]), now[f"{name}.tilt"], now[f"{name}.hollow"])
        for name in BLOCKS
    }
    on = "".join(drawn[name] for name in BLOCKS if now[f"{name}.place"] == "post")
    free = "".join(drawn[name] for name in reversed(BLOCKS) if now[f"{name}.place"] == "rug")
    held = "".join(drawn[name] for name in reversed(BLOCKS) if now[f"{name}.place"] == "hand")
    if now["omar.place"] == "front":
        return (
            mother.body + visitor.whole + post(POST) + on + mother.arms + free + omar.body + held + omar.arms
        )
    return mother.body + visitor.whole + post(POST) + on + free + omar.body + held + omar.arms + mother.arms


def _room() -> str:
    return (
        room()
        + window(78, 34)
        + group(
            seated(HER_MOTHER, (0, 0), Face(0.6, 0.2, 0, "smile", is_far=True), (-6, -36), (44, -30)).whole,
            kneeling(NATHALIE, (66, 4), Face(-0.3, 0.1, 0, "smile", is_far=True), (48, -30), (84, -34)).whole,
            transform="translate(44 266) scale(.52)",
            opacity="0.6",
        )
        + group(
            seated(HER_FATHER, (0, 0), Face(-0.6, 0.3, 0, "smile", is_far=True), (-40, -34), (10, -34)).whole,
            kneeling(OMAR, (-62, 4), Face(0.4, 0.1, 0, "smile", is_far=True), (-84, -34), (-44, -30)).whole,
            transform="translate(604 264) scale(.52)",
            opacity="0.6",
        )
        + round_rug((318, 322), 296, 44)
    )
