"""The application: its routes, its middleware, and what its requests share."""

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext
from functools import lru_cache, partial

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from api import health
from api.budget import Budget
from api.client_address import ForwardedHeaders, parse_networks
from api.compression import Compression
from api.file_cache import FileCache
from api.graphql import Endpoint
from api.late_site import ErrorPages, LateSite
from api.middleware import BasePath, BodyLimit, ConnectionLimit, JoinHeaders, OpenRequests
from api.query_store import QueryStore
from api.rate_limit import RateLimit
from api.replay import Replay
from api.request_log import EXPOSED, RequestLog
from api.response_cache import ResponseCache
from api.revision import RevisionHeader
from api.routing import RoutesByAddress
from api.services import Services
from api.settings import Settings
from api.sse import SSEEndpoint
from api.token_uses import TokenUses
from api.trusted_documents import read_documents
from api.urls import page_url
from db.clock import Clock, now
from db.database import Database
from db.live import LiveLog
from db.look import Look
from db.reader import Reader
from db.replicas import Replicas
from schema.build import Schema

log = structlog.get_logger()
# How often the event loop is checked within the time that is too long for one step of it.
CHECKS = 5


def create_app(settings: Settings, clock: Callable[[], dt.datetime] = now) -> Starlette:
    """An application on the settings' database, which must be migrated and seeded for it to be ready.

    Its lifespan starts it, which a server runs; before that, it answers that it was not started. Tests use
    `api.testing`, which makes a database, too. Raises DocumentsError for a file of documents that is not sound.
    """
    zoned = Clock(clock, settings.zone)
    schema = Schema(settings.limits())
    cache = ResponseCache(settings.answers_bytes)
    documents = read_documents(settings.documents, schema) if settings.documents else {}
    store = QueryStore(documents, only=settings.documents_only)
    endpoint = Endpoint(schema, zoned, cache, store)
    sdl = lru_cache(schema.sdl)
    budget = Budget(settings.rate_per_minute, settings.rate_burst, settings.rate_storage)
    proxies = parse_networks(settings.trusted_proxies)
    scrape = None
    if settings.metrics_port is not None:
        # Without its library a start takes a hundredth less.
        from api.scrape import Scrape  # noqa: PLC0415

        scrape = Scrape(settings, settings.metrics_port)
    metrics = scrape.metrics if scrape else None
    requests = OpenRequests(settings.max_connections_per_client, proxies)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[dict[str, Services]]:
        open_database = partial(Database, seconds=settings.statement_seconds, connections=settings.database_connections)
        db = open_database(settings.database_url)
        urls = settings.read_addresses
        replicas = Replicas(db, [open_database(url) for url in urls]) if urls else None
        if replicas:
            replicas.start()
        schema.begin_measuring(Reader(db))
        look = Look(db)
        # On the application, too: the server closes it before it waits for open streams.
        live_log = app.state.live_log = LiveLog(db)
        files, token_uses = FileCache(), TokenUses(db)
        if fault := files.folder.fault():
            log.warning("no_temporary_folder", reason=fault)
        monitor = asyncio.create_task(_monitor_loop(settings.log_blocked_milliseconds / 1000))
        try:
            follow = partial(schema.follow, lambda: Reader(db, replicas=replicas))
            pages = partial(page_url, settings.public_url or "")
            address = (settings.public_url, settings.base, settings.contact)
            shared = Services(db, look, replicas, live_log, files, token_uses, *address, pages, follow)
            async with scrape.serving(db, live_log, replicas, app.state.process) if scrape else nullcontext():
                yield {"services": shared}
        finally:
            monitor.cancel()
            schema.close()
            await files.close()
            await live_log.close()
            await budget.close()
            await token_uses.close()
            await look.close()
            if replicas:
                await replicas.close()
            db.close()

    async def schema_text(_: Request) -> Response:
        return PlainTextResponse(sdl())

    def make_site() -> tuple[ErrorPages, Sequence[BaseRoute]]:
        # No answer of the API needs pages and files: without them a start takes a tenth less.
        from api import site  # noqa: PLC0415

        return site.make(schema, zoned, cache, settings, documents_only=store.only)

    site = LateSite(make_site)

    slow = settings.log_slow_milliseconds
    replay = Middleware(
        Replay,
        cache=cache,
        clock=zoned,
        budget=budget,
        proxies=proxies,
        requests=requests,
        slow=slow,
        body_limit=settings.body_limit,
        metrics=metrics,
    )
    # A trace has a span for each request, and a budget that is shared is counted elsewhere.
    replays = cache.max_bytes and not settings.traces and not budget.shared

    app = Starlette(
        routes=[
            # First, because routes are tried in this order.
            Route("/graphql", endpoint),
            WebSocketRoute("/graphql", endpoint),
            Route("/graphql/stream", SSEEndpoint(schema, zoned, store)),
            Route("/schema.graphql", schema_text),
            Route("/healthz", health.alive),
            Route("/readyz", partial(health.ready, clock)),
            *(scrape.routes() if scrape else ()),
        ],
        middleware=[
            *([replay] if replays else []),
            Middleware(BasePath, base=settings.base),
            Middleware(JoinHeaders),
            Middleware(ForwardedHeaders, proxies=proxies),
            *_traces(settings),
            Middleware(RequestLog, slow=slow, refuse=site.handle_error, metrics=metrics),
            # A page of any origin may read, without the cookies of its user.
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "POST"],
                allow_headers=["*"],
                expose_headers=EXPOSED,
            ),
            Middleware(ConnectionLimit, requests=requests),
            Middleware(RateLimit, budget=budget, refuse=site.handle_error),
            Middleware(RevisionHeader, refuse=site.handle_error),
            Middleware(Compression),
            Middleware(BodyLimit, limit=settings.body_limit),
        ],
        exception_handlers={HTTPException: site.handle_error},
        lifespan=lifespan,
    )
    # The number of the process, from 0, where several answer at one port.
    app.state.process = 0
    # A redirect to an address with or without a slash would trust the Host header, and lose the body of a POST.
    app.router.redirect_slashes = False
    app.router.default = app.state.site = site
    app.router.middleware_stack = RoutesByAddress(app.router)
    return app


def _traces(settings: Settings) -> list[Middleware]:
    if not settings.traces:
        return []
    # Its packages are an extra, which need not be installed.
    from api.traces import Traces  # noqa: PLC0415

    return [Middleware(Traces)]


async def _monitor_loop(most: float) -> None:
    """Warns when the event loop, and so every client, was blocked for longer than `most` seconds; 0 for never."""
    while most:
        start = time.monotonic()
        await asyncio.sleep(most / CHECKS)
        if (delay := time.monotonic() - start - most / CHECKS) > most:
            log.warning("blocked_loop", milliseconds=round(delay * 1000))
