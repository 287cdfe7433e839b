"""Who moves what, and when, in the scene with Omar; the seconds are those of the written scene."""

from __future__ import annotations

from drawings.track import Track

LENGTH = 113.0
FLOOR = 312.0
POST = (338.0, 318.0)
OMAR_X, MOTHER_X, VISITOR_X = 262.0, 182.0, 474.0
TIP = POST[1] - 92
LAP = {
    "omar": {"lx": 252, "ly": 283, "rx": 282, "ry": 283},
    "mother": {"lx": 160, "ly": 287, "rx": 206, "ry": 288},
    "visitor": {"lx": 456, "ly": 290, "rx": 490, "ry": 290},
}
# Where the lower edge of each block comes to rest on the post; one green block sits in the other.
RESTS = {"widest": 312, "second": 299, "green": 286, "other": 279, "red": 268, "violet": 257, "egg": 247}
RUG = {
    "widest": (222, 336), "second": (256, 342), "green": (420, 330), "other": (352, 340),
    "red": (296, 338), "violet": (186, 342), "egg": (306, 344),
}  # fmt: skip
GIVEN = (296, 268)


def omar_track() -> Track:
    """Give the movement of the whole scene."""
    track = Track()
    _begin(track)
    for part in (_alone, _widest, _second, _remark, _green, _inside, _passing, _stuck, _praise, _last):
        part(track)
    _camera(track)
    return track


def _begin(track: Track) -> None:
    still = {"lean": 0.0, "turn": 0.0, "nod": 0.0, "tilt": 0.0, "mouth": "calm"}
    track.begin(
        "omar",
        **still | LAP["omar"] | {"turn": 0.55, "nod": 0.5},
        x=OMAR_X,
        floor=FLOOR,
        rise=0.0,
        facing=1.0,
        walk=0.0,
        place="back",
        far="before",
    )
    track.begin("mother", **still | LAP["mother"] | {"turn": 0.6, "nod": 0.35, "mouth": "smile"})
    track.begin("visitor", **still | LAP["visitor"] | {"turn": -0.65, "nod": 0.2, "mouth": "smile"})
    for name, (x, y) in RUG.items():
        track.begin(
            name, x=x, y=y, tilt=0.0, hollow=1.0 if name in ("widest", "second") else 0.0, place="rug"
        )
    track.begin("camera", x=320.0, y=180.0, zoom=1.0)


def _rest(track: Track, who: str, start: float, end: float) -> None:
    track.move(who, start, end, **LAP[who])


def _carry(
    track: Track, who: str, hand: str, name: str, start: float, end: float, x: float, y: float
) -> None:
    """Move a hand with the block that it holds; the hand holds it a little above its lower edge."""
    track.turn_to(name, start, place="hand")
    side = -14 if hand == "l" else 2
    track.move(name, start, end, x=x, y=y)
    track.move(who, start, end, **{f"{hand}x": x + side, f"{hand}y": y - 7})


def _reach(track: Track, who: str, hand: str, start: float, end: float, at: tuple[float, float]) -> None:
    side = -14 if hand == "l" else 2
    track.move(who, start, end, **{f"{hand}x": at[0] + side, f"{hand}y": at[1] - 7})


def _slide_on(track: Track, name: str, start: float, end: float) -> None:
    """Let Omar let a block slide down the post, and take his hands back."""
    _carry(track, "omar", "r", name, start, end, POST[0], RESTS[name])
    track.turn_to(name, start, place="post")
    track.move(name, start, end, tilt=0)


