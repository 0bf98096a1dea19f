"""No client with large queries waits behind all the queries of another client."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from schema import turns
from tests.engines import seed_sqlite
from tests.schema.test_costs import LARGE
from tests.server import serving
from tests.size import sized


class Client:
    """From an address of its own."""

    def __init__(self, url: str, address: str) -> None:
        self.http = httpx.Client(base_url=url, transport=httpx.HTTPTransport(local_address=address), timeout=60)
        # When each answer came, and its status.
        self.answers: list[tuple[float, int]] = []

    def ask(self) -> None:
        status = self.http.post("/graphql", json={"query": LARGE}).status_code
        self.answers.append((time.monotonic(), status))


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with serving(seed_sqlite(tmp_path), answers_bytes=0, rate_per_minute=0) as api:
        yield str(api.http.base_url)


def test_one_that_has_asked_for_little_is_next(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "WAITING", sized(turns.WAITING, 12))
    greedy, modest = Client(url, "127.0.0.2"), Client(url, "127.0.0.3")
    threads = [threading.Thread(target=greedy.ask) for _ in range(2 * turns.WAITING)]
    for thread in threads:
        thread.start()
    while not any(status == 200 for _, status in greedy.answers):
        time.sleep(0.01)
    for _ in range(3):
        modest.ask()
    for thread in threads:
        thread.join()
    greedy.http.close()
    modest.http.close()
    # The queue was full, and the client with fewer queries was not refused.
    assert {status for _, status in greedy.answers} == {200, 503}
    assert [status for _, status in modest.answers] == [200] * 3
    last, _ = modest.answers[-1]
    assert sum(at > last for at, status in greedy.answers if status == 200) > sized(10, 3)
