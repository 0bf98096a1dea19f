"""An answer that is replayed is the answer of the middleware: its head, its body, its line in the log, its price."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
import pytest
import structlog
from starlette.applications import Starlette
from starlette.types import Message, Scope

from api.app import create_app
from api.budget import Counts
from api.replay import Replay
from api.request_log import RequestLog
from api.settings import Settings
from tests.engines import seed_sqlite
from tests.server import NOW

TITLE = "{ strategy { title } }"
LONG = "{ commitments(first: 5) { nodes { ref title } } }"
BASE = "/below"
Lines = list[tuple[str, str]]
POST_LINES: Lines = [("content-type", "application/json")]
# Method, address, lines of headers and body.
Sent = tuple[str, str, Lines, bytes]


def post(query: str) -> Sent:
    return "POST", "/graphql", POST_LINES, orjson.dumps({"query": query})


REQUESTS: list[Sent] = [
    post(TITLE),
    post(LONG),
    post("{ nothing }"),
    ("POST", "/graphql", POST_LINES, b"[]"),
    *((method, f"/graphql?query={quote(LONG)}", [], b"") for method in ("GET", "HEAD")),
    ("GET", f"{BASE}/graphql?query={quote(TITLE)}", [], b""),
    ("GET", "/graphql", [], b""),
    *((method, "/commitments/SVS-19", [], b"") for method in ("GET", "HEAD", "PUT")),
    ("GET", f"{BASE}/commitments/SVS-19?asOf=2020-01-01&revision=2", [], b""),
    ("GET", "/commitments/SVS-19?nothing=1", [], b""),
    ("GET", "/feed.atom", [], b""),
    ("GET", "/charts/progress.svg", [], b""),
    ("GET", "/charts/progress.csv", [], b""),
    ("GET", "/healthz", [], b""),
    ("GET", "/nowhere", [], b""),
]
LINES: list[Lines] = [
    [],
    [("accept", "application/graphql-response+json")],
    [("accept", "text/html")],
    [("accept", "image/png")],
    [("accept", "text/html"), ("accept", "application/json")],
    [("accept-encoding", "gzip, br")],
    [("accept-encoding", "gzip;q=0")],
    [("accept-encoding", "identity;q=0")],
    [("origin", "https://example.org")],
    [("origin", "null"), ("cookie", "a=b")],
    [("if-none-match", "*")],
    [("if-none-match", '"other"')],
    [("if-none-match", "*"), ("origin", "https://example.org"), ("accept-encoding", "gzip")],
    [("if-modified-since", "Tue, 01 Dec 2026 11:59:00 GMT")],
    [("authorization", "Bearer wrong")],
    [("authorization", "")],
    [("sixty-one-revision", "1")],
    [("sixty-one-revision", "999")],
    [("sixty-one-revision", "one")],
    [("sixty-one-revision", "")],
    [("sixty-one-cost", "1")],
    [("x-request-id", "mine-1"), ("user-agent", "a" * 300)],
    [("x-request-id", "not mine"), ("user-agent", "Reader/1.0")],
    [("x-forwarded-for", "192.0.2.7")],
    [("x-forwarded-for", "192.0.2.7"), ("x-forwarded-for", "10.0.0.9"), ("x-forwarded-proto", "https")],
    [("x-forwarded-proto", "https")],
    [("host", "other.example.org")],
    [("sec-fetch-dest", "document")],
    [("content-encoding", "gzip")],
    [("content-type", "text/plain")],
    [("content-length", "0")],
    [("content-length", "3")],
    [("content-length", "999999999")],
    [("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")],
]
# The first is executed, the second is cached, the third comes from the cache, and its head is used for the fourth.
TIMES = 4


@dataclass
class Application:
    """It is asked without a server, so that a request can be anything."""

    app: Starlette
    state: dict[str, Any] = field(default_factory=dict)
    replayed: int = 0
    # Set when the client reads on, where it does not read at once.
    reading: asyncio.Event | None = None

    async def ask(self, method: str, address: str, lines: Lines, body: bytes, client: str) -> dict[str, Any]:
        path, _, query = address.partition("?")
        names = {name for name, _ in lines}
        host = [] if "host" in names else [("host", "localhost")]
        length = [("content-length", str(len(body)))] if body and "content-length" not in names else []
        scope: Scope = {
            "type": "http",
            "http_version": "1.1",
            "scheme": "http",
            "server": ("127.0.0.1", 80),
            "client": (client, 1),
            "root_path": "",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), value.encode()) for name, value in [*host, *length, *lines]],
            "state": dict(self.state),
        }
        sent: list[Message] = []
        reading = self.reading

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)
            if reading:
                await reading.wait()

        with structlog.testing.capture_logs([structlog.contextvars.merge_contextvars]) as log:
            await self.app(scope, receive, send)
            # The line of an answer that is replayed follows it.
            await asyncio.sleep(0)
        self.replayed += "log_entry" not in scope["state"]
        headers = list(sent[0]["headers"])
        own = [(name, len(value) if name == b"x-request-id" else value) for name, value in headers]
        return {
            "status": sent[0]["status"],
            "headers": own,
            "body": b"".join(message.get("body", b"") for message in sent[1:]),
            "log": [{**line, "milliseconds": 0, "request_id": 0, "own_id": "own_id" in line} for line in log],
        }


@asynccontextmanager
async def started(url: str, *, replays: bool, **settings: Any) -> AsyncIterator[Application]:
    # How long something takes is not compared.
    usual = {"rate_per_minute": 10**6, "rate_burst": 10**6, "log_slow_milliseconds": 0, "log_blocked_milliseconds": 0}
    options = Settings(database_url=url, public_url=f"https://example.org{BASE}", **usual | settings)
    app = create_app(options, lambda: NOW)
    if not replays:
        layers: Any = app.user_middleware
        app.user_middleware = [layer for layer in layers if layer.cls is not Replay]
    async with app.router.lifespan_context(app) as state:
        yield Application(app, dict(state or {}))


@asynccontextmanager
async def both(folder: Path, **settings: Any) -> AsyncIterator[tuple[Application, Application]]:
    """One application that replays, and one that does not."""
    for name in ("one", "other"):
        (folder / name).mkdir()
    async with AsyncExitStack() as stack:
        one = await stack.enter_async_context(started(seed_sqlite(folder / "one"), replays=True, **settings))
        other = await stack.enter_async_context(started(seed_sqlite(folder / "other"), replays=False, **settings))
        yield one, other


def counts(application: Application) -> dict[Any, int]:
    """The requests that the metrics have counted, by their labels."""
    layers: Any = application.app.user_middleware
    metrics = next(layer.kwargs["metrics"] for layer in layers if layer.cls is RequestLog)
    return dict(metrics.requests.numbers)


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Budgets do not fill up."""
    monkeypatch.setattr(Counts, "clock", lambda _: 1_000_000.0)


