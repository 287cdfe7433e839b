"""Backups: whole while others write, of use in the place of the data folder, and removed when many."""

from __future__ import annotations

import os
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from homevisit.cli.main import app
from homevisit.config import Settings, load_settings
from homevisit.errors import ConfigError, InvalidEntryError, StoreError
from homevisit.services.backup import MARKER, back_up
from homevisit.store import accounts as account_store
from homevisit.store.engine import open_store
from tests.services.cohort import add_learner
from tests.web.course_server import LESSON, ROOT


@pytest.fixture(autouse=True)
def without_server(monkeypatch):
    monkeypatch.delenv("HOMEVISIT_DATABASE_URL", raising=False)


@pytest.fixture
def small(tmp_path, sqlite_template):
    """Return the settings of a course with one learner and some files, all without nbgrader."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copyfile(sqlite_template, data / "course.db")
    settings = load_settings(ROOT, data)
    store = open_store(settings.database_url)
    add_learner(store, "Ada Early")
    store.close()
    write(data / "cookie-secret", "sixteen and more")
    write(data / "practice/submitted/a-1" / LESSON / "timestamp.txt", "2026-11-22")
    for name in ("server.lock", "server.json", "pages/lesson.html", "nbgrader/.nbgrader.log"):
        write(data / name, "not needed")
    (data / "demo").mkdir()
    shutil.copyfile(sqlite_template, data / "demo/course.db")
    return settings


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def people(settings):
    store = open_store(settings.database_url)
    with store.read() as conn:
        found = [account.name for account in account_store.accounts(conn)]
    store.close()
    return found


def files_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def run(*words):
    return CliRunner().invoke(app, list(map(str, words)))


def test_backup_holds_what_was_committed_while_somebody_writes(small, tmp_path):
    store = open_store(small.database_url)
    add_learner(store, "Lou Late")  # lies in course.db-wal only
    with store.begin() as conn:
        account_store.add_account(conn, email="u@example.org", name="Una Undone", role="learner", team="")
        made = back_up(small, tmp_path / "backups")
    store.close()
    assert people(load_settings(ROOT, made.folder)) == ["Ada Early", "Lou Late"]
    assert people(small) == ["Ada Early", "Lou Late", "Una Undone"]


def test_backup_leaves_out_locks_logs_and_pages_and_opens_to_its_owner_only(small, tmp_path):
    before = os.umask(0)
    try:
        made = back_up(small, tmp_path / "backups")
    finally:
        os.umask(before)
    assert files_in(made.folder) == [
        "cookie-secret",
        "course.db",
        MARKER,
        f"practice/submitted/a-1/{LESSON}/timestamp.txt",
    ]
    inside = [made.folder.parent, made.folder, *made.folder.rglob("*")]
    assert {path.stat().st_mode & 0o777 for path in inside if path.is_dir()} == {0o700}
    assert {path.stat().st_mode & 0o777 for path in inside if path.is_file()} == {0o600}


def test_command_says_where_and_how_large_and_keeps_as_many_as_asked(small, tmp_path):
    backups = tmp_path / "backups"
    strange = [backups / "homevisit-20200101T000000Z", backups / "mine"]
    for path in strange:
        write(path / "letter.txt", "not a backup of ours")
    write(strange[1] / MARKER, "ours, and renamed to be kept")
    served = back_up(small, backups).folder
    write(served / "server.lock", "")  # somebody runs the course on it
    back_up(small, backups)
    write(backups / ".homevisit-20200103T000000Z.unfinished" / MARKER, "left by a run that was killed")
    (backups / "homevisit-20200102T000000Z").symlink_to(strange[1])
    strange.append(backups / "homevisit-20200102T000000Z")
    command = ["backup", backups, "--keep", 2, "--course", ROOT, "--data", small.data_dir]
    first, second = run(*command), run(*command)
    assert (first.exit_code, second.exit_code) == (0, 0)
    said = re.fullmatch(r"Backed up to (\S+) \(\d\.\d MB\)\. Removed 1 older\.\n", second.output)
    newer = Path(re.match(r"Backed up to (\S+) ", first.output)[1])
    assert sorted(backups.iterdir()) == sorted([*strange, served, newer, Path(said[1])])
    assert people(load_settings(ROOT, newer)) == ["Ada Early"]


def test_backup_is_refused_where_it_would_be_of_no_use(small, tmp_path):
    with pytest.raises(InvalidEntryError, match="is inside the data folder"):
        back_up(small, small.data_dir / "backups")
    write(tmp_path / "letter.txt", "")
    with pytest.raises(InvalidEntryError, match="is a file"):
        back_up(small, tmp_path / "letter.txt")
    with pytest.raises(StoreError, match="could not be made: Not a directory"):
        back_up(small, tmp_path / "letter.txt" / "backups")
    with pytest.raises(ConfigError, match="There is no course data in"):
        back_up(load_settings(ROOT, tmp_path / "empty"), tmp_path / "backups")
    assert not (tmp_path / "backups").exists()


@pytest.mark.parametrize("largest", [50_000, 1_500_000], ids=["database", "file"])
def test_full_disk_leaves_earlier_backups_and_no_half_one(small, tmp_path, largest):
    earlier = back_up(small, tmp_path / "backups").folder
    write(small.data_dir / "nbgrader/autograded/a-1" / LESSON / "large.ipynb", "x" * 2_000_000)
    done = subprocess.run(
        [sys.executable, "-m", "homevisit", "backup", tmp_path / "backups", "--data", small.data_dir],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)),
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "Earlier backups are kept" in done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "backups").iterdir()) == [earlier]


def test_broken_database_makes_no_backup(small, tmp_path):
    with closing(sqlite3.connect(small.data_dir / "course.db")) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = (small.data_dir / "course.db").read_bytes()
    (small.data_dir / "course.db").write_bytes(whole[:8192] + b"\xff" * 40_000 + whole[48_192:])
    with pytest.raises(StoreError, match=r"course\.db could not be copied"):
        back_up(small, tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []


def test_backup_beside_a_database_server_names_pg_dump_without_the_password(small, tmp_path):
    url = "postgresql://course:secret@db.example.org/course?password=secret&sslmode=require"
    made = back_up(Settings(small.course_dir, small.data_dir, url), tmp_path / "backups")
    assert made.dump == (
        "pg_dump --format=custom --file=course.dump 'postgresql://course@db.example.org/course?sslmode=require'"
    )
    assert "cookie-secret" in files_in(made.folder)


def test_database_in_another_place_is_in_the_backup_where_a_server_looks_for_it(small, tmp_path):
    (small.data_dir / "course.db").rename(tmp_path / "other.db")
    made = back_up(
        Settings(small.course_dir, small.data_dir, f"sqlite:///{tmp_path / 'other.db'}"), tmp_path / "backups"
    )
    assert people(load_settings(ROOT, made.folder)) == ["Ada Early"]
