"""A small HTTP client on asyncio streams: light enough for one process to be two hundred visitors."""

from __future__ import annotations

import asyncio
import gzip
import json
import math
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

BROKEN = (OSError, EOFError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; `complete` is when its last byte had come, in seconds from before the connection was opened."""

    status: int
    body: bytes
    complete: float

    def json(self) -> Any:
        """Return the body as JSON."""
        return json.loads(self.body)


@dataclass
class Connection:
    """One connection that is kept open between requests; `cookies` are sent along and taken over.

    `first_byte` is when the head of the last answer had come, also where its end never did; `headers` are its.
    """

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    first_byte: float = math.inf
    headers: dict[str, str] = field(default_factory=dict)
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def request(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Reply:
        """Send a request and read the whole answer; one of BROKEN when that fails."""
        began, self.first_byte = time.perf_counter(), math.inf
        place = urlsplit(self.url)
        if self._streams is None:
            self._streams = await asyncio.open_connection(place.hostname, place.port)
        reader, writer = self._streams
        writer.write(self._head(method, path, place.netloc, len(body), kind) + body)
        raw = await reader.readuntil(b"\r\n\r\n")
        self.first_byte = time.perf_counter() - began
        status, headers, cookies = _parsed(raw)
        self.cookies |= cookies
        self.headers = headers
        content = await _content(reader, headers)
        complete = time.perf_counter() - began
        if headers.get("content-encoding") == "gzip":
            content = gzip.decompress(content)
        return Reply(status, content, complete)

    async def lines(self, path: str) -> AsyncIterator[str]:
        """Give the lines of an endless answer, such as a stream of events; one of BROKEN when it ends."""
        place = urlsplit(self.url)
        self._streams = await asyncio.open_connection(place.hostname, place.port)
        reader, writer = self._streams
        writer.write(self._head("GET", path, place.netloc, 0, ""))
        status, _, _ = _parsed(await reader.readuntil(b"\r\n\r\n"))
        if status != HTTPStatus.OK:
            raise OSError(f"{path}: {status}")
        rest = b""
        while size := int(await reader.readline(), 16):
            *whole, rest = (rest + (await reader.readexactly(size + 2))[:-2]).split(b"\n")
            for line in whole:
                yield line.decode()
        raise EOFError(path)

    async def send_json(self, method: str, path: str, value: Any) -> Reply:
        """Send JSON."""
        return await self.request(method, path, json.dumps(value).encode(), "application/json")

    def close(self) -> None:
        """Close the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    def _head(self, method: str, path: str, host: str, length: int, kind: str) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Accept-Encoding: gzip"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if "_xsrf" in self.cookies:
            lines.append(f"X-XSRFToken: {self.cookies['_xsrf']}")
        if method != "GET":
            lines.append(f"Content-Length: {length}")
        if kind:
            lines.append(f"Content-Type: {kind}")
        return "\r\n".join([*lines, "", ""]).encode()


def _parsed(raw: bytes) -> tuple[int, dict[str, str], dict[str, str]]:
    first, *lines = raw.decode("latin-1").splitlines()
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
        if name.lower() == "set-cookie":
            cookies |= {key: morsel.coded_value for key, morsel in SimpleCookie(value.strip()).items()}
    return int(first.split()[1]), headers, cookies


async def _content(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding") != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    parts = []
    while size := int(await reader.readline(), 16):
        parts.append((await reader.readexactly(size + 2))[:-2])
    await reader.readexactly(2)
    return b"".join(parts)
