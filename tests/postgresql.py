"""A PostgreSQL server of the test run's own: no network, no durability, gone at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy import URL

from homevisit.store.engine import open_store

DEBIAN = Path("/usr/lib/postgresql")
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "''",
    "max_connections": "40",
    "shared_buffers": "16MB",
    "autovacuum": "off",
}


def find_programs() -> Path | None:
    """Return the folder of initdb and pg_ctl, the newest version first, or None."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]), reverse=True)
    on_path = shutil.which("initdb")
    programs = [*found, *([Path(on_path).resolve()] if on_path else [])]
    return programs[0].parent if programs else None


class PostgresServer:
    def __init__(self, programs: Path) -> None:
        self.programs = programs
        # A short path: the name of a socket may have 107 characters, and pytest's folders are root's alone.
        self.folder = Path(tempfile.mkdtemp(prefix="homevisit-pg-", dir="/tmp"))
        self.data = self.folder / "data"
        self.numbers = count(1)
        self.identity = {}
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            person = pwd.getpwnam("postgres")
            os.chown(self.folder, person.pw_uid, person.pw_gid)
            self.identity = {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []}

    def start(self) -> PostgresServer:
        self._run("initdb", "-D", self.data, "-A", "trust", "-U", "course", "-E", "UTF8", "--locale=C", "-N")
        settings = {**OPTIONS, "unix_socket_directories": f"'{self.folder}'", "timezone": "'Pacific/Chatham'"}
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.writelines(f"{name} = {value}\n" for name, value in settings.items())
        self._run("pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "start")
        self._execute("CREATE DATABASE template_course")
        open_store(self.url("template_course")).close()
        return self

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder)

    def url(self, database: str) -> str:
        address = URL.create(
            "postgresql", username="course", database=database, query={"host": str(self.folder)}
        )
        return address.render_as_string(hide_password=False)

    def add_database(self, template: str = "template_course") -> str:
        """Return the name of a new database; with the tables of the course, or empty from template0."""
        name = f"course_{next(self.numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def remove_database(self, name: str) -> None:
        self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(f"host={self.folder} user=course dbname=postgres", autocommit=True) as conn:
            conn.execute(statement)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self.programs / program), *(str(argument) for argument in arguments)]
        # Into a file: the server keeps the output open, and a pipe would never end.
        with (self.folder / f"{program}.txt").open("w+", encoding="utf-8") as output:
            done = subprocess.run(
                command, stdout=output, stderr=output, cwd=self.folder, check=False, **self.identity
            )
            output.seek(0)
            assert done.returncode == 0, f"{program} failed: {output.read()}"
