"""Bytes over a connection, as no HTTP client would send them."""

import json
import socket
from typing import Any

import httpx

from tests.waiting import PATIENCE

QUERY = b'{"query":"{__typename}"}'
HEAD = b"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
WHOLE = HEAD + b"Content-Length: %d\r\n\r\n" % len(QUERY) + QUERY
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"


def dial(url: str, content: bytes = b"") -> socket.socket:
    address = httpx.URL(url)
    connection = socket.create_connection((address.host, address.port or 80), timeout=PATIENCE)
    connection.sendall(content)
    return connection


def read_response(connection: socket.socket) -> bytes:
    """One answer that has a length, and no more."""
    head, separator, body = b"", b"", b""
    while not separator:
        head, separator, body = (head + connection.recv(1)).partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].split()[0])
    while len(body) < length:
        body += connection.recv(length - len(body))
    return head + separator + body


def read_rest(connection: socket.socket) -> bytes:
    """All that is still said until the other side closes."""
    return b"".join(iter(lambda: connection.recv(65_536), b""))


def exchange(url: str, content: bytes) -> bytes:
    with dial(url, content) as connection:
        return read_rest(connection)


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def code(answer: bytes) -> Any:
    """That of the error in an answer."""
    [error] = json.loads(answer.partition(b"\r\n\r\n")[2])["errors"]
    return error["extensions"]["code"]
