from __future__ import annotations

import difflib
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from homevisit.course.catalogue import Catalogue
from homevisit.course.media import load_clips
from homevisit.errors import ContentError, CourseError, InvalidEntryError
from homevisit.services import media_checks
from homevisit.services.media import LARGE, LARGEST, Supplied, set_clip
from homevisit.services.media_checks import check_media
from tests.web.course_server import ROOT

CLIPS = Path(__file__).parents[1] / "clips"
MP4, WEBM = str(CLIPS / "with-sound.mp4"), str(CLIPS / "silent.webm")
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:03.000\nLook, he's figured it out.\n"


@pytest.fixture
def course(tmp_path):
    root = tmp_path / "course"
    shutil.copytree(ROOT / "lessons" / "media", root / "lessons" / "media")
    for name in ("source", "answer_keys"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "course.yml", root)
    return Catalogue(root)


@pytest.fixture
def given(tmp_path):
    """Return a function that writes a file to be given."""

    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def captions(given):
    return given("mine.vtt", CAPTIONS)


def media_dir(course):
    return course.media_path().parent


def files(course):
    return {path.name: path.read_bytes() for path in media_dir(course).iterdir()}


def clip(course, clip_id="omar-stacking"):
    return load_clips(course.media_path())[clip_id]


def changed_lines(course):
    before = (ROOT / "lessons" / "media" / "media.yml").read_text(encoding="utf-8").splitlines()
    after = course.media_path().read_text(encoding="utf-8").splitlines()
    return [line for line in difflib.ndiff(before, after) if line[0] in "+-"]


def test_clip_gets_its_files_and_nothing_else_of_the_catalogue_changes(course, captions, given):
    supplied = Supplied(
        MP4, captions=captions, transcript=given("t.txt", "Look!\n"), description=given("d.vtt", CAPTIONS)
    )
    done = set_clip(course, "omar-stacking", supplied)
    assert changed_lines(course) == [
        '-     url: ""',
        '-     captions: ""',
        '+     url: "omar-stacking.mp4"',
        '+     captions: "omar-stacking.vtt"',
        "+     transcript: omar-stacking.transcript.txt",
        "+     description: omar-stacking.described.vtt",
    ]
    assert (media_dir(course) / "omar-stacking.mp4").read_bytes() == Path(MP4).read_bytes()
    assert (media_dir(course) / "omar-stacking.vtt").read_text(encoding="utf-8") == CAPTIONS
    assert course.media_path().read_text(encoding="utf-8").splitlines()[done.line - 1] == "  omar-stacking:"
    assert clip(course).is_playable
    assert check_media(course).findings == ()


def test_comments_of_the_catalogue_are_kept(course):
    path = course.media_path()
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "  omar-stacking:", "  # ask Toni\n  omar-stacking:  # of 000"
        ),
        encoding="utf-8",
    )
    set_clip(course, "omar-stacking", Supplied(WEBM, licence="Ours: for this program alone."))
    text = path.read_text(encoding="utf-8")
    assert "  # ask Toni\n  omar-stacking:  # of 000\n" in text
    assert (clip(course).licence, clip(course).silent) == ("Ours: for this program alone.", True)


def test_next_clip_takes_the_place_of_the_one_before(course, captions):
    set_clip(course, "omar-stacking", Supplied(MP4, captions=captions))
    set_clip(course, "omar-stacking", Supplied(WEBM))
    names = set(files(course))
    assert "omar-stacking.webm" in names
    assert "omar-stacking.mp4" not in names
    # the clip before may have stood there in a second format
    (media_dir(course) / "omar-stacking.mp4").write_bytes(b"")
    path = course.media_path()
    text = path.read_text(encoding="utf-8")
    named = '    url: "omar-stacking.webm"\n'
    path.write_text(text.replace(named, named + "    also: omar-stacking.mp4\n"), encoding="utf-8")
    set_clip(course, "omar-stacking", Supplied(WEBM))
    assert clip(course).also == ""
    assert "omar-stacking.mp4" not in files(course)
    done = set_clip(course, "omar-stacking", Supplied(MP4))
    assert any("captions omar-stacking.vtt are kept" in remark for remark in done.remarks)


