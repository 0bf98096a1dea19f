"""Several processes count the budget in Redis, or alone while it is away."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api import redis_counts
from tests.api.live import running
from tests.api.test_rates import LIMIT, another, ask, exhaust
from tests.engines import seed_sqlite
from tests.optional import skip_or_fail
from tests.server import Api, serving
from tests.waiting import PATIENCE, until

SERVER = shutil.which("redis-server")


@contextmanager
def redis(folder: Path, port: int) -> Iterator[str]:
    if SERVER is None:
        skip_or_fail("there is no redis-server")
    command = [str(SERVER), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        until(lambda: answers(port))
        yield f"redis://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


def free() -> int:
    with socket.socket() as connection:
        connection.bind(("127.0.0.1", 0))
        port: int = connection.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return seed_sqlite(tmp_path_factory.mktemp("shared"))


@contextmanager
def counting(url: str, storage: str) -> Iterator[Api]:
    with serving(url, rate_per_minute=LIMIT, rate_burst=0, rate_storage=storage) as api:
        yield api


def test_processes_that_share_redis_share_the_budget_of_a_client(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a busy machine it may take longer than callers should wait.
    monkeypatch.setattr(redis_counts, "REDIS_TIMEOUT", PATIENCE)
    with redis(tmp_path, free()) as storage, counting(url, storage) as one, counting(url, storage) as other:
        response = exhaust(one)
        assert int(response.headers["retry-after"]) >= 1
        assert ask(other, another(0)).status_code == 429
        assert ask(other, another(0), **{"x-forwarded-for": "192.0.2.1"}).status_code == 200


def test_each_process_counts_alone_while_redis_is_away(url: str, tmp_path: Path) -> None:
    port = free()
    with redis(tmp_path, port) as storage, counting(url, storage) as api:
        exhaust(api)
        assert ask(api, another(0)).status_code == 429
    with counting(url, f"redis://127.0.0.1:{port}") as api:
        exhaust(api)


def test_only_one_request_waits_for_a_silent_redis(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_counts, "REDIS_PAUSE", 10 * PATIENCE)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        storage = f"redis://127.0.0.1:{silent.getsockname()[1]}"
        with counting(url, storage) as api:
            assert [ask(api, another(number)).status_code for number in range(5)] == [200] * 5
        silent.setblocking(False)
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()


def test_an_unavailable_redis_is_logged_now_and_then(tmp_path: Path) -> None:
    storage = f"redis://127.0.0.1:{free()}"
    with running(tmp_path, rate_storage=storage) as (process, _), process.client() as client:
        start = time.monotonic()
        for _ in range(20):
            assert client.get("/organisations").status_code == 200
        pauses = (time.monotonic() - start) / redis_counts.REDIS_PAUSE
        lines = process.log_lines("rate_storage_away")
    assert [line["level"] for line in lines][:1] == ["warning"]
    # Redis is not tried again for a while, so that not every request waits or logs a line.
    assert len(lines) <= 1 + pauses