def _alone(track: Track) -> None:
    """0:09 Omar with the red block."""
    track.move("omar", 8.4, 9.0, nod=0.75)
    _reach(track, "omar", "r", 9.0, 9.8, RUG["red"])
    for tap in (10.0, 10.9):
        _carry(track, "omar", "r", "red", tap, tap + 0.45, 296, 322)
        _carry(track, "omar", "r", "red", tap + 0.45, tap + 0.9, 296, 338)
    _carry(track, "omar", "r", "red", 11.9, 12.6, 284, 288)
    track.move("omar", 12.0, 12.7, lx=268, ly=281)
    track.move("red", 12.6, 13.1, tilt=-24, hollow=1)
    track.move("red", 14.2, 14.6, tilt=0)
    _reach(track, "omar", "r", 14.0, 14.7, RUG["egg"])
    _carry(track, "omar", "r", "egg", 14.8, 15.6, 284, 264)
    for push in (15.7, 17.6):
        _carry(track, "omar", "r", "egg", push, push + 0.5, 284, 282)
        if push < 17:
            _carry(track, "omar", "r", "egg", push + 0.9, push + 1.5, 284, 260)
    _carry(track, "omar", "r", "egg", 18.7, 19.1, 284, 262)
    _carry(track, "omar", "r", "egg", 19.1, 19.7, 312, 344)
    track.turn_to("egg", 19.8, place="rug")
    _carry(track, "omar", "l", "red", 19.2, 19.9, 280, 346)
    track.move("red", 19.2, 19.9, hollow=0)
    track.turn_to("red", 20.0, place="rug")
    _rest(track, "omar", 19.9, 20.5)


def _widest(track: Track) -> None:
    """0:20 His mother turns the widest block and holds it out; he lets it slide down."""
    track.move("mother", 19.6, 20.2, nod=0.75, lean=14)
    _reach(track, "mother", "r", 20.0, 20.8, RUG["widest"])
    _carry(track, "mother", "r", "widest", 20.9, 21.6, 236, 296)
    track.move("mother", 21.2, 21.6, lx=210, ly=290)
    track.move("widest", 21.6, 22.7, tilt=180)
    track.move("widest", 22.4, 22.7, hollow=0)
    track.move("widest", 22.7, 22.71, tilt=0)
    _carry(track, "mother", "r", "widest", 22.9, 23.6, *GIVEN)
    track.move("omar", 22.6, 23.0, nod=0.55, turn=0.35)
    track.move("omar", 23.2, 23.9, lx=274, ly=262, rx=318, ry=262)
    _rest(track, "mother", 24.1, 24.8)
    track.move("mother", 24.1, 24.8, lean=6, nod=0.4)
    track.move("omar", 24.6, 25.2, turn=0.7, nod=0.25)
    track.move("omar", 25.6, 26.8, lx=314, ly=221, rx=344, ry=221, lean=9)
    track.move("widest", 25.6, 26.8, x=POST[0], y=TIP + 2)
    track.turn_to("widest", 26.9, place="post")
    track.move("omar", 27.0, 28.2, lx=310, ly=304, rx=344, ry=304, nod=0.6)
    track.move("widest", 27.0, 28.2, y=RESTS["widest"])
    track.turn_to("omar", 28.0, mouth="smile")
    _rest(track, "omar", 28.5, 29.3)
    track.move("omar", 28.5, 29.3, lean=0)


def _second(track: Track) -> None:
    """0:30 She moves the smallest aside and gives him the second widest; it catches, and goes the other way."""
    track.turn_to("omar", 30.0, mouth="calm")
    _reach(track, "omar", "r", 30.0, 30.7, (312, 344))
    track.move("mother", 30.2, 31.0, lean=24, nod=0.75)
    _reach(track, "mother", "r", 30.4, 31.1, (306, 344))
    _carry(track, "mother", "r", "egg", 31.2, 31.9, 226, 346)
    track.turn_to("egg", 32.0, place="rug")
    _rest(track, "omar", 31.2, 31.9)
    _reach(track, "mother", "r", 32.0, 32.6, RUG["second"])
    _carry(track, "mother", "r", "second", 32.7, 33.2, 250, 296)
    track.move("second", 33.2, 34.0, tilt=180)
    track.move("second", 33.8, 34.0, hollow=0)
    track.move("second", 34.0, 34.01, tilt=0)
    _carry(track, "mother", "r", "second", 34.1, 34.7, *GIVEN)
    _reach(track, "omar", "r", 34.2, 34.8, GIVEN)
    _rest(track, "mother", 35.1, 35.8)
    track.move("mother", 35.1, 35.8, lean=6, nod=0.4)
    track.move("omar", 35.2, 36.2, lean=9, turn=0.7, nod=0.25)
    _carry(track, "omar", "r", "second", 35.2, 36.3, POST[0] - 5, TIP + 5)
    track.move("second", 36.0, 36.4, tilt=11)
    _carry(track, "omar", "r", "second", 36.8, 37.1, POST[0] - 5, TIP + 9)
    _carry(track, "omar", "r", "second", 37.2, 37.9, POST[0] - 3, TIP - 10)
    track.move("second", 37.9, 38.6, tilt=-14)
    track.move("second", 38.6, 39.0, tilt=0)
    _carry(track, "omar", "r", "second", 38.8, 39.2, POST[0], TIP + 2)
    _slide_on(track, "second", 39.3, 40.4)
    track.move("omar", 39.3, 40.4, nod=0.6)
    track.turn_to("omar", 40.5, mouth="smile")
    _rest(track, "omar", 40.7, 41.5)
    track.move("omar", 40.7, 41.5, lean=0)


