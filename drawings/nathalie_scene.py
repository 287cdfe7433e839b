"""Nathalie at home and at a group socialization: the moments of the written scene."""

from __future__ import annotations

from drawings.faces import Face
from drawings.people import (
    FIRST_VISITOR,
    HER_FATHER,
    HER_MOTHER,
    NATHALIE,
    OMAR,
    OMARS_MOTHER,
    SECOND_VISITOR,
)
from drawings.postures import baby, kneeling, seated
from drawings.shapes import group, line
from drawings.things import ball, blanket, infant_seat, open_book, rattle, room, round_rug, window

ROOM = ("#f4ece1", "#e2cfb4")


def _scaled(scale: float, x: float, y: float, *parts: str) -> str:
    return group(*parts, transform=f"translate({x:g} {y:g}) scale({scale:g})")


def _home() -> str:
    lamp = line("M560 232V120", "#8a7a66", 6) + line(
        "M536 118L548 78H572L584 118Z", "#f0d59a", 6, fill="#f0d59a"
    )
    return room(*ROOM) + window(60, 34, 130, 110) + lamp


def _group_room() -> str:
    flags = line("M404 40q90 44 190 -4", "#c9b48f", 3) + line(
        "M424 50l8 20 14 -14zM470 58l12 22 14 -22zM520 56l14 18 10 -24z", "#d9a27a", 2, fill="#d9a27a"
    )
    return room() + window(60, 32) + flags + round_rug((320, 318), 300, 48)


def _lying(face: Face, left: tuple[float, float], right: tuple[float, float], *, kick: float = 0.0) -> str:
    """Draw Nathalie on her back, head to the left."""
    y = 308
    legs = (
        ((352, y), (372, y - 20 - kick), (392, y - 4 - kick)),
        ((352, y - 4), (368, y - 26 - kick), (388, y - 18 - kick)),
    )
    return baby(
        NATHALIE, (350, y - 2), (316, y - 3), face, left, right, legs, head=(294, y - 8), toes=0.4
    ).whole


def _lips() -> str:
    """0:52."""
    mother = seated(
        HER_MOTHER, (218, 304), Face(0.6, 0.5, 34, "talk"), (214, 318), (334, 312), lean=56, behind=("right",)
    )
    child = _lying(Face(-0.2, -0.35, -70, "smile"), (288, 270), (318, 268), kick=8)
    first = seated(FIRST_VISITOR, (474, 304), Face(-0.6, 0.35, 0, "smile"), (450, 282), (492, 284), facing=-1)
    second = seated(
        SECOND_VISITOR, (566, 314), Face(-0.6, 0.3, 0, "smile"), (544, 292), (588, 292), facing=-1
    )
    return (
        _home()
        + blanket((330, 322), 330, 48)
        + second.whole
        + first.whole
        + mother.body
        + child
        + mother.arms
    )


def _rattle() -> str:
    """1:10."""
    mother = seated(HER_MOTHER, (196, 304), Face(0.6, 0.45, 6, "laugh"), (180, 286), (276, 232), lean=14)
    child = _lying(Face(-0.1, -0.4, -50, "smile"), (292, 262), (322, 262), kick=16)
    first = seated(FIRST_VISITOR, (474, 304), Face(-0.6, 0.3, 0, "smile"), (450, 282), (492, 284), facing=-1)
    second = seated(
        SECOND_VISITOR, (566, 314), Face(-0.6, 0.3, 0, "smile"), (544, 292), (588, 292), facing=-1
    )
    shake = line("M300 208q6 -8 2 -16M316 214q10 -4 12 -14", "#b89b6a", 2.5)
    return (
        _home() + blanket((330, 322), 330, 48) + second.whole + first.whole + mother.body + child
        + rattle((288, 230), -14) + shake + mother.arms
    )  # fmt: skip


def _rolled_over() -> str:
    """1:40."""
    mother = seated(HER_MOTHER, (168, 300), Face(0.6, 0.4, 0, "laugh"), (148, 276), (190, 246), lean=8)
    child = baby(
        NATHALIE, (286, 312), (318, 294), Face(0.6, 0.0, 4, "smile"), (330, 324), (374, 322),
        (((286, 312), (264, 320), (244, 322)), ((284, 314), (262, 326), (240, 328))),
        head=(334, 268), toes=-0.3,
    )  # fmt: skip
    first = seated(FIRST_VISITOR, (480, 302), Face(-0.6, 0.35, 0, "smile"), (456, 280), (498, 282), facing=-1)
    second = seated(
        SECOND_VISITOR, (572, 312), Face(-0.6, 0.3, 0, "smile"), (550, 290), (594, 290), facing=-1
    )
    return (
        _home() + blanket((320, 324), 340, 48) + second.whole + first.whole + mother.whole + child.body
        + rattle((384, 322), 8) + child.arms
    )  # fmt: skip


