"""How an answer ends: for clients of HTTP/1.0, which know no chunks, and for those whose request was not read whole."""

from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import RequestResponseCycle


class Framed:
    """An application as one request sees it."""

    def __init__(self, app: ASGIApp, cycle: RequestResponseCycle, linger: Callable[[], None]) -> None:
        """`linger` is called in place of closing a connection on which some of the request is still to come."""
        self.app = app
        self.cycle = cycle
        self.linger = linger
        # Whether the answer ends where the connection does.
        self.plain = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cycle = self.cycle
        if scope["http_version"] == "1.1" and not cycle.more_body:
            # Nearly all requests: nothing is to be done for them.
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, self.send)
        if self.plain and cycle.response_started and not cycle.response_complete:
            # A close would tell the client that this was all of it.
            cycle.transport.abort()

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = self._headers(message.get("headers", ()))
            await self.cycle.send(message)
            return
        if self.plain:
            self.cycle.expected_content_length = len(message.get("body", b""))
        unread = self.cycle.more_body and not message.get("more_body", False)
        if unread:
            self.cycle.keep_alive = True
        await self.cycle.send(message)
        if unread:
            self.linger()

    def _headers(self, given: Any) -> list[tuple[bytes, bytes]]:
        cycle, headers = self.cycle, list(given)
        if cycle.more_body:
            headers.append((b"connection", b"close"))
        if cycle.scope["http_version"] == "1.0" and not any(name.lower() == b"content-length" for name, _ in headers):
            self.plain = True
            cycle.chunked_encoding = False
        return headers
