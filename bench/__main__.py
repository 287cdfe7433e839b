"""Run the measurements: ``python -m bench [--quick] [--out FILE] [GROUP ...]``.

A full run prints its table and writes it to docs/performance.md.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from bench import machine
from bench.api import measure_api
from bench.autograde import measure_autograde
from bench.browser import measure_browser
from bench.desk import measure_desk
from bench.groups import measure_groups
from bench.matcher import measure_matcher
from bench.pages import measure_pages, measure_start
from bench.plan import FULL, QUICK
from bench.report import Row, table, write_page
from bench.setting import Setting
from homevisit.config import DATABASE_VARIABLE
from tests.web.course_server import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

GROUPS = {
    "start": measure_start,
    "pages": measure_pages,
    "browser": measure_browser,
    "api": measure_api,
    "autograde": measure_autograde,
    "desk": measure_desk,
    "groups": measure_groups,
    "matcher": measure_matcher,
}
NOISY_SPREAD, NOISY_LOAD = 1.25, 0.5
PAGE = ROOT / "docs" / "performance.md"


def main() -> int:
    """Measure what was asked for; return 1 when something went wrong, never because it was slow."""
    asked = _asked()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that servers are ended here too
    is_whole = not asked.quick and not asked.only
    command = "make bench" if is_whole else " ".join(["python -m bench", *sys.argv[1:]])
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hvb-", ignore_cleanup_errors=True) as folder:
        _stay_in(Path(folder, "t"))
        setting = Setting(QUICK if asked.quick else FULL, Path(folder))
        facts = machine.facts(setting.folder, command)
        _measure(setting, asked.only or GROUPS)
    facts["took"] = f"{(time.monotonic() - began) / 60:.1f} minutes"
    report = setting.report
    notes = "\n".join(f"- {note}" for note in report.notes)
    print(f"\n{table(report.rows)}\n\n{notes}")
    out = asked.out or (PAGE if is_whole else None)
    if out is not None:
        write_page(out, report, facts)
    for problem in report.problems:
        print(f"PROBLEM: {problem}")
    return 1 if report.problems else 0


def _stay_in(folder: Path) -> None:
    """Keep what servers and kernels write, and a person's own settings, out of each other's way."""
    folder.mkdir()
    own = ("TMPDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")
    os.environ |= dict.fromkeys(own, str(folder))
    os.environ.pop(DATABASE_VARIABLE, None)
    # nbgrader starts `alembic` as a program
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


def _measure(setting: Setting, names: Iterable[str]) -> None:
    paces, loads = [machine.pace()], [machine.load()]
    setting.prepare()
    for name in names:
        began = time.monotonic()
        try:
            GROUPS[name](setting)
        except Exception as exc:  # noqa: BLE001  the other groups can still be measured
            traceback.print_exc()
            setting.report.add(Row(f"{name}: failed", None))
            setting.report.problems.append(f"The group {name} failed: {exc}")
        setting.say(f"{name} took {time.monotonic() - began:.0f} s")
        paces.append(machine.pace())
        loads.append(machine.load())
    spread = max(paces) / min(paces)
    is_noisy = spread > NOISY_SPREAD or loads[0] > (os.cpu_count() or 1) * NOISY_LOAD
    verdict = "the machine was noisy" if is_noisy else "the machine ran evenly"
    setting.report.note(
        f"Noise: {loads[0]:.1f} processes ran or waited when it began. A fixed piece of work took "
        f"{min(paces) * 1000:.0f} to {max(paces) * 1000:.0f} ms between the groups: {verdict}."
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bench", description="Measure the course against stock Voilà and nbgrader."
    )
    parser.add_argument(
        "--quick", action="store_true", help="a small run of under two minutes; writes no page"
    )
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"what to measure: {', '.join(GROUPS)}")
    parser.add_argument("--only", action="append", choices=GROUPS, help="a group; may be given several times")
    parser.add_argument("--out", type=Path, help="write the page to this file")
    asked = parser.parse_args()
    unknown = [name for name in asked.groups if name not in GROUPS]
    if unknown:
        parser.error(f"there is no group {unknown[0]}; name some of {', '.join(GROUPS)}")
    asked.only = [*(asked.only or []), *asked.groups] or None
    return asked


if __name__ == "__main__":
    sys.exit(main())
