"""How a response ends for a client of HTTP/1.0, which knows no chunks, and after a request that was not read whole."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle


@dataclass
class ResponseFraming:
    """Wraps the application for one request."""

    app: ASGIApp
    cycle: RequestResponseCycle
    # Closes the connection after some of the rest of the request was read.
    linger: Callable[[], None]
    # Whether the end of the connection is the end of the response.
    unframed: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cycle = self.cycle
        if scope["http_version"] == "1.1" and not cycle.more_body:
            # Nearly all requests.
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, self.send)
        if self.unframed and cycle.response_started and not cycle.response_complete:
            # A regular close would tell the client that the response is complete.
            cycle.transport.abort()

    async def send(self, message: Message) -> None:
        cycle = self.cycle
        if message["type"] == "http.response.start":
            message["headers"] = self._headers(message.get("headers", ()))
            await cycle.send(message)  # type: ignore[arg-type]
            return
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