def test_address_of_a_video_plays_here_and_any_other_is_a_link(course, captions):
    set_clip(course, "nathalie", Supplied("https://Video.example.org:8443/a/b.MP4?x=1", captions=captions))
    assert clip(course, "nathalie").origin == "https://video.example.org:8443"
    done = set_clip(course, "omar-stacking", Supplied("https://www.example.org/watch?v=1"))
    assert (clip(course).is_playable, clip(course).origin) == (False, "")
    assert any("as a link to open" in remark for remark in done.remarks)
    set_clip(course, "parent-voice", Supplied("https://www.example.org/a.webm", is_silent=True))
    assert clip(course, "parent-voice").silent


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (MP4, "Give captions as well, with --captions FILE.vtt: a clip with sound needs them"),
        ("https://www.example.org/a.mp4", "Give captions as well, with --captions FILE.vtt"),
        ("http://www.example.org/a.webm", "Write an address that begins with https://"),
        ("https://", "“https://” is not a web address"),
        ("https://example.org/a b.mp4", "“https://example.org/a b.mp4” is not a web address"),
        ("https://me:secret@example.org/a.mp4", "“https://me:secret@example.org/a.mp4” is not a web address"),
        (
            "https://example.org;script-src/a.mp4",
            "“https://example.org;script-src/a.mp4” is not a web address",
        ),
        ("nothing.mp4", "There is no file nothing.mp4; check its name, or write an address with https://."),
        (str(ROOT / "lessons"), "There is no file"),
        (str(ROOT / "course.yml"), f"{ROOT / 'course.yml'}: This is neither MP4 nor WebM."),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_changes(course, source, said):
    before = files(course)
    with pytest.raises(CourseError) as caught:
        set_clip(course, "omar-stacking", Supplied(source))
    assert str(caught.value).startswith(said)
    assert files(course) == before


def test_clip_of_two_gigabytes_is_refused_before_anything_is_copied(course, tmp_path):
    film = tmp_path / "film.mp4"
    before = files(course)
    with film.open("wb") as file:
        file.write(Path(MP4).read_bytes())
        file.truncate(2 * 1024**3)
    with pytest.raises(InvalidEntryError, match=r"film\.mp4 has 2,048 MB; there is room for 200\."):
        set_clip(course, "omar-stacking", Supplied(str(film)))
    assert files(course) == before


def test_large_clip_is_taken_with_a_remark(course, tmp_path):
    assert LARGE < LARGEST
    film = tmp_path / "film.webm"
    padding = b"\xec\x08" + (LARGE).to_bytes(7, "big").rjust(7, b"\0")  # an EBML Void element
    content = Path(WEBM).read_bytes()
    film.write_bytes(content)
    with film.open("r+b") as file:
        file.seek(0, 2)
        file.write(padding)
        file.truncate(len(content) + LARGE + 1)
    done = set_clip(course, "omar-stacking", Supplied(str(film)))
    assert any(remark.startswith("film.webm has 50 MB.") for remark in done.remarks)


@pytest.mark.parametrize("field", ["captions", "transcript", "description"])
def test_bad_file_beside_a_good_clip_changes_nothing(course, captions, given, field):
    before = files(course)
    bad = given("bad.txt" if field == "transcript" else "bad.vtt", "")
    with pytest.raises(ContentError):
        set_clip(course, "omar-stacking", Supplied(MP4, **{"captions": captions, field: bad}))
    assert files(course) == before


def test_unknown_clip_is_answered_with_those_there_are(course):
    with pytest.raises(InvalidEntryError, match=r"^Name a clip of media\.yml: program-director, omar-"):
        set_clip(course, "omar", Supplied(WEBM))


