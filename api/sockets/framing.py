"""How a response is written: whole in one piece where it can be; and how it ends for a client of HTTP/1.0, which knows
no chunks, and after a request that was not read whole."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HEADER_RE, HEADER_VALUE_RE, STATUS_LINE, RequestResponseCycle

# Bytes of a body up to which a copy takes less time than another write to the socket.
COPY = 262_144
# What uvicorn has to see in a response.
SPECIAL = frozenset((b"connection", b"transfer-encoding"))


@dataclass
class ResponseFraming:
    """Wraps the application for one request."""

    app: ASGIApp
    cycle: RequestResponseCycle
    # Closes the connection after some of the rest of the request was read.
    linger: Callable[[], None]
    # Whether the end of the connection is the end of the response.
    unframed: bool = False
    # The start of a response whose body follows.
    start: Message | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cycle = self.cycle
        await self.app(scope, receive, self.send)
        if self.start is not None:
            # The application has failed before the body.
            await cycle.send(self.start)  # type: ignore[arg-type]
        if self.unframed and cycle.response_started and not cycle.response_complete:
            # A regular close would tell the client that the response is complete.
            cycle.transport.abort()

    async def send(self, message: Message) -> None:
        cycle = self.cycle
        if cycle.scope["http_version"] == "1.1" and not cycle.more_body:
            # Nearly all requests.
            await self._send_whole(message)
        elif message["type"] == "http.response.start":
            message["headers"] = self._headers(message.get("headers", ()))
            await cycle.send(message)  # type: ignore[arg-type]
        else:
            await self._send_body(message)

    async def _send_whole(self, message: Message) -> None:
        """Sends the head of a response together with its body."""
        start, self.start = self.start, None
        if start is not None:
            if await self._write(start, message):
                return
            await self.cycle.send(start)  # type: ignore[arg-type]
        elif message["type"] == "http.response.start" and any(n == b"content-length" for n, _ in message["headers"]):
            self.start = message
            return
        await self.cycle.send(message)  # type: ignore[arg-type]

    async def _write(self, start: Message, message: Message) -> bool:
        """Does with one write what uvicorn does for a usual response of two messages; or nothing, and returns False."""
        cycle, body = self.cycle, message.get("body", b"")
        if cycle.flow.write_paused and not cycle.disconnected:
            await cycle.flow.drain()
        headers = [*cycle.default_headers, *start["headers"]]
        names, values = zip(*headers, strict=True)
        is_usual = (
            message["type"] == "http.response.body"
            and not message.get("more_body", False)
            and len(body) <= COPY
            and cycle.keep_alive
            and not (cycle.disconnected or cycle.response_started)
            and cycle.scope["method"] != "HEAD"
            and values[names.index(b"content-length")] == b"%d" % len(body)
            and SPECIAL.isdisjoint(names)
            and not (HEADER_RE.search(b"".join(names)) or HEADER_VALUE_RE.search(b"".join(values)))
        )
        if is_usual:
            cycle.waiting_for_100_continue = cycle.chunked_encoding = False
            cycle.response_started = cycle.response_complete = True
            lines = b"".join([b"%b: %b\r\n" % header for header in headers])
            cycle.transport.write(b"%b%b\r\n%b" % (STATUS_LINE[start["status"]], lines, body))
            cycle.message_event.set()
            cycle.on_response()
        return is_usual

    async def _send_body(self, message: Message) -> None:
        cycle = self.cycle
        if self.unframed:
            cycle.expected_content_length = len(message.get("body", b""))
        unread = cycle.more_body and not message.get("more_body", False)
        if unread:
            cycle.keep_alive = True
        await cycle.send(message)  # type: ignore[arg-type]
        if unread:
            self.linger()

    def _headers(self, lines: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        cycle, headers = self.cycle, list(lines)
        if cycle.more_body:
            headers.append((b"connection", b"close"))
        if cycle.scope["http_version"] == "1.0" and not any(name.lower() == b"content-length" for name, _ in headers):
            self.unframed = True
            cycle.chunked_encoding = False
        return headers
