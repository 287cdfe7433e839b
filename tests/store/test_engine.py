from __future__ import annotations

import stat
import subprocess
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

import pytest
from sqlalchemy import text

from homevisit.errors import ConfigError, CourseError, InvalidEntryError, StoreError
from homevisit.store import accounts, drafts
from homevisit.store.engine import open_store

BUSY = "The database is busy with other work and did not take this; please try again in a moment."
AWAY = (
    "The database cannot be reached; please try again in a minute. If it goes on, the person who runs "
    "the course should check that it is running and that HOMEVISIT_DATABASE_URL is right."
)
CLOSED = (
    "The database cannot be opened for writing; "
    "ask the person who runs the course to check who owns the data folder."
)
ADVICE = "write sqlite:///path/to/course.db or postgresql://name:password@host/database."


def add(conn, name="ann"):
    return accounts.add_account(conn, email=f"{name}@example.org", name=name, role="learner")


def names(store):
    with store.read() as conn:
        return [account.name for account in accounts.accounts(conn)]


def test_store_file_is_made_with_its_folder_for_its_owner_alone(tmp_path):
    path = tmp_path / "var" / "course.db"
    open_store(f"sqlite:///{path}").close()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_store_on_sqlite_is_set_up_to_lose_nothing(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'course.db'}")
    with store.begin() as conn:
        pragmas = {
            name: conn.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    store.close()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


def test_store_file_holds_nothing_of_an_account_that_was_removed(tmp_path):
    path = tmp_path / "course.db"
    words = "the words of somebody who has left"
    store = open_store(f"sqlite:///{path}")
    with store.begin() as conn:
        gone = add(conn)
        add(conn, "bo")
        drafts.save_draft(conn, gone.account_id, "lesson", "question", {"text": words * 500}, 0)
    with store.begin() as conn:
        accounts.remove_account(conn, gone.account_id)
    store.close()
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"bo@example.org" in left
    assert words.encode() not in left
    assert b"ann@example.org" not in left


def test_store_keeps_nothing_of_a_transaction_that_fails(store):
    with suppress(ZeroDivisionError), store.begin() as conn:
        add(conn)
        1 / 0  # noqa: B018
    assert names(store) == []


def test_store_says_nothing_of_what_people_wrote_in_an_error_for_the_log(store):
    with pytest.raises(CourseError) as caught, store.begin() as conn:
        conn.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "She cried in the " + "kitchen."})
    assert "cried in the kitchen" not in "".join(traceback.format_exception(caught.value))


def test_store_refuses_a_number_that_no_column_holds_with_a_sentence(store):
    with pytest.raises(InvalidEntryError), store.begin() as conn:
        conn.execute(text("SELECT CAST(:number AS bigint)"), {"number": 2**70})


def test_store_read_refuses_to_write(store):
    with pytest.raises(StoreError) as caught, store.read() as conn:
        add(conn)
    assert caught.value.message == CLOSED
    with store.begin() as conn:
        add(conn)
    assert names(store) == ["ann"]


def test_store_read_does_not_wait_for_a_writer(store):
    with store.begin() as conn:
        add(conn)
        assert names(store) == []
    assert names(store) == ["ann"]


def test_store_writers_queue_for_each_other(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'course.db'}")
    is_near = Event()

    def write():
        is_near.set()
        with store.begin() as conn:
            return [account.name for account in accounts.accounts(conn)], add(conn, "bo")

    with ThreadPoolExecutor(1) as pool:
        with store.begin() as conn:
            second = pool.submit(write)
            assert is_near.wait(10)
            add(conn)
        seen, _added = second.result(20)
    assert seen == ["ann"]
    assert names(store) == ["ann", "bo"]
    store.close()


def test_store_that_stays_busy_says_so(database_url):
    store, other = open_store(database_url), open_store(database_url, busy_seconds=0.05)
    with store.begin() as conn:
        ann = add(conn)
    with store.begin() as conn:
        accounts.update_account(conn, ann.account_id, name="Ann")
        with pytest.raises(StoreError) as caught, other.begin() as late:
            accounts.update_account(late, ann.account_id, name="Anna")
    assert caught.value.message == BUSY
    assert names(other) == ["Ann"]
    store.close()
    other.close()


def test_store_with_a_full_disk_says_so(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'course.db'}")
    with pytest.raises(StoreError) as caught, store.begin() as conn:  # noqa: PT012  fails in the second line
        conn.exec_driver_sql("PRAGMA max_page_count=1")
        add(conn, "a" * 1_000_000)
    assert caught.value.message == (
        "The disk that holds the course data is full; ask the person who runs the course to free space."
    )
    store.close()


def test_store_refuses_a_role_that_is_none(store):
    with pytest.raises(StoreError) as caught, store.begin() as conn:
        accounts.add_account(conn, email="ann@example.org", name="Ann", role="teacher")
    assert caught.value.message == (
        "The database failed and nothing was saved; please try again. "
        "If it happens again, tell the person who runs the course."
    )


def test_store_file_that_is_no_database_is_left_alone(tmp_path):
    path = tmp_path / "course.db"
    path.write_text("a letter to a friend " * 100, encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{path}")
    assert caught.value.message == (
        "The database file is damaged or is not one of this course; "
        "ask the person who runs the course to restore the last backup."
    )
    assert path.read_text(encoding="utf-8").startswith("a letter")


def test_store_below_a_file_cannot_be_made(tmp_path):
    path = tmp_path / "notes.txt" / "course.db"
    path.parent.write_text("not a folder", encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{path}")
    assert caught.value.message == f"The database file {path} cannot be made; check who owns its folder."


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("course.db", "The database address cannot be understood; "),
        ("filing-cabinet://:secret@host/course", "The database address cannot be understood; "),
        ("postgresql://ann:secret@host:port/course", "The database address cannot be understood; "),
        ("mysql://ann:secret@host/course", "The course does not work with a mysql database; "),
        ("sqlite://", "The course needs a database that stays; "),
        ("sqlite:///:memory:", "The course needs a database that stays; "),
    ],
)
def test_store_address_that_cannot_be_used_is_explained_without_its_password(url, sentence):
    with pytest.raises(ConfigError) as caught:
        open_store(url)
    assert caught.value.message == sentence + ADVICE


def test_store_without_its_server_says_so(tmp_path):
    with pytest.raises(StoreError) as caught:
        open_store(f"postgresql://ann:secret@/course?host={tmp_path}")
    assert caught.value.message == AWAY


def test_store_comes_back_after_its_server_dropped_the_connection(postgres):
    name = postgres.add_database()
    store, other = open_store(postgres.url(name)), open_store(postgres.url(name))
    with pytest.raises(StoreError) as caught, store.begin() as conn:  # noqa: PT012  fails in the last line
        add(conn)
        with other.begin() as killer:
            killer.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            ).all()
        add(conn, "bo")
    assert caught.value.message == AWAY
    with store.begin() as conn:
        add(conn, "cleo")
    assert names(store) == ["cleo"]
    store.close()
    other.close()
    postgres.remove_database(name)


def test_store_keeps_what_was_committed_when_its_process_is_killed(database_url):
    program = f"""
import os, signal
from homevisit.store import accounts, drafts
from homevisit.store.engine import open_store
store = open_store({database_url!r})
with store.begin() as conn:
    accounts.add_account(conn, email="ann@example.org", name="kept", role="learner")
with store.begin() as conn:
    accounts.add_account(conn, email="bo@example.org", name="lost", role="learner")
    os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", program], check=False)
    assert killed.returncode == -9
    store = open_store(database_url)
    assert names(store) == ["kept"]
    store.close()
