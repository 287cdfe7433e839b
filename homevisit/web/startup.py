"""What a server makes sure of before it listens: its data are its own, its port is free, its path and its secret."""

from __future__ import annotations

import base64
import fcntl
import os
import re
import secrets
import socket
from typing import TYPE_CHECKING

from homevisit.errors import ConfigError
from homevisit.store.listening import is_shared
from homevisit.store.shared_values import shared_value

if TYPE_CHECKING:
    from pathlib import Path

    from homevisit.store.engine import Store


def hold_data_dir(data_dir: Path) -> None:
    """Keep a second server off this data directory for as long as this process lives.

    Raises
    ------
    ConfigError
        Another server holds it.
    """
    lock = os.open(data_dir / "server.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as exc:
        os.close(lock)
        raise ConfigError(
            f"A server already runs on {data_dir}. Stop it first, or name another directory with --data."
        ) from exc


def checked_base_url(path: str) -> str:
    """Return the path of the course on its host with a slash at both ends, as all addresses are put together.

    Raises
    ------
    ConfigError
        It is no path, or has letters that an address cannot hold as they are.
    """
    inside = path.strip().strip("/")
    if not re.fullmatch(r"[\w.~/-]*", inside, re.ASCII):
        raise ConfigError(
            f"“{path}” cannot be the path of the course; write --base-url /course/ or leave it out."
        )
    return f"/{inside}/" if inside else "/"


def check_port(host: str, port: int) -> None:
    """Raise ConfigError when `port` cannot be listened on."""
    try:
        with socket.create_server((host, port)):
            return
    except OSError as exc:
        raise ConfigError(
            f"Port {port} on {host} cannot be used: {_reason(exc)}. Try another one, such as --port {port + 1}."
        ) from exc


def _reason(exc: OSError) -> str:
    """Return the system's own few words; Python adds more to them, which help nobody."""
    return os.strerror(exc.errno) if exc.errno else str(exc)


def shared_secret(store: Store, database_url: str, own: bytes) -> bytes:
    """Return the secret that signs cookies: the first server's, where several may share the database.

    It leads nobody in: a cookie holds a token of which the database knows only a hash.
    """
    if not is_shared(database_url):
        return own
    with store.begin() as conn:
        found = shared_value(conn, "cookie-secret", base64.b64encode(own).decode())
    return base64.b64decode(found)


def cookie_secret(data_dir: Path) -> bytes:
    """Return the secret that signs cookies; kept in a file, so that a restart signs nobody out."""
    path = data_dir / "cookie-secret"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        secret = secrets.token_bytes(48)
        file.write(secret)
    return secret
