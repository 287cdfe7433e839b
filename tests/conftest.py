"""Stores for all tests: a fresh SQLite file, and a fresh database of a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
from importlib import import_module
from pkgutil import iter_modules

import pytest
from argon2 import PasswordHasher

import homevisit.store
from homevisit.services.passwords import Passwords
from homevisit.store.engine import open_store
from homevisit.store.tables import metadata
from tests.postgresql import PostgresServer, find_programs

# the metadata knows the tables of those modules only that are imported
for _, name, _ in iter_modules(homevisit.store.__path__):
    if name.startswith("tables"):
        import_module(f"homevisit.store.{name}")


def pytest_collection_modifyitems(items):
    """Put the modules with servers and browsers first, so that several workers end at about the same time."""
    items.sort(key=lambda item: "web" not in item.path.parts)


@pytest.fixture(scope="session")
def postgres():
    programs = find_programs()
    if programs is None:
        message = "PostgreSQL is missing. Install Debian's package: apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    server = PostgresServer(programs)
    try:
        yield server.start()
    finally:
        server.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "course.db"
    open_store(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def postgres_store(postgres):
    """Return a store that the tests of this process use one after the other, emptied in between."""
    opened = open_store(postgres.url(postgres.add_database()))
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    """Return an open store without rows."""
    if request.param == "sqlite":
        path = shutil.copyfile(request.getfixturevalue("sqlite_template"), tmp_path / "course.db")
        opened = open_store(f"sqlite:///{path}")
        yield opened
        opened.close()
        return
    opened = request.getfixturevalue("postgres_store")
    with opened.begin() as conn:
        for table in reversed(metadata.sorted_tables):
            conn.execute(table.delete())
    yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """Return the address of a database of the test's own, with tables and without rows."""
    if request.param == "sqlite":
        path = shutil.copyfile(request.getfixturevalue("sqlite_template"), tmp_path / "course.db")
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgres")
    name = server.add_database()
    yield server.url(name)
    server.remove_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request, tmp_path):
    """Return the address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'course.db'}"
        return
    server = request.getfixturevalue("postgres")
    name = server.add_database(template="template0")
    yield server.url(name)
    server.remove_database(name)


@pytest.fixture(scope="session")
def fast_passwords():
    """Return the real hashing at its lowest costs."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
