"""A client of HTTP/1.1 that costs next to nothing, so that its own time does not hide the servers'."""

import re
import selectors
import socket
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Self

END = b"\r\n\r\n"
LAST_CHUNK = b"0\r\n\r\n"
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


def request(method: str, path: str, body: bytes = b"") -> bytes:
    """The bytes of a request, made once and sent many times."""
    head = (
        f"{method} {path} HTTP/1.1\r\nhost: localhost\r\naccept: application/json\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Connection:
    """A plain socket, kept alive, with one request at a time: an event loop would add to what it measures."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=600)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.socket.close()

    def ask(self, request: bytes) -> bytes:
        self.socket.sendall(request)
        return self.receive()

    def receive(self) -> bytes:
        """The body of an answer; anything but success ends the bench."""
        read = b""
        while END not in read:
            read += self._some()
        head, _, rest = read.partition(END)
        # Not as bytes, which are copied for each part: that would hold the interpreter, and those who wait beside it.
        body = bytearray(rest)
        length = LENGTH.search(head)
        if b" 200 " not in head[:15]:
            raise RuntimeError(read.decode())
        if length is None:
            # It comes in chunks, the last of which is empty.
            while not body.endswith(LAST_CHUNK):
                body += self._some()
            return bytes(body)
        while len(body) < int(length[1]):
            body += self._some()
        return bytes(body)

    def _some(self) -> bytes:
        content = self.socket.recv(1 << 18)
        if not content:
            raise RuntimeError("The server hung up.")
        return content


def rate(port: int, requests: Iterator[bytes], *, connections: int, seconds: float) -> float:
    """Requests a second, with every connection asking again as soon as it was answered."""
    count = 0
    with selectors.DefaultSelector() as waiting:
        for _ in range(connections):
            connection = Connection(port)
            waiting.register(connection.socket, selectors.EVENT_READ, connection)
        start = time.perf_counter()
        for key in waiting.get_map().values():
            key.data.socket.sendall(next(requests))
        while waiting.get_map():
            for key, _ in waiting.select():
                key.data.receive()
                count += 1
                if time.perf_counter() - start < seconds:
                    key.data.socket.sendall(next(requests))
                else:
                    waiting.unregister(key.fileobj)
                    key.data.socket.close()
        # Until the last answer: those that were still under way at the end count with their time.
        return count / (time.perf_counter() - start)
