"""A file is made once for all waiting requests, and removed when it is no longer used."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message

from api import file_cache
from api.file_cache import CachedFile, FileCache


class Maker:
    """Writes a file as soon as it may, and counts how often."""

    def __init__(self, key: str = "a", error: Exception | None = None) -> None:
        self.key, self.error = key, error
        self.may_finish = threading.Event()
        self.starts = self.completions = 0

    def __call__(self, file: CachedFile) -> None:
        self.starts += 1
        file.path.write_bytes(b"part")
        while not self.may_finish.wait(0.01):
            file.check_users()
        if self.error:
            raise self.error
        file.key = self.key
        self.completions += 1


class Client:
    def __init__(self) -> None:
        self.leaves = asyncio.Event()

    async def receive(self) -> Message:
        await self.leaves.wait()
        return {"type": "http.disconnect"}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["Run"]:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def start(test: Callable[[FileCache], Awaitable[None]]) -> None:
        async def run_test() -> None:
            cache = FileCache()
            await test(cache)
            await cache.close()

        asyncio.run(asyncio.wait_for(run_test(), 20))

    yield start
    assert list(tmp_path.iterdir()) == []


async def take(cache: FileCache, make: Maker, client: Client) -> bytes:
    with cache.use("a", make) as file:
        await cache.wait(file, "192.0.2.1", client.receive)
        return file.path.read_bytes()


def files_in(cache: FileCache) -> list[Path]:
    return list(cache.folder.path().iterdir())


async def until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110  (the condition is no event)
        await asyncio.sleep(0.01)


Run = Callable[[Callable[[FileCache], Awaitable[None]]], None]


def test_when_the_last_client_leaves_the_work_ends_and_nothing_is_files_in(run: Run) -> None:
    async def test(cache: FileCache) -> None:
        make, clients = Maker(), [Client(), Client()]
        tasks = [asyncio.create_task(take(cache, make, client)) for client in clients]
        await until(lambda: make.starts == 1)
        clients[0].leaves.set()
        with pytest.raises(ClientDisconnect):
            await tasks[0]
        await asyncio.sleep(0.05)
        assert not tasks[1].done()
        clients[1].leaves.set()
        with pytest.raises(ClientDisconnect):
            await tasks[1]
        await until(lambda: files_in(cache) == [])
        assert (make.starts, make.completions, cache.waiting, cache.has("a")) == (1, 0, {}, False)
        # The next one begins anew.
        make.may_finish.set()
        assert await take(cache, make, Client()) == b"part"
        assert (make.completions, cache.has("a")) == (1, True)

    run(test)


def test_all_waiting_requests_get_the_error_and_the_next_one_a_new_file(run: Run) -> None:
    async def test(cache: FileCache) -> None:
        make = Maker(error=OSError("full"))
        tasks = [asyncio.create_task(take(cache, make, Client())) for _ in range(3)]
        await until(lambda: make.starts == 1)
        make.may_finish.set()
        assert [str(error) for error in await asyncio.gather(*tasks, return_exceptions=True)] == ["full"] * 3
        assert files_in(cache) == []
        make.error = None
        assert await take(cache, make, Client()) == b"part"
        assert make.starts == 2

    run(test)


def test_a_file_of_data_that_changed_meanwhile_is_not_cached(run: Run) -> None:
    async def test(cache: FileCache) -> None:
        make = Maker(key="b")
        make.may_finish.set()
        assert await take(cache, make, Client()) == b"part"
        assert (cache.has("a"), cache.has("b"), files_in(cache)) == (False, False, [])

    run(test)


def test_a_file_in_use_stays_until_it_is_sent(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_cache, "MAX_BYTES", 0)

    async def test(cache: FileCache) -> None:
        make = Maker()
        make.may_finish.set()
        with cache.use("a", make) as file:
            await cache.wait(file, "192.0.2.1", Client().receive)
            cache.trim(0)
            assert not cache.has("a")
            assert file.path.read_bytes() == b"part"
        assert files_in(cache) == []

    run(test)


def test_a_file_that_was_tidied_away_is_made_again(run: Run) -> None:
    async def test(cache: FileCache) -> None:
        make = Maker()
        make.may_finish.set()
        await take(cache, make, Client())
        [path] = files_in(cache)
        path.unlink()
        assert not cache.has("a")
        assert await take(cache, make, Client()) == b"part"
        assert make.starts == 2

    run(test)
