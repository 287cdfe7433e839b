from __future__ import annotations

import pytest

from homevisit.course.captions import MOST_BYTES, Cue, read_captions
from homevisit.errors import ContentError

GOOD = """WEBVTT - Omar
Kind: captions

NOTE written by hand

first
00:01.000 --> 00:04.500 line:80%
Look, he's figured it out,
how it goes together.

00:00:09.000 --> 01:00:10.250
(He laughs)
"""


@pytest.fixture
def read(tmp_path):
    def from_text(text, encoding="utf-8"):
        path = tmp_path / "clip.vtt"
        path.write_bytes(text.encode(encoding))
        return read_captions(path)

    return from_text


def test_captions_are_read_with_their_times(read):
    cues = (
        Cue(1.0, 4.5, "Look, he's figured it out,\nhow it goes together."),
        Cue(9.0, 3610.25, "(He laughs)"),
    )
    assert read(GOOD) == cues
    assert read(GOOD, "utf-8-sig") == cues
    assert read(GOOD.replace("\n", "\r\n")) == cues
    assert read(GOOD.replace("\n", "\r")) == cues


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("WEBVTT - Omar", "Omar", 1, "Write WEBVTT on the first line."),
        (
            "00:01.000 --> 00:04.500",
            "00:01,000 --> 00:04,500",
            7,
            "Write the times as minutes:seconds.thousandths",
        ),
        (
            "00:01.000 --> 00:04.500",
            "00:01.000-->00:04.500",
            7,
            "Write the times as minutes:seconds.thousandths",
        ),
        (
            "00:01.000 --> 00:04.500",
            "00:61.000 --> 00:64.500",
            7,
            "Write the times as minutes:seconds.thousandths",
        ),
        (
            "00:01.000 --> 00:04.500",
            "00:04.000 --> 00:04.000",
            7,
            "Let this caption end later than it begins.",
        ),
        ("00:00:09.000 -->", "00:00:00.500 -->", 11, "Put the captions in order; this one begins before"),
        ("(He laughs)\n", "", 11, "Write the text of this caption on the line below its times."),
        (
            "first\n00:01.000 --> 00:04.500 line:80%\n",
            "",
            6,
            "Write the times of this caption on a line of their own",
        ),
    ],
)
def test_mistake_is_told_with_its_line(read, old, new, line, said):
    assert GOOD.count(old) == 1
    with pytest.raises(ContentError) as caught:
        read(GOOD.replace(old, new))
    assert (caught.value.line, caught.value.advice[: len(said)]) == (line, said)


def test_all_mistakes_are_told_at_once(read):
    with pytest.raises(ContentError) as caught:
        read("WEBVTT\n\n00:01.000 --> 00:01.000\nA\n\n00:02.000 --> 00:02.000\nB\n")
    assert [caught.value.line, *(error.line for error in caught.value.others)] == [3, 6]


def test_subrip_is_recognized(read):
    with pytest.raises(ContentError, match=r"this looks like SubRip \(\.srt\), so save it as WebVTT"):
        read("1\n00:00:01,000 --> 00:00:02,000\nHello\n")


@pytest.mark.parametrize(
    ("text", "encoding", "said"),
    [
        ("WEBVTT\n", "utf-8", "Write at least one caption"),
        ("WEBVTT\n\nNOTE nothing yet\n", "utf-8", "Write at least one caption"),
        (GOOD.replace("laughs", "läuft"), "latin-1", "Save the captions in UTF-8"),
        ("WEBVTT\n" + "x" * MOST_BYTES, "utf-8", "This is larger than any captions are."),
    ],
)
def test_file_that_holds_no_captions_is_refused(read, text, encoding, said):
    with pytest.raises(ContentError) as caught:
        read(text, encoding)
    assert caught.value.advice.startswith(said)
