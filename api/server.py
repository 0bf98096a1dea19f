"""Uvicorn's server, but for two things that it leaves to others."""

import socket

import structlog
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

log = structlog.get_logger()
# More than one read from a socket brings, so that a short head with a long body behind it is never too much.
HEAD = 500_000


class Server(uvicorn.Server):
    """Says where it listens, also when it was told to take any free port."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for server in self.servers:
            for bound in server.sockets:
                host, port = bound.getsockname()[:2]
                log.info("listening", url=f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")


class Protocol(HttpToolsProtocol):
    """Hangs up on a head without end. The parser would keep all of it, and join it anew with every piece."""

    unread = 0

    def data_received(self, data: bytes) -> None:
        self.unread += len(data)
        if self.unread > HEAD:
            self.send_400_response(f"The head of a request may have {HEAD} bytes.")
        else:
            super().data_received(data)

    def on_message_begin(self) -> None:
        self.unread = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self.unread = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self.unread = 0
        super().on_body(body)