def test_both_ways_answer_log_and_count_alike(tmp_path: Path) -> None:
    async def trial() -> None:
        kinds = [
            *itertools.product(REQUESTS, LINES, ["127.0.0.1"]),
            *itertools.product(REQUESTS, [[]], ["2001:db8::1"]),
        ]
        async with both(tmp_path, metrics_port=0) as (one, other):
            for (method, address, own, body), lines, client in kinds:
                names = {name for name, _ in lines}
                request = method, address, [*(line for line in own if line[0] not in names), *lines], body, client
                for _ in range(TIMES):
                    assert await one.ask(*request) == await other.ask(*request), request
            assert counts(one) == counts(other)
            assert one.replayed > 800
            assert other.replayed == 0

    asyncio.run(trial())


def test_both_ways_refuse_alike_whoever_has_spent_the_budget(tmp_path: Path) -> None:
    async def trial() -> None:
        async with both(tmp_path, rate_per_minute=3_000, rate_burst=1_000) as (one, other):
            statuses = []
            for _ in range(120):
                answer = await one.ask(*post(TITLE), "192.0.2.1")
                assert answer == await other.ask(*post(TITLE), "192.0.2.1")
                statuses.append(answer["status"])
            assert one.replayed
            assert {*statuses} == {200, 429}

    asyncio.run(trial())


def test_an_answer_that_is_not_read_is_an_open_request(tmp_path: Path) -> None:
    async def trial() -> None:
        async with started(seed_sqlite(tmp_path), replays=True, max_connections_per_client=2) as application:
            request = *post(LONG), "192.0.2.1"
            for _ in range(TIMES):
                await application.ask(*request)
            before, application.reading = application.replayed, asyncio.Event()
            slow = [asyncio.create_task(application.ask(*request)) for _ in range(2)]
            await asyncio.sleep(0)
            reading, application.reading = application.reading, None
            assert (await application.ask(*request))["status"] == 429
            reading.set()
            assert [(await answer)["status"] for answer in slow] == [200, 200]
            assert application.replayed == before + 2

    asyncio.run(trial())
