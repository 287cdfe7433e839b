from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from homevisit.course.clip_file import ClipFile, read_clip_file
from homevisit.errors import ContentError

CLIPS = Path(__file__).parents[1] / "clips"
MP4 = (CLIPS / "with-sound.mp4").read_bytes()
WEBM = (CLIPS / "silent.webm").read_bytes()


@pytest.fixture
def write(tmp_path):
    def to_file(content):
        path = tmp_path / "clip"
        path.write_bytes(content)
        return path

    return to_file


def test_clip_tells_its_container_and_whether_it_has_sound():
    assert read_clip_file(CLIPS / "with-sound.mp4") == ClipFile(".mp4", has_sound=True, pictures="H.264")
    assert read_clip_file(CLIPS / "silent.webm") == ClipFile(".webm", has_sound=False, pictures="VP9")


def test_name_of_the_file_says_nothing(write):
    assert read_clip_file(write(WEBM)).suffix == ".webm"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This is neither MP4 nor WebM."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is neither MP4 nor WebM."),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "This is a QuickTime film."),
        (
            WEBM.replace(b"\x42\x82\x84webm", b"\x42\x82\x88matroska"[:3] + b"mkv1", 1),
            "This is a Matroska film",
        ),
        (MP4.replace(b"avc1", b"hvc1"), "Its pictures are coded as hvc1, which not every browser plays."),
        (MP4.replace(b"vide", b"meta"), "There are no pictures in this file."),
    ],
)
def test_other_file_is_refused_with_what_to_do(write, content, said):
    with pytest.raises(ContentError) as caught:
        read_clip_file(write(content))
    assert caught.value.advice.startswith(said)


@pytest.mark.parametrize("content", [MP4, WEBM])
def test_file_cut_off_anywhere_is_refused(write, content):
    for length in range(13, len(content), max(1, len(content) // 97)):
        with pytest.raises(ContentError):
            read_clip_file(write(content[:length]))


@pytest.mark.parametrize("content", [MP4, WEBM])
def test_damaged_file_is_read_or_refused_and_never_breaks(write, content):
    for at in range(0, len(content), max(1, len(content) // 199)):
        with contextlib.suppress(ContentError):
            read_clip_file(write(content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]))


def test_missing_file_is_named(tmp_path):
    with pytest.raises(ContentError, match=r"none\.mp4: This file cannot be read"):
        read_clip_file(tmp_path / "none.mp4")
