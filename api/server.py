"""Uvicorn, but for what it leaves to others: endless heads, clients that do not take what is sent, and live streams."""

import asyncio
import socket
from typing import Any

import structlog
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.protocol import State

from api.settings import Settings
from db.feed import Feed

log = structlog.get_logger()
# More than one read from a socket brings, so that a short head with a long body behind it is never too much.
HEAD = 500_000
# Where a request keeps what is said to a client that is hung up on for being slow.
FAREWELL = "sixtyone.farewell"
# "Try again later": clients of graphql-transport-ws connect again on it.
TRY_AGAIN = 1013


class Patience:
    """Hangs up on a client that has not taken what was sent for a while, and would keep us holding it for as long."""

    # In seconds; set by the server.
    patience = 10.0
    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    timer: asyncio.TimerHandle | None = None

    def pause_writing(self) -> None:
        super().pause_writing()  # type: ignore[misc]
        self.timer = self.loop.call_later(self.patience, self.hang_up)

    def resume_writing(self) -> None:
        super().resume_writing()  # type: ignore[misc]
        self._forget()

    def connection_lost(self, exc: Exception | None) -> None:
        self._forget()
        super().connection_lost(exc)  # type: ignore[misc]

    def hang_up(self) -> None:
        """Says why, for when it reads on; and does not wait for that for ever."""
        log.warning("slow_client", client=self.transport.get_extra_info("peername"))
        self.timer = self.loop.call_later(self.patience, self.transport.abort)
        if not self.transport.is_closing():
            self.say_why()
            self.transport.close()

    def say_why(self) -> None:
        raise NotImplementedError

    def _forget(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


class HTTP(Patience, HttpToolsProtocol):
    """Also hangs up on a head without end. The parser would keep all of it, and join it anew with every piece."""

    unread = 0

    def say_why(self) -> None:
        farewell: Any = self.cycle.scope.get(FAREWELL)
        if farewell and self.cycle.chunked_encoding:
            self.transport.write(b"%x\r\n%b\r\n0\r\n\r\n" % (len(farewell), farewell))

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


class WebSocket(Patience, WebSocketsSansIOProtocol):
    def shutdown(self) -> None:
        # One that has said goodbye and does not read on cannot be told anything.
        if self.handshake_complete and self.conn.state is not State.OPEN:
            self.stop_keepalive()
            self.transport.abort()
        else:
            super().shutdown()

    def say_why(self) -> None:
        self.stop_keepalive()
        self.conn.send_close(TRY_AGAIN, "SUBSCRIBER_TOO_SLOW: subscribe again with `after`")
        self.close_sent = True
        self.queue.put_nowait({"type": "websocket.disconnect", "code": TRY_AGAIN})
        self.transport.write(b"".join(self.conn.data_to_send()))


class Server(uvicorn.Server):
    """Says where it listens, also when it was told to take any free port; and ends what would never end by itself."""

    def __init__(self, app: Any, settings: Settings) -> None:
        patience = {"patience": settings.slow_seconds}
        config = uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            http=type("PatientHTTP", (HTTP,), patience),
            ws=type("PatientWebSocket", (WebSocket,), patience),
            ws_max_size=settings.body_limit,
            # It would take more memory for each of a thousand connections than all that is sent to it.
            ws_per_message_deflate=False,
            log_config=None,
            access_log=False,
            server_header=False,
            # Whom to believe about a client is a setting of ours, and of nothing else in the environment.
            proxy_headers=False,
            timeout_graceful_shutdown=settings.shutdown_seconds,
        )
        super().__init__(config)
        self.app = app

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for server in self.servers:
            for bound in server.sockets:
                host, port = bound.getsockname()[:2]
                log.info("listening", url=f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        feed: Feed = self.app.state.feed
        await feed.close()
        await super().shutdown(sockets)