def _remark(track: Track) -> None:
    """0:42 The home visitor says what she sees; Omar looks up at her, then down again."""
    track.talk("visitor", 42.2, 45.6)
    track.move("visitor", 41.8, 42.4, lean=-10, nod=0.1)
    track.move("visitor", 42.2, 43.0, lx=412, ly=268)
    track.move("omar", 43.2, 43.8, turn=0.75, nod=-0.3)
    track.move("mother", 43.4, 44.2, turn=0.75, nod=-0.05)
    _rest(track, "visitor", 46.2, 47.0)
    track.move("omar", 47.0, 47.8, turn=0.6, nod=0.6)
    track.move("mother", 47.2, 48.0, turn=0.6, nod=0.4)
    track.move("visitor", 47.0, 48.0, lean=0, nod=0.2)
    track.turn_to("omar", 48.0, mouth="calm")
    track.move("other", 49.6, 52.0, x=556, y=346, tilt=540)


def _green(track: Track) -> None:
    """0:52 He fetches the green block and holds it next to the other green one."""
    track.move("omar", 50.6, 51.4, turn=0.75, nod=0.1)
    track.turn_to("omar", 52.2, place="front")
    track.move("omar", 52.2, 53.2, rise=1.0, floor=330, lx=254, ly=276, rx=292, ry=276)
    track.move("omar", 53.2, 53.4, walk=9)
    track.move("omar", 53.2, 55.8, x=524, floor=338, lx=508, ly=292, rx=546, ry=292)
    track.move("omar", 55.6, 55.9, walk=0)
    track.move("visitor", 54.0, 55.4, turn=0.35, nod=0.4)
    track.move("mother", 54.0, 55.4, turn=0.75, nod=0.1)
    track.move("omar", 55.9, 56.6, rise=0.35, lean=10, nod=0.7)
    _reach(track, "omar", "r", 56.0, 56.7, (556, 346))
    track.move("other", 56.6, 56.7, tilt=0)
    _carry(track, "omar", "r", "other", 56.8, 57.5, 540, 290)
    track.move("omar", 56.8, 57.5, rise=1.0, lean=0, nod=0.1)
    track.move("omar", 57.3, 57.7, facing=-1.0, turn=-0.65, lx=522, ly=283)
    track.move("omar", 57.6, 57.8, walk=9)
    _carry(track, "omar", "r", "other", 57.7, 59.8, 346, 286)
    track.move("omar", 57.7, 59.8, x=322, floor=332, lx=328, ly=279)
    track.move("omar", 59.5, 59.8, walk=0)
    track.move("visitor", 58.4, 59.8, turn=-0.6, nod=0.3)
    track.move("omar", 59.8, 60.3, facing=1.0, turn=0.6, nod=0.6)
    track.move("omar", 60.2, 61.0, lean=42, rise=0.85)
    _carry(track, "omar", "r", "other", 60.2, 61.0, 374, 316)
    track.move("omar", 60.2, 61.0, lx=356, ly=309)
    track.move("mother", 59.6, 60.4, turn=0.65, nod=0.3)