def _circle() -> str:
    """3:05."""
    back = _scaled(
        0.8, 62, 66,
        seated(OMARS_MOTHER, (40, 272), Face(0.5, 0, 0, "talk", is_far=True), (20, 250), (62, 250)).whole,
        kneeling(OMAR, (98, 278), Face(0.4, 0, 0, "talk", is_far=True), (86, 248), (112, 248)).whole,
        seated(FIRST_VISITOR, (560, 272), Face(-0.5, 0, 0, "talk", is_far=True), (538, 250), (582, 250), facing=-1).whole,
    )  # fmt: skip
    mother = seated(HER_MOTHER, (226, 326), Face(0.55, 0.25, 4, "talk"), (206, 300), (252, 300))
    father = seated(HER_FATHER, (420, 326), Face(-0.55, 0.3, -4, "talk"), (352, 318), (444, 302), facing=-1)
    child = baby(
        NATHALIE, (322, 306), (322, 272), Face(0.35, -0.1, 0, "smile"), (302, 292), (342, 292),
        (((318, 308), (306, 316), (296, 328)), ((328, 308), (336, 318), (344, 328))), toes=0,
    )  # fmt: skip
    return (
        _group_room()
        + back
        + mother.whole
        + father.body
        + infant_seat((322, 334))
        + child.whole
        + father.arms
    )


def _book() -> str:
    """3:30."""
    second = seated(
        SECOND_VISITOR, (520, 312), Face(-0.6, 0.2, 0, "smile"), (498, 288), (540, 290), facing=-1
    )
    mother = seated(HER_MOTHER, (150, 306), Face(0.6, 0.3, 0, "smile"), (128, 284), (172, 284))
    father = seated(HER_FATHER, (292, 322), Face(0.35, 0.45, 6, "talk"), (262, 290), (382, 262))
    child = baby(
        NATHALIE, (310, 302), (312, 270), Face(0.55, 0.5, 4, "calm"), (336, 282), (346, 280),
        (((306, 304), (328, 314), (348, 318)), ((314, 304), (338, 310), (356, 314))), toes=0.3,
    )  # fmt: skip
    boy = _scaled(
        0.7,
        130,
        60,
        kneeling(
            OMAR, (420, 270), Face(0.7, 0, 0, "smile"), (398, 218), (448, 214), rise=1, lean=8, stride=10
        ).whole,
    )
    return (
        _group_room() + boy + mother.whole + second.whole + father.whole + child.body
        + open_book((376, 284), 0.95, -4) + child.arms
    )  # fmt: skip


def _ball() -> str:
    """3:52."""
    mother = seated(
        HER_MOTHER, (474, 322), Face(-0.55, 0.3, -4, "laugh"), (420, 300), (500, 296), facing=-1, lean=-8
    )
    father = seated(HER_FATHER, (196, 322), Face(0.55, 0.35, 4, "laugh"), (252, 296), (282, 300), lean=10)
    child = baby(
        NATHALIE, (268, 318), (284, 286), Face(0.55, 0.25, 10, "laugh"), (316, 304), (328, 298),
        (((266, 320), (292, 326), (318, 326)), ((272, 320), (298, 330), (324, 332))), toes=0.3,
    )  # fmt: skip
    first = _scaled(
        0.8,
        320,
        58,
        seated(
            FIRST_VISITOR, (320, 262), Face(-0.5, 0.3, 0, "laugh"), (298, 240), (342, 240), facing=-1
        ).whole,
    )
    return (
        _group_room()
        + first
        + mother.body
        + father.body
        + child.whole
        + ball((376, 318))
        + father.arms
        + mother.arms
    )


MOMENTS = (
    ("0:52 Back and forth", (
        "Nathalie lies on her back on a blanket. Her mother bends down until her face is just above "
        "Nathalie's and speaks; Nathalie smiles up at her. Two home visitors sit on the floor and "
        "watch."
    ), _lips),
    ("1:10 The rattle", (
        "Nathalie's mother shakes a rattle and laughs. Nathalie lies on the blanket, her eyes on the "
        "rattle and both arms stretched out to it. The two home visitors sit a little way off with "
        "their hands in their laps."
    ), _rattle),
    ("1:40 On her belly", (
        "Nathalie lies on her belly, pushes her chest off the blanket, and has the rattle in one "
        "hand. Her mother laughs. The two home visitors smile; their hands are still."
    ), _rolled_over),
    ("3:05 The song", (
        "At the group, families sit in a circle and sing. Nathalie sits in an infant seat between her "
        "mother and her father, who taps the sole of her foot. A home visitor sings beside another "
        "family."
    ), _circle),
    ("3:30 The book with the ducks", (
        "Nathalie sits on her father's knees, her back against his chest, and grasps the edge of a "
        "picture book. He points and speaks. A boy runs by; her eyes are on the page. A home visitor "
        "sits a little way off."
    ), _book),
    ("3:52 The ball", (
        "Mother and father sit with Nathalie between them, held at the waist by her father. Nathalie "
        "leans over and stretches both arms after a soft ball. All laugh, and so does the home "
        "visitor behind them."
    ), _ball),
)  # fmt: skip
