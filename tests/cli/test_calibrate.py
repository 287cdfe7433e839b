"""The command that holds the first reading against people, on a copy of the keys."""

from __future__ import annotations

import shutil

import pytest
from typer.testing import CliRunner

from homevisit.cli.main import app
from homevisit.course.bands import load_bands
from homevisit.store.engine import open_store
from tests.services.test_calibrating import every_point, pair, pairs_file
from tests.web.course_server import ROOT


@pytest.fixture
def course(tmp_path):
    root = tmp_path / "course"
    shutil.copytree(ROOT / "answer_keys", root / "answer_keys")
    shutil.copy(ROOT / "course.yml", root)
    open_store(f"sqlite:///{root / 'var' / 'course.db'}").close()
    return root


def run(course, *arguments):
    return CliRunner().invoke(app, ["--course", str(course), "calibrate", *arguments])


def test_calibrate_reports_agreement_and_writes_limits_only_when_asked(course, tmp_path):
    pairs = pairs_file(tmp_path / "pairs.csv", every_point())
    told = run(course, "--pairs", str(pairs))
    assert told.exit_code == 0, told.output
    assert f"0 decisions of trainers and {len(every_point())} labelled pairs, over " in told.output
    assert "The two readers of the pairs agree in 1.00 (kappa 1.00)" in told.output
    for name in ("all", "language en", "04-roles-for-parents/omar-observe"):
        assert f"\n{name} " in told.output
    assert "Nothing is changed. Write them with: homevisit calibrate --write" in told.output
    path = course / "answer_keys" / "bands.yml"
    assert not path.exists()
    written = run(course, "--pairs", str(pairs), "--write")
    assert written.exit_code == 0, written.output
    assert "Wrote answer_keys/bands.yml." in written.output
    bands = load_bands(path)
    assert f"covered from {bands.covered:.2f} on, look again from {bands.again:.2f} on" in written.output


def test_calibrate_sets_no_limits_from_a_few_decisions(course, tmp_path):
    pairs = pairs_file(tmp_path / "pairs.csv", [pair("places", "covered"), pair("mother-turns", "none")])
    told = run(course, "--pairs", str(pairs))
    assert told.exit_code == 0, told.output
    assert "New limits need at least 100 decisions over 5 questions" in told.output
    refused = run(course, "--pairs", str(pairs), "--write")
    assert refused.exit_code == 2
    assert "So far: 2 over 1. Nothing is changed" in refused.output
    assert not (course / "answer_keys" / "bands.yml").exists()


def test_calibrate_without_any_decision_says_so(course):
    told = run(course)
    assert told.exit_code == 0, told.output
    assert told.output.startswith(
        "0 decisions of trainers and 0 labelled pairs, over 0 questions.\n\nNew limits need"
    )
