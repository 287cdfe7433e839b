"""Group `matcher`: what reading one response costs, in a process that does nothing else."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.report import Row
from tests.web.course_server import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.setting import Setting

POINTS, SENTENCES = 11, 6
WARM_UP = 20


def measure_matcher(setting: Setting) -> None:
    """Read the texts of the labelled pairs against as many points as the handbook's longest list has."""
    setting.say("matcher: responses are read")
    found = json.loads(
        subprocess.run(
            [sys.executable, "-m", "bench.matcher", str(setting.plan.texts)],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    )
    setting.report.add(
        Row(f"matcher: {SENTENCES} sentences against {POINTS} points, median", found["median"]),
        Row("matcher: the same, slowest of twenty", found["slow"]),
        Row("matcher: first call, with the table of words read from the disk", found["first"]),
        Row("matcher: objectivity of one sentence, median", found["sentence"]),
        Row(
            "matcher: memory of a process that reads responses and answer keys, and does nothing else",
            found["memory"],
            unit="MB",
        ),
    )
    setting.report.note(
        f"Matcher: {found['texts']} different texts after {WARM_UP} to warm up, each put together from "
        f"{SENTENCES} sentences of the labelled pairs; memory is the largest it ever held (RSS), numpy and "
        "Python with it."
    )


def _texts(count: int) -> tuple[list[str], list[str]]:
    """Return the longest list of points that the labelled pairs give, and `count` texts."""
    from tests.scoring.labelled_pairs import labelled_pairs  # noqa: PLC0415  reads the course's keys

    pairs = [pair for pair in labelled_pairs() if pair.language == "en"]
    points = list(dict.fromkeys(pair.point for pair in pairs))[:POINTS]
    written = " ".join(dict.fromkeys(pair.response for pair in pairs)).replace("\n", " ")
    sentences = [f"{one.strip()}." for one in written.split(".") if len(one.split()) > 4]
    return points, [
        " ".join(sentences[(at * SENTENCES + n * 7) % len(sentences)] for n in range(SENTENCES))
        for at in range(count)
    ]


def _measure(count: int) -> dict[str, float]:
    points, texts = _texts(WARM_UP + count)
    began = time.perf_counter()
    from homevisit.scoring import key_points, objectivity  # noqa: PLC0415  the first call is measured with it

    key_points.match("What do you observe?", points, texts[0])
    first = time.perf_counter() - began
    spent = [
        _seconds(lambda text=text: key_points.match("What do you observe?", points, text)) for text in texts
    ]
    sentences = [one for text in texts for one in text.split(". ")]
    flagged = [_seconds(lambda one=one: objectivity.check(one)) for one in sentences][WARM_UP:]
    spent = sorted(spent[WARM_UP:])
    return {
        "texts": count,
        "first": first,
        "median": statistics.median(spent),
        "slow": spent[int(0.95 * len(spent))],
        "sentence": statistics.median(flagged),
        "memory": _most_memory(),
    }


def _most_memory() -> float:
    """Return the most memory that this process ever held, in MB; what `getrusage` tells begins with the parent's."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(float(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))
