from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import CheckConstraint, inspect

from homevisit.errors import StoreError
from homevisit.store import accounts, drafts
from homevisit.store.engine import open_store
from homevisit.store.migrate import VERSION_TABLE, alembic_config
from homevisit.store.tables_desk import metadata


def add(conn):
    return accounts.add_account(conn, email="ann@example.org", name="Ann", role="learner")


def test_migrations_make_the_tables_that_the_code_expects(empty_url):
    store = open_store(empty_url)
    with store.begin() as conn:
        found = inspect(conn)
        assert set(found.get_table_names()) == {*metadata.tables, VERSION_TABLE}
        checks = {check["name"] for table in metadata.tables for check in found.get_check_constraints(table)}
        assert checks == {
            str(constraint.name)
            for table in metadata.tables.values()
            for constraint in table.constraints
            if isinstance(constraint, CheckConstraint)
        }
        options = {"version_table": VERSION_TABLE, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(conn, opts=options), metadata) == []
    store.close()


def test_migrations_run_down_and_up_again(database_url):
    store = open_store(database_url)
    with store._transaction("migrate") as conn:
        add(conn)
        command.downgrade(alembic_config(conn), "base")
        assert inspect(conn).get_table_names() == [VERSION_TABLE]
        command.upgrade(alembic_config(conn), "head")
    with store.read() as conn:
        assert accounts.accounts(conn) == []
    store.close()


def test_store_opened_again_keeps_its_rows(database_url):
    first = open_store(database_url)
    with first.begin() as conn:
        ann = add(conn)
    first.close()
    second = open_store(database_url)
    with second.read() as conn:
        assert accounts.accounts(conn) == [ann]
    second.close()


def test_store_of_a_newer_version_is_refused_and_left_alone(database_url):
    store = open_store(database_url)
    with store.begin() as conn:
        conn.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(StoreError) as caught:
        open_store(database_url)
    assert caught.value.message == (
        "The database was written by another, probably newer version of the course; "
        "install that version, or restore the backup that belongs to this one."
    )
    with store.read() as conn:
        version = conn.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar_one()
    assert version == "9999"
    store.close()


def test_store_with_orphans_is_not_brought_up_to_date(tmp_path):
    path = tmp_path / "course.db"
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        conn.execute("CREATE TABLE child (parent_id INTEGER REFERENCES parent (id))")
        conn.execute("INSERT INTO child VALUES (7)")
    conn.close()
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{path}")
    assert caught.value.message == (
        "Some entries of the database do not belong to anything, so it was not brought up to date "
        "and nothing was changed; restore the last backup."
    )
    conn = sqlite3.connect(path)
    tables = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    conn.close()
    assert tables == [("child",), ("parent",)]


def test_migration_that_rebuilds_accounts_keeps_what_belongs_to_them(database_url):
    store = open_store(database_url)
    with store.begin() as conn:
        ann = add(conn)
        kept = drafts.save_draft(conn, ann.account_id, "04", "omar-observe", {"text": "He stacks"}, 0)
    with store._transaction("migrate") as conn:
        operations = Operations(MigrationContext.configure(conn, opts={"target_metadata": metadata}))
        recreate = "always" if conn.dialect.name == "sqlite" else "auto"
        with operations.batch_alter_table("accounts", recreate=recreate) as batch:
            batch.alter_column("team", nullable=True)
    with store.read() as conn:
        assert drafts.find_draft(conn, ann.account_id, "04", "omar-observe") == kept
    store.close()


def test_servers_that_start_at_once_migrate_one_after_the_other(empty_url):
    program = f"from homevisit.store.engine import open_store; open_store({empty_url!r}).close()"
    started = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(2)]
    assert [process.wait(30) for process in started] == [0, 0]
    store = open_store(empty_url)
    with store.read() as conn:
        assert accounts.accounts(conn) == []
    store.close()