def _inside(track: Track) -> None:
    """1:02 She says what goes where; he keeps still, then presses it in."""
    track.talk("visitor", 62.2, 64.8)
    track.move("visitor", 61.8, 62.4, lean=-8, nod=0.45, lx=438, ly=284)
    _carry(track, "omar", "r", "other", 65.2, 65.8, 420, 308)
    track.move("omar", 65.2, 65.8, lx=404, ly=300)
    _carry(track, "omar", "r", "other", 65.9, 66.4, 420, 322)
    track.move("omar", 65.9, 66.4, lx=402, ly=316)
    track.turn_to("omar", 66.6, mouth="smile")
    _rest(track, "visitor", 66.0, 66.8)
    track.move("visitor", 66.0, 66.8, lean=0, nod=0.2)
    for start, end, x, y in ((66.8, 67.7, POST[0], TIP + 2), (67.8, 68.6, POST[0], RESTS["green"])):
        track.turn_to("green", start, place="hand" if y < RESTS["green"] else "post")
        track.turn_to("other", start, place="hand" if y < RESTS["green"] else "post")
        track.move("green", start, end, x=x, y=y)
        track.move("other", start, end, x=x, y=y - 7)
        track.move("omar", start, end, lx=x - 20, ly=y - 8, rx=x + 20, ry=y - 8)
    track.move("omar", 66.8, 67.7, lean=14, rise=1.0, x=300, floor=326)
    track.move("omar", 68.7, 69.8, rise=0.0, lean=0, x=OMAR_X, floor=FLOOR, nod=0.5, **LAP["omar"])
    track.turn_to("omar", 69.8, place="back", mouth="calm")


def _passing(track: Track) -> None:
    """1:10 His mother passes him the next block, and the next; once she glances at the home visitor."""
    for name, pick, at, drop in (("red", 70.4, (280, 346), 74.0), ("violet", 77.0, RUG["violet"], 81.4)):
        track.move("mother", pick, pick + 0.6, nod=0.8, lean=16, turn=0.45)
        _reach(track, "mother", "r", pick, pick + 0.7, at)
        _carry(track, "mother", "r", name, pick + 0.8, pick + 1.8, *GIVEN)
        _reach(track, "omar", "r", pick + 1.3, pick + 1.9, GIVEN)
        _rest(track, "mother", pick + 2.2, pick + 2.9)
        track.move("mother", pick + 2.2, pick + 2.9, lean=8, nod=0.55, turn=0.6)
        track.move("omar", pick + 2.0, pick + 2.9, lean=9, turn=0.7, nod=0.25)
        _carry(track, "omar", "r", name, pick + 2.0, pick + 2.9, POST[0], TIP + 2)
        if name == "red":
            _slide_on(track, name, pick + 3.0, drop)
            _rest(track, "omar", drop + 0.3, drop + 1.0)
            track.move("omar", drop + 0.3, drop + 1.0, lean=0, nod=0.55)
    track.move("mother", 75.0, 75.5, turn=0.75, nod=-0.12)
    track.move("mother", 76.4, 76.9, turn=0.5, nod=0.6)


