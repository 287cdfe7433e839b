"""A real mail server on this machine: takes mail, refuses some addresses, may ask for a password and TLS."""

from __future__ import annotations

import email
import shutil
import ssl
import subprocess
from email.policy import default as policy
from threading import Lock
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

UNKNOWN = "550 5.1.1 No such person here"
BUSY = "451 4.7.1 Come again later"


class SmtpServer:
    """What it took is in `mails`: (recipients, message); addresses that begin with ``gone`` or ``busy`` are refused."""

    def __init__(self, port: int = 0, host: str = "127.0.0.1", **options: Any) -> None:
        self.mails: list[tuple[list[str], EmailMessage]] = []
        self.were_encrypted: list[bool] = []
        self._lock = Lock()
        self._is_on = False
        self._controller = _Controller(self, hostname=host, port=port, **options)

    @property
    def port(self) -> int:
        return self._controller.port

    def start(self) -> SmtpServer:
        self._controller.start()
        self._is_on = True
        return self

    def stop(self) -> None:
        if self._is_on:
            self._is_on = False
            self._controller.stop()

    def to(self, address: str) -> list[EmailMessage]:
        """Return what came for one address."""
        with self._lock:
            return [message for recipients, message in self.mails if address in recipients]

    async def handle_RCPT(  # noqa: N802  aiosmtpd calls it so
        self, _server, _session, envelope, address, _options
    ) -> str:
        if address.startswith("gone"):
            return UNKNOWN
        if address.startswith("busy"):
            return BUSY
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, session, envelope) -> str:  # noqa: N802  aiosmtpd calls it so
        message = email.message_from_bytes(envelope.content, policy=policy)
        with self._lock:
            self.mails.append((list(envelope.rcpt_tos), message))
            self.were_encrypted.append(session.ssl is not None)
        return "250 Taken"


class _Controller(Controller):
    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


def with_password(user: str, password: str) -> dict[str, Any]:
    """Return the options of a server that takes mail only after a login."""

    def check(_server, _session, _envelope, _mechanism, data) -> AuthResult:
        is_right = isinstance(data, LoginPassword) and (data.login, data.password) == (
            user.encode(),
            password.encode(),
        )
        return AuthResult(success=is_right, handled=is_right)

    return {"authenticator": check, "auth_required": True}


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Return what a server at localhost needs for TLS, and the certificate for those who should trust it."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is missing. Install Debian's package: apt-get install openssl")
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*command, "-keyout", key, "-out", cert], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return context, cert
