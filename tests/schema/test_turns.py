"""No client with large queries waits behind all the queries of another client."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from schema import turns
from tests.engines import seed_sqlite
from tests.hold import hold_threads
from tests.schema.test_costs import LARGE
from tests.server import capture_statements, serving
from tests.size import sized
from tests.waiting import PATIENCE, until


class Client:
    """From an address of its own."""

    def __init__(self, url: str, address: str) -> None:
        transport = httpx.HTTPTransport(local_address=address, limits=httpx.Limits(max_connections=None))
        self.http = httpx.Client(base_url=url, transport=transport, timeout=2 * PATIENCE)
        self.statuses: list[int] = []

    def ask(self) -> int:
        status = self.http.post("/graphql", json={"query": LARGE}).status_code
        self.statuses.append(status)
        return status


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with serving(seed_sqlite(tmp_path), answers_bytes=0, rate_per_minute=0) as api:
        yield str(api.http.base_url)


def test_one_that_has_asked_for_little_is_next(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "WAITING", sized(turns.WAITING, 12))
    greedy, modest = Client(url, "127.0.0.2"), Client(url, "127.0.0.3")
    number = 2 * turns.WAITING
    with capture_statements() as of_one:
        assert greedy.ask() == 200
    with ThreadPoolExecutor(number + 3) as threads, hold_threads("large-query") as hold:
        for _ in range(number):
            threads.submit(greedy.ask)
        # The queue is full: one is executed, so many wait, and the others are refused.
        refused = number - 1 - turns.WAITING
        until(lambda: len(hold.threads) == 1 and greedy.statuses.count(503) == refused)
        # The client with fewer queries is not refused, and takes the places of others.
        answers = [threads.submit(modest.ask) for _ in range(3)]
        until(lambda: greedy.statuses.count(503) == refused + 3)
        hold.grant(4 * len(of_one))
        assert [answer.result() for answer in answers] == [200] * 3
        # Of the others, only the one that was being executed has come before.
        assert greedy.statuses.count(200) <= 2
    assert greedy.statuses.count(200) == turns.WAITING - 3 + 2
    greedy.http.close()
    modest.http.close()