def _stuck(track: Track) -> None:
    """1:22 A block will not go on; his mother's hand gives it a small twist, and all laugh."""
    x = POST[0]
    track.move("violet", 81.0, 81.6, tilt=9)
    for press in (82.0, 82.7):
        _carry(track, "omar", "r", "violet", press, press + 0.3, x, TIP + 6)
        _carry(track, "omar", "r", "violet", press + 0.3, press + 0.6, x, TIP + 3)
    track.turn_to("omar", 82.2, mouth="flat")
    _carry(track, "omar", "r", "violet", 83.4, 84.0, x - 6, TIP - 14)
    track.move("violet", 84.0, 84.6, tilt=-12)
    _carry(track, "omar", "r", "violet", 84.7, 85.2, x, TIP + 3)
    _carry(track, "omar", "r", "violet", 85.3, 85.6, x, TIP + 7)
    track.move("mother", 85.5, 86.4, lean=20, nod=0.2, rx=x - 18, ry=TIP - 5)
    track.move("violet", 86.6, 87.1, tilt=12)
    track.move("mother", 86.6, 87.1, ry=TIP - 9)
    track.move("violet", 87.1, 87.3, tilt=0)
    track.turn_to("violet", 87.3, place="post")
    track.move("violet", 87.3, 87.8, y=RESTS["violet"])
    track.move("omar", 87.3, 87.8, ry=RESTS["violet"] - 5)
    for who, start in (("omar", 87.9), ("visitor", 88.6), ("mother", 89.2)):
        track.turn_to(who, start, mouth="laugh")
        track.turn_to(who, start + 4.6, mouth="smile")
    track.move("omar", 87.8, 88.3, turn=0.75, nod=-0.25, lean=4)
    _rest(track, "omar", 88.2, 89.0)
    _rest(track, "mother", 87.9, 88.7)
    track.move("mother", 87.9, 88.7, lean=4, nod=0.1)
    for beat in (88.8, 89.6, 90.4, 91.2):
        track.move("omar", beat, beat + 0.4, tilt=-5)
        track.move("omar", beat + 0.4, beat + 0.8, tilt=4)
        track.move("visitor", beat, beat + 0.4, tilt=5, lean=4)
        track.move("visitor", beat + 0.4, beat + 0.8, tilt=-2, lean=0)
    track.move("omar", 92.2, 93.0, tilt=0, turn=0.6, nod=0.5)


def _praise(track: Track) -> None:
    """1:36 The home visitor turns to his mother and speaks to her."""
    track.move("visitor", 95.6, 96.3, turn=-0.8, nod=-0.1, lean=-8)
    track.move("visitor", 96.2, 97.0, lx=404, ly=266)
    track.talk("visitor", 96.2, 102.6)
    track.move("mother", 96.4, 97.2, turn=0.8, nod=-0.1)
    _rest(track, "visitor", 103.0, 103.8)
    track.move("visitor", 103.0, 103.8, lean=0, turn=-0.6, nod=0.15)
    track.move("mother", 103.0, 103.8, turn=0.6, nod=0.3)


def _last(track: Track) -> None:
    """1:47 The smallest block slides on; arms up, and his mother claps."""
    _reach(track, "omar", "l", 102.4, 103.2, (226, 346))
    _carry(track, "omar", "l", "egg", 103.4, 104.4, 300, 250)
    track.move("omar", 103.4, 104.4, lean=12, turn=0.65, nod=0.3)
    _carry(track, "omar", "l", "egg", 104.6, 105.6, POST[0], TIP + 2)
    track.turn_to("egg", 106.4, place="post")
    _carry(track, "omar", "l", "egg", 106.4, 107.4, POST[0], RESTS["egg"])
    track.turn_to("egg", 106.4, place="post")
    track.turn_to("omar", 107.5, mouth="laugh")
    track.move("omar", 107.5, 108.2, lx=222, ly=188, rx=306, ry=188, lean=0, nod=-0.2, turn=0.1)
    track.move("omar", 108.6, 109.4, turn=-0.7)
    track.move("omar", 110.2, 111.0, turn=0.7)
    track.move("mother", 107.6, 108.2, lx=180, ly=246, rx=206, ry=246, nod=-0.3, turn=0.35)
    for clap in range(9):
        start = 108.2 + clap * 0.5
        track.move("mother", start, start + 0.25, lx=187, rx=197)
        track.move("mother", start + 0.25, start + 0.5, lx=176, rx=208)
    track.turn_to("visitor", 108.0, mouth="laugh")
    track.turn_to("visitor", 110.5, mouth="smile")


def _camera(track: Track) -> None:
    for start, end, x, y, zoom in (
        (7.6, 9.0, 268, 240, 1.5),
        (19.6, 20.6, 270, 232, 1.4),
        (41.0, 42.2, 322, 212, 1.2),
        (52.0, 53.4, 340, 204, 1.1),
        (61.0, 62.2, 380, 222, 1.3),
        (69.6, 70.6, 285, 228, 1.36),
        (87.8, 88.8, 322, 212, 1.2),
        (107.2, 109.0, 318, 202, 1.14),
    ):
        track.move("camera", start, end, x=x, y=y, zoom=zoom)
