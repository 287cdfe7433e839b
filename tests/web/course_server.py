"""A real course server in a process of its own, and people to use it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from homevisit.services import accounts
from homevisit.store import accounts as account_store
from homevisit.store.engine import Store, open_store

ROOT = Path(__file__).parents[2]
PASSWORD = "quiet river morning"
LESSON = "04-roles-for-parents"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class CourseServer:
    data_dir: Path
    course_dir: Path = ROOT
    port: int = field(default_factory=free_port)
    environment: dict[str, str] = field(default_factory=dict)
    base_url: str = "/"
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base_url}"

    @property
    def log(self) -> str:
        return (self.data_dir.parent / "server.log").read_text(encoding="utf-8", errors="replace")

    def command(self) -> list[str]:
        paths = ["--course", str(self.course_dir), "--data", str(self.data_dir)]
        address = ["--port", str(self.port), "--base-url", self.base_url]
        return [sys.executable, "-m", "homevisit", "serve", *address, *paths]

    def start(self) -> CourseServer:
        self.data_dir.parent.mkdir(parents=True, exist_ok=True)
        with (self.data_dir.parent / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment},
                cwd=ROOT,
                start_new_session=True,
            )
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log
            try:
                if httpx.get(self.url + "health").status_code == 200:
                    return self
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("the server did not answer: " + self.log)

    def stop(self) -> int:
        """Ask the server to end, as a supervisor of processes would; return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(40)

    def kill(self) -> None:
        """End the server and all it started, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(20)

    def kernels(self) -> list[int]:
        """Return the process ids of the lesson kernels this server started."""
        listed = subprocess.run(
            ["ps", "-eo", "pid,sid,args"], capture_output=True, text=True, check=True
        ).stdout
        found = (re.match(r"\s*(\d+)\s+(\d+)\s+(.*)", line) for line in listed.splitlines())
        return [
            int(match[1])
            for match in found
            if match
            and "ipykernel_launcher" in match[3]
            and str(self.process.pid) in _ancestors(int(match[1]))
        ]

    def store(self) -> Store:
        return open_store(f"sqlite:///{self.data_dir / 'course.db'}")

    def person(self, name: str, role: str = "learner", team: str = "North") -> Person:
        """Add an account through the services and give it a password."""
        email = f"{name.lower().replace(' ', '.')}@example.org"
        store = self.store()
        try:
            with store.begin() as conn:
                account = account_store.add_account(conn, email=email, name=name, role=role, team=team)
            accounts.accept_invitation(store, accounts.invite(store, account.account_id), PASSWORD)
        finally:
            store.close()
        return Person(self, account.account_id, email, name)


@dataclass
class Person:
    server: CourseServer
    account_id: str
    email: str
    name: str

    def client(self) -> httpx.Client:
        """Return an HTTP client that is signed in as this person."""
        client = httpx.Client(base_url=self.server.url, timeout=60)
        client.get("login")
        reply = client.post(
            "login", data={"email": self.email, "password": PASSWORD, "_xsrf": client.cookies["_xsrf"]}
        )
        assert reply.status_code == 302, reply.text
        client.headers["X-XSRFToken"] = client.cookies["_xsrf"]
        return client


def _ancestors(pid: int) -> list[str]:
    found = []
    while pid > 1:
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            break
        found.append(str(pid))
    return found
