"""Uvicorn with our protocols. When it stops, it ends live streams first."""

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Callable
from itertools import count

import structlog
import uvicorn
from starlette.applications import Starlette

from api.client_address import parse_networks
from api.settings import Settings
from api.sockets.connection import Capacity, max_connections, max_descriptors
from api.sockets.http import HTTP
from api.sockets.websocket import WebSocket
from db.live import LiveLog

log = structlog.get_logger()
# How often the deadlines of all connections are checked.
CHECK_SECONDS = 0.25


def tune_interpreter() -> None:
    """Settings of the process for one that serves."""
    # A thread with a large query yields after a millisecond: small queries need the interpreter again and again.
    sys.setswitchinterval(0.001)
    # An answer makes thousands of objects, and most go by themselves. To look through them so often as the interpreter
    # does takes a tenth of the time of a large answer.
    gc.set_threshold(50_000, 20, 20)


class Server(uvicorn.Server):
    """Tells its address, also if the port is any free one, and checks the deadlines of connections."""

    def __init__(
        self,
        app: Starlette,
        settings: Settings,
        ready: Callable[[str], None] = lambda _: None,
        *,
        parent: int | None = None,
    ) -> None:
        """`ready` gets each address as soon as the server answers at it. It stops as soon as `parent`, a descriptor,
        can be read."""
        total = min(settings.max_connections, max_connections(max_descriptors()))
        self.capacity = Capacity(total, settings.max_connections_per_client, parse_networks(settings.trusted_proxies))
        both = {"capacity": self.capacity, "slow_seconds": settings.slow_seconds}
        http = both | {"head_seconds": settings.head_seconds, "body_seconds": settings.body_seconds}
        config = uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            http=type("OurHTTP", (HTTP,), http),
            ws=type("OurWebSocket", (WebSocket,), both),
            ws_max_size=settings.body_limit,
            # Compression takes more memory for each connection than the messages sent over it.
            ws_per_message_deflate=False,
            timeout_keep_alive=settings.idle_seconds,
            log_config=None,
            access_log=False,
            server_header=False,
            # ForwardedHeaders does this, and not by FORWARDED_ALLOW_IPS in the environment.
            proxy_headers=False,
            timeout_graceful_shutdown=settings.shutdown_seconds,
        )
        super().__init__(config)
        self.app = app
        self.ready = ready
        self.parent = parent

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.checks = asyncio.create_task(self._check_connections())
        if self.parent is not None:
            asyncio.get_running_loop().add_reader(self.parent, self._leave)
        for server in self.servers:
            for listener in server.sockets:
                host, port = listener.getsockname()[:2]
                url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
                log.info("listening", url=url, connections=self.capacity.total)
                self.ready(url)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        live_log: LiveLog = self.app.state.live_log
        await live_log.close()
        # Meanwhile connections are still checked.
        await super().shutdown(sockets)
        self.checks.cancel()
        log.info("stopped")

    def _leave(self) -> None:
        assert self.parent is not None
        asyncio.get_running_loop().remove_reader(self.parent)
        self.handle_exit(signal.SIGTERM, None)

    async def _check_connections(self) -> None:
        for number in count():
            for connection in list(self.server_state.connections):
                try:
                    connection.check()  # type: ignore[union-attr]
                except Exception:
                    # The other connections need their checks.
                    log.exception("unexpected_error")
                    connection.transport.abort()
            if number % 4 == 0:
                self.capacity.check_descriptors()
            await asyncio.sleep(CHECK_SECONDS)
