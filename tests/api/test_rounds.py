"""A client that asks much at once delays only itself."""

import asyncio
import time
from threading import Thread

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from api.app import create_app
from api.settings import Settings
from tests.api.live import Socket, frame, open_socket
from tests.engines import seed_sqlite
from tests.server import serving

# To find out that it is wrong takes as long as it may.
WRONG = f"{{ {' '.join(f'n{number}' for number in range(400))} }}"
MANY = 50
OTHER = {"x-forwarded-for": "192.0.2.1"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return seed_sqlite(tmp_path_factory.mktemp("rounds"))


class Burst:
    """So many queries in one go, and when each was answered by which code."""

    def __init__(self, socket: Socket) -> None:
        self.answers: list[tuple[float, str]] = []
        self.socket = socket
        self.thread = Thread(target=self.read)
        self.thread.start()
        messages = [{"type": "subscribe", "id": str(number), "payload": {"query": WRONG}} for number in range(MANY)]
        socket.connection.socket.sendall(b"".join(map(frame, messages)))

    def read(self) -> None:
        for _ in range(MANY):
            error = self.socket.hear()["payload"][0]
            self.answers.append((time.monotonic(), error["extensions"]["code"]))

    def codes(self) -> list[str]:
        self.thread.join()
        return [code for _, code in self.answers]


@pytest.mark.parametrize("path", ["/healthz", "/graphql?query={__typename}", "/method"])
def test_others_come_in_between(url: str, path: str) -> None:
    with serving(url) as api, open_socket(str(api.http.base_url)) as socket:
        assert api.http.get(path, headers=OTHER).status_code == 200
        burst = Burst(socket)
        assert api.http.get(path, headers=OTHER).status_code == 200
        end = time.monotonic()
        assert set(burst.codes()) == {"GRAPHQL_VALIDATION_FAILED"}
    assert sum(at < end for at, _ in burst.answers) < MANY / 2


def test_what_waits_is_not_begun_when_the_budget_is_used_up(url: str) -> None:
    with serving(url, rate_per_minute=3_000, rate_burst=0) as api, open_socket(str(api.http.base_url)) as socket:
        codes = Burst(socket).codes()
    # Each of them costs 500.
    assert set(codes) == {"GRAPHQL_VALIDATION_FAILED", "RATE_LIMITED"}
    assert codes.count("GRAPHQL_VALIDATION_FAILED") < 20


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
