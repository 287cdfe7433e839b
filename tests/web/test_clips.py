"""Clips of a program: sent in parts, played by the browser itself, from where the catalogue says and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from homevisit.course.catalogue import Catalogue
from homevisit.services.media import MEGABYTE, Supplied, set_clip
from tests.web.conftest import copy_course
from tests.web.course_server import LESSON, NO_TLS, PASSWORD, CourseServer

CLIPS = Path(__file__).parents[1] / "clips"
MP4 = (CLIPS / "with-sound.mp4").read_bytes()
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:05.000\nLook, he's figured it out.\n"
CLIP = "course/media/omar-stacking.mp4"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clips")
    root = copy_course(folder / "course")
    captions, transcript = folder / "omar.vtt", folder / "omar.txt"
    captions.write_text(CAPTIONS, encoding="utf-8")
    transcript.write_text("Home visitor: Look, he's figured it out.\nOmar <laughs>.\n", encoding="utf-8")
    set_clip(
        Catalogue(root),
        "omar-stacking",
        Supplied(
            str(CLIPS / "with-sound.mp4"),
            captions=captions,
            transcript=transcript,
            description=CLIPS / "silent.webm",
        ),
    )
    return root


@pytest.fixture(scope="module")
def server(course, tmp_path_factory):
    running = CourseServer(tmp_path_factory.mktemp("clips-data") / "data", course_dir=course).start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def learner(server):
    return server.person("Vera Viewer")


@pytest.fixture(scope="module")
def client(learner):
    signed_in = learner.client()
    yield signed_in
    signed_in.close()


def part(client, wanted, path=CLIP, **headers):
    reply = client.get(path, headers={"Range": wanted, "Accept-Encoding": "identity", **headers})
    return reply.status_code, reply.headers.get("Content-Range"), reply.content


def test_clip_is_sent_whole_or_in_the_parts_that_a_player_asks_for(client):
    size = len(MP4)
    whole = client.get(CLIP)
    assert (whole.status_code, whole.content) == (200, MP4)
    assert whole.headers["Content-Type"] == "video/mp4"
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert whole.headers["Cache-Control"] == "private, no-cache"
    assert part(client, "bytes=0-1") == (206, f"bytes 0-1/{size}", MP4[:2])
    assert part(client, "bytes=500-999") == (206, f"bytes 500-999/{size}", MP4[500:1000])
    assert part(client, f"bytes={size - 9}-") == (206, f"bytes {size - 9}-{size - 1}/{size}", MP4[-9:])
    assert part(client, "bytes=-9") == (206, f"bytes {size - 9}-{size - 1}/{size}", MP4[-9:])
    assert part(client, f"bytes={size}-")[:2] == (416, f"bytes */{size}")
    assert client.head(CLIP).headers["Content-Length"] == str(size)


def test_captions_and_drawings_have_their_types(client):
    captions = client.get("course/media/omar-stacking.vtt")
    assert (captions.text, captions.headers["Content-Type"]) == (CAPTIONS, "text/vtt; charset=utf-8")
    assert client.get("course/media/omar-stacking.described.webm").headers["Content-Type"] == "video/webm"
    assert client.get("course/media/omar-stacking.svg").headers["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize(
    "name", ["media.yml", "omar-stacking.transcript.txt", "..%2f..%2fcourse.yml", ".hidden.mp4", "none.mp4"]
)
def test_other_files_are_not_given_out(client, course, name):
    (course / "lessons" / "media" / ".hidden.mp4").write_bytes(MP4)
    assert client.get(f"course/media/{name}").status_code in (403, 404)


def test_visitor_gets_no_clip(server):
    import httpx

    reply = httpx.get(server.url + CLIP, headers={"Range": "bytes=0-1"}, verify=NO_TLS)
    assert reply.status_code == 302


def test_replaced_clip_is_not_mixed_with_the_one_before(client, course):
    target = course / "lessons" / "media" / "moving.webm"
    target.write_bytes(MP4)
    before = client.get("course/media/moving.webm").headers["Etag"]
    same = client.get("course/media/moving.webm", headers={"If-None-Match": before})
    assert (same.status_code, same.content) == (304, b"")
    assert part(client, "bytes=0-1", "course/media/moving.webm", **{"If-Range": before})[0] == 206
    other = MP4[::-1] + b"!"
    target.write_bytes(other)
    assert client.get("course/media/moving.webm", headers={"If-None-Match": before}).content == other
    mixed = part(client, "bytes=0-1", "course/media/moving.webm", **{"If-Range": before})
    assert (mixed[0], mixed[2]) == (200, other)


def test_long_clip_never_stands_in_the_servers_memory(server, client, course):
    """A clip of 300 MB goes through a server whose memory grows by less than a tenth of it."""
    target = course / "lessons" / "media" / "long.webm"
    with target.open("wb") as file:
        file.truncate(300 * MEGABYTE)
    client.get(f"lessons/{LESSON}")  # rendering the page is done with, and its memory counted
    before = most_memory_of(server.process.pid)
    received = 0
    with client.stream("GET", "course/media/long.webm") as reply:
        for chunk in reply.iter_raw():
            received += len(chunk)
    target.unlink()
    assert received == 300 * MEGABYTE
    assert most_memory_of(server.process.pid) - before < 30 * MEGABYTE


def most_memory_of(pid):
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024


def test_page_lets_clips_come_from_their_own_servers_and_no_other(client, course):
    def media_of(path):
        policy = client.get(path).headers["Content-Security-Policy"]
        return next(rule for rule in policy.split("; ") if rule.startswith("media-src"))

    catalogue = Catalogue(course)
    before = catalogue.media_path().read_text(encoding="utf-8")
    assert media_of(f"lessons/{LESSON}") == "media-src 'self'"
    # this lesson shows the first, another lesson the second; a page of a publisher is only a link
    for clip_id, address in (
        ("program-director", "https://video.example.org/a/director.mp4"),
        ("nathalie", "https://other.example.org/nathalie.webm"),
        ("parent-voice", "https://www.example.org/watch"),
    ):
        set_clip(catalogue, clip_id, Supplied(address, is_silent=True))
    assert media_of(f"lessons/{LESSON}") == "media-src 'self' https://video.example.org"
    assert media_of("") == "media-src 'self'"
    catalogue.media_path().write_text(before, encoding="utf-8")
    assert media_of(f"lessons/{LESSON}") == "media-src 'self'"


def test_clip_plays_with_its_captions_when_asked_to_and_not_before(server, learner, phone):
    phone.goto(f"{server.url}login?next=/lessons/{LESSON}")
    phone.fill("input[name=email]", learner.email)
    phone.fill("input[name=password]", PASSWORD)
    phone.click("main button[type=submit]")
    clip = phone.locator("#clip-omar-stacking")
    clip.scroll_into_view_if_needed()
    phone.wait_for_function("() => document.querySelector('#clip-omar-stacking video').readyState >= 1")
    state = """() => {
      const video = document.querySelector("#clip-omar-stacking video");
      return [video.controls, video.preload, video.autoplay, video.paused, Math.round(video.duration),
              [...video.textTracks].map((track) => [track.kind, track.mode])];
    }"""
    assert phone.evaluate(state) == [True, "metadata", False, True, 6, [["captions", "showing"]]]
    phone.evaluate("() => { document.querySelector('#clip-omar-stacking video').muted = true; }")
    clip.locator("video").press("Space")
    phone.wait_for_function(
        """() => {
          const video = document.querySelector("#clip-omar-stacking video");
          return video.currentTime > 0.3 && video.textTracks[0].activeCues?.[0]?.text === "Look, he's figured it out.";
        }"""
    )
    clip.locator("video").press("Space")
    clip.get_by_role("button", name="With audio description").click()
    phone.wait_for_function(
        """() => {
          const video = document.querySelector("#clip-omar-stacking video");
          return video.src.endsWith("omar-stacking.described.webm") && video.currentTime > 0.2;
        }"""
    )
    clip.get_by_text("Read the transcript").click()
    assert clip.get_by_text("Omar <laughs>.").is_visible()
    clip.get_by_text("From: Office of Head Start").click()
    assert clip.get_by_text("Omar and his mother play with blocks").is_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    drawing = phone.locator("#clip-program-director img")
    assert drawing.get_attribute("alt").startswith("A drawing of a group room.")
