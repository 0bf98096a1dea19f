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


def routes(metrics: Metrics | None, settings: Settings) -> list[Route]:
    """On the port of the service only where a setting says so: everybody could read there how much editors write."""
    if metrics is None or not _is_shared(settings):
        return []

    async def scrape(request: Request) -> Response:
        encode, content_type = choose_encoder(request.headers.get("accept", ""))
        # On a thread, because the newest revision is read on the event loop.
        body = await run_sync(encode, metrics.registry)
        return Response(body, headers={"content-type": content_type, "cache-control": "no-store"})

    return [Route("/metrics", scrape)]


@asynccontextmanager
async def scraping(
    metrics: Metrics | None,
    settings: Settings,
    database: Database,
    live_log: LiveLog,
    replicas: Replicas | None,
    process: int = 0,
) -> AsyncIterator[None]:
    """Serves on a port of its own, if there is one, by threads that a busy event loop does not hold up. Of several
    processes the next has the next port."""
    if metrics:
        metrics.watch(database, live_log, replicas)
    if metrics is None or settings.metrics_port is None or _is_shared(settings):
        yield
        return
    port = settings.metrics_port and settings.metrics_port + process
    try:
        server, thread = start_http_server(port, settings.metrics_host, metrics.registry)
    except OSError as error:
        place = f"{settings.metrics_host}:{port}"
        raise OSError(f"SIXTYONE_METRICS_PORT: {place}: {error.strerror}") from error
    log.info("listening_for_monitors", host=settings.metrics_host, port=server.server_port)
    try:
        yield
    finally:
        await run_sync(server.shutdown)
        server.server_close()
        thread.join()


def _is_shared(settings: Settings) -> bool:
    """Whether the service has it on its own port. Two free ports are two."""
    return settings.metrics_port == settings.port != 0
