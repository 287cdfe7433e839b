"""Renders the animated scene in Chromium, frame by frame, and encodes it with ffmpeg as WebM and MP4."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from drawings.omar_moves import LENGTH
from drawings.omar_scene import moment
from drawings.things import HEIGHT, WIDTH, picture

MEDIA = Path(__file__).parents[1] / "lessons" / "media"
NAME = "omar-drawn"
FRAMES_A_SECOND = 10
MOST_BYTES = 3_000_000
ENCODERS = {
    ".webm": [
        "-c:v",
        "libvpx-vp9",
        "-crf",
        "34",
        "-b:v",
        "0",
        "-row-mt",
        "1",
        "-deadline",
        "good",
        "-cpu-used",
        "2",
    ],
    ".mp4": [
        "-c:v",
        "libx264",
        "-crf",
        "24",
        "-preset",
        "slow",
        "-tune",
        "animation",
        "-movflags",
        "+faststart",
    ],
}


def main() -> int:
    """Make both files; return 1 with a sentence when something is missing or a file is too large."""
    ffmpeg, chromium = shutil.which("ffmpeg"), shutil.which("chromium") or shutil.which("chromium-browser")
    if not ffmpeg or not chromium:
        print(
            "Install ffmpeg and Chromium first; the film is drawn by one and written by the other.",
            file=sys.stderr,
        )
        return 1
    with tempfile.TemporaryDirectory() as folder:
        _draw_frames(chromium, Path(folder))
        for suffix, encoder in ENCODERS.items():
            target = MEDIA / f"{NAME}{suffix}"
            command = [ffmpeg, "-y", "-loglevel", "error", "-framerate", str(FRAMES_A_SECOND)]
            command += [
                "-i",
                f"{folder}/%05d.png",
                *encoder,
                "-pix_fmt",
                "yuv420p",
                "-g",
                "50",
                "-an",
                str(target),
            ]
            subprocess.run(command, check=True)
            print(f"{target.name}: {target.stat().st_size:,} bytes")
            if target.stat().st_size > MOST_BYTES:
                print(f"{target.name} is too large; raise its -crf in drawings/film.py.", file=sys.stderr)
                return 1
    return 0


def _draw_frames(chromium: str, folder: Path) -> None:
    """Write a PNG for each frame; a frame that is like the one before is copied."""
    before, last = "", None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_content("<body style='margin:0'></body>")
        for number in range(round(LENGTH * FRAMES_A_SECOND)):
            target = folder / f"{number:05d}.png"
            drawn = picture("", "", moment(number / FRAMES_A_SECOND))
            if drawn == before and last is not None:
                shutil.copyfile(last, target)
            else:
                page.evaluate("(drawn) => { document.body.innerHTML = drawn; }", drawn)
                page.screenshot(path=target)
            before, last = drawn, target
        browser.close()


if __name__ == "__main__":
    sys.exit(main())
