"""`/metrics`: on the port of the service, or on one of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from anyio.to_thread import run_sync
from prometheus_client import start_http_server
from prometheus_client.exposition import choose_encoder
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.metrics import Metrics
from api.settings import Settings
from db.database import Database
from db.live import LiveLog
from db.replicas import Replicas

log = structlog.get_logger()


class Scrape:
    """The metrics of one application, and where they are read."""

    def __init__(self, settings: Settings, port: int) -> None:
        self.metrics = Metrics()
        self.port = port
        self.host = settings.metrics_host
        # Whether the service has it on its own port. Two free ports are two.
        self.is_shared = port == settings.port != 0

    def routes(self) -> list[Route]:
        """Only where a setting says so: everybody could read there how much editors write."""
        return [Route("/metrics", self._scrape)] if self.is_shared else []

    async def _scrape(self, request: Request) -> Response:
        encode, content_type = choose_encoder(request.headers.get("accept", ""))
        # On a thread, because the newest revision is read on the event loop.
        body = await run_sync(encode, self.metrics.registry)
        return Response(body, headers={"content-type": content_type, "cache-control": "no-store"})

    @asynccontextmanager
    async def serving(
        self, database: Database, live_log: LiveLog, replicas: Replicas | None, process: int = 0
    ) -> AsyncIterator[None]:
        """Serves on a port of its own, if there is one, by threads that a busy event loop does not hold up. Of several
        processes the next has the next port."""
        self.metrics.watch(database, live_log, replicas)
        if self.is_shared:
            yield
            return
        port = self.port and self.port + process
        try:
            server, thread = start_http_server(port, self.host, self.metrics.registry)
        except OSError as error:
            raise OSError(f"SIXTYONE_METRICS_PORT: {self.host}:{port}: {error.strerror}") from error
        log.info("listening_for_monitors", host=self.host, port=server.server_port)
        try:
            yield
        finally:
            await run_sync(server.shutdown)
            server.server_close()
            thread.join()
