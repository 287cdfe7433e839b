"""What a server makes sure of before it listens: that it is alone on its data, and that its port is free."""

from __future__ import annotations

import fcntl
import os
import socket
from typing import TYPE_CHECKING

from homevisit.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


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


def check_port(host: str, port: int) -> None:
    """Raise ConfigError when `port` cannot be listened on."""
    try:
        with socket.create_server((host, port)):
            return
    except OSError as exc:
        raise ConfigError(
            f"Port {port} on {host} cannot be used: {exc.strerror}. Try another one, such as --port {port + 1}."
        ) from exc