def test_catalogue_stays_whole_when_the_disk_takes_no_more(course, captions):
    before = files(course)
    command = [sys.executable, "-m", "homevisit", "--course", str(course.course_dir), "media", "set"]
    command += ["omar-stacking", MP4, "--captions", str(captions)]
    done = subprocess.run(
        [
            "bash",
            "-c",
            'ulimit -f 4; exec "$@"',
            "bash",
            *command,
        ],  # the captions fit into 4 KB, the clip does not
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "could not be written" in done.stderr
    assert done.stderr.endswith("Make room, then try again; the catalogue is as it was.\n")
    assert files(course) == before


def test_check_finds_nothing_in_the_catalogue_of_this_course():
    report = check_media(Catalogue(ROOT))
    assert [str(found) for found in report.findings] == []


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        (
            '    url: ""\n    captions: ""\n    poster: omar',
            "    url: gone.mp4\n    poster: omar",
            "url",
            "Put gone.mp4",
        ),
        (
            '    url: ""\n    captions: ""\n    poster: omar',
            "    url: http://example.org/a\n    poster: omar",
            "url",
            "Write an address that begins with https://.",
        ),
        (
            '    url: ""\n    captions: ""\n    poster: omar',
            "    url: omar-stacking.svg\n    poster: omar",
            "url",
            "omar-stacking.svg: This is neither MP4 nor WebM.",
        ),
        (
            '    url: ""\n    captions: ""\n    poster: omar',
            "    url: sound.mp4\n    poster: omar",
            "captions",
            "Name a WebVTT file with captions here; the clip has sound.",
        ),
        (
            '    url: ""\n    captions: ""\n    poster: omar',
            "    url: sound.mp4\n    captions: bad.vtt\n    poster: omar",
            "captions",
            "bad.vtt:1: Write WEBVTT on the first line.",
        ),
        (
            '    url: ""\n    captions: ""\n    poster: omar',
            "    url: sound.mp4\n    silent: true\n    poster: omar",
            "silent",
            "Remove 'silent: true'; sound.mp4 has sound.",
        ),
        (
            "poster: omar-stacking.svg",
            "poster: gone.svg",
            "poster",
            "Put gone.svg beside media.yml, or name another",
        ),
        (
            "poster: omar-stacking.svg",
            "poster: https://example.org/a.svg",
            "poster",
            "Put this file beside media.yml",
        ),
    ],
)
def test_check_names_what_is_wrong_at_its_line(course, old, new, field, said):
    shutil.copy(MP4, media_dir(course) / "sound.mp4")
    (media_dir(course) / "bad.vtt").write_text("no captions\n", encoding="utf-8")
    path = course.media_path()
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = [(error.field, error.line, error.advice) for error in check_media(course).findings if error.field]
    place = f"clips.omar-stacking.{field}"
    assert [advice[: len(said)] for name, _, advice in found if name == place] == [said]
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next(line for name, line, _ in found if name == place)
    assert lines[line - 1].strip().startswith((f"{field}:", "omar-stacking:"))


def test_check_finds_clips_without_scene_and_files_that_nothing_names(course):
    (media_dir(course) / "forgotten.mp4").write_bytes(b"")
    assert [(error.path.name, error.advice) for error in check_media(course).findings] == [
        ("forgotten.mp4", "No clip and no lesson names this file. Name it there, or delete it.")
    ]
    with course.media_path().open("a", encoding="utf-8") as file:
        file.write("  more:\n    title: More\n    publisher: Someone\n")
    assert [error.advice for error in check_media(course).findings] == ["Add 'scene:' here; it is missing."]


def test_clip_that_no_lesson_shows_is_a_remark(course):
    with course.media_path().open("a", encoding="utf-8") as file:
        file.write(
            "  more:\n    title: More\n    publisher: Someone\n    licence: Free\n    scene: A street.\n"
        )
    report = check_media(course)
    assert (report.findings, [remark.advice for remark in report.remarks]) == (
        (),
        ['No lesson shows this clip. A cell clip("more") would.'],
    )


class Pages(BaseHTTPRequestHandler):
    """A site: one page is there, one is gone, one lets no program in."""

    def do_GET(self):
        self.send_response({"/here": 200, "/gone": 404, "/closed": 403}.get(self.path, 500))
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    server = HTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("page", "is_gone", "said"),
    [
        ("/here", False, ""),
        ("/gone", True, "Find the new address; there is no page at"),
        ("/closed", False, "A person must look:"),
        ("/broken", False, "Try again later:"),
    ],
)
def test_address_is_tried_and_a_site_that_refuses_programs_needs_a_person(site, page, is_gone, said):
    gone, sentence = media_checks._asked(site + page)
    assert (gone, sentence[: len(said)], bool(sentence)) == (is_gone, said, bool(said))


def test_server_that_is_away_is_no_finding():
    gone, sentence = media_checks._asked("http://127.0.0.1:1/")
    assert (gone, "could not be reached" in sentence) == (False, True)


def test_clip_in_two_formats_gives_both_up_for_a_new_one(course):
    assert clip(course, "omar-drawn").also == "omar-drawn.mp4"
    set_clip(course, "omar-drawn", Supplied(WEBM))
    assert (clip(course, "omar-drawn").url, clip(course, "omar-drawn").also) == ("omar-drawn.webm", "")
    assert "omar-drawn.mp4" not in files(course)
    assert check_media(course).findings == ()


def test_other_format_and_panels_that_are_not_there_are_found(course):
    path = course.media_path()
    text = path.read_text(encoding="utf-8")
    changed = text.replace("also: omar-drawn.mp4", "also: omar-drawn.webm").replace(
        "omar-2.svg", "omar-99.svg"
    )
    path.write_text(changed, encoding="utf-8")
    found = {finding.advice for finding in check_media(course).findings}
    assert "Name here the same clip in the other format, MP4 or WebM, or remove this line." in found
    assert "Put omar-99.svg beside media.yml, or correct its name here." in found
