"""Uvicorn, with an end to everything that a client could keep open, and to live streams when it stops."""

import socket
from typing import Any

import structlog
import uvicorn

from api.client_address import parse_networks
from api.settings import Settings
from api.sockets.capacity import Capacity, descriptors, room
from api.sockets.http import HTTP
from api.sockets.websocket import WebSocket
from db.live import LiveLog

log = structlog.get_logger()


class Server(uvicorn.Server):
    """Says where it listens, also when it was told to take any free port; and ends what would never end by itself."""

    def __init__(self, app: Any, settings: Settings) -> None:
        total = min(settings.max_connections, room(descriptors()))
        self.capacity = Capacity(total, settings.max_connections_per_client, parse_networks(settings.trusted_proxies))
        both = {"capacity": self.capacity, "patience": settings.slow_seconds}
        http = both | {"head_seconds": settings.head_seconds, "body_seconds": settings.body_seconds}
        config = uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            http=type("OurHTTP", (HTTP,), http),
            ws=type("OurWebSocket", (WebSocket,), both),
            ws_max_size=settings.body_limit,
            # It would take more memory for each of a thousand connections than all that is sent to it.
            ws_per_message_deflate=False,
            timeout_keep_alive=settings.idle_seconds,
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
                url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
                log.info("listening", url=url, connections=self.capacity.total)

    async def on_tick(self, counter: int) -> bool:
        # Ten times a second.
        if counter % 10 == 0:
            for connection in list(self.server_state.connections):
                connection.look_after()  # type: ignore[union-attr]
            self.capacity.look_after()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        live_log: LiveLog = self.app.state.live_log
        await live_log.close()
        await super().shutdown(sockets)
