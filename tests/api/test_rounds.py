"""A client that asks much at once delays only itself."""

import asyncio
import json
import signal
from collections.abc import Iterator

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from api.app import create_app
from api.settings import Settings
from tests.api.live import Socket, frame, open_socket, running
from tests.api.process import Process
from tests.api.sockets.raw import dial, status
from tests.engines import seed_sqlite
from tests.server import serving
from tests.waiting import until

# To find out that it is wrong takes as long as it may.
WRONG = f"{{ {' '.join(f'n{number}' for number in range(400))} }}"
MANY = 50
OTHER = {"x-forwarded-for": "192.0.2.1"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return seed_sqlite(tmp_path_factory.mktemp("rounds"))


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with running(tmp_path_factory.mktemp("others"), rate_per_minute="0", rate_burst="0") as (process, _):
        yield process


def send_many(socket: Socket) -> None:
    """So many queries in one go."""
    messages = [{"type": "subscribe", "id": str(number), "payload": {"query": WRONG}} for number in range(MANY)]
    socket.connection.socket.sendall(b"".join(map(frame, messages)))


def codes(socket: Socket) -> list[str]:
    return [socket.hear()["payload"][0]["extensions"]["code"] for _ in range(MANY)]


@pytest.mark.parametrize("path", ["/healthz", "/graphql?query={__typename}", "/method"])
def test_others_come_in_between(process: Process, path: str) -> None:
    address = httpx.URL(process.url())
    with open_socket(process.url()) as socket, process.client() as client:
        assert client.get(path, headers=OTHER).status_code == 200
        lines = len(process.lines)
        # It finds the queries of the one and the request of the other at the same time.
        process.process.send_signal(signal.SIGSTOP)
        try:
            send_many(socket)
            head = f"GET {path} HTTP/1.1\r\nHost: {address.netloc.decode()}\r\nX-Request-ID: other\r\n"
            other = dial(process.url(), f"{head}X-Forwarded-For: {OTHER['x-forwarded-for']}\r\n\r\n".encode())
        finally:
            process.process.send_signal(signal.SIGCONT)
        with other:
            assert status(other.recv(100)) == 200
        assert set(codes(socket)) == {"GRAPHQL_VALIDATION_FAILED"}

    def ends() -> list[str]:
        """The events in the log for the queries and the request, in the order in which they ended."""
        after = [json.loads(line) for line in process.lines[lines:]]
        pairs = [(line["event"], line.get("request_id")) for line in after]
        return [event for event, name in pairs if event == "operation" or (event, name) == ("request", "other")]

    until(lambda: len(ends()) == MANY + 1)
    assert ends().index("request") < MANY / 2


def test_what_waits_is_not_begun_when_the_budget_is_used_up(url: str) -> None:
    with serving(url, rate_per_minute=3_000, rate_burst=0) as api, open_socket(str(api.http.base_url)) as socket:
        send_many(socket)
        answers = codes(socket)
    # Each of them costs 500.
    assert set(answers) == {"GRAPHQL_VALIDATION_FAILED", "RATE_LIMITED"}
    assert answers.count("GRAPHQL_VALIDATION_FAILED") < 20


def test_health_checks_take_turns_too(url: str) -> None:
    """No budget bounds how often, and each look takes milliseconds."""
    paths: list[str] = []

    async def ask() -> None:
        app = create_app(Settings(database_url=url))
        async with app.router.lifespan_context(app) as state:

            async def with_path(scope: Scope, receive: Receive, send: Send) -> None:
                await app({**scope, "state": dict(state or {})}, receive, send)

            async def get(path: str) -> None:
                assert (await client.get(path)).status_code == 200
                paths.append(path)

            transport = httpx.ASGITransport(with_path)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
                await asyncio.gather(*(get("/readyz") for _ in range(MANY)), get("/healthz"))

    asyncio.run(ask())
    assert paths.index("/healthz") < MANY / 2
