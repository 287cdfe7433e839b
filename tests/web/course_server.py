"""A real course server in a process of its own, and people to use it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from homevisit.services import accounts
from homevisit.store import accounts as account_store
from homevisit.store import anchors as anchor_store
from homevisit.store.engine import Store, open_store

# Pages that earlier servers of the tests rendered; a server takes those whose version is still right.
RENDERED = Path(tempfile.gettempdir()) / f"homevisit-test-pages-{os.getuid()}"

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
PASSWORD = "quiet river morning"
# The servers of the tests speak plain HTTP; to read all certificates takes longer than most of their requests.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
LESSON = "04-roles-for-parents"


COUNTER = """import ipywidgets
button, label = ipywidgets.Button(description="Count"), ipywidgets.Label("pressed 0 times")
presses = []
def press(_):
    presses.append(1)
    label.value = f"pressed {len(presses)} times"
button.on_click(press)
ipywidgets.VBox([button, label])
"""


def notebook_of(course_dir: Path) -> Path:
    return course_dir / "lessons" / LESSON / f"{LESSON}.ipynb"


def change_notebook(course_dir: Path, change: Callable[[dict], None]) -> None:
    """Change the built lesson of a copied course, as a new build would."""
    path = notebook_of(course_dir)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def add_cell(notebook: dict, source: str, kind: str = "code") -> None:
    cell = {"cell_type": kind, "id": f"extra-{len(notebook['cells'])}", "metadata": {}, "source": source}
    notebook["cells"].insert(2, cell | ({"outputs": [], "execution_count": None} if kind == "code" else {}))


def make_live(course_dir: Path) -> None:
    """Give each visitor of the copied lesson a kernel, and add a widget whose callback runs in it."""

    def change(notebook: dict) -> None:
        notebook["metadata"]["homevisit"]["kernel"] = "live"
        add_cell(notebook, COUNTER)

    change_notebook(course_dir, change)


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
    options: list[str] = field(default_factory=list)
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base_url}"

    @property
    def log(self) -> str:
        return (self.data_dir.parent / "server.log").read_text(encoding="utf-8", errors="replace")

    def visitor(self, **more: object) -> httpx.Client:
        """Return a client that nobody has signed in with."""
        return httpx.Client(verify=NO_TLS, base_url=self.url, **more)

    def command(self) -> list[str]:
        paths = ["--course", str(self.course_dir), "--data", str(self.data_dir)]
        address = ["--port", str(self.port), "--base-url", self.base_url]
        return [sys.executable, "-m", "homevisit", "serve", *address, *paths, *self.options]

    def start(self) -> CourseServer:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        if self.course_dir == ROOT and RENDERED.is_dir():
            shutil.copytree(RENDERED, self.data_dir / "pages", dirs_exist_ok=True)
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
                if httpx.get(self.url + "health", verify=NO_TLS).status_code == 200:
                    return self
            except httpx.TransportError:
                time.sleep(0.05)
        raise AssertionError("the server did not answer: " + self.log)

    def stop(self) -> int:
        """Ask the server to end, as a supervisor of processes would; return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(40)
        if self.course_dir == ROOT and (self.data_dir / "pages").is_dir():
            shutil.copytree(self.data_dir / "pages", RENDERED, dirs_exist_ok=True)
        return code

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

    def person(
        self, name: str, role: str = "learner", team: str = "North", *, is_excused: bool = True
    ) -> Person:
        """Add an account through the services and give it a password; a trainer need not read anchors first."""
        email = f"{name.lower().replace(' ', '.')}@example.org"
        store = self.store()
        try:
            with store.begin() as conn:
                account = account_store.add_account(conn, email=email, name=name, role=role, team=team)
                if role == "trainer" and is_excused:
                    now = datetime.now(UTC)
                    anchor_store.set_excused(conn, account.account_id, None, now, is_excused=True)
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
        client = self.server.visitor(timeout=60)
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
